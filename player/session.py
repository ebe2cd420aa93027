"""What a script says, as frozen data: the contract between the script language and the layout.

Times are seconds here, as authors write them; layout converts them to frames, once. `None` means that the
author left something out, so that a session's defaults and the coach's own can fill it. Everything that is
spoken keeps the line it was written on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from player.errors import Source

Seconds = float
"""A time as an author writes it."""

T = TypeVar("T", int, float)


class Side(StrEnum):
    """The working side."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The side that rests, is lain on or holds."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


class Sides(StrEnum):
    """In what order an exercise takes the two sides."""

    NONE = "none"
    EACH = "each"
    """In each set all reps of one side, then all of the other."""
    ALTERNATING = "alternating"
    """Rep by rep."""
    BLOCKS = "blocks"
    """All sets of one side, then all of the other."""


class Role(StrEnum):
    """Exercises with a role are not counted in "3 of 7"."""

    WARM_UP = "warm-up"
    COOL_DOWN = "cool-down"


class Coaching(StrEnum):
    """How much is said."""

    FULL = "full"
    BRIEF = "brief"


class Safety(StrEnum):
    """Which safety advice is spoken at the start."""

    FULL = "full"
    SHORT = "short"


class Words(NamedTuple):
    """A text to be spoken, and where it was written. `<side>` and `<other side>` still stand in it."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """An amount that a script gives as one number (`low == high`) or as a range (`5-10s`)."""

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
    """In full, the first time."""
    cue: Words | None
    """Briefly, after that."""
    hold: Range[float] | None = None
    move: Range[float] | None = None
    into: Seconds | None = None
    back: Back | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """How the listener changes sides, where "now left" is not enough."""

    length: Seconds | None
    say: Words | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """Sets × reps, the rests between them, and the sides. Holds stand on the moves."""

    sets: Range[int] | None = None
    reps: tuple[Range[int], ...] = ()
    """One for all sets, or one a set; empty: not said."""
    rest: Seconds | None = None
    """Between reps."""
    rest_between_sets: Seconds | None = None
    sides: Sides = Sides.NONE
    first: Side = Side.RIGHT


class Growing(StrEnum):
    """What of a dose grows from day to day."""

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
    name: str
    source: Source
    """Where it is defined."""
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
    easier: Words | None = None
    caution: Words | None = None
    reference: str | None = None
    role: Role | None = None


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


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often the session is meant to be done."""

    times_per_day: int | None = None
    days_per_week: int | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a session says for every exercise that does not say otherwise; None: the coach's own."""

    get_ready: Seconds | None = None
    rest: Seconds | None = None
    rest_between_sets: Seconds | None = None
    between_exercises: Seconds | None = None
    """Holds the announcement and the get-ready time; not added to them."""
    into: Seconds | None = None
    back: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """What the listener does in one go."""

    id: str
    """The stem of its file."""
    title: str
    source: Source
    steps: tuple[Step, ...]
    about: str | None = None
    language: str = "en"
    tags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    schedule: Schedule = field(default_factory=Schedule)
    music: str | None = None
    ticks: bool | None = None
    coaching: Coaching | None = None
    safety: Safety | None = None
    defaults: Defaults = field(default_factory=Defaults)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the listener chose for this run; None: as the script says, and then as the coach does."""

    day: int = 1
    """From 1: doses with a `progress` rule grow with it."""
    level: float | None = None
    """From 0 to 1: where in each range; not together with a day other than 1."""
    coaching: Coaching | None = None
    ticks: bool | None = None
    safety: Safety | None = None
    extra_get_ready: Seconds = 0.0
    """Added to every get-ready time."""
