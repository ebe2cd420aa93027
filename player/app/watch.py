"""`cuemat check --watch`: checks again whenever something is saved, until Ctrl-C.

It looks at the time and the size of the files twice a second. That needs no library, works on every disk, and
is quick enough for somebody who has just pressed "save".
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
        paths: The files to look at; asked anew each time, because files come and go.
        check: What to do.
        sleep: Waits so many seconds.
    """

    paths: Callable[[], Iterable[Path]]
    check: Callable[[], object]
    sleep: Callable[[float], None] = field(default=time.sleep)

    def until_interrupted(self) -> None:
        """Watch until Ctrl-C, which is the calm and usual end."""
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
