"""Collects all mistakes in a text, so an author corrects a script once instead of ten times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn, Protocol

from player.errors import Mistake, ScriptError, Source
from player.words import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Unspoken = Callable[[str], Collection[str]]
    """Returns the signs and words of a text that the voice cannot say."""

MOST_MISTAKES = 100
"""Mistakes reported at once; a file with more is not a script."""

UNSPEAKABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Control characters (including terminal escapes), hidden line ends, direction marks, invisible characters
without width or ink, half characters. The two joiners are allowed: some letters and emoji need them."""


class Spot(Protocol):
    """Anything with a place in a file; line and column count from 1."""

    @property
    def line(self) -> int:
        """Its line."""

    @property
    def column(self) -> int:
        """The column of its first character."""


class Report:
    """The mistakes found in one file so far."""

    def __init__(self, file: str, unspoken: Unspoken | None = None) -> None:
        """Begin the report about `file`; without `unspoken`, nothing in it will be spoken."""
        self.file = printable(file)
        self.unspoken = unspoken
        self.mistakes: list[Mistake] = []
        self.warnings: list[Mistake] = []

    def source(self, place: Spot) -> Source:
        """Return the source of `place`, with the file's name."""
        return Source(self.file, place.line, place.column)

    def mistake(self, place: Spot, message: str) -> None:
        """Add a mistake.

        Raises:
            ScriptError: There are now too many for further reading to help.
        """
        self.add(Mistake(self.source(place), message))

    def add(self, *mistakes: Mistake) -> None:
        """Add mistakes, also from another file; each is added once."""
        self.mistakes += [mistake for mistake in mistakes if mistake not in self.mistakes]
        if len(self.mistakes) >= MOST_MISTAKES:
            last = self.mistakes[-1]
            self.mistakes.append(
                Mistake(last.source, "and perhaps more; correct these first, then check again")
            )
            self.close()

    def warning(self, place: Spot, message: str) -> None:
        """Add a warning; the script can be played anyway."""
        self.warnings.append(Mistake(self.source(place), message))

    def close(self) -> None:
        """Finish reading.

        Raises:
            ScriptError: There was at least one mistake.
        """
        if self.mistakes:
            self.fail()

    def fail(self) -> NoReturn:
        """Stop reading with the mistakes found so far.

        Raises:
            ScriptError: Always.
        """
        raise ScriptError(self.mistakes)
