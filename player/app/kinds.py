"""What a setting can be: how it is read from a command, from a file, and said again.

A value comes from three places: as text from the command line, as a TOML value from the settings, as a JSON
value from a bookmark that another version may have written. Each kind checks all three by the same limits,
and refuses in the same words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from player.words import LONGEST_QUOTE, quoted

if TYPE_CHECKING:
    from enum import StrEnum


class RefusedError(ValueError):
    """A value that the setting cannot have.

    Args:
        value: As it was given.
        instead: What to write: "a whole number from 0 to 100".
    """

    def __init__(self, value: object, instead: str) -> None:
        super().__init__(f"cannot be {_short(value)}; write {instead}")
        self.instead = instead


class Kind(Protocol):
    """Reads and checks the values of one setting.

    A new kind needs these five. `take` is the strict one: `True` is no number, "3" is no 3.
    """

    @property
    def placeholder(self) -> str:
        """What stands for a value in help: `WPM`, `on|off`."""

    def read(self, text: str) -> object:
        """The value that was typed.

        Raises:
            RefusedError: There is no such value.
        """

    def take(self, value: object) -> object:
        """The value that stands in a TOML or JSON file.

        Raises:
            RefusedError: There is no such value.
        """

    def plain(self, value: object) -> object:
        """The value as TOML and JSON have it; `take` reads it back."""

    def words(self) -> tuple[str, ...]:
        """All values as they are typed, where they can be counted; for completion."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two others, both included."""

    low: float
    high: float
    placeholder: str
    whole: bool = False
    what: str = ""
    """As in "seconds"; empty: "a number"."""
    unit: str = ""
    """May be typed behind the number."""

    def read(self, text: str) -> object:
        """From text, perhaps with its unit."""
        try:
            typed = text.lower().removesuffix(self.unit)
            value: float = int(typed) if self.whole else float(typed)
        except ValueError:
            raise RefusedError(text, self._instead) from None
        return self._within(value, text)

    def take(self, value: object) -> object:
        """A number, and no text that looks like one."""
        fits = isinstance(value, int if self.whole else int | float) and not isinstance(value, bool)
        if not fits:
            raise RefusedError(value, self._instead)
        return self._within(value, value)  # type: ignore[arg-type]  # the line above knows

    def plain(self, value: object) -> object:
        """As it is."""
        return value

    def words(self) -> tuple[str, ...]:
        """Too many."""
        return ()

    def _within(self, value: float, given: object) -> float:
        if not self.low <= value <= self.high or math.isnan(value):
            raise RefusedError(given, self._instead)
        return value

    @property
    def _instead(self) -> str:
        what = self.what or ("a whole number" if self.whole else "a number")
        return f"{what} from {self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of several."""

    every: type[StrEnum] | tuple[str, ...]

    @property
    def placeholder(self) -> str:
        """All of them."""
        return "|".join(self.words())

    def read(self, text: str) -> object:
        """One of them, to the letter."""
        return self.take(text)

    def take(self, value: object) -> object:
        """One of them, to the letter."""
        for word in self.every:
            if value == str(word):
                return word
        raise RefusedError(value, f"one of: {', '.join(self.words())}")

    def plain(self, value: object) -> object:
        """Without its type."""
        return str(value)

    def words(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(map(str, self.every))


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off; in a file, true or false."""

    placeholder: ClassVar[str] = "on|off"

    def read(self, text: str) -> object:
        """A word."""
        if text not in self.words():
            raise RefusedError(text, f"one of: {', '.join(self.words())}")
        return text == "on"

    def take(self, value: object) -> object:
        """A truth value."""
        if not isinstance(value, bool):
            raise RefusedError(value, "true or false")
        return value

    def plain(self, value: object) -> object:
        """As it is."""
        return value

    def words(self) -> tuple[str, ...]:
        """Both."""
        return ("on", "off")


@dataclass(frozen=True, slots=True)
class Text:
    """Any text; whether it names something is known only where that is looked up."""

    placeholder: str

    def read(self, text: str) -> object:
        """As it is."""
        return text

    def take(self, value: object) -> object:
        """A text."""
        if not isinstance(value, str):
            raise RefusedError(value, "a text in quotes")
        return value

    def plain(self, value: object) -> object:
        """As it is."""
        return value

    def words(self) -> tuple[str, ...]:
        """Nobody knows."""
        return ()


@dataclass(frozen=True, slots=True)
class Bed:
    """Music: a bed's name, a sound file, or `off`. The settings only say whether there is any at all."""

    placeholder: ClassVar[str] = "NAME|FILE|off"

    def read(self, text: str) -> object:
        """As it is; what it names is looked up when a session is known."""
        return text

    def take(self, value: object) -> object:
        """`false` is off, `true` is whatever the script says; a text is as typed."""
        if value is False:
            return "off"
        if value is True:
            return None
        if not isinstance(value, str):
            raise RefusedError(value, "true or false")
        return value

    def plain(self, value: object) -> object:
        """`false` for off, so that older versions can read it."""
        return False if value == "off" else value

    def words(self) -> tuple[str, ...]:
        """The one that is always there."""
        return ("off",)


def _short(value: object) -> str:
    """A value as a message repeats it: no longer than a message should be."""
    if isinstance(value, str):
        return quoted(value)
    try:
        said = str(value).lower() if isinstance(value, bool) else repr(value)
    except ValueError:  # thousands of figures, written as hexadecimal ones
        return "a huge number"
    return said if len(said) <= LONGEST_QUOTE else f"{said[:LONGEST_QUOTE]}…"
