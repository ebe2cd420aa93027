"""What the deck is doing: one value for each state, with the data of that state only.

    Preparing ── all is there ─────────────▶ Playing ── all was heard ──▶ Ended
        ▲                                    │     │
        │                                    │     └─ the device goes ──▶ Lost ── it is back ──▶ Playing
        └─ play ── Paused ◀─ pause, sleep, ──┘                             │
                     ▲       another device                                │
                     └─ pause, another device, away for too long ──────────┘

A move leads from Playing to Preparing and from Ended to Paused, and keeps every other state. If the session
cannot continue, it is Failed; if its stream has no reader, it is Closed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from player.engine.lead_in import LeadIn
from player.engine.snapshot import State

if TYPE_CHECKING:
    from concurrent.futures import Future

    from player.engine.insertion import More, Playable
    from player.transport import LivePosition


@dataclass(frozen=True, slots=True)
class Preparing:
    """The session starts as soon as the section and the lead-in are ready."""

    state: ClassVar[State] = State.PREPARING
    place: LivePosition
    more: More | None = None
    """Promised extra time that is not over."""
    lead_in: LeadIn | None = None


@dataclass(frozen=True, slots=True)
class Playing:
    """The tape and the output know the rest; also while the tape waits until the listener is done."""

    state: ClassVar[State] = State.PLAYING


@dataclass(frozen=True, slots=True)
class Paused:
    """The session stands still until the listener resumes it."""

    state: ClassVar[State] = State.PAUSED
    place: LivePosition
    more: More | None = None
    lead_in: LeadIn | None = None
    message: str | None = None
    """The reason, if the listener did not pause it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The device is gone, and is retried."""

    state: ClassVar[State] = State.LOST
    place: LivePosition
    more: More | None
    lead_in: LeadIn | None
    reason: str
    retry_at: float
    """Clock time of the next attempt."""
    give_up_at: float
    """Clock time at which the session pauses instead."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The output's reader has gone."""

    state: ClassVar[State] = State.PAUSED
    place: LivePosition
    message: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The session was heard to its last sample."""

    state: ClassVar[State] = State.ENDED
    place: LivePosition


@dataclass(frozen=True, slots=True)
class Failed:
    """An unexpected error, or the output could not be opened at the start."""

    state: ClassVar[State] = State.FAILED
    place: LivePosition
    error: BaseException


Waiting = Preparing | Paused | Lost
"""States that are silent for now."""
Silent = Waiting | Closed | Ended | Failed
Status = Silent | Playing


def standing(status: Silent) -> tuple[LivePosition, More | None]:
    """Where the listener is while nothing sounds, and the rest of their extra time."""
    match status:
        case Preparing(place, more) | Paused(place, more) | Lost(place, more):
            return place, more
        case Closed(place) | Ended(place) | Failed(place):
            return place, None


def remark_of(status: Status) -> Future[Playable] | None:
    """The lead-in of the state, finished or not."""
    match status:
        case (
            Preparing(lead_in=LeadIn(remark)) | Paused(lead_in=LeadIn(remark)) | Lost(lead_in=LeadIn(remark))
        ):
            return remark
        case _:
            return None


def message_of(status: Status) -> str | None:
    """One line for the listener; None if all is well."""
    match status:
        case Paused() | Closed():
            return status.message
        case Lost():
            return f"{status.reason}; retrying"
        case Failed():
            return str(status.error)
        case _:
            return None


def error_of(status: Status) -> BaseException | None:
    """Why the session cannot continue; None if it can."""
    return status.error if isinstance(status, Failed) else None


def move(status: Status, place: LivePosition, *, leads_in: bool) -> Status:
    """Move to another place, playing or paused as before.

    If nothing is heard now, there is a lead-in, except at the start of a section, which announces itself.

    Args:
        status: The status before.
        place: The new place.
        leads_in: Always use a lead-in.
    """
    hears = isinstance(status, Playing | Preparing)
    lead_in = LeadIn() if leads_in or (not hears and place.frame > 0) else None
    match status:
        case Playing() | Preparing():
            return Preparing(place, None, lead_in)
        case Lost():
            return replace(status, place=place, more=None, lead_in=lead_in)
        case Failed():
            return replace(status, place=place)
        case Paused() | Closed() | Ended():
            return Paused(place, None, lead_in)
