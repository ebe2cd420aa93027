"""`cuemat handout`: a session as a page to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from player.errors import UserError
from player.handout import as_page
from player.library import Library

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Write the page; its path on stdout.

    Raises:
        UserError: The file is there already, or cannot be written.
    """
    target = Path(options.output)
    if target.suffix.lower() not in {".html", ".htm"}:
        message = f"{target}: a hand-out is a page for a browser; choose a name that ends in .html"
        raise UserError(message)
    if target.exists() and not options.force:
        message = f"{target} exists; choose another name, or add --force"
        raise UserError(message)
    script = Library.found().load(options.session)
    page = as_page(script.session, script.library.drawing)
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        message = f"{target}: cannot be written: {error.strerror}"
        raise UserError(message) from error
    print(f"{target}: {script.session.title}; open it in a browser and print it")
    return 0
