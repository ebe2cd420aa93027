"""A live session: speaker, stock, engine and their threads, assembled for any front end.

Plain lines and the control panel both play through this, so neither has its own copy. The engine and the
stock have their own threads; a front end reads the engine's snapshot. Media keys and keeping the screen awake
come from outside, because they need a desktop.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from player.app.folders import cache_folder
from player.app.following import follow
from player.app.prepare import Use, bed_for, compiler_for
from player.app.request import KeepAwake
from player.app.speaking import load_keep_awake
from player.engine import Jump, Quit, SeekTo
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.engine.waking import NEVER, KeepsAwake
from player.errors import UserError
from player.outputs import choose
from player.outputs.wireless import may_sleep
from player.timeline import RATE
from player.words import clock, did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.app.following import Follower
    from player.app.ports import Surroundings
    from player.app.request import Request
    from player.compiler import Compiler
    from player.engine import Command
    from player.layout import Outline
    from player.library import Script

_log = logging.getLogger(__name__)

SURELY_OVER = 1.1
"""Times its estimated length, a session is surely over."""
MINUTE = 60
PATIENCE = 2.0
"""Seconds to wait for a thread at the end before abandoning it."""


@dataclass(frozen=True, slots=True)
class Live:
    """A session that plays, with its parts."""

    script: Script
    engine: Engine
    stock: Stock
    follower: Follower


@contextmanager
def live(script: Script, request: Request, around: Surroundings) -> Iterator[Live]:
    """Play a session while the block runs; it always ends with the block.

    Args:
        script: What to play.
        request: How to play it, with the settings.
        around: What the computer does meanwhile.

    Raises:
        UserError: A wish does not fit this session.
        SpeechError: No voice on this system can speak.
        OutputError: The output does not exist.
        SoundError: The music or a sound cannot be read.
    """
    with compiler_for(script, request, Use.LIVE) as (compiler, _), ExitStack() as stack:
        compiler.load_sounds()
        stock = Stock(compiler, RATE)
        start = starting_point(request.start, compiler.outlines, sum(stock.estimates) / RATE)
        bed = bed_for(script, request)
        output, volume = choose(request.chosen("output")), request.chosen("volume") / 100
        keeps = keeps_awake(request.chosen("keep_awake"), music=bed is not None)
        engine = Engine(
            stock, output, time.monotonic, volume=volume, bed=bed, slept=around.slept, keeps_awake=keeps
        )
        if start:
            engine.send(start)
        follower = stack.enter_context(follow(engine, script, request, compiler.outlines))
        stack.enter_context(_log_the_course(engine))
        stack.enter_context(_run_threads(stock, engine))
        for companion in around.beside:
            stack.enter_context(companion(engine, script.session.title, partial(_cover, compiler, script)))
        yield Live(script, engine, stock, follower)


def keeps_awake(wish: KeepAwake, *, music: bool) -> KeepsAwake:
    """What keeps the loudspeaker awake: music does by itself, and where nothing has to, there is nothing."""
    if wish is KeepAwake.OFF:
        return NEVER
    everywhere = wish is KeepAwake.ON
    return KeepsAwake(None if music else load_keep_awake(), lambda output: everywhere or may_sleep(output))


def _cover(compiler: Compiler, script: Script) -> str:
    from player.app.cover_file import keep_cover  # draws, for which nobody waits

    return keep_cover(cache_folder(), script.session.title, compiler.outlines)


def starting_point(start: str | None, outlines: tuple[Outline, ...], seconds: float) -> Command | None:
    """The command that jumps to a start: a time, or the name or id of an exercise.

    Args:
        start: As typed.
        outlines: The session's sections.
        seconds: The session's estimated length.

    Raises:
        UserError: The exercise does not exist, or the time is after the end, or is not one.
    """
    if start is None:
        return None
    minutes, colon, rest = start.rpartition(":")
    if rest.isdecimal() and (minutes.isdecimal() or not colon):
        if colon and int(rest) >= MINUTE:
            message = f"--from {start} has more than 59 seconds; write 1:30, or 90 for seconds alone"
            raise UserError(message)
        wanted = int(minutes or 0) * MINUTE + int(rest)
        if wanted > SURELY_OVER * seconds:
            message = f"--from {start} is after the end; the session takes about {clock(seconds)}"
            raise UserError(message)
        return SeekTo(wanted)
    names = {
        name.casefold(): index
        for index, outline in reversed(list(enumerate(outlines)))
        if outline.exercise_id
        for name in (outline.title, outline.exercise_id, outline.exercise_id.rpartition("#")[2])
    }
    if start.casefold() in names:
        return Jump(names[start.casefold()])
    known = f"there are: {', '.join(sorted(names))}" if names else "give a time such as 1:30"
    hint = did_you_mean(start, names) or f"; {known}"
    message = f"no exercise {quoted(start)} in this session{hint}"
    raise UserError(message)


@contextmanager
def _log_the_course(engine: Engine) -> Iterator[None]:
    """Log how the session ends, but not which session it is."""
    _log.info("session begins")
    try:
        yield
    finally:
        now = engine.snapshot
        _log.info("session ended: %s at %s of %s", now.state, clock(now.elapsed), clock(now.length))


@contextmanager
def _run_threads(stock: Stock, engine: Engine) -> Iterator[None]:
    """Run both threads; they always end with the block."""
    threads = [
        threading.Thread(target=target, name=name, daemon=True)
        for name, target in (("stock", stock.run), ("engine", engine.run))
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        engine.send(Quit())
        stock.close()
        for thread in reversed(threads):
            thread.join(PATIENCE)
