"""`cuemat play`: a session, live.

The engine and the stock have threads of their own; this one shows what they do and passes on the keys. It
looks ten times a second, which is quick enough for keys and costs almost nothing.
"""

from __future__ import annotations

import signal
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from player.app.request import Group
from player.app.stops import obey_stops
from player.app.terminal_keys import GONE, hung_up, keys
from player.cli.command import command
from player.cli.options import PLAYED, asks, session_argument
from player.cli.report import complain, warn
from player.cli.screen import can_be_drawn_on
from player.errors import Error, OutputError, UserError
from player.words import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from player.app.live import Live
    from player.app.request import Request
    from player.cli.plain import Plain
    from player.engine.engine import Engine

LOOK = 0.1
"""Seconds between two looks at the engine."""
STREAM = "-"


def _check(typed: dict[str, Any]) -> str | None:
    if "speed" in typed and typed["speed"] is not None:
        return "there is no --speed, because it would change how long you hold and rest, which is the dose"
    if typed["resumes"] == (typed["session"] is not None):
        return "give either a SESSION or --continue"
    if typed["resumes"] and typed["start"] is not None:
        return "--from and --continue both say where to begin; give only one"
    return None


def _draws(typed: dict[str, Any]) -> bool:
    return can_be_drawn_on() and not typed["plain"]


@command(
    "play",
    "On a terminal it opens the control panel; elsewhere, or with --plain, it prints a line for each phase.",
    examples=(
        ("play morning-stretch", "from the start"),
        ("play morning-stretch --from 'pelvic tilt' --day 12", "from an exercise, at the dose of day 12"),
        ("play --continue", "where the last session stopped"),
    ),
    rules=(_check,),
    draws=_draws,
    plays=True,
)
@session_argument(required=False)
@click.option("--continue", "resumes", is_flag=True, help="resume the unfinished session")
@click.option("--from", "start", metavar="TIME|NAME", help="begin at a time such as 3:20, or at an exercise")
@click.option("--plain", is_flag=True, help="print a line for each phase, for screen readers and logs")
@click.option("--speed", hidden=True)
@asks(*PLAYED, Group.SOUND)
def play(request: Request, *, resumes: bool, start: str | None, plain: bool, speed: None) -> int:
    """Play until the end, `q`, Ctrl-C, or a fault.

    Raises:
        UserError: There is no session to resume.
    """
    from player.app.prepare import load, settle

    del speed
    request = _find_unfinished(request) if resumes else replace(request, start=start)
    ignored: list[Error] = []
    request = settle(request, ignored.append)
    script = load(request)
    streams = request.chosen("output") == STREAM
    if can_be_drawn_on() and not plain and not streams:
        from player.cli.panel import show_panel

        return show_panel(request)  # it says by itself what is wrong with the settings
    for error in ignored:
        complain(error)
    warn(script.warnings)
    from player.app.live import live
    from player.cli.around import surroundings

    reads_keys = bool(sys.stdin and sys.stdin.isatty())
    request = replace(request, keys_as_told=request.keys_as_told and reads_keys)
    with live(script, request, surroundings()) as playing, _obey_signals(playing.engine):
        return _show(playing, sys.stderr if streams else sys.stdout, reads_keys=reads_keys)


def _find_unfinished(request: Request) -> Request:
    from player.app.following import find_unfinished

    found = find_unfinished(request)
    if found is None:
        message = "no session to resume; `cuemat list` shows the sessions"
        raise UserError(message)
    return found.request


def _show(playing: Live, screen: TextIO, *, reads_keys: bool) -> int:
    from player.cli.plain import Plain
    from player.engine import State

    engine, has_played = playing.engine, False
    plain = Plain(_changed_keys(), reads_keys=reads_keys)
    with keys() as typed, obey_stops(engine, typed.give_back, reads_keys=reads_keys) as stops:
        if reads_keys:
            _print(plain.help(), screen)
        if offer := playing.follower.offer(plain.resume_key if reads_keys else "`cuemat play --continue`"):
            _print(offer, screen)
        while True:
            if stops.over():
                plain.forget()
            now = engine.snapshot
            for line in plain.lines(now):
                _print(line, screen)
            has_played = has_played or now.state in {State.PLAYING, State.WAITING}
            if now.state is State.FAILED and now.error is not None:
                _fail(now.error, has_played=has_played)
            if now.state is State.ENDED or engine.closed:
                break
            for key in typed.pressed():
                _obey(key, plain, playing, screen)
            time.sleep(LOOK)
    if now.state is not State.ENDED and has_played:
        kept = f"kept: {spared}; " if (spared := playing.follower.spares) else ""
        _print(f"stopped at {clock(now.elapsed)}; {kept}resume with: cuemat play --continue", screen)
    return 0


def _changed_keys() -> Mapping[str, tuple[str, ...]]:
    from player.app.folders import settings_file
    from player.app.settings import usable_settings

    return usable_settings(settings_file()).keys


def _print(line: str, screen: TextIO) -> None:
    try:
        print(line, file=screen, flush=True)
    except OSError:
        if not hung_up():  # a closed terminal is about to end the session calmly
            raise


def _obey(key: str, plain: Plain, playing: Live, screen: TextIO) -> None:
    from player.engine import Quit

    if key == GONE:
        playing.engine.send(Quit())
    elif plain.means(key, "resume"):
        playing.follower.go_on()
    elif plain.means(key, "help"):
        _print(plain.help(), screen)
    elif command := plain.command(key):
        playing.engine.send(command)
    elif words := plain.refuse(key):
        _print(words, screen)


def _fail(error: BaseException, *, has_played: bool) -> NoReturn:
    if isinstance(error, OutputError) and not has_played:
        hint = "`cuemat export` writes a file instead, and `--output silent` plays without sound"
        message = f"{error}; {hint}"
        raise OutputError(message) from error
    if isinstance(error, Error):
        raise error
    message = f"the session cannot continue: {error}"
    raise RuntimeError(message) from error


@contextmanager
def _obey_signals(engine: Engine) -> Iterator[None]:
    """Let Ctrl-C, SIGTERM and a closed terminal end the session as `q` does; it can be resumed."""
    from player.engine import Quit

    wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def ask(_number: int, _frame: object) -> None:
        engine.send(Quit())

    before = {number: signal.signal(number, ask) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


COMMAND = play
