"""What can be asked of the engine, from any thread; carried out by its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Play:
    """Play on after a pause; a lead-in comes first."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Cut the sound, and stay at this place until `Play`."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """Pause what plays or is about to; play what is paused."""


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
    """Move forwards by a time, in seconds; backwards if it is negative."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SeekTo:
    """Move to a time from the start of the session, in seconds; an estimate where speech is still missing."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Again:
    """Put in the instruction of this section; then the session goes on."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Put in a remark: which exercise this is, and how much time remains."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Ten seconds more for this rest or get-ready phase."""


@dataclass(frozen=True, slots=True)
class Volume:
    """How loud everything is; a new volume ends `Mute`."""

    level: float
    """From 0, silent, to 1; or, with `by`, what is added to the present one."""
    by: bool = False


@dataclass(frozen=True, slots=True)
class MusicLevel:
    """How loud the music is; the voice stays as it is."""

    level: float
    """From 0, silent, to 1, as loud as it was chosen."""


@dataclass(frozen=True, slots=True)
class Mute:
    """Turn the sound off, or on again; the session goes on."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """To the place where an earlier run was interrupted; a lead-in comes first, as after a pause."""

    section: int
    frame: int


@dataclass(frozen=True, slots=True)
class Quit:
    """Cut the sound and end the loop; the output is closed."""

    for_good: bool = True
    """False: the session is only interrupted, by a closed terminal or worse, and can be resumed."""


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
