"""What `cuemat doctor` says, and what it must not say, because strangers read the report.

Paths, names of devices and sessions, and text in files can identify a person. So checks describe what is
wrong in their own words. Where they repeat a message, `anonymous` removes personal parts, and every line goes
through `discreet` before it is printed.
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
"""Columns on every screen, so a pasted report looks the same everywhere."""
_NAMES = 13
_PATH = re.compile(r"(?<![\w~)])(?:[A-Za-z]:)?[/\\][^\s'\"“”;,]+")
"""An absolute path inside a message."""
_VARIABLES = ("CUEMAT_HOME", "CUEMAT_CONFIG", "CUEMAT_CACHE", "CUEMAT_STATE")
_SYSTEM = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    name: str
    """The check, in a word or two."""
    text: str
    """Its state, or what is wrong and what to do."""
    well: bool = True

    def lines(self) -> list[str]:
        """`ok` or `TO DO`, the name, and the text with a hanging indent."""
        start = f"{OK if self.well else TO_DO:<5} {self.name:<{_NAMES}} "
        return textwrap.wrap(
            discreet(self.text),
            WIDTH,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_on_hyphens=False,
        )


def place(path: Path, variable: str) -> str:
    """A path without its owner: `~/…`, or the variable that points there.

    Args:
        path: A path of the user's.
        variable: The variable of Cuemat that sets the path.
    """
    if os.environ.get(variable):
        return f"({variable})"
    for name in _SYSTEM:
        folder = os.environ.get(name)
        if folder and path.is_relative_to(folder):
            return f"({name})/{path.relative_to(folder).as_posix()}"
    with suppress(RuntimeError, ValueError):  # there is no home, or the path is not in it
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    return "(a folder outside the home)"


def anonymous(error: BaseException) -> str:
    """An error's message, without file names."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    text = " ".join(str(error).split())
    return _PATH.sub("(a path)", discreet(text))


def remedy(error: OSError, variable: str = "") -> str:
    """What to do about a folder that cannot be used.

    Args:
        error: The system's error.
        variable: The variable of Cuemat that sets the folder.
    """
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return (
            f"choose a folder with {variable}" if os.environ.get(variable) else "remove the file in its place"
        )
    if error.errno == errno.EFBIG:
        return "raise the limit on file sizes (`ulimit -f`)"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "free some space on its disk"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "check who owns it"
    return "check whether its disk works and is not read-only"


def discreet(text: str) -> str:
    """The text without personal folder names, and without what the log leaves out."""
    for folder, instead in _folders():
        text = re.sub(rf"{re.escape(folder)}(?!\w)", instead, text)
    return words.discreet(text)


def _folders() -> list[tuple[str, str]]:
    """Personal folders, the longest first, because one may contain another."""
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
