"""The kinds of settings: how each is read from a command or a file, and written again.

A value comes from three places: as text from the command line, as a TOML value from the settings, as a JSON
value from a bookmark that another version may have written. Each kind applies the same limits to all three,
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
        value: The refused value.
        instead: What to write, such as "a whole number from 0 to 100".
    """

    def __init__(self, value: object, instead: str) -> None:
        self.what, self.instead = f"cannot be {_short(value)}", instead
        super().__init__(f"{self.what}; write {instead}")


class SettingKind(Protocol):
    """Reads and checks the values of one setting.

    A new kind needs these five. `take` is strict: `True` is not a number, and "3" is not 3.
    """

    @property
    def placeholder(self) -> str:
        """The placeholder for a value in help: `WPM`, `on|off`."""

    def read(self, text: str) -> object:
        """Read a typed value.

        Raises:
            RefusedError: The setting does not allow it.
        """

    def take(self, value: object) -> object:
        """Check a value from a TOML or JSON file.

        Raises:
            RefusedError: The setting does not allow it.
        """

    def plain(self, value: object) -> object:
        """Convert the value for TOML and JSON; `take` reads it back."""

    def words(self) -> tuple[str, ...]:
        """All values as typed, for completion; empty if there are too many to list."""


@dataclass(frozen=True, slots=True)
class NumberKind:
    """A number in a range; both limits are allowed."""

    low: float
    high: float
    placeholder: str
    whole: bool = False
    what: str = ""
    """Its name in messages, such as "seconds"; empty: "a number"."""
    unit: str = ""
    """A unit that may follow the number when typed."""

    def read(self, text: str) -> object:
        """Read a number, with or without its unit."""
        try:
            typed = text.lower().removesuffix(self.unit)
            value: float = int(typed) if self.whole else float(typed)
        except ValueError:
            raise RefusedError(text, self._instead) from None
        return self._within(value, text)

    def take(self, value: object) -> object:
        """Accept a number, but not a text that looks like one."""
        fits = isinstance(value, int if self.whole else int | float) and not isinstance(value, bool)
        if not fits:
            raise RefusedError(value, self._instead)
        return self._within(value, value)  # type: ignore[arg-type]  # checked in the line above

    def plain(self, value: object) -> object:
        """As it is."""
        return value

    def words(self) -> tuple[str, ...]:
        """None: too many to list."""
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
class WordKind:
    """One word of several."""

    every: type[StrEnum] | tuple[str, ...]

    @property
    def placeholder(self) -> str:
        """All the words."""
        return "|".join(self.words())

    def read(self, text: str) -> object:
        """Accept one of the words, spelt exactly."""
        return self.take(text)

    def take(self, value: object) -> object:
        """Accept one of the words, spelt exactly."""
        for word in self.every:
            if value == str(word):
                return word
        raise RefusedError(value, f"one of: {', '.join(self.words())}")

    def plain(self, value: object) -> object:
        """Convert the word to a plain string."""
        return str(value)

    def words(self) -> tuple[str, ...]:
        """All the words."""
        return tuple(map(str, self.every))


@dataclass(frozen=True, slots=True)
class SwitchKind:
    """On or off; in a file, true or false."""

    placeholder: ClassVar[str] = "on|off"

    def read(self, text: str) -> object:
        """Read `on` or `off`."""
        if text not in self.words():
            raise RefusedError(text, f"one of: {', '.join(self.words())}")
        return text == "on"

    def take(self, value: object) -> object:
        """Accept true or false."""
        if not isinstance(value, bool):
            raise RefusedError(value, "true or false")
        return value

    def plain(self, value: object) -> object:
        """As it is."""
        return value

    def words(self) -> tuple[str, ...]:
        """`on` and `off`."""
        return ("on", "off")


@dataclass(frozen=True, slots=True)
class AutoKind:
    """On, off, or `auto`: as the program finds suitable; in a file, true, false or "auto"."""

    every: type[StrEnum]
    """Its members `ON`, `OFF` and `AUTO` are the values."""

    @property
    def placeholder(self) -> str:
        """All the words."""
        return "|".join(self.words())

    def read(self, text: str) -> object:
        """Accept one of the words, spelt exactly."""
        if text not in self.words():
            raise RefusedError(text, f"one of: {', '.join(self.words())}")
        return self.every(text)

    def take(self, value: object) -> object:
        """Accept true, false or the text "auto"."""
        if isinstance(value, bool):
            return self.every("on" if value else "off")
        if value != "auto":
            raise RefusedError(value, 'true, false or "auto"')
        return self.every("auto")

    def plain(self, value: object) -> object:
        """True, false or "auto"."""
        return {"on": True, "off": False}.get(str(value), "auto")

    def words(self) -> tuple[str, ...]:
        """All the words."""
        return tuple(map(str, self.every))


@dataclass(frozen=True, slots=True)
class TextKind:
    """Any text; what it names is looked up later, where it is used."""

    placeholder: str

    def read(self, text: str) -> object:
        """As it is."""
        return text

    def take(self, value: object) -> object:
        """Accept a text."""
        if not isinstance(value, str):
            raise RefusedError(value, "a text in quotes")
        return value

    def plain(self, value: object) -> object:
        """As it is."""
        return value

    def words(self) -> tuple[str, ...]:
        """None: any text is allowed."""
        return ()


@dataclass(frozen=True, slots=True)
class MusicKind:
    """Music: a bed's name, a sound file, or `off`. The settings only switch it on or off."""

    placeholder: ClassVar[str] = "NAME|FILE|off"

    def read(self, text: str) -> object:
        """Accept any text; what it names is looked up with the session."""
        return text

    def take(self, value: object) -> object:
        """`false` means off, `true` leaves it to the script; a text means what it means when typed."""
        if value is False:
            return "off"
        if value is True:
            return None
        if not isinstance(value, str):
            raise RefusedError(value, "true, false, or a bed's name in quotes")
        return value

    def plain(self, value: object) -> object:
        """`false` for off, so that older versions can read it."""
        return False if value == "off" else value

    def words(self) -> tuple[str, ...]:
        """`off`, the one value that always exists."""
        return ("off",)


def _short(value: object) -> str:
    """A value shortened for a message."""
    if isinstance(value, str):
        return quoted(value)
    try:
        said = str(value).lower() if isinstance(value, bool) else repr(value)
    except ValueError:  # a hexadecimal number with thousands of digits
        return "a huge number"
    return said if len(said) <= LONGEST_QUOTE else f"{said[:LONGEST_QUOTE]}…"
