"""What screens and remotes see of the engine: immutable, made by one thread, read by any.

Screens and remotes never compute times of their own: everything they show is here.
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
    PAUSED = "paused"
    LOST = "lost"
    """The sound device is gone; the engine tries to get it back."""
    ENDED = "ended"
    FAILED = "failed"
    """It cannot go on: `error` says why."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment, as the listener hears it (not as far as samples were handed over). Times are seconds."""

    state: State
    place: LivePosition
    title: str
    """Of the section."""
    phase: PhaseKind
    phase_length: float
    phase_left: float
    activity: Activity
    saying: str
    """The words that sound now, or were the last to sound in this section."""
    elapsed: float
    length: float
    """Of the whole session."""
    estimated: bool
    """Some speech is still missing, so that `elapsed` or `length` is an estimate."""
    prepared: int
    """How many sections are ready …"""
    sections: int
    """… of how many."""
    can_next: bool
    """There is an exercise after this one."""
    volume: float
    """From 0 to 1; what it was before `muted` where that is set."""
    muted: bool
    device: str
    """As a person knows it."""
    remark: bool
    """A remark or more time is being played, while the session stands still."""
    message: str | None = None
    """One line that the listener should know; None: all is well."""
    error: BaseException | None = None
    seeks: int = 0
    """Grows with every jump, so that a remote can tell one from time passing."""

    @property
    def remaining(self) -> float:
        """Seconds to the end of the session."""
        return max(0.0, self.length - self.elapsed)
