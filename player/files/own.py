"""Cuemat's own folders and files, which are nobody's but the user's: only the user can enter, read and write.

What is in them (the place in a session, the lengths of sessions, the log) is written by programs that may run
side by side and be killed at any moment, so a file is written beside its place and renamed. It is not flushed
to the disk: losing it costs a convenience, and a bookmark is written seven times a second.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from player.files.whole import remove_strays, replacing, write_all

if TYPE_CHECKING:
    from pathlib import Path

NAME = "cuemat"
"""The folder in the system's places for caches, settings and such; those places themselves are not ours."""


def own_folder(folder: Path) -> None:
    """Make a folder of Cuemat's own; one that is there stays as it is.

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
    """Write a file of Cuemat's own, and its folder if there is none; if it fails, the one before stays.

    Raises:
        OSError: It cannot be written.
    """
    if not path.parent.is_dir():
        own_folder(path.parent)
    with replacing(path, force=True, private=True, durable=False) as stream:
        write_all(stream, text.encode())


def append_own(path: Path) -> int:
    """A descriptor that appends to a file of Cuemat's own, which is made with its folder if there is none.

    Raises:
        OSError: It cannot be made or opened.
    """
    own_folder(path.parent)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
