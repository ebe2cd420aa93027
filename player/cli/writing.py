"""One small text file: a script, a page, a picture. It gets its place as a sound file does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.files.whole import make_folder, placed, write_all

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
        make_folder(target.parent, parents=True)
    with placed(target, force=force) as stream:
        write_all(stream, text.encode())
