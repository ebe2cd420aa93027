"""What is wrong with a command line: one line, in the user's own words, with what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from player.cli.command import ExcessError
from player.cli.table import COMMANDS
from player.words import nearest, printable, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable


def refuse(mistake: click.UsageError) -> str:
    """The line that says what is wrong; if it has no better advice, it points to `--help`."""
    context = mistake.ctx
    program = context.command_path if context else "cuemat"
    message = _explain(mistake)
    if ";" not in message and "?" not in message:
        message += f"; see `{program} --help`"
    return f"{program}: {printable(message)}"


def _explain(mistake: click.UsageError) -> str:
    message = mistake.message
    match mistake:
        case click.NoSuchOption():
            message = f"unknown option {_hint(mistake.option_name, _options(mistake.ctx))}"
        case click.NoSuchCommand():
            message = f"unknown command {_hint(mistake.command_name, COMMANDS)}"
        case click.BadOptionUsage():
            is_flag = mistake.option_name in _options(mistake.ctx, flags=True)
            wrong = "takes no value; remove the = and what follows" if is_flag else "needs a value"
            message = f"{mistake.option_name} {wrong}"
        case click.MissingParameter():
            message = f"missing {_name(mistake.param)}"
        case click.BadParameter():
            message = f"{_name(mistake.param)} {mistake.message}"
        case ExcessError():
            message = f"unexpected {quoted(mistake.word)}; put text that contains spaces in quotes"
    return message


def _hint(word: str, known: Iterable[str]) -> str:
    every = list(known)
    begun = [name for name in every if name.startswith(word)] if word.strip("-") else []
    bare = {name.strip("-"): name for name in every}
    near = begun[0] if begun else bare.get(nearest(word.strip("-"), bare) or "")
    return f"{quoted(word)}; did you mean '{near}'?" if near else quoted(word)


def _options(context: click.Context | None, *, flags: bool = False) -> list[str]:
    found: list[str] = []
    for one in context.command.get_params(context) if context else ():
        if isinstance(one, click.Option) and not one.hidden and (one.is_flag or not flags):
            found += one.opts
    return found


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    name = (parameter.human_readable_name if parameter else "").strip("[]…")
    return (parameter.name if parameter and "|" in name else name) or "a value"
