"""`cuemat check --watch`: check again at every save, until Ctrl-C.

It compares the time and size of the files twice a second. That needs no library, works on every disk, and is
quick enough for someone who has just saved.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EVERY = 0.5
"""Seconds between two looks."""

Stamps = dict[Path, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Watch:
    """Calls `check` at once, and again after every change.

    Args:
        paths: Returns the files to watch; called each time, because files come and go.
        check: Checks the files.
        sleep: Waits for a number of seconds.
    """

    paths: Callable[[], Iterable[Path]]
    check: Callable[[], object]
    sleep: Callable[[float], None] = field(default=time.sleep)

    def until_interrupted(self) -> None:
        """Watch until Ctrl-C, which is the normal way to stop."""
        try:
            seen: Stamps | None = None
            while True:
                now = self._stamps()
                if now != seen:
                    seen = now
                    self.check()
                self.sleep(EVERY)
        except KeyboardInterrupt:
            return

    def _stamps(self) -> Stamps:
        stamps: Stamps = {}
        for path in self.paths():
            try:
                found = path.stat()
            except OSError:
                continue
            stamps[path] = (found.st_mtime_ns, found.st_size)
        return stamps
