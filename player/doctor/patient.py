"""What the doctor examines: the listener's choices, and where Cuemat keeps its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from player.speech.manner import Manner


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of Cuemat, and the variable that can move it."""

    name: str
    path: Path
    variable: str


@dataclass(frozen=True, slots=True)
class Patient:
    """One installation."""

    settings: Place
    """The path of the file."""
    folders: tuple[Place, ...]
    cache: Place
    log: Place
    """The path of the file."""
    old_logs: int
    """How many old logs may exist beside it."""
    manner: Manner
    """The listener's voice."""
    mistakes: tuple[str, ...] = ()
    """The mistakes in the settings, without the owner's own words."""
    output: str | None = None
    """A value of `--output`; None: the default output."""
    volume: int = 100
    """The volume in percent."""
    keeps_awake: bool = False
    """Whether the settings keep every loudspeaker awake."""
    terminal: str = ""
    """The kind of terminal, as in `TERM`."""
    can_be_drawn_on: bool = False
    quiet: bool = False
    """Play no tone."""
    clear: bool = False
    """Empty the cache."""
