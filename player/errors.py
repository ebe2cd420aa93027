"""One family of expected failures; everything else is a bug.

The command line prints an `Error` as one calm line (or one line for each mistake) and exits; any other
exception is reported as a bug, with a traceback. Each layer has one subclass, so a reader knows where to look
and a caller can catch what it can handle. A message may repeat a stranger's text (a path, a title, a
library's own words), so it never contains characters that a terminal would obey.
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
    """One mistake in a script, and what to write instead."""

    source: Source
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


class Error(Exception):
    """An expected failure: the message is for the user, in one line, without a traceback."""

    exit_code: ClassVar[int] = 1
    """1: could not be done. 2: the user's mistake."""

    def __str__(self) -> str:
        return printable(super().__str__())


class UserError(Error):
    """A mistake in the user's command: unknown session, bad option value, existing target."""

    exit_code = 2


class ScriptError(UserError):
    """All mistakes of a script at once.

    Attributes:
        mistakes: The mistakes, in the order of their places.
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


class UnspokenError(SpeechError):
    """A voice has no sound for a text, and it is the text's fault."""


class OutputError(Error):
    """No sound can be played: no device, no sound server, or an adapter that would crash here."""


class ExportError(Error):
    """A file cannot be written."""
