"""`cuemat check`: every mistake in scripts, before anybody lies on the floor.

What the reader finds is joined by what only the layout can know: words that do not fit where they must, and a
session that is too long. Without `--speak` that rests on estimates, which are marked with "≈".
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from player.app.prepare import (
    choices_for,
    clock,
    compile_session,
    complain,
    estimate,
    manner_for,
    misfits,
    too_much,
    warn,
)
from player.cli.watch import Watch
from player.errors import Mistake, ScriptError, UserError
from player.library import Library, path_of
from player.session import Exercise, Talk
from player.timeline import PhaseKind
from player.words import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from player.timeline import Timeline


def run(options: argparse.Namespace) -> int:
    """Check all files; mistakes go to stderr, one line for each good file to stdout."""
    if options.watch:
        Watch(lambda: _watched(options.files), lambda: _again(options)).until_interrupted()
        print("cuemat: no longer watching", file=sys.stderr)
        return 0
    return _check_all(options)


def _again(options: argparse.Namespace) -> None:
    print(time.strftime("— %H:%M:%S"), flush=True)
    try:
        _check_all(options)
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


def _check_all(options: argparse.Namespace) -> int:
    library = Library.found()
    manner_for(options)  # no voice is asked, but none could speak at a rate that there is not
    worst = 0
    for file in options.files:
        try:
            print(f"{printable(file)}: {_check(file, library, options)}")
        except ScriptError as error:
            print(error, file=sys.stderr)
            worst = error.exit_code
    return worst


def _check(file: str, library: Library, options: argparse.Namespace) -> str:
    script = library.check(file)
    if isinstance(script, Exercise):
        return "ok, an exercise"
    if isinstance(script, Talk):
        return f"ok, a talk of {len(script.points)} points"
    if options.speak:
        compiled, _ = compile_session(script, options)
        timeline, mark = compiled.timeline, ""
    else:
        warn(script.warnings)
        timeline, mark = estimate(script, choices_for(script.session, options)), "≈ "
    mistakes = [
        Mistake(one.source, f"{one.message}; write fewer words or give more time")
        for one in misfits(script, timeline, mark)
    ]
    mistakes += too_much(script, timeline, mark)
    if mistakes:
        raise ScriptError(mistakes)
    length = f"ok, {mark}{clock(timeline.length / timeline.rate)}"
    return f"{length} ({_totals(timeline)})" if options.watch else length


def _totals(timeline: Timeline) -> str:
    """What the time goes into, as in "2 exercises, 3:20 hold, 1:10 rest"."""
    exercises = len({phase.activity.n for phase in timeline.phases} - {None})
    spent = {kind: sum(phase.length for phase in timeline.phases if phase.kind is kind) for kind in PhaseKind}
    times = [
        f"{clock(length / timeline.rate)} {kind.replace('_', ' ')}"
        for kind, length in spent.items()
        if length
    ]
    return ", ".join(
        [f"{exercises} exercise{'' if exercises == 1 else 's'}", *times, f"{len(timeline.cues)} cues"]
    )
