"""`cuemat list`: the sessions there are; a broken script shows its first mistake and hides no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from player.app.lengths import Lengths
from player.app.prepare import cache_folder, clock, complain
from player.app.settings import configuration_path, read_configuration
from player.errors import UserError
from player.library import Library, Origin, shown

if TYPE_CHECKING:
    import argparse

    from player.library import Summary


def run(options: argparse.Namespace) -> int:
    """Print one line a session, with how long it takes."""
    options.coaching = options.ticks = options.safety = options.extra_get_ready = None
    library = Library.found()
    try:
        read_configuration(configuration_path())
    except UserError as error:  # without it no length can be told; the sessions can
        complain(error)
    lengths = Lengths(cache_folder(), library, options)
    summaries = library.summaries()
    seconds = {summary.entry.id: lengths.of(summary.entry) for summary in summaries if summary.head}
    lengths.remember()
    if options.json:
        entries = [_as_json(summary, seconds.get(summary.entry.id), options) for summary in summaries]
        print(json.dumps(entries, ensure_ascii=False, indent=1))
        return 0
    width = max((len(summary.entry.id) for summary in summaries), default=0)
    for origin, heading in ((Origin.USER, "Yours"), (Origin.BUNDLED, "Bundled")):
        lines = [
            _line(summary, width, seconds.get(summary.entry.id))
            for summary in summaries
            if summary.entry.origin is origin
        ]
        if lines:
            print("\n".join([f"{heading}:", *lines]))
    dose = f"day {options.day or 1}" if options.level is None else f"level {options.level:g}"
    print(f"Lengths are estimated (≈), at the dose of {dose}.")
    return 0


def _line(summary: Summary, width: int, seconds: float | None) -> str:
    name = f"  {summary.entry.id:<{width}}"
    if summary.head is None:
        more = len(summary.mistakes) - 1
        return f"{name}  {summary.mistakes[0]}{f' (and {more} more)' if more else ''}"
    head = summary.head
    needs = f" Needs: {', '.join(head.needs)}." if head.needs else ""
    wins = " (in place of the bundled one)" if summary.entry.replaces_bundled else ""
    length = "…" if seconds is None else f"≈ {clock(seconds)}"
    return f"{name}  {length:>7}  {head.title}{wins}. {head.about or ''}{needs}".rstrip()


def _as_json(summary: Summary, seconds: float | None, options: argparse.Namespace) -> dict[str, object]:
    head = summary.head
    return {
        "id": summary.entry.id,
        "origin": summary.entry.origin,
        "path": shown(summary.entry.path),
        "title": head.title if head else None,
        "about": head.about if head else None,
        "seconds_estimated": seconds,
        "day": options.day or 1,
        "level": options.level,
        "tags": head.tags if head else [],
        "needs": head.needs if head else [],
        "mistakes": [str(mistake) for mistake in summary.mistakes],
    }
