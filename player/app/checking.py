"""Finds every mistake in a file before anyone lies on the floor.

To the reader's mistakes it adds what only the layout knows: words that do not fit their time, and a session
that is too long. Unless the words are spoken, these are estimates, marked with "≈".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.app import prepare
from player.app.ear import hard_to_bear, hard_to_follow
from player.app.lexicon import read_lexicon
from player.app.misspoken import find_misspoken
from player.errors import Mistake, ScriptError, UserError
from player.library import Library, Script, path_of
from player.session import Exercise, Talk
from player.shelves import LEXICON
from player.timeline import PhaseKind
from player.words import clock, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from player.app.prepare import ProgressPort
    from player.app.request import Request
    from player.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Checked:
    """A file without mistakes."""

    what: str
    """Its kind, or for a session its length: "≈ 11:39"."""
    totals: str = ""
    """Where the time goes, as in "2 exercises, 3:20 hold, 1:10 rest"."""


def check_file(
    file: str, request: Request, speaking: ProgressPort | None, warn: Callable[[Sequence[Mistake]], None]
) -> Checked:
    """Check one file.

    Args:
        file: A path, as typed.
        request: The wishes, with the settings.
        speaking: Speak the words to measure them, and report progress here; None: estimate.
        warn: Gets the file's warnings.

    Raises:
        ScriptError: It has mistakes.
    """
    if path_of(file).name.lower() == LEXICON:
        lexicon = read_lexicon(path_of(file))
        return Checked(f"a lexicon of {counted(len(lexicon.words) + len(lexicon.verbs), 'word')}")
    library = prepare.library_for(request)
    script = library.check(file)
    language = script.session.language if isinstance(script, Script) else "en"
    what = script.session if isinstance(script, Script) else script
    misspoken = find_misspoken(what, prepare.manner_for(request, language).voice, language, library)
    unclear = [] if isinstance(what, Talk) else hard_to_follow(what)
    if not isinstance(script, Script):
        warn(sorted([*misspoken, *unclear]))
        return Checked(
            "an exercise" if isinstance(script, Exercise) else f"a talk of {len(script.points)} points"
        )
    timeline, mark = _lay_out(script, request, speaking)
    pace = hard_to_bear(timeline, script.session, mark)
    warn([*script.warnings, *sorted([*misspoken, *unclear, *pace])])
    mistakes = [
        Mistake(one.source, f"{one.message}; write fewer words, or give more time")
        for one in prepare.find_misfits(script, timeline, mark)
    ]
    mistakes += prepare.find_excess(script, timeline, mark)
    if mistakes:
        raise ScriptError([*mistakes])
    length = f"{mark}{clock(timeline.length / timeline.rate)}"
    return Checked(length, _add_up(timeline))


def files_that_matter(files: Sequence[str]) -> Iterator[Path]:
    """The files, and every exercise and talk that they may use."""
    library = Library.found()
    for name in files:
        try:
            path = library.locate_any(name).path
        except UserError:  # it may come back
            path = path_of(name)
        yield path
        beside = library.beside(path)
        yield from (entry.path for entry in (*beside.exercises.values(), *beside.talks.values()))


def _lay_out(script: Script, request: Request, speaking: ProgressPort | None) -> tuple[Timeline, str]:
    if speaking:
        return prepare.compile_session(request, speaking, script).compiled.timeline, ""
    return prepare.estimate(script, prepare.choices_for(script.session, request)), "≈ "


def _add_up(timeline: Timeline) -> str:
    exercises = len({phase.activity.n for phase in timeline.phases} - {None})
    spent = {kind: sum(phase.length for phase in timeline.phases if phase.kind is kind) for kind in PhaseKind}
    times = [
        f"{clock(length / timeline.rate)} {kind.replace('_', ' ')}"
        for kind, length in spent.items()
        if length
    ]
    return ", ".join([counted(exercises, "exercise"), *times, counted(len(timeline.cues), "cue")])
