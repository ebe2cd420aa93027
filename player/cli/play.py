"""`cuemat play`: a session, live.

The engine and the stock have threads of their own; this one shows what they do and hands on the keys. It
looks ten times a second, which is often enough for a key and costs next to nothing.
"""

from __future__ import annotations

import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn, TextIO

from player.app.prepare import clock, sound_for, warn
from player.cli.keys import GONE, hung_up, keys
from player.cli.plain import HELP, KEYS, Plain
from player.cli.screen import can_be_drawn_on
from player.diary.bookmark import bookmark_path, left_behind
from player.engine import Quit, State
from player.errors import Error, OutputError, UserError
from player.library import Library

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from player.app.live import Live
    from player.engine import Engine

LOOK = 0.1
"""Seconds between two looks at the engine."""


def run(options: argparse.Namespace) -> int:
    """Play until the end, `q`, Ctrl-C, or a fault.

    Raises:
        UserError: There is nothing to go on with.
    """
    if options.goes_on:
        options = _where_it_stopped(options)
    script = Library.found().load(options.session)
    if _on_a_screen(options):
        from player.cli.panel import show_session  # noqa: PLC0415  Textual, for a terminal alone

        return show_session(options)
    warn(script.warnings)
    from player.app.live import live  # noqa: PLC0415  numpy, once it is sure to be needed

    screen = sys.stderr if sound_for(options)[0] == "-" else sys.stdout
    with live(script, options) as playing, _calm_signals(playing.engine):
        return _show(playing, screen)


def _where_it_stopped(options: argparse.Namespace) -> argparse.Namespace:
    found = left_behind(bookmark_path())
    if found is None:
        message = "no session was broken off; `cuemat list` shows what there is to play"
        raise UserError(message)
    return found.options(options)


def _on_a_screen(options: argparse.Namespace) -> bool:
    """The panel needs a terminal to draw on, and one to read keys from."""
    return can_be_drawn_on() and not options.plain and sound_for(options)[0] != "-"


def _show(playing: Live, screen: TextIO) -> int:
    engine, plain, played = playing.engine, Plain(), False
    with keys() as pressed:
        reads_keys = bool(sys.stdin and sys.stdin.isatty())
        if reads_keys:
            _tell(HELP, screen)
        if offer := playing.keeper.offer("c" if reads_keys else "`cuemat play --continue`"):
            _tell(offer, screen)
        while True:
            now = engine.snapshot
            for line in plain.lines(now):
                _tell(line, screen)
            played = played or now.state is State.PLAYING
            if now.state is State.FAILED and now.error is not None:
                _fail(now.error, played=played)
            if now.state is State.ENDED or engine.closed:
                break
            for key in pressed():
                _obey(key, playing)
            time.sleep(LOOK)
    if now.state is not State.ENDED and played:
        _tell(f"stopped; go on with --from {clock(now.elapsed)}", screen)
    return 0


def _tell(line: str, screen: TextIO) -> None:
    try:
        print(line, file=screen, flush=True)
    except OSError:
        if not hung_up():  # a closed terminal ends the session in a moment, and calmly
            raise


def _obey(key: str, playing: Live) -> None:
    if key in KEYS:
        playing.engine.send(KEYS[key])
    elif key == "c":
        playing.keeper.go_on()
    elif key == GONE:
        playing.engine.send(Quit(for_good=False))


def _fail(error: BaseException, *, played: bool) -> NoReturn:
    if isinstance(error, OutputError) and not played:
        hint = "`cuemat export` writes a file instead, and `--output silent` plays without sound"
        message = f"{error}; {hint}"
        raise OutputError(message) from error
    if isinstance(error, Error):
        raise error
    message = f"the session cannot go on: {error}"
    raise RuntimeError(message) from error


@contextmanager
def _calm_signals(engine: Engine) -> Iterator[None]:
    """Ctrl-C ends the session as `q` does; a closed terminal and a polite kill let it be gone on with."""
    wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def ask(number: int, _: object) -> None:
        engine.send(Quit(for_good=number == signal.SIGINT))

    before = {number: signal.signal(number, ask) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
