"""`cuemat play`: a session, live.

The engine and the stock have threads of their own; this one shows what they do and hands on the keys. It
looks ten times a second, which is often enough for a key and costs next to nothing.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from player.cli.compose import cache_folder, choices_for, clock, manner_for, sound_for, warn
from player.cli.keys import keys
from player.cli.plain import HELP, KEYS, Plain
from player.engine import Engine, Jump, Quit, SeekTo, State, Stock
from player.errors import Error, OutputError, UserError
from player.library import Library
from player.remotes import media_keys, screen_awake
from player.script import meant
from player.timeline import RATE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from player.engine import Command
    from player.layout import Outline

LOOK = 0.1
"""Seconds between two looks at the engine."""
PATIENCE = 2.0
"""Seconds that ending waits for a thread; then it is left behind."""


def run(options: argparse.Namespace) -> int:
    """Play until the end, `q`, Ctrl-C, or a fault."""
    script = Library.found().load(options.session)
    warn(script.warnings)
    from player.compiler import Compiler  # noqa: PLC0415  numpy, once it is sure to be needed
    from player.outputs import choose  # noqa: PLC0415
    from player.sound.load import load  # noqa: PLC0415
    from player.speech.cache import ClipCache  # noqa: PLC0415
    from player.speech.speaker import Speaker  # noqa: PLC0415
    from player.voices.choose import make_voice  # noqa: PLC0415

    spec, volume = sound_for(options)
    screen = sys.stderr if spec == "-" else sys.stdout
    sounds = script.library
    with Speaker(make_voice(manner_for(options)), ClipCache(cache_folder())) as speaker:
        compiler = Compiler(
            script.session,
            choices_for(script.session, options),
            speaker,
            lambda name: load(sounds.sound(name), RATE),
        )
        start = starting_point(options.start, compiler.outlines)
        stock = Stock(compiler, RATE)
        engine = Engine(stock, choose(spec), time.monotonic, volume=volume)
        if start:
            engine.send(start)
        remotes = media_keys(engine, script.session.title)
        with _working(stock, engine), _calm_signals(engine), remotes, screen_awake(engine):
            return _show(engine, screen)


def starting_point(start: str | None, outlines: tuple[Outline, ...]) -> Command | None:
    """The command that goes to `--from`: a time, or the name or id of an exercise.

    Raises:
        UserError: There is no such exercise.
    """
    if start is None:
        return None
    minutes, colon, seconds = start.rpartition(":")
    if seconds.isdigit() and (minutes.isdigit() or not colon):
        return SeekTo(int(minutes or 0) * 60 + int(seconds))
    names = {
        name.casefold(): index
        for index, outline in reversed(list(enumerate(outlines)))
        if outline.exercise_id
        for name in (outline.title, outline.exercise_id)
    }
    if start.casefold() in names:
        return Jump(names[start.casefold()])
    hint = meant(start.casefold(), names) or f"; there are: {', '.join(sorted(names))}"
    message = f"no exercise '{start}' in this session{hint}"
    raise UserError(message)


def _show(engine: Engine, screen: TextIO) -> int:
    plain = Plain()
    played = False
    with keys() as pressed:
        if sys.stdin and sys.stdin.isatty():
            print(HELP, file=screen)
        while True:
            now = engine.snapshot
            for line in plain.lines(now):
                print(line, file=screen, flush=True)
            played = played or now.state is State.PLAYING
            if now.state is State.FAILED and now.error is not None:
                raise _failure(now.error, played=played)
            if now.state is State.ENDED or engine.closed:
                break
            for key in pressed():
                if key in KEYS:
                    engine.send(KEYS[key])
            time.sleep(LOOK)
    if now.state is not State.ENDED and played:
        print(f"stopped; go on with --from {clock(now.elapsed)}", file=screen)
    return 0


def _failure(error: BaseException, *, played: bool) -> BaseException:
    if isinstance(error, OutputError) and not played:
        hint = "`cuemat export` writes a file instead, and `--output silent` plays without sound"
        return OutputError(f"{error}; {hint}")
    return error if isinstance(error, Error) else RuntimeError(f"the session cannot go on: {error}")


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
        engine.send(Quit())
        stock.close()
        for thread in reversed(threads):
            thread.join(PATIENCE)


@contextmanager
def _calm_signals(engine: Engine) -> Iterator[None]:
    """Ctrl-C, a closed terminal and a polite kill all end the session as `q` does."""
    wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ask: Callable[..., None] = lambda *_: engine.send(Quit())  # noqa: E731  a handler, named for its type
    before = {number: signal.signal(number, ask) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
