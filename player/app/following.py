"""Follows a playing session in the diary, so an interrupted run can be resumed.

It looks seven times a second, on its own thread, because a disk may be slow. What it notes while sound plays
is a little behind, so resuming after a crash repeats a moment and never leaves one out.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.app.folders import state_folder
from player.app.request import Request
from player.diary.bookmark import FILE, read_unfinished
from player.diary.keeper import HEARTBEAT, Keeper
from player.diary.moment import Moment
from player.engine.commands import GoOn
from player.engine.snapshot import State
from player.library import Origin
from player.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from player.engine import Snapshot
    from player.engine.engine import Engine
    from player.layout import Outline
    from player.library import Script

LOOK = 0.15
"""Seconds between two looks at the engine."""
UNSURE = 0.3
"""Seconds of sound that may be unheard: a device that stands still may be believed to play its next block."""


def bookmark_file() -> Path:
    """The file that keeps where an unfinished session stopped."""
    return state_folder() / FILE


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An unfinished session, and the request that resumes it."""

    words: str
    """Which session stopped where, and when, in words."""
    request: Request


def find_unfinished(now: Request | None = None) -> Unfinished | None:
    """Find the session to resume; wishes of this run win over those of the earlier run.

    Args:
        now: The wishes of this run; its session is ignored.
    """
    found = read_unfinished(bookmark_file())
    if found is None:
        return None
    then = Request.from_mapping({**found.request, "session": found.session})
    now = now or Request(found.session)
    wishes = now.wishes.over(then.wishes)
    return Unfinished(
        found.describe(), replace(now, session=found.session, wishes=wishes, start=None, resumes=True)
    )


@dataclass(frozen=True, slots=True)
class Follower:
    """Watches an engine for the diary."""

    engine: Engine
    keeper: Keeper
    unsure: int
    """Frames of the latest sound that may not have been heard yet."""

    def offer(self, how: str = "c") -> str:
        """Says what can be resumed and with which key; empty once it is too late."""
        return self.keeper.offer(how)

    @property
    def spares(self) -> str:
        """The earlier place that is kept, in words, if this run is too short to replace it; else empty."""
        return self.keeper.spares

    def go_on(self) -> None:
        """Jump to where the earlier run stopped."""
        if place := self.keeper.take_back():
            self.engine.send(GoOn(*place))

    def look(self) -> None:
        """Record what has surely been heard."""
        now = self.engine.snapshot
        behind = self.unsure if now.state is State.PLAYING else 0
        moment = moment_of(now)  # before a section's start there was silence
        self.keeper.look(replace(moment, frame=max(0, moment.frame - behind)))

    def close(self) -> None:
        """Keep the bookmark if the session is unfinished; otherwise remove it."""
        self.keeper.close(moment_of(self.engine.snapshot))


def moment_of(now: Snapshot) -> Moment:
    """The parts of a snapshot that the diary needs; one that only waits at its very end was heard to it."""
    over = now.state is State.ENDED or (now.waits and now.place.section == now.sections - 1)
    return Moment(
        section=now.place.section,
        frame=int(now.place.frame),
        title=now.title,
        elapsed=now.elapsed,
        begun=now.begun,
        ended=over,
        seeks=now.seeks,
        prepared=now.prepared,
    )


def follower(
    engine: Engine,
    script: Script,
    request: Request,
    outlines: Sequence[Outline],
    clock: Callable[[], float] = time.monotonic,
    rate: int = RATE,
) -> Follower:
    """Make a follower that has not looked yet; it jumps at once if the request resumes.

    Args:
        engine: Plays the session.
        script: The session's script.
        request: The listener's request.
        outlines: The session's sections.
        clock: Seconds that never run backwards.
        rate: Frames per second of the engine.
    """
    session = find_again(script)
    titles = script.session.title, [outline.title for outline in outlines]
    keeper = Keeper(bookmark_file(), session, titles, _lasting(request, script).as_mapping(), clock)
    made = Follower(engine, keeper, round(UNSURE * rate))
    if request.resumes:
        made.go_on()
    return made


@contextmanager
def follow(
    engine: Engine, script: Script, request: Request, outlines: Sequence[Outline]
) -> Iterator[Follower]:
    """Run a follower on its own thread; for the arguments see `follower`."""
    made, over = follower(engine, script, request, outlines), threading.Event()

    def keep_looking() -> None:
        while not over.wait(LOOK):
            made.look()

    thread = threading.Thread(target=keep_looking, name="bookmark", daemon=True)
    thread.start()
    try:
        yield made
    finally:
        over.set()
        thread.join(HEARTBEAT)
        made.close()


def find_again(script: Script) -> str:
    """A name that finds the script again from any folder."""
    return str(script.entry.path.absolute()) if script.entry.origin is Origin.BESIDE else script.entry.id


def _lasting(request: Request, script: Script) -> Request:
    """The request without paths that depend on the current folder."""
    music = request.wishes.music
    if music is not None and music != "off" and music not in script.library.sounds:
        music = str(Path(music).expanduser().absolute())
    return replace(request, session=find_again(script), wishes=replace(request.wishes, music=music))
