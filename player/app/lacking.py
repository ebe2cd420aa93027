"""Tells what the system could not give from what is a bug: memory, open files, the current folder."""

from __future__ import annotations

import errno
import os
import re

from player.errors import Error, UserError

NO_ROOM = re.compile(r"failed to map segment|cannot allocate memory|can't start new thread", re.IGNORECASE)
"""How libraries, and threads, say that there is no memory left."""


def what_is_lacking(error: Exception) -> Error | None:
    """What the system could not give, as a message; None for any other error."""
    code = error.errno if isinstance(error, OSError) else None
    if isinstance(error, MemoryError) or code == errno.ENOMEM or NO_ROOM.search(str(error)):
        return Error("there is not enough memory; close other programs, and try again")
    if code in {errno.EMFILE, errno.ENFILE}:
        return Error("too many files are open; close other programs, and try again")
    if code == errno.ENOENT and _folder_is_gone():
        return UserError("the folder you are in no longer exists; change to another one, and try again")
    return None


def _folder_is_gone() -> bool:
    try:
        os.getcwd()  # noqa: PTH109  as `Path.cwd`, which says less
    except FileNotFoundError:
        return True
    return False
