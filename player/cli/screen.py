"""What the terminal can do: asked from the one place that knows."""

from __future__ import annotations

import os
import shutil
import sys

UNABLE = {"", "dumb", "unknown"}
"""What `TERM` says of a terminal that only writes line after line."""


def can_be_drawn_on() -> bool:
    """Keys come from a terminal, and what is shown goes to one that can put it where it belongs."""
    both = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return both and kind() not in UNABLE


def kind() -> str:
    """What the terminal says that it is; empty where it says nothing. Windows never says, and draws."""
    return os.environ.get("TERM") or ("Windows" if sys.platform == "win32" else "")


def wants_colour() -> bool | None:
    """False where nobody wants colour; None: it goes to a terminal, and nowhere else."""
    return False if os.environ.get("NO_COLOR") or kind() in UNABLE else None


def width() -> int | None:
    """Columns to wrap lines at; None where output goes to no terminal, and lines stay whole."""
    if not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns
