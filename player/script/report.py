"""Everything that is wrong with a text, gathered, so that an author mends a script once and not ten times."""

from __future__ import annotations

import re
from typing import NoReturn, Protocol

from player.errors import Mistake, ScriptError, Source
from player.words import printable

MOST_MISTAKES = 100
"""So many are told at once; a file with more is something else than a script."""

UNSPEAKABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Control characters (terminal escapes among them), hidden line ends, direction marks, what takes no room and
is not seen, half characters. Not the two joiners: some letters and pictures are made with them."""


class Spot(Protocol):
    """Anything that stands somewhere in a file; both are counted from 1."""

    @property
    def line(self) -> int:
        """Its line."""

    @property
    def column(self) -> int:
        """Its first character in that line."""


class Report:
    """The mistakes of one file, found so far."""

    def __init__(self, file: str) -> None:
        self.file = printable(file)
        self.mistakes: list[Mistake] = []
        self.warnings: list[Mistake] = []

    def source(self, place: Spot) -> Source:
        """Return where `place` is."""
        return Source(self.file, place.line, place.column)

    def mistake(self, place: Spot, message: str) -> None:
        """Note a mistake.

        Raises:
            ScriptError: There are now so many that reading on helps nobody.
        """
        self.add(Mistake(self.source(place), message))

    def add(self, *mistakes: Mistake) -> None:
        """Note mistakes, of another file as well; each one once."""
        self.mistakes += [mistake for mistake in mistakes if mistake not in self.mistakes]
        if len(self.mistakes) >= MOST_MISTAKES:
            last = self.mistakes[-1]
            self.mistakes.append(Mistake(last.source, "and perhaps more; mend these first, then check again"))
            self.close()

    def warning(self, place: Spot, message: str) -> None:
        """Note something that the author may well want otherwise; the script can be played all the same."""
        self.warnings.append(Mistake(self.source(place), message))

    def close(self) -> None:
        """End the reading.

        Raises:
            ScriptError: There was at least one mistake.
        """
        if self.mistakes:
            self.fail()

    def fail(self) -> NoReturn:
        """End the reading with the mistakes found.

        Raises:
            ScriptError: Always.
        """
        raise ScriptError(self.mistakes)
