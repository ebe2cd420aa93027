"""One log for every run: `cuemat.log` in the state folder, for whoever has to find out what went wrong.

Nothing that happens to the log is an error, and nothing of it is on the screen unless `--verbose` asks.

People send a log to strangers. So the user's home is `~` in it, and what stands between “ and ”, which is how
words to be spoken are quoted, is left out.
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
"""Bytes of a log, after which the next one begins."""
OLD_ONES = 2
"""So many are kept beside it, as `cuemat.log.1` and so on."""
ENTRY = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
SHORTLY = "cuemat: %(message)s"
SHOWN_ALREADY = {"shown_already": True}
"""The `extra` of a record that the user is told in other words anyway."""

_log = logging.getLogger(__name__)


class LogFile(RotatingFileHandler):
    """Appends records to a file that only its user can read; what cannot be written is lost without a word.

    Args:
        path: Its folder is made with the first record.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=SIZE_AT_MOST, backupCount=OLD_ONES, encoding="utf-8", delay=True)
        self.path = path
        self.wrote = False
        """The last record is in the file."""
        self.setFormatter(Discreet(ENTRY))

    @property
    def where(self) -> str:
        """The path, to be shown to the user."""
        return discreet(str(self.path))

    def emit(self, record: logging.LogRecord) -> None:
        """Append one record."""
        self.wrote = True
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  as `logging` names it
        """Nobody is disturbed."""
        self.wrote = False

    def close(self) -> None:
        """Let go of the file, even if its disk is full."""
        with suppress(OSError):
            super().close()

    def opened(self) -> int:
        """A descriptor for appending.

        Raises:
            OSError: There is no place for a log.
        """
        return append_own(self.path)

    def _open(self) -> TextIOWrapper:
        return os.fdopen(self.opened(), "a", encoding="utf-8", errors="backslashreplace")


class Discreet(logging.Formatter):
    """Entries without what is personal."""

    def format(self, record: logging.LogRecord) -> str:
        """One entry; with a traceback it has several lines."""
        return discreet(super().format(record))


@contextmanager
def keep_log(path: Path, *, verbose: bool, on_screen: bool) -> Iterator[LogFile]:
    """The log is kept while the block runs; what threads raise goes there, too.

    Args:
        path: Of the log.
        verbose: Keep what only an author of Cuemat wants to know, too.
        on_screen: Show on standard error what is logged.
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
    """A C library that brings the whole program down leaves in the log where that was."""
    if faulthandler.is_enabled():  # whoever asked Python for it has a place of their own
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
