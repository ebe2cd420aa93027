"""The parts of a snapshot that the diary needs: where the listener is, by what they heard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the listener is."""

    section: int
    frame: int
    """Frames into the section."""
    title: str
    """The section's title."""
    elapsed: float
    """Seconds from the start of the session."""
    begun: bool = True
    """Whether any of the session has been played."""
    ended: bool = False
    """Whether the session was heard to its end."""
    seeks: int = 0
    """Number of jumps so far."""
    prepared: int = 0
    """Number of sections laid out; while it grows, estimates change."""
