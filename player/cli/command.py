"""What a command is: click parses it, examples describe it, and it runs later, with a log.

Parsing returns a `Task` and runs nothing, so a mistake in a command costs no log, no voice and no screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import click

from player.cli.table import COMMANDS

Made = TypeVar("Made", bound=Callable[..., int])

VERBOSE = "player.cli.verbose"
"""In the context's `meta`: `--verbose` was given, before the command or after it."""


Rule = Callable[[dict[str, Any]], str | None]


@dataclass(frozen=True, slots=True)
class Task:
    """A parsed command, ready to run."""

    name: str
    verbose: bool
    work: Callable[[], int]
    """Does it, and returns the exit code."""
    draws: bool = False
    """The control panel takes over the terminal."""
    plays: bool = False
    """It sends samples to a sound system."""


class Command(click.Command):
    """One command; its callback gets the parameters and returns the exit code.

    Args:
        name: What the user types.
        examples: Command lines, each with what it does.
        rules: Each gets all parameters, and returns what is wrong with the combination, or None.
        draws: Tells from the parameters whether the control panel takes over the terminal.
        plays: It sends samples to a sound system.
        tells_verbose: Its callback also gets `verbose`.
        verbose: Help text of `--verbose`.
        settings: Passed to `click.Command`.
    """

    def __init__(
        self,
        name: str,
        *,
        examples: tuple[tuple[str, str], ...] = (),
        rules: tuple[Rule, ...] = (),
        draws: Callable[[dict[str, Any]], bool] = lambda _typed: False,
        plays: bool = False,
        tells_verbose: bool = False,
        verbose: str = "print progress, and log more detail",
        **settings: Any,  # noqa: ANN401  as in the base class
    ) -> None:
        self.examples, self.draws, self.plays = examples, draws, plays
        self.tells_verbose = tells_verbose
        self.rules = (_one_dose, *rules)
        super().__init__(name, **settings)
        self.context_settings = {"allow_extra_args": True, **self.context_settings}
        self.params.append(verbose_option(verbose))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, with our own message for an extra word; a title may begin with dashes."""
        try:
            rest = super().parse_args(ctx, self._protect_titles(ctx, args))
        except click.BadOptionUsage as mistake:  # click does not say which command
            raise click.BadOptionUsage(mistake.option_name, mistake.message, ctx) from None
        if ctx.args and not ctx.resilient_parsing:
            raise ExcessError(ctx.args[0], ctx)
        wrong = next((message for rule in self.rules if (message := rule(ctx.params))), None)
        if wrong and not ctx.resilient_parsing:
            raise click.UsageError(wrong, ctx)
        return rest

    def _protect_titles(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move words like "--- A title ---", which cannot be options, behind `--`."""
        if "--" in args:
            end = args.index("--")
            args, last = args[:end], args[end + 1 :]
        else:
            last = []
        takes_value = {
            name
            for option in self.get_params(ctx)
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        options: list[str] = []
        titles: list[str] = []
        for before, word in zip(["", *args], args, strict=False):
            is_title = word.startswith("-") and " " in word.partition("=")[0] and before not in takes_value
            (titles if is_title else options).append(word)
        return [*options, *(["--"] if titles or last else []), *titles, *last]

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as in the base class
        """Return the task without running it."""
        assert self.callback is not None  # noqa: S101  every command has one
        verbose = bool(ctx.meta.get(VERBOSE))
        more = {"verbose": verbose} if self.tells_verbose else {}
        work = partial(self.callback, **ctx.params, **more)
        return Task(ctx.info_name or "", verbose, work, draws=self.draws(ctx.params), plays=self.plays)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in the style of the other options."""
        return word_help(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first, then each group of settings."""
        groups: dict[str, list[tuple[str, str]]] = {}
        if any(one.name in {"session", "sessions"} for one in self.params):
            groups["Options"] = [("SESSION", "a session's id (see `cuemat list`), or the path of a script")]
        for one in self.get_params(ctx):
            record = one.get_help_record(ctx) if isinstance(one, click.Option) else None
            if record is not None:
                groups.setdefault(getattr(one, "group", "Options"), []).append(record)
        for name in sorted(groups, key=lambda name: name != "Options"):
            with formatter.section(heading(name)):
                formatter.write_dl(groups[name])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, one below the other."""
        del ctx
        if self.examples:
            with formatter.section(heading("Examples")):
                for line, what in self.examples:
                    formatter.write(f"  cuemat {line}\n      {what}\n")


def command(name: str, more: str = "", **settings: Any) -> Callable[[Made], Command]:  # noqa: ANN401  as `Command` has them
    """Turn a function into a command.

    Args:
        name: Its name in the table of commands.
        more: A paragraph of help below the one line from the table.
        settings: As of a `Command`.
    """
    line = COMMANDS[name].help
    text = f"{line[0].upper()}{line[1:]}." + (f"\n\n{more}" if more else "")
    return click.command(name, cls=Command, help=text, short_help=line, **settings)


def _one_dose(typed: dict[str, Any]) -> str | None:
    if typed.get("day") is not None and typed.get("level") is not None:
        return "--day and --level both choose the dose; give only one"
    return None


class ExcessError(click.UsageError):
    """A word that belongs to no option or argument.

    Args:
        word: The first such word.
        ctx: The command's context.
    """

    def __init__(self, word: str, ctx: click.Context) -> None:
        super().__init__(word, ctx)
        self.word = word


def word_help(option: click.Option | None) -> click.Option | None:
    """The same option, with help in the style of the others."""
    if option is not None:
        option.help = "show this help"
    return option


def verbose_option(text: str) -> click.Option:
    """`--verbose`, which may come before the command or after it."""

    def note(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001  as click calls it
        if value:
            ctx.meta[VERBOSE] = True

    return click.Option(["--verbose"], is_flag=True, expose_value=False, callback=note, help=text)


def heading(text: str) -> str:
    """A heading in help: bold on a terminal."""
    return click.style(text, bold=True)
