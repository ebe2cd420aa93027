"""Reads a script's file, and reports its problems with their place, like mistakes in the script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.errors import Mistake, ScriptError, Source
from player.files.plain import IrregularFileError, OversizedFileError, read_plain
from player.words import printable

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1_000_000
"""Far more than anyone writes by hand."""


def read_text(path: Path, file: str) -> str:
    """Return the text of a script's file, without its byte-order mark.

    Args:
        path: Where it is.
        file: Its name in messages, as the user would type it.

    Raises:
        ScriptError: It cannot be opened, is not a regular file, is too large, or is not UTF-8.
    """
    try:
        data = read_plain(path, MOST_BYTES)
    except IrregularFileError as problem:
        raise _refused(file, f"{problem.strerror}; name a script that ends in .yaml") from None
    except OversizedFileError as problem:
        raise _refused(file, f"{problem.strerror}; name a script, or split this one") from None
    except (OSError, ValueError) as problem:  # ValueError: the path contains a NUL
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else "no such file"
        raise _refused(file, f"cannot be read: {reason.lower()}") from None
    return decode(data, file)


DOCUMENT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of what word processors write."""


def decode(data: bytes, file: str) -> str:
    """Return `data` as text, without its byte-order mark.

    Raises:
        ScriptError: It is not UTF-8; the message gives the place of the first wrong byte.
    """
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        if data.startswith(DOCUMENT):
            raise _refused(file, "a document of a word processor; save it as plain text") from None
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _refused(file, "not UTF-8 text; save the file as UTF-8", line, column) from None


def _refused(file: str, message: str, line: int = 1, column: int = 1) -> ScriptError:
    return ScriptError([Mistake(Source(printable(file), line, column), message)])
