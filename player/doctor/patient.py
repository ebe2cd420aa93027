"""What the doctor is told: what the listener chose, and where Cuemat keeps things on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from player.speech.manner import Manner


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of Cuemat's, and the variable that can lead elsewhere."""

    name: str
    path: Path
    variable: str


@dataclass(frozen=True, slots=True)
class Patient:
    """One installation."""

    settings: Place
    """The file."""
    folders: tuple[Place, ...]
    cache: Place
    log: Place
    """The file."""
    old_logs: int
    """How many older ones may lie beside it."""
    manner: Manner
    """The voice that the listener chose."""
    mistakes: tuple[str, ...] = ()
    """What is wrong with the settings, without what their owner wrote."""
    output: str | None = None
    """As `--output` takes it; None: the usual one."""
    volume: int = 100
    """In percent."""
    terminal: str = ""
    """What the terminal says that it is."""
    can_be_drawn_on: bool = False
    quiet: bool = False
    """Play no tone."""
    clear: bool = False
    """Empty the cache."""
