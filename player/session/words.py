"""An author's texts to be spoken, and the sides that they may mention.

`<side>` and `<other side>` are filled in late, once the working side is known; only this module knows how
they are written.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.errors import Source

Seconds = float
"""A time in seconds, as an author writes it."""

SIDE, OTHER_SIDE = "<side>", "<other side>"
PLACEHOLDERS = (SIDE, OTHER_SIDE, SIDE.replace("s", "S", 1), OTHER_SIDE.replace("o", "O", 1))
"""All placeholders, including those with a capital letter for the start of a sentence."""
_PLACEHOLDER = re.compile("|".join(PLACEHOLDERS))


class Side(StrEnum):
    """The working side."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


class Sides(StrEnum):
    """The order of the two sides in an exercise."""

    NONE = "none"
    EACH = "each"
    """In each set all reps of one side, then all of the other."""
    ALTERNATING = "alternating"
    """The sides alternate rep by rep."""
    BLOCKS = "blocks"
    """All sets of one side, then all of the other."""


class Words(NamedTuple):
    """A text to be spoken, with its place in the script; `<side>` and `<other side>` are still in it."""

    text: str
    source: Source

    @property
    def names_side(self) -> bool:
        """Whether it names the working side."""
        return any(found.lower() == SIDE for found in _PLACEHOLDER.findall(self.text))

    @property
    def names_other_side(self) -> bool:
        """Whether it names the side that does not work."""
        return any(found.lower() == OTHER_SIDE for found in _PLACEHOLDER.findall(self.text))

    @property
    def names_any_side(self) -> bool:
        """Whether it names the working or the other side."""
        return _PLACEHOLDER.search(self.text) is not None

    def on(self, side: Side | None, name_of: Callable[[Side], str] = str) -> str:
        """The text with both sides filled in.

        Args:
            side: The working side; None leaves the text unchanged.
            name_of: Returns the name of a side.
        """
        if side is None:
            return self.text
        names = {SIDE: name_of(side), OTHER_SIDE: name_of(side.other)}

        def fill_in(found: re.Match[str]) -> str:
            name = names[found[0].lower()]
            return name if found[0] in names else name.capitalize()

        return _PLACEHOLDER.sub(fill_in, self.text)
