"""Work beside the session, on a thread of its own, that can neither delay nor disturb it.

A desktop's services can be missing, slow, or dead. So nothing here is waited for at the start, a fault goes
to the log and nowhere else, and at the end a thread that hangs in a call is left behind.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 0.4
"""Seconds that ending waits for the work to end."""

_log = logging.getLogger(__name__)


@contextmanager
def run_aside(name: str, work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Do some work on another thread while the block runs.

    Args:
        name: What the log calls it.
        work: Returns soon after the event is set. What it raises is logged.
    """
    ending = threading.Event()

    def run() -> None:
        try:
            work(ending)
        except Exception as error:  # noqa: BLE001  the session goes on without, whatever it is
            _log.info("%s: %s: %s", name, type(error).__name__, error)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(PATIENCE)


def hush(library: str) -> None:
    """Keep a library's warnings off the screen, where Python puts them if no log is kept."""
    logging.getLogger(library).addHandler(logging.NullHandler())
