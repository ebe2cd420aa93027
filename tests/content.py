"""The bundled sessions and exercises as timelines, with estimated lengths of all texts, or a test voice's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from player.layout import Lengths, estimate, lay_out, plan
from player.library import Library
from player.session import Choices, ExerciseStep, Session, Side, Words
from player.shelves import Origin, bundled, shelf_of
from player.testing.fake_voice import FakeVoice
from player.timeline import CueKind, Frames, PhaseKind, Timeline
from player.wording.en.spelling import sentences

from tests.sessions import HERE, SOUNDS

if TYPE_CHECKING:
    from player.session import Exercise
    from player.timeline import Phase, Section

RATE = 1000
LIBRARY = Library((shelf_of(Origin.BUNDLED, bundled()),))


@cache
def of_session(name: str, choices: Choices | None = None) -> Timeline:
    return laid(LIBRARY.load(name).session, choices)


@cache
def alone(identity: str, choices: Choices | None = None) -> Section:
    """One exercise of the catalogue, alone in a session."""
    exercise = LIBRARY.exercise(identity)
    timeline = laid(Session("alone", "Alone", HERE, (ExerciseStep(HERE, exercise),)), choices)
    return next(section for section in timeline.sections if section.exercise_id == identity)


def laid(session: Session, choices: Choices | None = None) -> Timeline:
    return estimate(plan(session, choices or Choices()), RATE)


@cache
def heard(name: str, choices: Choices | None = None) -> Timeline:
    """A bundled session as the tests' voice says it."""
    return voiced(LIBRARY.load(name).session, choices)


def voiced(session: Session, choices: Choices | None = None) -> Timeline:
    """A session as the tests' voice says it, whose lengths depend on the texts alone."""
    voice = FakeVoice(RATE)
    sounds = {name: Frames(round(length * RATE)) for name, length in SOUNDS.items()}
    return Timeline(
        tuple(
            lay_out(
                outline,
                Lengths({text: Frames(voice.frames(text)) for text in outline.texts()}, sounds, RATE),
            )
            for outline in plan(session, choices or Choices())
        ),
        RATE,
    )


def holds(section: Section) -> list[Phase]:
    return [phase for phase in section.phases if phase.kind is PhaseKind.HOLD]


def seconds(phases: list[Phase]) -> list[float]:
    return [phase.length / RATE for phase in phases]


def said(what: Timeline | Section) -> list[str]:
    return [cue.content for cue in what.cues if cue.kind is CueKind.SPEECH]


def written(exercise: Exercise) -> list[Words]:
    """Every text that the exercise's author wrote to be spoken."""
    moves = [words for move in exercise.moves for words in (move.say, move.cue, move.back and move.back.say)]
    switch = exercise.switch.say if exercise.switch else None
    easier = exercise.easier.say if exercise.easier else None
    own = (exercise.prepare, exercise.setup, exercise.feel, exercise.fault, easier, exercise.caution, switch)
    return [words for words in (*moves, *own) if words]


def spoken(words: Words | None) -> list[str]:
    """The sentences of a text, as heard when the right side works."""
    return sentences(words.on(Side.RIGHT)) if words else []
