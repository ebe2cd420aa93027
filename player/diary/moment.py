"""One look at a session, as far as the diary cares: where the listener is, by what they heard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the listener is."""

    section: int
    frame: int
    """In the section."""
    title: str
    """Of the section."""
    elapsed: float
    """Seconds from the start of the session."""
    ended: bool = False
    """The session was heard to its end."""
    seeks: int = 0
    """Grows with every jump."""
    prepared: int = 0
    """Sections that are laid out; while it grows, estimates move."""
