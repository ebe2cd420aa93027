"""Keeps the bookmark of the playing session, and offers the place of the earlier run.

When a session was heard to its end, its bookmark is removed, and the bookmark of another unfinished session
returns. Whoever quits keeps the place, on purpose or not: going on is offered, never forced. A listener who
starts over is offered the old place for a while; until then the bookmark does not move, so a second mishap
loses nothing. A session that was never heard leaves nothing.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from player.diary.bookmark import NOBODY, Bookmark, read, read_unfinished, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from player.diary.moment import Moment

HEARTBEAT = 2.0
"""Seconds after which the file is written again even if nothing moves."""
SPARED = 30.0
"""Seconds of a new run in which the earlier place can still be resumed."""


class Keeper:
    """Writes where the listener is.

    Args:
        path: The bookmark's file.
        session: A name that finds the session from any folder.
        titles: The title of the session, and of each section.
        request: The listener's request, as plain data.
        time: Seconds that never run backwards.
    """

    def __init__(
        self,
        path: Path,
        session: str,
        titles: tuple[str, Sequence[str]],
        request: Mapping[str, object],
        time: Callable[[], float] = time.monotonic,
    ) -> None:
        self._time, self._path = time, path
        title, sections = titles
        before, below = _sort(read_unfinished(path), session)
        self._start = Bookmark(session, title, title, 0, 0, 0.0, 0.0, os.getpid(), request, below)
        self._before = before
        self._back = before.find(sections) if before else None
        self._began: float | None = None
        self._written, self._beat = self._start, -HEARTBEAT

    def offer(self, how: str = "c") -> str:
        """Say what can be resumed and with which key; empty once it is too late."""
        return f"{self._before.describe()}; {how} resumes it" if self._before else ""

    @property
    def spares(self) -> str:
        """The earlier place, in words, while this run is too short to replace it; else empty."""
        return self._before.describe() if self._before else ""

    def take_back(self) -> tuple[int, int] | None:
        """Section and frame of the earlier run, once; from then on this run moves the bookmark."""
        if self._before is None:
            return None
        self._before = None
        return self._back

    def look(self, now: Moment) -> None:
        """Write where the listener is, if that has changed."""
        if now.elapsed == 0 or now.ended or not now.begun:
            return
        self._began = self._time() if self._began is None else self._began
        if self._before is not None and self._time() - self._began < SPARED:
            return
        self._before = None
        here = self._here(now)
        beat = self._time() - self._beat >= HEARTBEAT
        if beat or replace(here, at=self._written.at) != self._written:
            self._written, self._beat = here, self._time()
            write(self._path, here)

    def close(self, now: Moment) -> None:
        """Keep the file if the session is unfinished, and remove it if the session ended."""
        if now.ended:
            found = read(self._path)
            if found and found.pid == os.getpid():
                self._end(found)
        elif self._before is None and now.elapsed > 0 and now.begun:
            write(self._path, replace(self._here(now), pid=NOBODY))

    def _end(self, found: Bookmark) -> None:
        if found.below:
            write(self._path, found.below)
            return
        with suppress(OSError):
            self._path.unlink()

    def _here(self, now: Moment) -> Bookmark:
        return replace(
            self._start,
            exercise=now.title,
            section=now.section,
            frame=now.frame,
            elapsed=round(now.elapsed, 1),
            at=time.time(),
        )


def _sort(found: Bookmark | None, session: str) -> tuple[Bookmark | None, Bookmark | None]:
    """Split what is unfinished into the place in this session and the place in another."""
    if found is None:
        return None, None
    if found.session == session:
        return found, found.below
    if found.below and found.below.session == session:
        return found.below, replace(found, below=None)
    return None, replace(found, below=None)
