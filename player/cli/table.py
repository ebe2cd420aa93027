"""All commands, known before any of their modules is loaded."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command whose module is not loaded yet."""

    group: str
    help: str
    module: str = ""
    """Its module in this package, if that differs from the name."""


LISTEN, TAKE, WRITE, COMPUTER = "Listen", "Take it along", "Write", "This computer"
COMMANDS = {
    "list": Entry(LISTEN, "list the sessions", "listing"),
    "play": Entry(LISTEN, "play a session"),
    "show": Entry(LISTEN, "show what a session says and does, and when"),
    "export": Entry(TAKE, "write a session as a sound file"),
    "handout": Entry(TAKE, "write a session as a page to print"),
    "new": Entry(WRITE, "write a commented script to start from"),
    "check": Entry(WRITE, "find every mistake in scripts"),
    "exercises": Entry(WRITE, "list the exercises that sessions can use"),
    "schema": Entry(WRITE, "print the JSON Schema of scripts, for editors"),
    "doctor": Entry(COMPUTER, "check that everything works; useful for bug reports"),
    "voices": Entry(COMPUTER, "list the voices that can speak"),
    "outputs": Entry(COMPUTER, "list where sound can go"),
    "completion": Entry(COMPUTER, "print a script that lets your shell complete commands"),
    "help": Entry(COMPUTER, "show help for a command"),
}
"""All commands, in the order of the help."""
