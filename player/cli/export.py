"""`cuemat export`: write a session as one sound file or several."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from player.app.exporting import QUALITIES, Delivery, refuse_stream
from player.app.kinds import NumberKind, WordKind
from player.app.offers import session_ids
from player.app.request import Group
from player.cli.command import command
from player.cli.options import PLAYED, KindType, Named, asks
from player.cli.progress import progress_bar
from player.cli.report import complain, notice, warn_of
from player.words import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.app.export_all import ExportOutcome
    from player.app.request import Request

MOST_JOBS = 64


def _check(typed: dict[str, Any]) -> str | None:
    sessions, every = typed["sessions"], typed["every"]
    if every and sessions:
        return "--all exports every session; leave out SESSION or --all"
    if not every and not sessions:
        return "missing SESSION; name one, or give --all"
    if typed["split"] and (every or len(sessions) > 1):
        return f"--split takes one session at a time; leave out {'--all' if every else 'the others'}"
    if typed["jobs"] is not None and not every and len(sessions) == 1:
        return "--jobs needs several sessions, or --all; leave out --jobs"
    return None


@command(
    "export",
    examples=(
        ("export morning-stretch -o morning.mp3", "for the phone"),
        ("export morning-stretch --day 12 --split -o morning", "day 12, one file for each exercise"),
        ("export five-stretches morning-stretch -o sessions", "several, into a folder"),
        ("export --all -o sessions", "every session; the next time, only those that changed"),
    ),
    rules=(_check,),
    tells_verbose=True,
    verbose="print progress and loudness, and log more detail",
)
@click.argument(
    "sessions", metavar="SESSION…", type=Named("session", session_ids, files=True), nargs=-1, required=False
)
@click.option("--all", "every", is_flag=True, help="export every session that has changed")
@click.option(
    "--jobs",
    type=KindType(NumberKind(1, MOST_JOBS, "N", whole=True)),
    metavar="N",
    help="of several sessions: how many at once (one for each processor)",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(),
    help="the file to write: .wav, .flac or .mp3; with the extra cuemat[m4b] also .m4a, .m4b or .opus; "
    "with --split, --all or several sessions, a folder",
)
@click.option(
    "--format", "form", metavar="FORMAT", help="the format, if the file name does not say (in a folder: mp3)"
)
@click.option(
    "--quality",
    type=KindType(WordKind(QUALITIES)),
    metavar="|".join(QUALITIES),
    default=QUALITIES[0],
    help="quality of compressed formats (speech)",
)
@click.option("--split", is_flag=True, help="one numbered file for each exercise, and a playlist")
@click.option(
    "--sidecars", is_flag=True, help="also write the chapters and words as .vtt, .lrc and .chapters.json"
)
@click.option("--force", is_flag=True, help="overwrite the file if it exists")
@asks(*PLAYED, Group.SOUND, session=False, leave_out=frozenset({"output", "volume"}))
def export(
    request: Request,
    *,
    sessions: tuple[str, ...],
    output: str,
    every: bool,
    jobs: int | None,
    form: str | None,
    quality: str,
    split: bool,
    sidecars: bool,
    force: bool,
    verbose: bool,
) -> int:
    """Speak, render and write; print path and length.

    Raises:
        UserError: The target is a stream, or cannot be written.
    """
    from player.app.prepare import settle

    refuse_stream(output)
    delivery = Delivery(Path(output), form, quality, split, sidecars, force)
    request = settle(request, complain)
    if every or len(sessions) > 1:
        return _export_all(request, sessions, delivery, jobs)
    return _export_one(replace(request, session=sessions[0]), delivery, verbose=verbose)


def _export_one(request: Request, delivery: Delivery, *, verbose: bool) -> int:
    from player.app import exporting
    from player.library import shown

    exporting.check(delivery)
    with progress_bar() as progress:
        spoken = exporting.speak(request, delivery, progress)
    warn_of(spoken.prepared)
    with progress_bar() as progress:
        target = exporting.write(spoken, progress)
    if verbose:
        notice(exporting.measure_loudness(spoken))
    print(f"{shown(target)}: {spoken.script.session.title}, {clock(spoken.prepared.seconds)}")
    return 0


def _export_all(request: Request, sessions: Sequence[str], delivery: Delivery, jobs: int | None) -> int:
    from player.app.export_all import export_all

    with progress_bar() as progress:
        outcomes = export_all(request, delivery, progress, jobs, sessions)
    for outcome in outcomes:
        _print(outcome)
    return max((outcome.error.exit_code for outcome in outcomes if outcome.error), default=0)


def _print(outcome: ExportOutcome) -> None:
    from player.errors import ScriptError
    from player.library import shown

    if outcome.error:
        in_script = isinstance(outcome.error, ScriptError)
        print(outcome.error if in_script else f"cuemat: {outcome.error}", file=sys.stderr)
    if outcome.spoken:
        prepared = outcome.spoken.prepared
        warn_of(prepared)
        more = "" if outcome.is_new else ", up to date"
        print(f"{shown(outcome.target)}: {prepared.script.session.title}, {clock(prepared.seconds)}{more}")


COMMAND = export
