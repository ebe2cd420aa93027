"""Where a session was that nobody ended: killed, crashed, its terminal closed, the battery empty.

One small file, written beside its place and renamed, so that whoever reads it sees all of it or the one
before. It is written seven times a second, and therefore not flushed to the disk each time: what a power cut
costs is the offer to resume, and no more. A second unfinished session is kept in `below`, and offered once
this one has ended.

What the listener asked for is kept as plain data, and read by whoever knows requests. Another version of
Cuemat may have written the file, so what is not known here is left alone.
"""

from __future__ import annotations

import json
import math
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.files.own import write_own
from player.files.plain import read_plain
from player.words import clock, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = "bookmark.json"
DEAD = 5.0
"""Seconds without a heartbeat after which a run is over, whatever process has its number now."""
NOBODY = 0
"""The process of a run that is over."""
MOST_BYTES = 10_000
KINDS = {
    **dict.fromkeys(("session", "title", "exercise"), str),
    **dict.fromkeys(("section", "frame", "pid"), int),
    **dict.fromkeys(("elapsed", "at"), float),
}
"""What must stand in the file; another program may have been there."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in a session."""

    session: str
    """As `cuemat play` takes it, from any folder."""
    title: str
    exercise: str
    """The title of the section."""
    section: int
    frame: int
    elapsed: float
    """Seconds."""
    at: float
    """When it was written, in seconds since 1970."""
    pid: int
    request: Mapping[str, object] = field(default_factory=dict)
    """What the listener asked for, as plain data with its version."""
    below: Bookmark | None = None
    """Of another session, to be offered once this one has ended."""

    def describe(self) -> str:
        """For the listener: what stopped where, and when."""
        inside = f", in {self.exercise.rstrip('.')}" if self.exercise != self.title else ""
        return printable(f"{self.title} stopped at {clock(self.elapsed)}{inside}{_when(self.at)}")

    def find(self, titles: Sequence[str]) -> tuple[int, int]:
        """Section and frame, if the session still has them; else the exercise's start, or the session's.

        Args:
            titles: Of the session's sections, as it is now.
        """
        if self.section < len(titles) and titles[self.section] == self.exercise:
            return self.section, self.frame
        return (titles.index(self.exercise) if self.exercise in titles else 0), 0


def read_unfinished(path: Path) -> Bookmark | None:
    """The place of a run that nobody ended; None if there is none, if it cannot be read, or still runs."""
    found = read(path)
    return None if found is None or _runs(found) else found


def read(path: Path) -> Bookmark | None:
    """What stands in the file; None if there is none, or none that makes sense."""
    try:
        return _bookmark(json.loads(read_plain(path, MOST_BYTES)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def write(path: Path, bookmark: Bookmark) -> None:
    """Write the file, if that is possible: on a full or sealed disk the place before stays."""
    with suppress(OSError):
        write_own(path, json.dumps(asdict(bookmark)))


def _bookmark(content: dict[str, Any]) -> Bookmark:
    """What `asdict` made of one, in this version or another; raises where it did not."""
    if not all(_is_a(kind, content[name]) for name, kind in KINDS.items()):
        raise TypeError
    below = None
    with suppress(TypeError, KeyError):
        below = _bookmark(content["below"])
    return Bookmark(**{name: content[name] for name in KINDS}, request=_request(content), below=below)


def _request(content: dict[str, Any]) -> Mapping[str, object]:
    """Version 0.1.0 kept options as they were typed, as `choices`."""
    found = content.get("request")
    return found if isinstance(found, dict) else {"version": 1, "choices": content.get("choices")}


def _is_a(kind: type, value: object) -> bool:
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf
    return type(value) is kind and (not isinstance(value, int) or value >= 0)


def _runs(bookmark: Bookmark) -> bool:
    if os.name != "posix" or bookmark.pid == NOBODY or abs(time.time() - bookmark.at) >= DEAD:
        return False
    try:
        os.kill(bookmark.pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return not _is_zombie(bookmark.pid)


def _is_zombie(pid: int) -> bool:
    """A process that has ended, and only its parent has not looked yet; known on Linux."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] == "Z"
    return False


def _when(at: float) -> str:
    try:
        then = datetime.fromtimestamp(at).astimezone()
    except (OverflowError, ValueError, OSError):
        return ""
    days = (datetime.now().astimezone().date() - then.date()) // timedelta(days=1)
    day = {0: "today", 1: "yesterday"}.get(days, f"on {then.day} {then:%B}")
    return f", {day} at {then:%H:%M}"
