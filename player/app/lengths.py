"""How long each session of a list takes: estimated once, then cached by everything the estimate depends on.

An estimate takes about 10 ms, so a list of hundreds would be slow the first time. Therefore estimating stops
after a while, and the next lists fill in the rest. The cache is only a convenience: a lost or corrupt file is
rebuilt.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from player import __version__
from player.app.folders import settings_file
from player.app.prepare import choices_for
from player.errors import Error
from player.files.own import write_own
from player.files.plain import read_plain
from player.layout import estimate, plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from player.app.request import Request
    from player.library import Entry, Library

ENOUGH = 0.1
"""Seconds after which a list starts no more estimates."""
MOST_REMEMBERED = 5000
MOST_BYTES = 2_000_000
"""Size limit of the file; five thousand lengths take half a megabyte."""
FILE = "lengths.json"


@dataclass
class SessionLengths:
    """The lengths of sessions, cached in a folder.

    Args:
        folder: Created with the first entry.
        library: Contains the sessions.
        request: The wishes of this run, and the settings.
        clock: Returns seconds that never run backwards.
    """

    folder: Path
    library: Library
    request: Request
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, float | None] = field(default_factory=dict, init=False)
    _new: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        with suppress(OSError, ValueError):
            read = json.loads(read_plain(self.folder / FILE, MOST_BYTES))
            if isinstance(read, dict):
                self._known = {key: value for key, value in read.items() if isinstance(value, float | None)}
        self._until = self.clock() + ENOUGH
        self._base = self._what_all_rest_on()

    def of(self, entry: Entry) -> float | None:
        """The estimated seconds of a session; None if unknown, or not estimated yet."""
        try:
            key = sha256(self._base + read_plain(entry.path, MOST_BYTES)).hexdigest()
        except OSError:
            return None
        if key not in self._known:
            if self.clock() > self._until:
                return None
            self._known[key], self._new = self._estimate(entry), True
        return self._known[key]

    def _estimate(self, entry: Entry) -> float | None:
        try:
            session = self.library.load(entry.id).session
            outlines = plan(session, choices_for(session, self.request))
        except Error:
            return None
        timeline = estimate(outlines)
        return timeline.length / timeline.rate

    def _what_all_rest_on(self) -> bytes:
        """A digest of everything that lengths depend on, except the script."""
        parts: list[object] = [__version__, self.request.wishes.day, self.request.wishes.level]
        used = (*self.library.exercises.values(), *self.library.talks.values())
        for path in (settings_file(), *(entry.path for entry in used)):
            with suppress(OSError):
                found = path.stat()
                parts.append((str(path), found.st_mtime_ns, found.st_size))
        return sha256(repr(parts).encode()).digest()

    def remember(self) -> None:
        """Save new lengths; if that fails, they are estimated again next time."""
        if not self._new:
            return
        kept = dict(list(self._known.items())[-MOST_REMEMBERED:])
        with suppress(OSError):
            write_own(self.folder / FILE, json.dumps(kept))
