"""`cuemat handout`: a session as a page to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from player.errors import UserError
from player.files.whole import check_place, keep_input, write_text
from player.library import Library, shown
from player.pictures.handout import as_page

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Write the page; its path on stdout.

    Raises:
        UserError: The file is there already, or no page can be there.
        ExportError: It cannot be written.
    """
    target = Path(options.output)
    if target.suffix.lower() not in {".html", ".htm"}:
        message = f"{target}: a hand-out is a page for a browser; choose a name that ends in .html"
        raise UserError(message)
    check_place(target, force=options.force)
    script = Library.found().load(options.session)
    keep_input(target, script.entry.path)
    write_text(target, as_page(script.session, script.library.drawing), force=options.force)
    print(f"{shown(target)}: {script.session.title}; open it in a browser and print it")
    return 0
