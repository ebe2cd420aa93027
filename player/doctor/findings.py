"""What `cuemat doctor` says, and what it must not: a report is pasted where strangers read it.

Who somebody is stands in paths, in the names of devices and sessions, in what they typed into a file. So
checks say what is wrong in words of their own. Only where they pass on a message does `anonymous` take out
what it may hold, and every line goes through `discreet` before it is printed.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
import textwrap
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from player import words

OK, TO_DO = "ok", "TO DO"
WIDTH = 80
"""Columns, on every screen: what is pasted elsewhere looks the same there."""
_NAMES = 13
_PATH = re.compile(r"(?<![\w~)])(?:[A-Za-z]:)?[/\\][^\s'\"“”;,]+")
"""A path from the root, as a message holds it."""
_VARIABLES = ("CUEMAT_HOME", "CUEMAT_CONFIG", "CUEMAT_CACHE", "CUEMAT_STATE")
_SYSTEM = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    name: str
    """What was looked at, in a word."""
    text: str
    """How it is, or what is wrong and what to do."""
    well: bool = True

    def lines(self) -> list[str]:
        """The word that cannot be overlooked, the name, and the text, which goes on under itself."""
        start = f"{OK if self.well else TO_DO:<5} {self.name:<{_NAMES}} "
        return textwrap.wrap(
            discreet(self.text),
            WIDTH,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_on_hyphens=False,
        )


def place(path: Path, variable: str) -> str:
    """A path without its owner: `~/…`, or the name of the variable that leads there.

    Args:
        path: Of the user's.
        variable: Cuemat's own, which names it if it is set.
    """
    if os.environ.get(variable):
        return f"({variable})"
    for name in _SYSTEM:
        folder = os.environ.get(name)
        if folder and path.is_relative_to(folder):
            return f"({name})/{path.relative_to(folder).as_posix()}"
    with suppress(RuntimeError, ValueError):  # there is no home, or it lies elsewhere
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    return "(a folder outside of the home)"


def anonymous(error: BaseException) -> str:
    """What an error says, without names of files."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    text = " ".join(str(error).split())
    return _PATH.sub("(a path)", discreet(text))


def remedy(error: OSError, variable: str = "") -> str:
    """What to do where a folder cannot be used.

    Args:
        error: What the system said.
        variable: Cuemat's own, that names the folder if it is set.
    """
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return (
            f"choose a folder with {variable}"
            if os.environ.get(variable)
            else "remove the file that is in its place"
        )
    if error.errno == errno.EFBIG:
        return "raise the limit on the size of files (`ulimit -f`)"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "make room on its disk"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "check who owns it"
    return "check its disk, and whether it is read-only"


def discreet(text: str) -> str:
    """A text without the folders that bear somebody's name, and without what the log leaves out, too."""
    for folder, instead in _folders():
        text = re.sub(rf"{re.escape(folder)}(?!\w)", instead, text)
    return words.discreet(text)


def _folders() -> list[tuple[str, str]]:
    """The longest first: a folder of the user's may lie in another one."""
    found = [
        (str(Path(path).expanduser()), f"({name})") for name in _VARIABLES if (path := os.environ.get(name))
    ]
    with suppress(OSError):
        found.append((tempfile.gettempdir(), "(the folder for temporary files)"))
    with suppress(OSError):
        found.append((str(Path.cwd()), "(the current folder)"))
    with suppress(RuntimeError):
        found.append((str(Path.home()), "~"))
    useful = [(folder, instead) for folder, instead in found if len(Path(folder).parts) > 1]
    return sorted(useful, key=lambda pair: -len(pair[0]))
