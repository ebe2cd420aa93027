"""One family of expected failures; everything else is a bug.

The command line prints an `Error` as one calm line (or one line a mistake) and exits; any other exception
gets a traceback and says that it is ours. Each layer has one subclass, so that a reader of a message knows
where to look and a caller can catch what it can mend. What a message repeats (a path, a title, a library's
own words) may be a stranger's: whoever shows it gets it without anything that a terminal would obey.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from player.words import printable


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a script."""

    file: str
    """The file's name as the user would type it."""
    line: int
    """Counted from 1."""
    column: int = 1
    """Counted from 1, in characters."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that is wrong with a script, and what to write instead."""

    source: Source
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


class Error(Exception):
    """A failure that was foreseen: the message is for the user, in one line, without a traceback."""

    exit_code: ClassVar[int] = 1
    """1: could not be done. 2: the user's mistake."""

    def __str__(self) -> str:
        return printable(super().__str__())


class UserError(Error):
    """A mistake in what the user typed: unknown session, bad option value, existing target."""

    exit_code = 2


class ScriptError(UserError):
    """Everything that is wrong with a script, at once.

    Attributes:
        mistakes: All of them, in the order of their places.
    """

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes: tuple[Mistake, ...] = tuple(sorted(mistakes))
        super().__init__(mistakes)

    def __str__(self) -> str:
        return "\n".join(printable(str(mistake)) for mistake in self.mistakes)


class SoundError(Error):
    """A sound file cannot be read or is not what it claims to be."""


class SpeechError(Error):
    """No voice can speak, or a voice failed again and again."""


class OutputError(Error):
    """No sound can be played: no device, no sound server, or an adapter that would crash here."""


class ExportError(Error):
    """A file cannot be written."""
