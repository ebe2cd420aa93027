"""Cuemat's own folders and files, which only the user can enter, read and write.

Several runs may write them (bookmark, session lengths, log) at the same time and be killed at any moment, so
a file is written under another name and renamed. It is not flushed to the disk: losing it costs only a
convenience, and a bookmark is written seven times a second.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from player.files.whole import remove_strays, replacing, write_all

if TYPE_CHECKING:
    from pathlib import Path

NAME = "cuemat"
"""Our folder inside the system's folders for caches, settings and so on."""


def own_folder(folder: Path) -> None:
    """Make a private folder; an existing one stays as it is.

    Raises:
        OSError: It cannot be made.
    """
    if folder.parent.name == NAME:
        own_folder(folder.parent)
    else:
        folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(0o700, exist_ok=True)
    remove_strays(folder)


def write_own(path: Path, text: str) -> None:
    """Write a private file, and make its folder if needed; if that fails, the old file stays.

    Raises:
        OSError: It cannot be written.
    """
    if not path.parent.is_dir():
        own_folder(path.parent)
    with replacing(path, force=True, private=True, durable=False) as stream:
        write_all(stream, text.encode())


def append_own(path: Path) -> int:
    """Open a private file for appending, with its folder if needed, and return the descriptor.

    Raises:
        OSError: It cannot be made or opened.
    """
    own_folder(path.parent)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
