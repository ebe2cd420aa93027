"""A session at work: speaker, stock, engine and their threads, put together for whatever shows them.

Plain lines and the control panel play through the same thing, so neither has a copy of its own. The engine
and the stock have threads of their own; whoever shows the session looks at the engine's snapshot.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.cli.compose import (
    bed_for,
    cache_folder,
    choices_for,
    clock,
    manner_for,
    music_for,
    refuse_endless,
    sound_for,
)
from player.cli.keeper import Keeper, kept
from player.compiler import Compiler
from player.engine import Engine, Jump, Quit, SeekTo, Stock
from player.errors import UserError
from player.outputs import choose
from player.remotes import media_keys, screen_awake, seconds_asleep
from player.script import meant, quoted
from player.sound.load import load
from player.speech.cache import ClipCache
from player.speech.speaker import Speaker
from player.timeline import RATE
from player.voices.choose import make_voice

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from player.engine import Command
    from player.layout import Outline
    from player.library import Script

_log = logging.getLogger(__name__)

SURELY_OVER = 1.1
"""Times the estimated length of a session."""
PATIENCE = 2.0
"""Seconds that ending waits for a thread; then it is left behind."""


@dataclass(frozen=True, slots=True)
class Live:
    """What plays."""

    engine: Engine
    stock: Stock
    keeper: Keeper


@contextmanager
def speaking(script: Script, options: argparse.Namespace) -> Iterator[Compiler]:
    """A compiler for a session, with a voice that is closed in the end.

    Raises:
        UserError: An option or the configuration makes no sense, or the session is too long with it.
        SpeechError: Nothing on this system can speak.
    """
    sounds = script.library
    choices = choices_for(script.session, options)
    refuse_endless(script, choices)
    with Speaker(make_voice(manner_for(options)), ClipCache(cache_folder())) as speaker:
        yield Compiler(script.session, choices, speaker, lambda name: load(sounds.sound(name), RATE))


@contextmanager
def live(script: Script, options: argparse.Namespace) -> Iterator[Live]:
    """A session that plays, or will in a moment; ended in the end, come what may.

    Raises:
        UserError: An option or the configuration makes no sense.
        SpeechError: Nothing on this system can speak.
        OutputError: There is no such output.
        SoundError: The music or a sound cannot be read.
    """
    spec, volume = sound_for(options)
    with speaking(script, options) as compiler:
        compiler.load_sounds()
        stock = Stock(compiler, RATE)
        start = starting_point(options.start, compiler.outlines, sum(stock.estimates) / RATE)
        bed = bed_for(script, music_for(options), options.music_level)
        held = bed.copy_to_memory() if bed else None
        engine = Engine(stock, choose(spec), time.monotonic, volume=volume, bed=held, slept=seconds_asleep)
        if start:
            engine.send(start)
        keeper = Keeper(engine, script, options, compiler.outlines)
        remotes = media_keys(engine, script.session.title)
        with kept(keeper), _told(engine), _working(stock, engine), remotes, screen_awake(engine):
            yield Live(engine, stock, keeper)


def starting_point(start: str | None, outlines: tuple[Outline, ...], seconds: float) -> Command | None:
    """The command that goes to `--from`: a time, or the name or id of an exercise.

    Args:
        start: As it is typed.
        outlines: Of the session.
        seconds: About as long as it takes.

    Raises:
        UserError: There is no such exercise, or the session is over by then.
    """
    if start is None:
        return None
    minutes, colon, rest = start.rpartition(":")
    if rest.isdecimal() and (minutes.isdecimal() or not colon):
        wanted = int(minutes or 0) * 60 + int(rest)
        if wanted > SURELY_OVER * seconds:
            message = f"--from {start} is behind the end; the session takes about {clock(seconds)}"
            raise UserError(message)
        return SeekTo(wanted)
    names = {
        name.casefold(): index
        for index, outline in reversed(list(enumerate(outlines)))
        if outline.exercise_id
        for name in (outline.title, outline.exercise_id)
    }
    if start.casefold() in names:
        return Jump(names[start.casefold()])
    known = f"there are: {', '.join(sorted(names))}" if names else "give a time such as 1:30"
    hint = meant(start.casefold(), names) or f"; {known}"
    message = f"no exercise {quoted(start)} in this session{hint}"
    raise UserError(message)


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """What becomes of the session is in the log; not which one it is."""
    _log.info("a session begins")
    try:
        yield
    finally:
        now = engine.snapshot
        _log.info("the session is over: %s at %s of %s", now.state, clock(now.elapsed), clock(now.length))


@contextmanager
def _working(stock: Stock, engine: Engine) -> Iterator[None]:
    """Both threads at work; ended in the end, come what may."""
    threads = [
        threading.Thread(target=target, name=name, daemon=True)
        for name, target in (("stock", stock.run), ("engine", engine.run))
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        engine.send(Quit(for_good=False))
        stock.close()
        for thread in reversed(threads):
            thread.join(PATIENCE)
