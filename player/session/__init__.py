"""What a script says, as frozen data: the contract between the script language and the layout.

Times are seconds here, as authors write them; layout converts them to frames, once. `None` means that the
author left something out, so that a session's defaults and the coach's own can fill it. Everything that is
spoken keeps the line it was written on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from player.session.exercise import (
    Back,
    Dose,
    Exercise,
    Growing,
    Move,
    Progress,
    Range,
    Role,
    Switch,
)
from player.session.steps import (
    BreatheStep,
    ExerciseStep,
    RepeatStep,
    RestStep,
    SayStep,
    SilenceStep,
    SoundStep,
    Step,
    Talk,
    TalkStep,
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
    "Back",
    "BreatheStep",
    "Choices",
    "Coaching",
    "Defaults",
    "Dose",
    "Exercise",
    "ExerciseStep",
    "Growing",
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
    "Words",
]


class Coaching(StrEnum):
    """How much is said."""

    FULL = "full"
    BRIEF = "brief"


class Safety(StrEnum):
    """Which safety advice is spoken at the start."""

    FULL = "full"
    SHORT = "short"


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
