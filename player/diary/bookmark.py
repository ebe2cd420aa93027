"""Where an unfinished session stopped: it was killed or crashed, its terminal closed, or the battery died.

The bookmark is one small file, written under another name and renamed, so a reader sees either the new file
or the old one. It is written seven times a second, so it is not flushed to the disk each time: a power cut
costs only the offer to resume. A second unfinished session is kept in `below`, and offered once this one has
ended.

The request is kept as plain data, which `app` reads. Another version of Cuemat may have written the file, so
unknown entries are left alone.
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
"""Seconds without a heartbeat after which a run is over, even if another process has its number."""
NOBODY = 0
"""The process of a run that is over."""
MOST_BYTES = 10_000
KINDS = {
    **dict.fromkeys(("session", "title", "exercise"), str),
    **dict.fromkeys(("section", "frame", "pid"), int),
    **dict.fromkeys(("elapsed", "at"), float),
}
"""What the file must contain; another program may have written it."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in a session."""

    session: str
    """A name that `cuemat play` finds from any folder."""
    title: str
    exercise: str
    """The title of the section."""
    section: int
    frame: int
    elapsed: float
    """Seconds into the session."""
    at: float
    """When it was written, in seconds since 1970."""
    pid: int
    request: Mapping[str, object] = field(default_factory=dict)
    """The listener's request, as plain data with a version."""
    below: Bookmark | None = None
    """Another unfinished session, offered once this one has ended."""

    def describe(self) -> str:
        """Say which session stopped where, and when."""
        inside = f", in {self.exercise.rstrip('.')}" if self.exercise != self.title else ""
        return printable(f"{self.title} stopped at {clock(self.elapsed)}{inside}{_when(self.at)}")

    def find(self, titles: Sequence[str]) -> tuple[int, int]:
        """Section and frame, if the session still has them; otherwise the start of the exercise or session.

        Args:
            titles: The titles of the session's current sections.
        """
        if self.section < len(titles) and titles[self.section] == self.exercise:
            return self.section, self.frame
        return (titles.index(self.exercise) if self.exercise in titles else 0), 0


def read_unfinished(path: Path) -> Bookmark | None:
    """Read the bookmark of an unfinished run; None if it is missing, unreadable, or still in use."""
    found = read(path)
    return None if found is None or _runs(found) else found


def read(path: Path) -> Bookmark | None:
    """Read the bookmark; None if the file is missing or makes no sense."""
    try:
        return _bookmark(json.loads(read_plain(path, MOST_BYTES)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def write(path: Path, bookmark: Bookmark) -> None:
    """Write the file; on a full or read-only disk the old one stays."""
    with suppress(OSError):
        write_own(path, json.dumps(asdict(bookmark)))


def _bookmark(content: dict[str, Any]) -> Bookmark:
    """Rebuild a bookmark from `asdict` of any version; raises if the data is something else."""
    if not all(_is_a(kind, content[name]) for name, kind in KINDS.items()):
        raise TypeError
    below = None
    with suppress(TypeError, KeyError):
        below = _bookmark(content["below"])
    return Bookmark(**{name: content[name] for name in KINDS}, request=_request(content), below=below)


def _request(content: dict[str, Any]) -> Mapping[str, object]:
    """The request; version 0.1.0 kept the typed options as `choices`."""
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
    """Whether the process has ended but its parent has not collected it yet; Linux only."""
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
