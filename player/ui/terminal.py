"""The terminal while the panel uses it: nothing else draws on it, and it is always restored.

C libraries (sound systems, speech engines) write warnings to the standard streams at any time, in the middle
of the screen. So both streams go to a file while the panel runs; Textual keeps a duplicate.
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
"""Seconds between two checks that the terminal still exists."""


def show(ports: Ports, log: Path, request: Request, gone: Callable[[], bool] = lambda: False) -> str | None:
    """Run the panel on the terminal until the listener leaves.

    Args:
        ports: The rest of the program.
        log: Gets what libraries print meanwhile.
        request: The session to play before leaving; without a session, the listener chooses.
        gone: Tells whether the terminal was closed.

    Returns:
        A parting message, if there is one.

    Raises:
        Error: The session could not be played, or an export that outlived the panel failed.
        Exception: A bug; the terminal is restored.
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
    """Drops everything that is drawn after the terminal was closed.

    Textual writes on its own thread. If a write error killed the thread, the log would report a closed window
    as a bug, and the panel, which is about to leave, would wait forever for the thread to draw.
    """

    def write(self, text: str) -> int:
        """Write text, unless the terminal is gone."""
        with _perhaps_closed():
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, unless the terminal is gone."""
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
    """Send both standard streams to a file; Textual draws on the terminal through `sys.__stderr__`."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(STDOUT), os.dup(STDERR)
    before = sys.__stdout__, sys.__stderr__
    try:
        target = append_own(log)
    except OSError:  # a full disk must not prevent playing
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


def obey_signals(panel: Panel, gone: Callable[[], bool]) -> None:
    """Let Ctrl-C from elsewhere, a closed terminal and SIGTERM end the panel, and Ctrl-Z stop it for a while.

    Call it in the panel's own loop. Not every system sends a signal when the terminal closes, and Textual
    would then read from the dead terminal as fast as it can. So the terminal is also checked regularly.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(NotImplementedError, AttributeError):  # Windows has no such signals
            loop.add_signal_handler(getattr(signal, name), panel.drop)
    panel.lender.obey()

    def look() -> None:
        if gone():
            panel.drop()
        else:
            loop.call_later(LOOK, look)

    look()
