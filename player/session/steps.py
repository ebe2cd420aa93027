"""The steps of a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.errors import Source
    from player.session.exercise import Exercise
    from player.session.words import Seconds, Words


@dataclass(frozen=True, slots=True)
class SayStep:
    """A talk."""

    source: Source
    words: Words
    position: Words | None = None
    """The listener's position after the talk, if it changes."""
    until_done: bool = False
    """Whether the engine waits at its end until the listener says that it is done."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Something to think about: one point a day, in turn."""

    id: str
    title: str
    points: tuple[Words, ...]
    lead: Words | None = None
    """Words before each point, such as "A thought for today."."""

    def point(self, day: int) -> Words:
        """The point of a day, counted from 1; the first follows the last."""
        return self.points[(day - 1) % len(self.points)]


@dataclass(frozen=True, slots=True)
class TalkStep:
    """The day's point of a talk."""

    source: Source
    talk: Talk
    lead: Words | None = None
    """Words before the point, in place of the talk's own."""


@dataclass(frozen=True, slots=True)
class ExerciseStep:
    """An exercise as this session wants it: the session's dose is already merged in."""

    source: Source
    exercise: Exercise
    until_done: bool = False
    """Whether the engine waits at its end until the listener says that it is done."""


@dataclass(frozen=True, slots=True)
class IntervalsStep:
    """Work and rest in turn, each exactly as long as the script says; each round takes the next exercise."""

    source: Source
    work: Seconds
    rest: Seconds
    rounds: int
    exercises: tuple[Exercise, ...]
    until_done: bool = False


@dataclass(frozen=True, slots=True)
class WalkStep:
    """A walk; half way through a long one a word to turn round."""

    source: Source
    length: Seconds
    until_done: bool = False

    @property
    def turns(self) -> bool:
        """Whether it is long enough to turn round half way: a minute."""
        return self.length >= 60.0  # noqa: PLR2004  seconds


@dataclass(frozen=True, slots=True)
class RestStep:
    """A rest with a sound and a word; it grows for speech."""

    source: Source
    length: Seconds
    until_done: bool = False


@dataclass(frozen=True, slots=True)
class SilenceStep:
    """Silence, for exactly this long."""

    source: Source
    length: Seconds


@dataclass(frozen=True, slots=True)
class BreatheStep:
    """Paced breathing; every breath lasts exactly as long as the script says."""

    source: Source
    breathe_in: Seconds
    breathe_out: Seconds
    times: int
    hold: Seconds = 0.0
    """Seconds between the breath in and the breath out."""
    rest: Seconds = 0.0
    """Seconds after the breath out."""


@dataclass(frozen=True, slots=True)
class SoundStep:
    """One sound, by its name in sounds/ (the file's stem)."""

    source: Source
    sound: str


@dataclass(frozen=True, slots=True)
class RepeatStep:
    """Steps done several times."""

    source: Source
    times: int
    steps: tuple[Step, ...]


Step = (
    SayStep
    | TalkStep
    | ExerciseStep
    | IntervalsStep
    | WalkStep
    | RestStep
    | SilenceStep
    | BreatheStep
    | SoundStep
    | RepeatStep
)


def exercises_in(step: Step) -> tuple[Exercise, ...]:
    """The exercises of a step, in order; of a repeat, none: its steps have them."""
    match step:
        case ExerciseStep():
            return (step.exercise,)
        case IntervalsStep():
            return step.exercises
        case _:
            return ()
