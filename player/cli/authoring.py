"""The grammar of the commands that authors use; like the rest of the grammar it imports nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_new(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`cuemat new`."""
    new = commands.add_parser("new", help="write a commented script to begin with")
    new.add_argument(
        "title", metavar="TITLE", nargs="?", help="what the session is called; asked if left out"
    )
    new.add_argument(
        "-e", "--exercise", metavar="ID", action="append", help="an exercise of it; again for the next one"
    )
    new.add_argument("-o", "--output", metavar="FILE", help="the file to write (in your own scripts folder)")
    new.add_argument("--force", action="store_true", help="overwrite the file if it exists")


def add_exercises(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`cuemat exercises`."""
    exercises = commands.add_parser("exercises", help="list the exercises that sessions can use")
    exercises.add_argument("--target", metavar="WORD", help="for a muscle, as in: lower back")
    exercises.add_argument("--position", metavar="WORD", help="in a position, as in: standing")
    exercises.add_argument("--need", metavar="WORD", help="with something at hand, as in: chair")
    exercises.add_argument("--json", action="store_true", help="for machines")


def add_handout(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`cuemat handout`."""
    handout = commands.add_parser("handout", help="write a session as a page to print")
    handout.add_argument(
        "session", metavar="SESSION", help="a session's id (see `cuemat list`) or the path of a script"
    )
    handout.add_argument("-o", "--output", metavar="FILE", required=True, help="the file to write: .html")
    handout.add_argument("--force", action="store_true", help="overwrite the file if it exists")
