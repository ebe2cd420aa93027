"""A script's file, read without trust: scripts come from strangers, and a path may lead to anything."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from player.errors import Mistake, ScriptError, Source, printable

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1_000_000
"""No script by hand comes near it."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)


def read_text(path: Path, file: str) -> str:
    """Return the text of a script's file, without its byte-order mark.

    Args:
        path: Where it is.
        file: Its name in messages, as the user would type it.

    Raises:
        ScriptError: It cannot be opened, is no regular file, too large, or not UTF-8.
    """
    try:
        data = _read(path, file)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the path
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else "no such file"
        raise _refused(file, f"cannot be read: {reason.lower()}") from None
    return decode(data, file)


def decode(data: bytes, file: str) -> str:
    """Return `data` as text, without its byte-order mark.

    Raises:
        ScriptError: It is not UTF-8; the first wrong byte is named by its place.
    """
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _refused(file, "this is not UTF-8 text; save the file as UTF-8", line, column) from None


def _read(path: Path, file: str) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):  # before opening: opening a device can do something
        raise _refused(file, "is no regular file; give a script that ends in .yaml")
    with open(os.open(path, _FLAGS), "rb") as stream:  # noqa: PTH123 - a descriptor, opened so that it never blocks
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise _refused(file, "is no regular file; give a script that ends in .yaml")
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _refused(file, "is larger than 1 MB; a script is never so long")
    return data


def _refused(file: str, message: str, line: int = 1, column: int = 1) -> ScriptError:
    return ScriptError([Mistake(Source(printable(file), line, column), message)])
