"""What a session is made of, in the order in which it is done."""

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
    """Where the talk leaves the listener, if it moves them."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Something to think about, kept in one place: one point a day, in turn."""

    id: str
    title: str
    points: tuple[Words, ...]

    def point(self, day: int) -> Words:
        """The point of a day, counted from 1; after the last one they begin again."""
        return self.points[(day - 1) % len(self.points)]


@dataclass(frozen=True, slots=True)
class TalkStep:
    """The day's point of a talk."""

    source: Source
    talk: Talk


@dataclass(frozen=True, slots=True)
class ExerciseStep:
    """An exercise as this session wants it: the session's dose is already merged in."""

    source: Source
    exercise: Exercise


@dataclass(frozen=True, slots=True)
class RestStep:
    """A rest with a sound and a word; it grows for speech."""

    source: Source
    length: Seconds


@dataclass(frozen=True, slots=True)
class SilenceStep:
    """Nothing at all, for exactly this long."""

    source: Source
    length: Seconds


@dataclass(frozen=True, slots=True)
class BreatheStep:
    """Paced breathing; every breath lasts exactly what the script says."""

    source: Source
    breathe_in: Seconds
    breathe_out: Seconds
    times: int


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


Step = SayStep | TalkStep | ExerciseStep | RestStep | SilenceStep | BreatheStep | SoundStep | RepeatStep
