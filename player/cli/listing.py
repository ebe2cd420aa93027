"""`cuemat list`: the sessions; a broken script shows its first mistake and does not hide the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from player.app.request import Group
from player.cli.command import command
from player.cli.options import asks
from player.cli.report import complain, notice
from player.cli.rows import print_rows
from player.words import clock, counted

if TYPE_CHECKING:
    from player.app.request import Request
    from player.library import Library, Summary


@command(
    "list",
    "Lengths are estimates for the dose of one day.",
    examples=(("list", "all sessions"), ("list --day 12", "with their lengths on day 12")),
)
@asks(Group.DOSE, session=False)
@click.option("--json", "as_json", is_flag=True, help="print JSON, for other programs")
def list_sessions(request: Request, *, as_json: bool) -> int:
    """Print one line for each session, with its length."""
    from player.app.folders import cache_folder
    from player.app.heads import KnownHeads
    from player.app.lengths import SessionLengths
    from player.app.prepare import settle
    from player.library import Library

    library = Library.found()
    request = settle(request, complain)
    lengths = SessionLengths(cache_folder(), library, request)
    summaries = KnownHeads(cache_folder()).summaries(library)
    seconds = {summary.entry.id: lengths.of(summary.entry) for summary in summaries if summary.head}
    lengths.remember()
    if as_json:
        from player.app.catalogue import session_as_json

        entries = [session_as_json(one, seconds.get(one.entry.id), request) for one in summaries]
        print(json.dumps(entries, ensure_ascii=False, indent=1))
        return 0
    print_rows([(one.entry.origin, one.entry.id, _line(one, seconds.get(one.entry.id))) for one in summaries])
    wishes = request.wishes
    dose = f"day {wishes.day or 1}" if wishes.level is None else f"level {wishes.level:g}"
    print(f"Lengths are estimates (≈) for the dose of {dose}.")
    _tell_unlisted(library)
    return 0


def _tell_unlisted(library: Library) -> None:
    """Name the files in the user's folders that look like scripts, and say why they are not in the list."""
    from player.app.unlisted import MOST_TOLD, find_unlisted
    from player.library import shown

    found = [one for shelf in library.shelves for one in find_unlisted(shelf) if shelf.origin == "user"]
    for one in found[:MOST_TOLD]:
        notice(f"not listed: {shown(one.path)}: {one.why}")
    if len(found) > MOST_TOLD:
        notice(f"not listed: {counted(len(found) - MOST_TOLD, 'more file')}")


def _line(summary: Summary, seconds: float | None) -> str:
    if summary.head is None:
        more = len(summary.mistakes) - 1
        return f"{summary.mistakes[0]}{f' (and {more} more)' if more else ''}"
    head = summary.head
    needs = f" Needs: {', '.join(head.needs)}." if head.needs else ""
    wins = " (replaces the bundled one)" if summary.entry.replaces_bundled else ""
    length = "…" if seconds is None else f"≈ {clock(seconds)}"
    return f"{length:>7}  {head.title}{wins}. {head.about or ''}{needs}".rstrip()


COMMAND = list_sessions
