"""One small text file: a script, a page, a picture. It gets its place as a sound file does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.errors import ExportError, UserError
from player.place import placed, write_all

if TYPE_CHECKING:
    from pathlib import Path


def write_text(target: Path, text: str, *, force: bool, with_folder: bool = False) -> None:
    """Write a file, whole or not at all.

    Args:
        target: Where to.
        text: What to write.
        force: Overwrite what stands there.
        with_folder: Make its folder if there is none.

    Raises:
        UserError: It is there and `force` is not given, or no file can be there.
        ExportError: It cannot be written: full disk, unwritable folder.
    """
    if with_folder:
        _make(target.parent)
    with placed(target, force=force) as stream:
        write_all(stream, text.encode())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        message = f"cannot make the folder {folder}: a file is in the way"
        raise UserError(message) from error
    except OSError as error:
        message = f"cannot make the folder {folder}: {error.strerror or error}"
        raise ExportError(message) from error
