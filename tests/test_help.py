"""Help for all commands and for one: grouped, with correct examples, as wide as the terminal."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click
import pytest
from player.cli.command import Task
from player.cli.root import make_root, parse
from player.cli.table import COMMANDS

from tests.commands import User

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def user(tmp_path: Path) -> User:
    return User(tmp_path)


def examples() -> list[str]:
    root = make_root()
    found: list[Any] = [root.get_command(click.Context(root), name) for name in COMMANDS]
    return [line for one in found for line, _ in one.examples]


@pytest.mark.parametrize("typed", ["--help", "-h", "help"])
def test_help_lists_every_command_under_its_group(user: User, typed: str) -> None:
    shown = user.cuemat(typed).stdout

    for group in ("Listen:", "Take it along:", "Write:", "This computer:"):
        assert group in shown
    for name, entry in COMMANDS.items():
        assert f"  {name}" in shown
        assert entry.help in " ".join(shown.split())
    assert "Exit codes" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_help_for_a_command_is_the_commands_own(user: User, name: str) -> None:
    done = user.cuemat("help", name)

    assert done.code == 0
    assert done.stdout == user.cuemat(name, "--help").stdout
    assert done.stdout.startswith(f"Usage: cuemat {name} ")
    assert "\x1b" not in done.stdout


def test_help_for_a_command_that_is_not_there_is_one_line(user: User) -> None:
    done = user.cuemat("help", "exprot")

    assert (done.code, done.stderr) == (2, "cuemat: unknown command 'exprot'; did you mean 'export'?\n")


@pytest.mark.parametrize("line", examples())
def test_every_example_is_a_command_that_is_understood(line: str) -> None:
    words = shlex.split(line.partition(" > ")[0])

    assert isinstance(parse(words), Task)


@pytest.mark.parametrize("columns", [50, 60, 80])
def test_help_is_as_wide_as_the_terminal(user: User, columns: int) -> None:
    shown = user.cuemat("play", "--help", more={"COLUMNS": str(columns)}).stdout
    prose = shown.partition("Examples:")[0]

    assert max(map(len, prose.splitlines())) <= columns
