"""Follows what plays with a bookmark, so that a run that is broken off can go on where it was.

Seven looks a second, because going on shall repeat less than a third of a second. Ending a session, or
quitting it, takes the bookmark away; that of another session, which waits meanwhile, is then there again.
Whoever begins again at the beginning is offered the old place for a while: the bookmark is not moved before
that, so that a second mishap loses nothing.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.cli.bookmark import CHOICES, NOBODY, Bookmark, bookmark_path, left_behind, read, session_of, write
from player.engine import GoOn, State

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from player.engine import Engine, Snapshot
    from player.layout import Outline
    from player.library import Script

LOOK = 0.15
"""Seconds between two looks at the engine."""
HEARTBEAT = 2.0
"""Seconds after which the file is written again, although nothing moves."""
SPARED = 30.0
"""Seconds of a new run for which the place of the one before is still there to be gone back to."""


class Keeper:
    """Writes where the listener is, and offers the place of the run before.

    Args:
        engine: What plays.
        script: What it plays.
        options: What was chosen.
        outlines: The session's sections.
        time: Seconds that never run backwards.
    """

    def __init__(
        self,
        engine: Engine,
        script: Script,
        options: argparse.Namespace,
        outlines: Sequence[Outline],
        time: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine, self._time, self._path = engine, time, bookmark_path()
        session, chosen = session_of(script), tuple(_typed(options, script))
        before, below = _sorted(left_behind(self._path), session)
        title = script.session.title
        self._start = Bookmark(session, title, title, 0, 0, 0.0, 0.0, os.getpid(), chosen, below)
        self._before = before
        self._back = self._before.place(outlines) if self._before else None
        self._began: float | None = None
        self._written, self._beat = self._start, -HEARTBEAT
        if options.goes_on:
            self.go_on()

    def offer(self, how: str = "c") -> str:
        """What can be gone back to, and how; empty once it is too late for that."""
        return f"{self._before.told()}; {how} goes on there" if self._before else ""

    def go_on(self) -> None:
        """Go back to where the run before was."""
        if self._back is not None and self._before is not None:
            self._engine.send(GoOn(*self._back))
            self._before = None

    def look(self) -> None:
        """Write where the listener is, if they are somewhere else than before."""
        now = self._engine.snapshot
        if now.elapsed == 0 or now.state is State.ENDED:
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

    def close(self) -> None:
        """Leave the file where the session was broken off, and take it away where it was ended."""
        if self._engine.ended_by_listener or self._engine.snapshot.state is State.ENDED:
            found = read(self._path)
            if found and found.pid == os.getpid():
                self._end(found)
        elif self._before is None and self._engine.snapshot.elapsed > 0:
            write(self._path, replace(self._here(self._engine.snapshot), pid=NOBODY))

    def _end(self, found: Bookmark) -> None:
        if found.below:
            write(self._path, found.below)
            return
        with suppress(OSError):
            self._path.unlink()

    def _here(self, now: Snapshot) -> Bookmark:
        return replace(
            self._start,
            exercise=now.title,
            section=now.place.section,
            frame=int(now.place.frame),
            elapsed=round(now.elapsed, 1),
            at=time.time(),
        )


@contextmanager
def kept(keeper: Keeper) -> Iterator[None]:
    """The keeper at work, on a thread of its own: a disk may be slow."""
    over = threading.Event()

    def keep() -> None:
        while not over.wait(LOOK):
            keeper.look()

    thread = threading.Thread(target=keep, name="bookmark", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(HEARTBEAT)
        keeper.close()


def _sorted(found: Bookmark | None, session: str) -> tuple[Bookmark | None, Bookmark | None]:
    """Of what was left behind: the place in this session, and that in another one."""
    if found is None:
        return None, None
    if found.session == session:
        return found, found.below
    if found.below and found.below.session == session:
        return found.below, replace(found, below=None)
    return None, replace(found, below=None)


def _typed(options: argparse.Namespace, script: Script) -> Iterator[str]:
    for name in CHOICES:
        value = getattr(options, name)
        if name == "music" and value is not None and value not in script.library.sounds and value != "off":
            value = Path(value).expanduser().absolute()
        if value is not None:
            yield f"--{name.replace('_', '-')}={value}"
