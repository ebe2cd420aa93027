"""`cuemat check`: every mistake in scripts, before anybody lies on the floor.

What the reader finds is joined by what only the layout can know: words that do not fit where they must, and a
session that is too long. Without `--speak` that rests on estimates, which are marked with "≈".
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from player.app import prepare
from player.cli.command import command
from player.cli.options import PLAYED, asks
from player.cli.progress import progress_bar
from player.cli.report import complain, warn
from player.errors import Mistake, ScriptError, UserError
from player.library import Library, path_of
from player.session import Exercise, Talk
from player.timeline import PhaseKind
from player.words import clock, counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from player.app.request import Request
    from player.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Checking:
    """How files are checked."""

    files: tuple[str, ...]
    request: Request
    speak: bool
    """Measure how long the words take, instead of estimating."""
    watch: bool
    """Say where the time goes, too."""


@command(
    "check",
    "Every mistake is named with its file, line and column, and what to write instead.",
    examples=(
        ("check my-session.yaml", "once"),
        ("check --watch my-session.yaml", "again at every save, until Ctrl-C"),
    ),
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path())
@asks(*PLAYED, session=False, leave_out=frozenset({"music", "music_level"}))
@click.option("--watch", is_flag=True, help="check again whenever a file is saved")
@click.option("--speak", is_flag=True, help="measure how long the words take, instead of estimating")
def check(request: Request, files: tuple[str, ...], *, watch: bool, speak: bool) -> int:
    """Check all files; mistakes go to stderr, one line for each good file to stdout."""
    checking = Checking(files, request, speak, watch)
    if not watch:
        return _check_all(checking)
    from player.cli.watch import Watch

    Watch(lambda: _watched(files), lambda: _check_again(checking)).until_interrupted()
    print("cuemat: no longer watching", file=sys.stderr)
    return 0


def _check_again(checking: Checking) -> None:
    print(time.strftime("— %H:%M:%S"), flush=True)
    try:
        _check_all(checking)
    except UserError as error:  # between two saves a file may be gone for a moment
        complain(error)
    sys.stdout.flush()


def _watched(files: Sequence[str]) -> Iterator[Path]:
    """The files, and every exercise and talk that they may use."""
    for name in files:
        path = path_of(name)
        yield path
        beside = Library.found().beside(path)
        yield from (entry.path for entry in (*beside.exercises.values(), *beside.talks.values()))


def _check_all(checking: Checking) -> int:
    library = Library.found()
    request = prepare.settle(checking.request)
    worst = 0
    for file in checking.files:
        try:
            print(f"{printable(file)}: {_check(file, library, request, checking)}")
        except ScriptError as error:
            print(error, file=sys.stderr)
            worst = error.exit_code
    return worst


def _check(file: str, library: Library, request: Request, checking: Checking) -> str:
    script = library.check(file)
    if isinstance(script, Exercise):
        return "ok, an exercise"
    if isinstance(script, Talk):
        return f"ok, a talk of {len(script.points)} points"
    warn(script.warnings)
    if checking.speak:
        with progress_bar() as progress:
            timeline = prepare.compile_session(request, progress, script).compiled.timeline
        mark = ""
    else:
        timeline, mark = prepare.estimate(script, prepare.choices_for(script.session, request)), "≈ "
    mistakes = [
        Mistake(one.source, f"{one.message}; write fewer words or give more time")
        for one in prepare.find_misfits(script, timeline, mark)
    ]
    mistakes += prepare.find_excess(script, timeline, mark)
    if mistakes:
        raise ScriptError(mistakes)
    length = f"ok, {mark}{clock(timeline.length / timeline.rate)}"
    return f"{length} ({_totals(timeline)})" if checking.watch else length


def _totals(timeline: Timeline) -> str:
    """What the time goes into, as in "2 exercises, 3:20 hold, 1:10 rest"."""
    exercises = len({phase.activity.n for phase in timeline.phases} - {None})
    spent = {kind: sum(phase.length for phase in timeline.phases if phase.kind is kind) for kind in PhaseKind}
    times = [
        f"{clock(length / timeline.rate)} {kind.replace('_', ' ')}"
        for kind, length in spent.items()
        if length
    ]
    return ", ".join([counted(exercises, "exercise"), *times, counted(len(timeline.cues), "cue")])


COMMAND = check
