"""One exercise as its author wrote it: the movements, the dose, and the words about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from player.session.words import Seconds, Side, Sides, Words

if TYPE_CHECKING:
    from player.errors import Source

T = TypeVar("T", int, float)


class Kind(StrEnum):
    """What an exercise does for the listener."""

    STRENGTH = "strength"
    """Makes muscles stronger; wants a day of rest between."""
    ACTIVATION = "activation"
    """Wakes muscles up; daily is fine."""
    STRETCH = "stretch"
    MOBILITY = "mobility"
    BREATHING = "breathing"


class Avoid(StrEnum):
    """A reason to leave an exercise out."""

    HIP = "hip"
    """A replaced hip."""
    BONES = "bones"
    """Weak bones, or a past fracture of the spine."""
    PREGNANT = "pregnant"
    OPERATED = "operated"
    """An operation in the last three months."""
    KNEELING = "kneeling"
    """Kneeling hurts."""
    BALANCE = "balance"
    """Standing on one leg is not safe."""
    FLOOR = "floor"
    """Getting down to the floor and up again is not possible."""


class Counting(StrEnum):
    """How reps are counted aloud."""

    NUMBERS = "numbers"
    TICKS = "ticks"
    OFF = "off"


class Role(StrEnum):
    """The role of an exercise that does not count in "3 of 7"."""

    WARM_UP = "warm-up"
    COOL_DOWN = "cool-down"


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """An amount, written as one number (`low == high`) or as a range (`5-10s`)."""

    low: T
    high: T

    def at(self, level: float) -> float:
        """The amount at a level from 0 (low end) to 1 (high end)."""
        return self.low + (self.high - self.low) * level


@dataclass(frozen=True, slots=True)
class Back:
    """The way out of a hold."""

    length: Seconds | None
    say: Words | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One movement within a rep: into a hold, or at its own pace. Exactly one of `hold` and `move` is set."""

    say: Words | None
    """The full text, for the first time."""
    cue: Words | None
    """The short text after that."""
    hold: Range[float] | None = None
    move: Range[float] | None = None
    into: Seconds | None = None
    back: Back | None = None
    holds: tuple[Range[float], ...] = ()
    """One hold for each set, if they differ; `hold` is the first of them."""
    holding: Words | None = None
    """The words for a short hold, in place of the coach's "And hold."."""


@dataclass(frozen=True, slots=True)
class Easier:
    """An easier way: words about it, another exercise, or a part of the dose."""

    say: Words | None = None
    position: Words | None = None
    """Its own position, so it is offered before the listener takes the usual one."""
    needs: tuple[str, ...] = ()
    """Its own equipment; offered before as well."""
    exercise: str | None = None
    """The id of the easier exercise."""
    hold: float | None = None
    """The part of the hold, from 0 to 1."""
    reps: float | None = None
    """The part of the reps, from 0 to 1."""

    @property
    def changes_position(self) -> bool:
        """Whether it cannot be chosen once the listener is in position."""
        return self.position is not None or bool(self.needs)


@dataclass(frozen=True, slots=True)
class Switch:
    """How the listener changes sides, if "now left" is not enough."""

    length: Seconds | None
    say: Words | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """Sets × reps, the rests between them, and the sides. Holds belong to the moves."""

    sets: Range[int] | None = None
    reps: tuple[Range[int], ...] = ()
    """One entry for all sets, or one for each set; empty: left out."""
    rest: Seconds | None = None
    """Seconds between reps."""
    rest_between_sets: Seconds | None = None
    sides: Sides = Sides.NONE
    first: Side = Side.RIGHT
    every: Seconds | None = None
    """Seconds from one rep to the next, exactly: a rhythm."""
    intervals: bool = False
    """Whether its movement is work in intervals: work and rest are exact, and no word is in the work."""


class Growing(StrEnum):
    """The part of a dose that grows from day to day."""

    REPS = "reps"
    SETS = "sets"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Progress:
    """A rule by which a dose grows: `step` more every `every_days`, up to a limit."""

    what: Growing
    step: float
    """Reps, sets, or seconds of hold."""
    every_days: int
    up_to: float


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement with a starting position and a dose."""

    id: str
    """For one of the catalogue the stem of its file; one written in place has the session's id before it."""
    name: str
    source: Source
    """The place of its definition."""
    moves: tuple[Move, ...]
    dose: Dose = field(default_factory=Dose)
    targets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    position: Words | None = None
    setup: Words | None = None
    switch: Switch | None = None
    get_ready: Seconds | None = None
    ticks: bool | None = None
    progress: Progress | None = None
    feel: Words | None = None
    fault: Words | None = None
    easier: Easier | None = None
    caution: Words | None = None
    reference: str | None = None
    role: Role | None = None
    kind: Kind | None = None
    avoid_if: tuple[Avoid, ...] = ()
    works: str | None = None
    """The limb that works, such as "leg", for "left leg next"."""
    prepare: Words | None = None
    """What to place or fetch before taking the position."""
    harder: str | None = None
    """The id of the harder exercise."""
    spoken: Words | None = None
    """Its name as the coach says it, if that is not the written one."""
    tones: bool | None = None
    """Whether holds have tones."""
    announce: bool | None = None
    """Whether its name, number and dose are announced."""
    counting: Counting | None = None

    @property
    def lesson(self) -> tuple[object, ...]:
        """All that is taught of it, without doses and places in files.

        Two exercises with the same lesson are the very same one: the second time it needs no teaching. A name
        alone proves nothing.
        """
        easier = self.easier.say if self.easier else None
        texts = (self.position, self.prepare, self.setup, self.feel, self.fault, easier)
        moves = tuple(
            (_text(move.say), _text(move.cue), _text(move.back.say if move.back else None), move.hold is None)
            for move in self.moves
        )
        return (self.name, *map(_text, texts), moves, self.dose.sides)


def _text(words: Words | None) -> str | None:
    return words.text if words else None
