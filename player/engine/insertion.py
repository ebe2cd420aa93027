"""What can be played: a section or a remark in memory, and what is inserted while a session stands still."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.timeline import Frames
from player.transport import LivePosition

if TYPE_CHECKING:
    from player.render import Envelope, Renderer
    from player.timeline import Section


@dataclass(frozen=True, slots=True)
class Playable:
    """A section or a remark that can be played without touching the disk."""

    section: Section
    renderer: Renderer
    music: Envelope
    """The gain of the music in it."""
    note: str | None = None
    """A line for the listener about who speaks; None if it is the chosen voice."""
    wait: Playable | None = None
    """What takes the place of its last frame until the listener is done; None: it goes on by itself."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """A remark inserted while the session stands still; without one, silence."""

    length: Frames
    loaded: Playable | None = None
    waking: Frames = Frames(0)  # noqa: RUF009  NewType of an int: immutable
    """Frames of it, before anything else, in which a sleeping loudspeaker wakes up."""
    waits: bool = False
    """Whether it takes the place of a section's last frame, until the listener is done."""

    @property
    def is_promised(self) -> bool:
        """Whether it is extra time, which the listener gets even after a cut."""
        return self.loaded is None and self.length > self.waking


More = tuple[LivePosition, Insertion]
"""Promised silence, and its place."""
