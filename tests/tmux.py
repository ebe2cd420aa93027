"""A terminal that can be read as a person reads it, in tmux."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from player.testing.waiting import wait_until

from tests.commands import WITHOUT_NATURAL, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 20.0
"""Seconds to wait for something that should happen."""
CUEMAT = shlex.join([sys.executable, "-m", "player"])

needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@contextmanager
def noting(what: Callable[[], str]) -> Iterator[None]:
    """If something never comes, the failure shows what was there instead."""
    try:
        yield
    except AssertionError as error:
        error.add_note(what())
        raise


class Tmux:
    """A user's terminal.

    Args:
        user: Whose home it is.
        program: A line for a shell.
    """

    def __init__(self, user: User, program: str) -> None:
        self.user = user
        self._socket = str(user.home / "tmux")
        environment = [f"{name}={value}" for name, value in user.environment.items() if "CUEMAT" in name]
        home = [f"HOME={user.home}", f"EDITOR={user.home / 'editor'}", f"PYTHONPATH={WITHOUT_NATURAL}"]
        places = [f"XDG_STATE_HOME={user.home / 'state'}", f"XDG_MUSIC_DIR={user.home}"]
        command = f"{shlex.join(['env', *environment, *home, *places])} {program}"
        where = ["-x", "100", "-y", "30", "-c", str(user.home)]
        self("-f", os.devnull, "new-session", "-d", *where, command)

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments], capture_output=True, text=True, check=True, timeout=20,
            env=dict(os.environ),  # not what a C library may have added: LINES, for one
        )  # fmt: skip
        return done.stdout

    def text(self) -> str:
        """What the screen shows."""
        return self("capture-pane", "-p")

    def see(self, *words: str) -> str:
        """Wait until the screen shows it all."""

        def is_shown() -> bool:
            shown = self.text()
            return all(word in shown for word in words)

        with noting(self.text):
            wait_until(is_shown, f"{words} never came", PATIENCE)
        return self.text()

    def miss(self, word: str) -> None:
        """Wait until the screen no longer shows it."""
        with noting(self.text):
            wait_until(lambda: word not in self.text(), f"{word} never went", PATIENCE)

    def press(self, *keys: str) -> None:
        self("send-keys", *keys)

    def enter(self, line: str) -> None:
        """Type a line for the shell."""
        self("send-keys", line, "Enter")


@contextmanager
def in_tmux(user: User, program: str) -> Iterator[Tmux]:
    """A program on a terminal, while the block runs."""
    tmux = Tmux(user, program)
    try:
        yield tmux
    finally:
        tmux("kill-server")


@contextmanager
def in_a_shell(user: User) -> Iterator[Tmux]:
    """A shell on a terminal, with jobs."""
    user.write("rc", f"PS1='ready> '; alias cuemat={shlex.quote(CUEMAT)}\n")
    with in_tmux(user, "bash --noprofile --rcfile rc -i") as tmux:
        tmux.see("ready>")
        yield tmux
