"""The terminal while the panel has it: nothing else draws on it, and it is given back whatever happens.

C libraries (sound systems, speech engines) write warnings to the standard streams whenever they like, in the
middle of the screen. So both streams lead to a file while the panel runs; Textual keeps a duplicate.
"""

from __future__ import annotations

import asyncio
import errno
import io
import os
import signal
import sys
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from player.files.own import append_own
from player.ui.app import Panel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from player.app.ports import Ports
    from player.app.request import Request

STDOUT, STDERR = 1, 2
LOOK = 1.0
"""Seconds between two looks whether the terminal is still there."""


def show(ports: Ports, log: Path, request: Request, gone: Callable[[], bool] = lambda: False) -> str | None:
    """Run the panel on the terminal until it is left.

    Args:
        ports: The rest of the program.
        log: Gets what others print meanwhile.
        request: Play this session, and leave; without a session, let the listener choose.
        gone: The terminal has been closed.

    Returns:
        A parting word, if there is one.

    Raises:
        Error: The session could not be played, or an export that outlived the panel not be written.
        Exception: A fault of ours; the terminal is as it was.
    """
    panel = Panel(ports, request, partial(obey_signals, gone=gone))
    with undisturbed(log):
        result = panel.run()
    if panel.fault is not None:
        raise panel.fault
    untold = panel.job.outcome if panel.job and panel.job.over and not panel.job.told else None
    for word in (result, untold):
        if isinstance(word, BaseException):
            raise word
    return "\n".join(str(word) for word in (result, untold) if word) or None


class _Screen(io.TextIOWrapper):
    """What is drawn after the terminal was closed goes nowhere.

    Textual writes on a thread of its own. If that died of it, the log would call a closed window a fault, and
    the panel, which is about to leave, would wait for the thread to take what there is to draw.
    """

    def write(self, text: str) -> int:
        """Draw."""
        with _perhaps_closed():
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Draw it now."""
        with _perhaps_closed():
            super().flush()


@contextmanager
def _perhaps_closed() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.EIO:
            raise


@contextmanager
def undisturbed(log: Path) -> Iterator[None]:
    """Both standard streams lead to a file; Textual, which takes `sys.__stderr__`, draws on the terminal."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(STDOUT), os.dup(STDERR)
    before = sys.__stdout__, sys.__stderr__
    try:
        target = append_own(log)
    except OSError:  # a full disk is no reason not to play
        target = os.open(os.devnull, os.O_WRONLY)
    screen = _Screen(os.fdopen(os.dup(STDOUT), "wb"), encoding="utf-8", errors="replace")
    try:
        for stream in (STDOUT, STDERR):
            os.dup2(target, stream)
        sys.__stdout__ = sys.__stderr__ = screen  # type: ignore[misc]  # what Textual draws on
        yield
    finally:
        sys.__stdout__, sys.__stderr__ = before  # type: ignore[misc]
        with suppress(OSError):  # the terminal may be gone
            screen.close()
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        for stream, original in zip((STDOUT, STDERR), kept, strict=True):
            os.dup2(original, stream)
            os.close(original)
        os.close(target)


def obey_signals(leave: Callable[[], None], gone: Callable[[], bool]) -> None:
    """Ctrl-C from elsewhere, a closed terminal and a polite kill all leave the panel as `q` does.

    To be called in the panel's own loop. Not everybody is told that the terminal was closed, and Textual
    would read from what is left of it as fast as it can: so it is looked at, too.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(NotImplementedError, AttributeError):  # Windows has no such things
            loop.add_signal_handler(getattr(signal, name), leave)

    def look() -> None:
        if gone():
            leave()
        else:
            loop.call_later(LOOK, look)

    look()
