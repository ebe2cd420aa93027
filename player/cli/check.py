"""`cuemat check`: mistakes in scripts go to stderr, and one line for each good file to stdout."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from player.cli.command import command
from player.cli.options import PLAYED, asks
from player.cli.progress import progress_bar
from player.cli.report import complain, warn
from player.errors import ScriptError, UserError
from player.words import printable

if TYPE_CHECKING:
    from player.app.request import Request


@dataclass(frozen=True, slots=True)
class Checking:
    """Which files to check, and how."""

    files: tuple[str, ...]
    request: Request
    speak: bool
    """Measure how long the words take, instead of estimating."""
    watch: bool
    """Also say where the time goes."""


@command(
    "check",
    "For each mistake it prints file, line and column, and what to write instead.",
    examples=(
        ("check my-session.yaml", "check once"),
        ("check --watch my-session.yaml", "check again at every save, until Ctrl-C"),
    ),
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path())
@asks(*PLAYED, session=False, leave_out=frozenset({"music", "music_level"}))
@click.option("--watch", is_flag=True, help="check again whenever a file is saved")
@click.option("--speak", is_flag=True, help="measure how long the words take, instead of estimating")
def check(request: Request, files: tuple[str, ...], *, watch: bool, speak: bool) -> int:
    """Check all files; mistakes go to stderr, one line for each good file to stdout."""
    checking = Checking(files, request, speak, watch)
    if not watch:
        return _check_all(checking)
    from player.app.checking import files_that_matter
    from player.app.watch import Watch

    Watch(lambda: files_that_matter(files), lambda: _check_again(checking)).until_interrupted()
    print("cuemat: no longer watching", file=sys.stderr)
    return 0


def _check_again(checking: Checking) -> None:
    print(time.strftime("— %H:%M:%S"), flush=True)
    try:
        _check_all(checking)
    except UserError as error:  # while an editor saves, a file may be gone for a moment
        complain(error)
    sys.stdout.flush()


def _check_all(checking: Checking) -> int:
    from player.app.prepare import settle

    request = settle(checking.request, complain)
    worst = 0
    for file in checking.files:
        try:
            print(f"{printable(file)}: ok, {_check(file, request, checking)}")
        except ScriptError as error:
            print(error, file=sys.stderr)
            worst = error.exit_code
        except UserError as error:
            complain(error)
            worst = error.exit_code
    return worst


def _check(file: str, request: Request, checking: Checking) -> str:
    from player.app.checking import check_file

    with progress_bar() as progress:
        found = check_file(file, request, progress if checking.speak else None, warn)
    return f"{found.what} ({found.totals})" if checking.watch and found.totals else found.what


COMMAND = check
