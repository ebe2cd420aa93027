"""`cuemat` itself: its commands, in groups, and how to find them.

A table names each command's module, so only the typed command is imported.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from player import __version__
from player.cli import INTERRUPTED
from player.cli.command import Command, Task, heading, verbose_option, word_help
from player.cli.refusal import refuse
from player.cli.screen import wants_colour
from player.cli.table import COMMANDS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

ABOUT = "A calm voice and a few soft sounds that guide you through exercises for a sore back."
CODES = "Exit codes: 0 done, 1 could not be done, 2 a mistake in the command or the script."
COMPLETE = "_CUEMAT_COMPLETE"
"""The environment variable through which a shell asks for completions."""


class Root(click.Group):
    """All commands; without a command, the control panel opens."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in the style of the other options."""
        return word_help(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        found: Command = import_module(f"player.cli.{entry.module or cmd_name}").COMMAND
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; the error for an unknown one can suggest another."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands from the table, without loading them."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=entry.help)
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in their groups."""
        del ctx
        width = max(map(len, COMMANDS))
        for group in dict.fromkeys(entry.group for entry in COMMANDS.values()):
            with formatter.section(heading(group)):
                rows = [(f"{n:<{width}}", one.help) for n, one in COMMANDS.items() if one.group == group]
                formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write where to begin, and what the exit codes mean."""
        del ctx
        formatter.write_paragraph()
        formatter.write_text("`cuemat` alone opens the control panel; `cuemat help COMMAND` says more.")
        formatter.write_text(CODES)


def make_root() -> Root:
    """Build the click command line."""
    return Root(
        "cuemat",
        help=ABOUT,
        callback=_open_panel,
        invoke_without_command=True,
        subcommand_metavar="[COMMAND] [WORDS…]",
        params=[
            click.Option(
                ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_version,
                help="print the version",
            ),
            verbose_option("print progress, and log more detail"),
        ],
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )  # fmt: skip


def parse(typed: list[str]) -> Task | int:
    """Parse what was typed into a task, or return the exit code if there is nothing to run.

    Args:
        typed: The words after `cuemat`.
    """
    if COMPLETE in os.environ:
        import_module("player.cli.completion")  # it registers our bash
    try:
        task = make_root().main(
            typed, prog_name="cuemat", complete_var=COMPLETE, standalone_mode=False, color=wants_colour()
        )
    except click.UsageError as mistake:
        print(refuse(mistake), file=sys.stderr)
        return 2
    except click.Abort:
        return INTERRUPTED
    except click.exceptions.Exit as end:
        return end.exit_code
    return task if isinstance(task, Task) else 0


def _version(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001  as click calls it
    if value and not ctx.resilient_parsing:
        print(f"cuemat {__version__}")
        ctx.exit()


@click.pass_context
def _open_panel(ctx: click.Context) -> Task | None:
    if ctx.invoked_subcommand:
        return None
    from player.cli.command import VERBOSE
    from player.cli.panel import run

    return Task("panel", bool(ctx.meta.get(VERBOSE)), run, draws=True, plays=True)
