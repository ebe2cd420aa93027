"""`cuemat help`: the same as `--help`, for those who look for it here."""

from __future__ import annotations

import click

from player.cli.command import command
from player.cli.options import Named
from player.cli.table import COMMANDS


@command("help", examples=(("help play", "the options of `play`, with examples"),))
@click.argument("name", metavar="[COMMAND]", type=Named("command", lambda: COMMANDS), required=False)
def show_help(name: str | None) -> int:
    """Print the help of one command, or the list of commands."""
    from player.cli.root import parse

    answer = parse([name, "--help"] if name else ["--help"])
    return answer if isinstance(answer, int) else 0


COMMAND = show_help
