"""One small text file: a script, a page, a picture. Sound files have their own place, with more to lose."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from player.errors import UserError
from player.library import shown

if TYPE_CHECKING:
    from pathlib import Path


def write_text(target: Path, text: str, *, force: bool, with_folder: bool = False) -> None:
    """Write a file.

    Args:
        target: Where to.
        text: What to write.
        force: Overwrite what stands there.
        with_folder: Make its folder if there is none.

    Raises:
        UserError: It is there and `force` is not given, it is no plain file (a pipe would wait for ever),
            or it cannot be written.
    """
    if os.path.lexists(target) and not force:
        message = f"{shown(target)} exists; choose another name, or add --force"
        raise UserError(message)
    try:
        if target.exists() and not target.is_file():
            message = f"{shown(target)}: cannot be written: it is no plain file"
            raise UserError(message)
        if with_folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{shown(target)}: cannot be written: {error.strerror}"
        raise UserError(message) from error
