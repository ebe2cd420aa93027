"""What screens and remotes see of the engine: immutable, made by one thread, read by any.

Screens and remotes never compute times themselves: everything they show is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.timeline import Activity, PhaseKind
    from player.transport import LivePosition


class State(StrEnum):
    """What the engine is doing."""

    PREPARING = "preparing"
    """Nothing can be played yet, or speech is late."""
    PLAYING = "playing"
    WAITING = "waiting"
    """A section is over, and goes on when the listener says that they are done."""
    PAUSED = "paused"
    LOST = "lost"
    """The sound device is gone; the engine tries to get it back."""
    ENDED = "ended"
    FAILED = "failed"
    """It cannot continue; `error` says why."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment as the listener hears it, not as far as samples were pulled. Times are in seconds."""

    state: State
    place: LivePosition
    title: str
    """The section's title."""
    phase: PhaseKind
    phase_length: float
    phase_left: float
    activity: Activity
    saying: str
    """The current words, or the last ones in this section."""
    elapsed: float
    length: float
    """The length of the whole session."""
    estimated: bool
    """Some speech is still missing, so `elapsed` or `length` is an estimate."""
    prepared: int
    """How many sections are ready …"""
    sections: int
    """… of how many."""
    can_next: bool
    """Whether an exercise follows this one, or the session waits here and would go on."""
    volume: float
    """From 0 to 1; if `muted`, the volume before muting."""
    muted: bool
    device: str
    """The device's name for people."""
    remark: bool
    """A remark, extra time or a wait plays, while the session stands still."""
    message: str | None = None
    """One line for the listener; None if all is well."""
    error: BaseException | None = None
    seeks: int = 0
    """Number of jumps so far, so a remote can tell a jump from passing time."""
    waits: bool = False
    """Whether this is where the session waits until the listener is done, paused or not."""
    begun: bool = True
    """Whether an output has played any of it."""

    @property
    def remaining(self) -> float:
        """Seconds to the end of the session."""
        return max(0.0, self.length - self.elapsed)
