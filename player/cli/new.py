"""`cuemat new`: a script to begin with, commented, that passes `check` as it is.

On a terminal it asks for whatever is missing; elsewhere it uses what it got. The real reader reads the text
before it is written, so no one starts from a mistake of ours.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from player import script
from player.app.new_script import USUAL, file_name, write_script
from player.app.offers import exercise_ids
from player.cli.command import command
from player.cli.options import Named
from player.errors import UserError
from player.files.whole import write_text
from player.library import Library, Origin, shown, users_home
from player.words import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence


@command(
    "new",
    "On a terminal it asks for whatever you leave out.",
    examples=(
        ("new 'Before breakfast' -e cat-stretch -e pelvic-tilt", "write it into your scripts folder"),
        ("new 'Before breakfast' -o breakfast.yaml", "write it somewhere else"),
    ),
)
@click.argument("title", metavar="[TITLE]", required=False)
@click.option(
    "-e",
    "--exercise",
    "names",
    metavar="ID",
    multiple=True,
    type=Named("exercise", exercise_ids),
    help="an exercise to include; repeat the option for more",
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(), help="the file to write (in your scripts folder)"
)
@click.option("--force", is_flag=True, help="overwrite the file if it exists")
def new(title: str | None, names: Sequence[str], output: str | None, *, force: bool) -> int:
    """Write the script, and print its path."""
    library = Library.found()
    if sys.stdin.isatty():
        title = title or _ask("What is the session called?", "My session")
        if not names:
            answer = _ask("Which exercises? Their ids (see `cuemat exercises`), in order:", " ".join(USUAL))
            names = answer.replace(",", " ").split()
    if not title:
        message = "a session needs a title, for example: cuemat new 'Before breakfast'"
        raise UserError(message)
    if not title.isprintable():
        message = f"the title {quoted(title)} has a hidden character; type it anew"
        raise UserError(message)
    text = write_script(title, [library.exercise(name) for name in names or USUAL])
    target = Path(output) if output else users_home() / "scripts" / f"{file_name(title)}.yaml"
    script.parse_session(text, shown(target), target.stem, library)
    write_text(target, text, force=force, with_folder=True)
    before = None if output else library.scripts.get(target.stem)
    if before and (before.origin is Origin.BUNDLED or before.replaces_bundled):
        print(f"cuemat: '{target.stem}' now replaces the bundled one in your lists", file=sys.stderr)
    print(f"{shown(target)}: written; edit it, and run: cuemat check --watch {shlex.quote(shown(target))}")
    return 0


def _ask(question: str, usual: str) -> str:
    """Ask on the terminal; an empty answer means the default.

    Raises:
        UserError: The input ended.
    """
    print(f"{question} [{usual}] ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        message = "no answer; nothing was written"
        raise UserError(message)
    return line.strip() or usual


COMMAND = new
