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

FEW = 10
"""Complaints of a library that are logged, for each session."""
LONGEST = 200
"""Characters of each."""

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


class Few(logging.Handler):
    """Logs a library's first complaints, each as one line: a stranger may provoke them by the thousand."""

    def __init__(self) -> None:
        super().__init__()
        self._left = FEW

    def emit(self, record: logging.LogRecord) -> None:
        """Log one record, unless there were enough."""
        if self._left > 0:
            self._left -= 1
            more = "" if self._left else "; no more of these are logged"
            _log.info("%s: %s%s", record.name, record.getMessage().partition("\n")[0][:LONGEST], more)


def hush(library: str) -> None:
    """Keep a library's warnings off the screen, where Python prints them without a log; log a few."""
    logger = logging.getLogger(library)
    logger.handlers, logger.propagate = [Few()], False
