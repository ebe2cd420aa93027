"""Work beside the session, on its own thread, that can neither delay nor disturb it.

Desktop services can be missing, slow or dead. So the start waits for nothing here, a failure only goes to the
log, and at the end a hanging thread is abandoned.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 0.4
"""Seconds to wait for the work at the end."""

_log = logging.getLogger(__name__)


@contextmanager
def run_aside(name: str, work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Do some work on another thread while the block runs.

    Args:
        name: Its name in the log.
        work: Returns soon after the event is set. Its exceptions are logged.
    """
    ending = threading.Event()

    def run() -> None:
        try:
            work(ending)
        except Exception as error:  # noqa: BLE001  the session continues without it
            _log.info("%s: %s: %s", name, type(error).__name__, error)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(PATIENCE)


def hush(library: str) -> None:
    """Keep a library's warnings off the screen, where Python prints them without a log."""
    logging.getLogger(library).addHandler(logging.NullHandler())
