"""One log for every run: `cuemat.log` in the state folder, to find out what went wrong.

A log that cannot be written is not an error, and the screen shows none of it without `--verbose`. People send
logs to strangers, so the user's home is written as `~`, and everything between “ and ”, which quote spoken
words, is left out.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from player.files.own import append_own
from player.words import discreet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import TextIOWrapper
    from pathlib import Path

LOG = "cuemat.log"
SIZE_AT_MOST = 500_000
"""Bytes after which a new log begins."""
OLD_ONES = 2
"""Old logs to keep, as `cuemat.log.1` and so on."""
ENTRY = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
SHORTLY = "cuemat: %(message)s"
SHOWN_ALREADY = {"shown_already": True}
"""The `extra` of a record that the user sees in other words."""

_log = logging.getLogger(__name__)


class LogFile(RotatingFileHandler):
    """Appends records to a file that only its user can read; records that cannot be written are dropped.

    Args:
        path: Its folder is created with the first record.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=SIZE_AT_MOST, backupCount=OLD_ONES, encoding="utf-8", delay=True)
        self.path = path
        self.wrote = False
        """Whether the last record reached the file."""
        self.setFormatter(Discreet(ENTRY))

    @property
    def where(self) -> str:
        """The path as shown to the user."""
        return discreet(str(self.path))

    def emit(self, record: logging.LogRecord) -> None:
        """Append one record."""
        self.wrote = True
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  as `logging` names it
        """Ignore the failure: a log must not disturb a session."""
        self.wrote = False

    def close(self) -> None:
        """Close the file, even if its disk is full."""
        with suppress(OSError):
            super().close()

    def opened(self) -> int:
        """Open the file for appending, and return its descriptor.

        Raises:
            OSError: The log cannot be written there.
        """
        return append_own(self.path)

    def _open(self) -> TextIOWrapper:
        return os.fdopen(self.opened(), "a", encoding="utf-8", errors="backslashreplace")


class Discreet(logging.Formatter):
    """Formats entries without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        """Format one entry; a traceback makes it several lines."""
        return discreet(super().format(record))


@contextmanager
def keep_log(path: Path, *, verbose: bool, on_screen: bool) -> Iterator[LogFile]:
    """Keep a log while the block runs, including exceptions in threads.

    Args:
        path: The log file.
        verbose: Also log details for developers of Cuemat.
        on_screen: Also print the log on standard error.
    """
    root, ours = logging.getLogger(), logging.getLogger("player")
    file = LogFile(path)
    handlers: list[logging.Handler] = [file, *([_screen()] if on_screen else [])]
    level, hook = ours.level, threading.excepthook

    def thread_failed(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_type is SystemExit or failed.exc_value is None:
            return
        name = failed.thread.name if failed.thread else "?"
        _log.error("the thread %s failed", name, exc_info=failed.exc_value)
        if not file.wrote:
            hook(failed)

    ours.setLevel(logging.DEBUG if verbose else logging.INFO)
    for handler in handlers:
        root.addHandler(handler)
    threading.excepthook = thread_failed
    try:
        yield file
    finally:
        threading.excepthook = hook
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
        ours.setLevel(level)


@contextmanager
def note_crashes(file: LogFile) -> Iterator[None]:
    """If a C library crashes the program, log where that happened."""
    if faulthandler.is_enabled():  # the user turned it on, with a file of their own
        yield
        return
    try:
        held = file.opened()
    except OSError:
        yield
        return
    try:
        faulthandler.enable(held)
        yield
    finally:
        faulthandler.disable()
        os.close(held)


def _screen() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.INFO)
    handler.setFormatter(Discreet(SHORTLY))
    handler.addFilter(lambda record: not hasattr(record, "shown_already"))
    return handler
