"""The user's editor, on the terminal that it is lent."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from player.errors import Error, UserError
from player.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USUAL = "nano"
"""The editor where the user has named none."""
NAMES = ("VISUAL", "EDITOR")
"""The environment variables that name it, as for all programs."""


def edit(path: Path) -> None:
    """Open a file in the user's editor and wait for it.

    Raises:
        Error: There is no such editor, or it failed.
    """
    name, command = _find()
    try:
        with _leaving_ctrl_c_to_it():
            code = subprocess.run(
                [*command, str(path)], check=False, stdout=sys.__stderr__, stderr=sys.__stderr__
            ).returncode
    except OSError as error:
        message = f"{quoted(command[0])} cannot be started: {error.strerror}; {_advice(name)}"
        raise Error(message) from error
    if code:
        message = f"{quoted(command[0])} failed, with exit code {code}; {_advice(name)}"
        raise Error(message)


def _find() -> tuple[str, list[str]]:
    """The variable to set, and the command."""
    name = next((one for one in NAMES if os.environ.get(one, "").strip()), "")
    wanted = os.environ.get(name, USUAL)
    try:
        command = shlex.split(wanted)
    except ValueError:
        command = []
    if not command:
        message = f"{name} is not a command: {quoted(wanted)}; {_advice(name)}"
        raise UserError(message)
    if shutil.which(command[0]) is None:
        message = f"no editor {quoted(command[0])}; {_advice(name)}"
        raise UserError(message)
    return name, command


def _advice(name: str) -> str:
    return f"set {name or NAMES[-1]} to the editor that you use"


@contextmanager
def _leaving_ctrl_c_to_it() -> Iterator[None]:
    """Ignore Ctrl-C meanwhile, without making the editor ignore it, and without telling the event loop."""
    wake_up = signal.set_wakeup_fd(-1)
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.set_wakeup_fd(wake_up, warn_on_full_buffer=False)
