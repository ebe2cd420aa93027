"""Where a session was that nobody ended: killed, crashed, its terminal closed, the battery empty.

One small file, written beside its place and renamed, so that whoever reads it sees all of it or the one
before. It is written seven times a second, and therefore not flushed to the disk each time: what a power cut
costs is the offer to go on, and no more. Nothing in here needs an engine, so that a list of sessions can show
the offer at once. Another session that waits to be gone on with stands below the one that plays.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.app.prepare import clock, state_folder
from player.cli.arguments import parse_arguments
from player.files.own import write_own
from player.library import Origin
from player.words import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.layout import Outline
    from player.library import Script

DEAD = 5.0
"""Seconds without a heartbeat after which a run is over, whatever process has its number now."""
NOBODY = 0
"""The process of a run that is over."""
MOST_BYTES = 10_000
KINDS = {
    **dict.fromkeys(("session", "title", "exercise"), str),
    **dict.fromkeys(("section", "frame", "pid"), int),
    **dict.fromkeys(("elapsed", "at"), float),
    "choices": list,
}
"""What stands in the file; another program may have been there."""
CHOICES = (
    *("day", "level", "coaching", "ticks", "safety", "extra_get_ready"),
    *("music", "music_level", "voice", "rate", "pitch"),
)
"""The options that change what is said and when; the others belong to the present run."""


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
    choices: tuple[str, ...] = ()
    """What was chosen, as it is typed."""
    below: Bookmark | None = None
    """Of another session, to be offered once this one has ended."""

    def told(self) -> str:
        """For the listener: what stopped where, and when."""
        inside = f", in {self.exercise.rstrip('.')}" if self.exercise != self.title else ""
        return printable(f"{self.title} stopped at {clock(self.elapsed)}{inside}{_when(self.at)}")

    def place(self, outlines: Sequence[Outline]) -> tuple[int, int]:
        """Section and frame, if the session still has them; else the exercise's start, or the session's."""
        titles = [outline.title for outline in outlines]
        if self.section < len(titles) and titles[self.section] == self.exercise:
            return self.section, self.frame
        return (titles.index(self.exercise) if self.exercise in titles else 0), 0

    def options(self, now: argparse.Namespace) -> argparse.Namespace:
        """The options of a run that goes on here: what is chosen now, and else what was chosen then."""
        then = parse_arguments(["play", *self.choices, "--", self.session])
        silent = parse_arguments(["play", "--", self.session])
        chosen = {name for name in CHOICES if getattr(now, name) != getattr(silent, name)}
        if chosen & {"day", "level"}:
            chosen |= {"day", "level"}
        kept = {name: getattr(then, name) for name in CHOICES if name not in chosen}
        return argparse.Namespace(**{**vars(now), **kept, "session": self.session, "goes_on": True})


def bookmark_path() -> Path:
    """Where the file is."""
    return state_folder() / "bookmark.json"


def session_of(script: Script) -> str:
    """What finds a script again."""
    return str(script.entry.path.absolute()) if script.entry.origin is Origin.BESIDE else script.entry.id


def left_behind(path: Path) -> Bookmark | None:
    """The place of a run that nobody ended; None if there is none, if it cannot be read, or still runs."""
    found = read(path)
    return None if found is None or _runs(found) else found


def read(path: Path) -> Bookmark | None:
    """What stands in the file; None if there is none, or none that makes sense."""
    try:
        with path.open("rb") as file:
            return _bookmark(json.loads(file.read(MOST_BYTES)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _bookmark(content: dict[str, Any]) -> Bookmark:
    """What `asdict` made of one; raises when it did not."""
    if not all(_is_a(kind, content[name]) for name, kind in KINDS.items()):
        raise TypeError
    below = None if content["below"] is None else _bookmark(content["below"])
    return Bookmark(**{**content, "choices": tuple(content["choices"]), "below": below})


def _is_a(kind: type, value: object) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    if kind is float:
        return isinstance(value, (int, float)) and 0 <= value < math.inf
    return type(value) is kind and (not isinstance(value, int) or value >= 0)


def write(path: Path, bookmark: Bookmark) -> None:
    """Write the file, if that is possible: on a full or sealed disk the place before stays."""
    with suppress(OSError):
        write_own(path, json.dumps(asdict(bookmark)))


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
