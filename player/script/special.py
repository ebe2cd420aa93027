"""Kinds of values that only one or two keys have: a part, a limb, a switch with more than two positions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from player.script import values
from player.script.kinds import Value
from player.script.values import Limits, Unreadable
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from enum import StrEnum

    from player.script.kinds import Kind

E = TypeVar("E", bound="StrEnum")
PART = Limits(0.01, 0.99)
_NOT_ZERO = r"(\d*[1-9]\d*(\.\d+)?|0?\.\d*[1-9]\d*)"
_PART_PATTERN = rf"^\s*(0?\.\d*[1-9]\d*|{_NOT_ZERO}\s*%|[Hh]alf)\s*$"
_LIMB_PATTERN = r"^\s*[A-Za-z]{2,20}\s*$"


def part() -> Kind[float]:
    """Return the kind of a part of something: `0.5`, `50%`, `half`."""
    editor = {
        "type": ["string", "number"],
        "pattern": _PART_PATTERN,
        "minimum": PART.least,
        "maximum": PART.most,
    }
    return Value(_part, "a part", editor, numeric=True)


def _part(text: str) -> float:
    bare = text.strip().casefold()
    found = re.fullmatch(r"([0-9]{0,9}(?:\.[0-9]{1,9})?)\s*(%?)", bare)
    if bare == "half":
        return 0.5
    if found is None or not found[1]:
        message = f"{quoted(text)} is not a part, such as 0.5, '50%' or 'half'"
        raise Unreadable(message)
    value = float(found[1]) / (100 if found[2] else 1)
    if not PART.least <= value <= PART.most:
        message = f"{quoted(text)} is not between 0 and 1 (or 0% and 100%)"
        raise Unreadable(message)
    return value


def limb() -> Kind[str]:
    """Return the kind of one short word, such as `leg`."""
    editor = {"type": ["string", "boolean"], "pattern": _LIMB_PATTERN}
    return Value(_limb, "one word", editor)


def _limb(text: str) -> str:
    if not re.fullmatch(_LIMB_PATTERN, text):
        message = f"{quoted(text)} is not one word of letters"
        raise Unreadable(message)
    return text.strip()


def switch(words: type[E], on: E, off: E) -> Kind[E]:
    """Return the kind of a switch that has further positions.

    Args:
        words: Its positions.
        on: The one that `on`, `yes` and `true` mean.
        off: The one that `off`, `no` and `false` mean.
    """

    def parse(text: str) -> E:
        for word in words:
            if word.value == text:
                return word
        try:
            return on if values.on_off(text) else off
        except Unreadable:
            known = list(dict.fromkeys(["on", "off", *(word.value for word in words)]))
            hint = did_you_mean(text, known) or f"; write {' or '.join(map(quoted, known))}"
            message = f"unknown value {quoted(text)}{hint}"
            raise Unreadable(message) from None

    known = list(dict.fromkeys(["on", "off", *(word.value for word in words)]))
    pattern = {"type": ["string", "boolean"], "pattern": values.ON_OFF_PATTERN}
    return Value(parse, "a word", {"anyOf": [{"enum": known}, pattern]})
