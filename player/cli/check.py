"""`cuemat check`: every mistake in scripts, before anybody lies on the floor.

What the reader finds is joined by what only the layout can know: words that do not fit where they must, and a
session that is too long. Without `--speak` that rests on estimates, which are marked with "≈".
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from player.cli.compose import choices_for, clock, compile_session, misfits, warn
from player.errors import Mistake, ScriptError
from player.layout import estimated, plan
from player.layout.outline import EARCONS
from player.library import Library
from player.session import Exercise, Talk
from player.timeline import Frames

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from player.library import Script
    from player.timeline import Timeline

LONGEST = 3 * 3600
"""Seconds of a session."""
MOST_CUES = 10_000
_RATE = 1000
_A_SOUND = Frames(700)


def run(options: argparse.Namespace) -> int:
    """Check all files; mistakes go to stderr, one line for each good file to stdout."""
    library = Library.found()
    worst = 0
    for file in options.files:
        try:
            print(f"{file}: {_check(file, library, options)}")
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
        choices = choices_for(script.session, options)
        names = EARCONS | set(script.library.sound_ids())
        timeline, mark = estimated(plan(script.session, choices), dict.fromkeys(names, _A_SOUND), _RATE), "≈ "
    mistakes = [
        Mistake(one.source, f"{one.message}; write fewer words or give more time")
        for one in misfits(script, timeline, mark)
    ]
    mistakes += _too_much(script, timeline, mark)
    if mistakes:
        raise ScriptError(mistakes)
    return f"ok, {mark}{clock(timeline.length / timeline.rate)}"


def _too_much(script: Script, timeline: Timeline, mark: str) -> Iterator[Mistake]:
    source = script.session.source
    length, cues = timeline.length / timeline.rate, len(timeline.cues)
    if length > LONGEST:
        message = f"the session lasts {mark}{clock(length)}; three hours are the most, so split it"
        yield Mistake(source, message)
    if cues > MOST_CUES:
        message = f"the session has {mark}{cues:,} cues; {MOST_CUES:,} are the most, so split it"
        yield Mistake(source, message)
