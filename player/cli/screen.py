"""Whether there is a terminal that the control panel can be drawn on, asked from the one place that knows."""

from __future__ import annotations

import os
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
