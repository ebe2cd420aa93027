"""The engine's commands, sent from any thread and carried out by its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Play:
    """Resume after a pause, with a lead-in; while the session waits for the listener, go on."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Cut the sound, and stay here until `Play`."""

    reason: str | None = None
    """A line for the listener, if it was not they who paused."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """Pause if playing or about to play; resume if paused."""


@dataclass(frozen=True, slots=True)
class Done:
    """The listener is done: go on, where the session waits for that; elsewhere, do nothing."""


@dataclass(frozen=True, slots=True)
class Next:
    """Jump to the announcement of the next exercise; where the session waits, go on as with `Done`."""


@dataclass(frozen=True, slots=True)
class Back:
    """Jump to the start of this exercise, or of the one before."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Jump to the announcement of a section."""

    section: int


@dataclass(frozen=True, slots=True)
class SeekBy:
    """Move forwards by a time, in seconds; backwards if it is negative."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SeekTo:
    """Move to a time from the start of the session, in seconds; an estimate if speech is still missing."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Again:
    """Repeat the instruction of this section, then resume the session."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Say which exercise this is and how much time is left, then resume."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Add ten seconds to this rest or get-ready phase."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Set the volume of everything; this ends `Mute`."""

    level: float
    """From 0 (silent) to 1; with `by`, the change from the current volume."""
    by: bool = False


@dataclass(frozen=True, slots=True)
class MusicLevel:
    """Set the level of the music; the voice stays the same."""

    level: float
    """From 0 (silent) to 1 (the chosen level)."""


@dataclass(frozen=True, slots=True)
class Mute:
    """Mute or unmute; the session continues."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Jump to where an earlier run stopped, with a lead-in as after a pause."""

    section: int
    frame: int


@dataclass(frozen=True, slots=True)
class Quit:
    """Cut the sound, close the output and end the loop."""


Command = (
    Play
    | Pause
    | Toggle
    | Done
    | Next
    | Back
    | Jump
    | SeekBy
    | SeekTo
    | Again
    | Whereabouts
    | MoreTime
    | Volume
    | MusicLevel
    | Mute
    | GoOn
    | Quit
)
