"""One way to read an untrusted file.

A path may lead to a device that blocks forever, to a pipe, or to gigabytes. So only regular files up to a
size limit are read, without blocking.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)


class IrregularFileError(OSError):
    """A folder, a device, a pipe or a socket."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "not a regular file")


class OversizedFileError(OSError):
    """Larger than any file of its kind.

    Args:
        most: The limit in bytes.
    """

    def __init__(self, most: int) -> None:
        super().__init__(errno.EFBIG, f"larger than {most / 1e6:g} MB")


def read_plain(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file.

    Args:
        path: The file, or a link to it.
        most: The limit in bytes; a larger file is refused.

    Raises:
        IrregularFileError: Not a regular file.
        OversizedFileError: More than `most` bytes.
        OSError: It cannot be read.
    """
    with open_plain(path) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise OversizedFileError(most)
    return content


@contextmanager
def open_plain(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file, or a link to one, for reading.

    Raises:
        IrregularFileError: Not a regular file.
        OSError: It cannot be read.
    """
    _check_regular(path.stat().st_mode)  # before opening, because opening a device can have effects
    with open(os.open(path, _FLAGS), "rb") as stream:  # noqa: PTH123  a non-blocking descriptor
        _check_regular(os.fstat(stream.fileno()).st_mode)
        yield stream


def read_text(path: Path, most: int) -> str:
    """Return the text of a UTF-8 file, without its byte-order mark; otherwise like `read_plain`.

    Raises:
        UnicodeDecodeError: Not UTF-8.
    """
    return read_plain(path, most).decode("utf-8").removeprefix("\ufeff")


def _check_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise IrregularFileError
