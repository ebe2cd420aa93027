"""What the terminal can do, decided in one place."""

from __future__ import annotations

import os
import shutil
import sys

UNABLE = {"", "dumb", "unknown"}
"""Values of `TERM` for a terminal without cursor movement."""


def can_be_drawn_on() -> bool:
    """Whether both input and output are a terminal, and its cursor can be moved."""
    return can_answer() and kind() not in UNABLE


def can_answer() -> bool:
    """Whether both input and output are a terminal, so that someone may answer a question."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def kind() -> str:
    """The value of `TERM`; empty if unset, except on Windows, which never sets it and can draw."""
    return os.environ.get("TERM") or ("Windows" if sys.platform == "win32" else "")


def wants_colour() -> bool | None:
    """False if the user or the terminal wants no colour; None: colour on a terminal only."""
    return False if os.environ.get("NO_COLOR") or kind() in UNABLE else None


def width() -> int | None:
    """Columns to wrap at; None if the output is not a terminal, where lines stay whole."""
    if not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns
