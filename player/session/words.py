"""What an author wrote to be spoken, and the sides that it may speak of.

`<side>` and `<other side>` are filled in late, when it is known which side works; this is the one place that
knows how they are written.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.errors import Source

Seconds = float
"""A time as an author writes it."""

SIDE, OTHER_SIDE = "<side>", "<other side>"
PLACEHOLDERS = (SIDE, OTHER_SIDE, SIDE.replace("s", "S", 1), OTHER_SIDE.replace("o", "O", 1))
"""All that authors may write in angle brackets: with a capital letter where a sentence begins."""
_PLACEHOLDER = re.compile("|".join(PLACEHOLDERS))


class Side(StrEnum):
    """The working side."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The side that rests, is lain on or holds."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


class Sides(StrEnum):
    """In what order an exercise takes the two sides."""

    NONE = "none"
    EACH = "each"
    """In each set all reps of one side, then all of the other."""
    ALTERNATING = "alternating"
    """Rep by rep."""
    BLOCKS = "blocks"
    """All sets of one side, then all of the other."""


class Words(NamedTuple):
    """A text to be spoken, and where it was written. `<side>` and `<other side>` still stand in it."""

    text: str
    source: Source

    @property
    def names_side(self) -> bool:
        """It says which side works."""
        return any(found.lower() == SIDE for found in _PLACEHOLDER.findall(self.text))

    @property
    def names_any_side(self) -> bool:
        """It says which side works, or which one rests."""
        return _PLACEHOLDER.search(self.text) is not None

    def on(self, side: Side | None, name_of: Callable[[Side], str] = str) -> str:
        """The text with both sides filled in.

        Args:
            side: The working side; None where there is none: the text stays as it is.
            name_of: What a side is called.
        """
        if side is None:
            return self.text
        names = {SIDE: name_of(side), OTHER_SIDE: name_of(side.other)}

        def fill_in(found: re.Match[str]) -> str:
            name = names[found[0].lower()]
            return name if found[0] in names else name.capitalize()

        return _PLACEHOLDER.sub(fill_in, self.text)
