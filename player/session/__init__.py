"""The content of a script as frozen data: the contract between the script language and the layout.

Times are in seconds, as authors write them; the layout converts them to frames, once. `None` means that the
author left something out, so the session's defaults or the coach's own apply. Every spoken text keeps its
line in the script.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from player.session.exercise import (
    Avoid,
    Back,
    Counting,
    Dose,
    Easier,
    Exercise,
    Growing,
    Kind,
    Move,
    Progress,
    Range,
    Role,
    Switch,
)
from player.session.steps import (
    BreatheStep,
    ExerciseStep,
    IntervalsStep,
    RepeatStep,
    RestStep,
    SayStep,
    SilenceStep,
    SoundStep,
    Step,
    Talk,
    TalkStep,
    WalkStep,
    exercises_in,
)
from player.session.words import (
    Seconds,
    Side,
    Sides,
    Words,
)

if TYPE_CHECKING:
    from player.errors import Source

__all__ = [
    "Avoid",
    "Back",
    "BreatheStep",
    "Choices",
    "Closing",
    "Coaching",
    "Counting",
    "Defaults",
    "Dose",
    "Easier",
    "Exercise",
    "ExerciseStep",
    "Growing",
    "IntervalsStep",
    "Kind",
    "Move",
    "Progress",
    "Range",
    "RepeatStep",
    "RestStep",
    "Role",
    "Safety",
    "SayStep",
    "Schedule",
    "Seconds",
    "Session",
    "Side",
    "Sides",
    "SilenceStep",
    "SoundStep",
    "Step",
    "Switch",
    "Talk",
    "TalkStep",
    "WalkStep",
    "Words",
    "exercises_in",
]


class Coaching(StrEnum):
    """How much the coach says."""

    FULL = "full"
    BRIEF = "brief"


class Safety(StrEnum):
    """Which safety advice the coach gives at the start."""

    FULL = "full"
    SHORT = "short"


class Closing(StrEnum):
    """How the session ends."""

    ON = "on"
    """Advice, the way up from the floor, and the closing sound."""
    OFF = "off"
    """With its last step."""
    LYING = "lying"
    """Without advice, sound or getting up: the listener may sleep."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often to do the session."""

    times_per_day: int | None = None
    days_per_week: int | None = None
    every_hours: int | None = None
    """Hours from one time to the next, in place of `times_per_day`."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """A session's values for exercises that do not set their own; None: the coach's defaults."""

    get_ready: Seconds | None = None
    rest: Seconds | None = None
    rest_between_sets: Seconds | None = None
    between_exercises: Seconds | None = None
    """Includes the announcement and the get-ready time."""
    into: Seconds | None = None
    back: Seconds | None = None
    tones: bool | None = None
    announce: bool | None = None
    counting: Counting | None = None

    def has_tones(self, exercise: Exercise) -> bool:
        """Whether the holds of an exercise have tones: its own word, else this one, else yes."""
        own = self.tones if exercise.tones is None else exercise.tones
        return own is not False

    def announces(self, exercise: Exercise) -> bool:
        """Whether the name, number and dose are announced: its own word, else this one, else yes."""
        own = self.announce if exercise.announce is None else exercise.announce
        return own is not False


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
    needs_nothing: bool = False
    """Whether the author says that nothing is needed, whatever the exercises say."""
    schedule: Schedule = field(default_factory=Schedule)
    music: str | None = None
    ticks: bool | None = None
    coaching: Coaching | None = None
    safety: Safety | None = None
    opening: bool | None = None
    """Whether the coach says what to fetch, how long it takes, and the safety advice. None: it does."""
    closing: Closing | None = None
    """None: the coach decides by the session's steps."""
    defaults: Defaults = field(default_factory=Defaults)


@dataclass(frozen=True, slots=True)
class Choices:
    """The listener's choices for this run; None: the script decides, then the coach."""

    day: int = 1
    """Counts from 1; doses with a `progress` rule grow with it."""
    level: float | None = None
    """From 0 to 1: how far into each range; not together with a day other than 1."""
    coaching: Coaching | None = None
    ticks: bool | None = None
    safety: Safety | None = None
    extra_get_ready: Seconds = 0.0
    """Added to every get-ready time."""
    waking: Seconds = 0.0
    """Time before the first word, in which a sleeping loudspeaker wakes up."""
    wakes_each: bool = False
    """Also before each exercise, because each becomes a file."""
    live: bool = False
    """Whether it is played now, with keys at hand, rather than written to a file."""
