"""`cuemat handout`: write a session as a page to print."""

from __future__ import annotations

from pathlib import Path

import click

from player.cli.command import command
from player.cli.options import session_argument


@command(
    "handout",
    "The page has a drawing of every exercise, its dose, and boxes to tick for four weeks.",
    examples=(("handout morning-stretch -o morning.html", "then open it in a browser and print it"),),
)
@session_argument()
@click.option("-o", "--output", metavar="FILE", required=True, help="the file to write: .html")
@click.option("--force", is_flag=True, help="overwrite the file if it exists")
def handout(session: str, output: str, *, force: bool) -> int:
    """Write the page, and print its path.

    Raises:
        UserError: The file exists, or no file can be written there.
        ScriptError: The session has mistakes, or an exercise that it names as easier or harder.
        ExportError: It cannot be written.
    """
    from player.errors import UserError
    from player.files.whole import check_place, keep_input, write_text
    from player.library import Library, shown
    from player.pictures.handout import as_page

    target = Path(output)
    if target.suffix.lower() not in {".html", ".htm"}:
        message = f"{target}: a hand-out is a web page; choose a name that ends in .html"
        raise UserError(message)
    check_place(target, force=force)
    script = Library.found().load(session)
    keep_input(target, script.entry.path)
    library = script.library

    def named(identity: str) -> str:
        return library.exercise(identity).name if identity in library.exercise_ids() else identity

    page = as_page(script.session, library.drawing, named)
    write_text(target, page, force=force)
    print(f"{shown(target)}: {script.session.title}; open it in a browser and print it")
    return 0


COMMAND = handout
