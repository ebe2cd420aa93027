"""All commands, known before any of their modules is loaded."""

from __future__ import annotations

from typing import NamedTuple


class CommandRow(NamedTuple):
    """A command whose module is not loaded yet."""

    group: str
    help: str
    module: str = ""
    """Its module in this package, if that differs from the name."""


LISTEN, TAKE, WRITE, COMPUTER = "Listen", "Take it along", "Write", "This computer"
COMMANDS = {
    "list": CommandRow(LISTEN, "list the sessions", "listing"),
    "play": CommandRow(LISTEN, "play a session"),
    "show": CommandRow(LISTEN, "show what a session says and does, and when"),
    "export": CommandRow(TAKE, "write a session as a sound file"),
    "handout": CommandRow(TAKE, "write a session as a page to print"),
    "new": CommandRow(WRITE, "write a commented script to start from"),
    "check": CommandRow(WRITE, "find every mistake in scripts"),
    "exercises": CommandRow(WRITE, "list the exercises that sessions can use"),
    "schema": CommandRow(WRITE, "print the JSON Schema of scripts, for editors"),
    "doctor": CommandRow(COMPUTER, "check that everything works, for bug reports too"),
    "voices": CommandRow(COMPUTER, "list the voices that can speak"),
    "outputs": CommandRow(COMPUTER, "list where sound can go"),
    "completion": CommandRow(COMPUTER, "print a script that lets your shell complete commands"),
    "help": CommandRow(COMPUTER, "show help for a command"),
}
"""All commands, in the order of the help."""
