"""What can be asked of the engine, from any thread; carried out by its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Play:
    """Go on."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stand still."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """Play or pause, whichever it does not do now."""


@dataclass(frozen=True, slots=True)
class Next:
    """To the announcement of the next exercise."""


@dataclass(frozen=True, slots=True)
class Back:
    """To the start of this exercise, or of the one before."""


@dataclass(frozen=True, slots=True)
class Jump:
    """To the announcement of a section."""

    section: int


@dataclass(frozen=True, slots=True)
class SeekBy:
    """Move by a time, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SeekTo:
    """Move to a time from the start of the session, in seconds; an estimate where speech is still missing."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Again:
    """Say the instruction again."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Say where the listener is, and how much is left."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Ten seconds more for this rest or get-ready."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Set the volume, or change it."""

    level: float
    """From 0 to 1, or, if `by`, what is added to it."""
    by: bool = False


@dataclass(frozen=True, slots=True)
class MusicLevel:
    """Set how loud the music is, under the same voice."""

    level: float
    """From 0, silent, to 1, as loud as it was chosen."""


@dataclass(frozen=True, slots=True)
class Mute:
    """Silence, or sound again; the session goes on."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """To the place where an earlier run was broken off; a lead-in comes first, as after a pause."""

    section: int
    frame: int


@dataclass(frozen=True, slots=True)
class Quit:
    """Cut the sound and end."""

    for_good: bool = True
    """The listener wants no more; False: it is only broken off, because a terminal was closed or worse."""


Command = (
    Play
    | Pause
    | Toggle
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
