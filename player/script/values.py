"""Reads times, ranges and counts as hand-outs write them: generous with spelling, strict with meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.session.exercise import Range, T
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_DASHES = r"[-\u2010-\u2014\u2212]"
"""Hyphens, including those that word processors put into ranges and before numbers."""
_DASH = rf"\s*(?:{_DASHES}|\bto\b)\s*"
_UNITS = {
    "ms": 0.001,
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
    "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
}  # fmt: skip
_DAYS = {"day": 1, "days": 1, "d": 1, "week": 7, "weeks": 7, "w": 7}

_PART = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>[^\W\d_]+\.?)\s*(?:,|and\b)?\s*")
_CLOCK = re.compile(r"(?:(?P<hours>[0-9]{1,3}):(?=[0-9]{2}:))?(?P<minutes>[0-9]{1,3}):(?P<seconds>[0-9]{2})")
_SETS_BY_REPS = re.compile(
    r"([0-9]{1,9})\s*(?:[x×*]|sets? (?:of|x))\s*([0-9]{1,9})(?:\s*reps?)?", re.IGNORECASE
)
_EACH_SIDE = re.compile(
    r"([0-9]{1,9})\s*(?:reps?)?\s*(?:/|per|each|a|on each)\s*(?:each\s*)?(?:side|leg|arm)", re.IGNORECASE
)
_WITH_A_WORD = re.compile(r"([0-9]{1,9})\s*(?:x|×|times|reps?|sets?|repetitions?)\.?", re.IGNORECASE)
_NOTATION = re.compile(
    r"\+[0-9]{1,9}|-0|0o[0-7]{1,9}|0x[0-9a-fA-F]{1,9}"
    r"|[-+]?(?:\.[0-9]{1,9}|[0-9]{1,9}(?:\.[0-9]{0,9})?)(?:[eE][-+]?[0-9]{1,2})?"
)
_LONE_UNIT = re.compile(rf"{_NUMBER}\s*(?P<unit>[^\W\d_]+\.?)")


def _spelled(words: Iterable[str]) -> str:
    """Return a pattern for words that may begin with a capital."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words)


_AMOUNT = r"(\d+(\.\d+)?|\.\d+)"
_UNIT = rf"({_spelled(_UNITS)})\.?"


def _sums() -> str:
    """Return a pattern for amounts with units, the largest first, each once: `1 h 30 min 10 s`."""
    sizes = sorted(set(_UNITS.values()), reverse=True)
    parts = [
        rf"{_AMOUNT}\s*({_spelled(name for name in _UNITS if _UNITS[name] == size)})\.?" for size in sizes
    ]
    then = ["".join(rf"(\s*(,|and)?\s*{later})?" for later in parts[n + 1 :]) for n in range(len(parts))]
    return "|".join(part + rest for part, rest in zip(parts, then, strict=True))


_TIME = rf"(\d{{1,3}}(:[0-5]\d){{1,2}}|{_AMOUNT}|{_sums()})"
_TO = rf"\s*({_DASHES}|to)\s*"

TIME_PATTERN = rf"^\s*{_TIME}\s*$"
"""The pattern of a time, for editors."""
TIME_RANGE_PATTERN = rf"^\s*{_TIME}({_TO}{_TIME})?\s*$"
NOTHING_PATTERN = r"^\s*[0:.]+\s*[A-Za-z]*\.?\s*$"
"""The pattern of a time of 0."""
COUNT_PATTERN = r"^\s*\d{1,9}\s*$"
COUNT_RANGE_PATTERN = rf"^\s*\d{{1,9}}({_TO}\d{{1,9}})?\s*$"
GROWTH_PATTERN = rf"^\s*\+?\s*{_TIME}\s*$"
MORE_PATTERN = r"^\s*\+?\s*\d{1,9}\s*$"
"""The pattern of a whole number by which a dose grows."""
DAYS_PATTERN = rf"^\s*([Ee]very\s+)?((\d{{1,3}}|[Aa])\s*)?({_spelled(_DAYS)})\s*$"
ON_OFF_PATTERN = "^([Oo][Nn]|[Oo][Ff][Ff]|[Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"


class Unreadable(ValueError):  # noqa: N818 - the name says what is wrong with the text
    """A text is not the expected kind of value; the message is for the author."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The smallest and largest value that make sense; times are in seconds."""

    least: float
    most: float
    name: str = ""
    """The value's name if 0 is not allowed, for the message `a hold cannot be 0`."""


def plain_number(text: str) -> str:
    """Return a number in another of YAML's notations (`1e1`, `0x10`, `+5`, `2.0`) as digits; else `text`."""
    if not _NOTATION.fullmatch(text):
        return text
    if text[:2] in {"0o", "0x"}:
        return str(int(text, 0))
    number = float(text)
    return (
        f"{abs(number) if number == 0 else number:.0f}"
        if number.is_integer()
        else f"{number:.9f}".rstrip("0")
    )


def seconds(text: str, limits: Limits) -> float:
    """Return the seconds in `text`: `5s`, `1m30s`, `1:30`, `90` (seconds), `2 min`, `500 ms`.

    Raises:
        Unreadable: It is not a time, or outside the limits.
    """
    return _within(_seconds(text), text, limits, _spoken_seconds)


def seconds_range(text: str, limits: Limits) -> Range[float]:
    """Return the times of a range (`5-10s`, `5s-10s`, `1:00-1:30`), or one time as both ends.

    Raises:
        Unreadable: It is neither, or outside the limits.
    """
    low, high = _ends(text)
    if high is None:
        only = seconds(text, limits)
        return Range(only, only)
    low_unit, high_unit = _LONE_UNIT.fullmatch(low), _LONE_UNIT.fullmatch(high)
    if low_unit is None and high_unit is not None and re.fullmatch(_NUMBER, low):
        low = f"{low}{high_unit['unit']}"
    elif low_unit is not None and re.fullmatch(_NUMBER, high) and _unit(low_unit["unit"], text) != 1:
        message = f"the range {quoted(text)} lacks a unit; write it at both ends, as in '1m-2m'"
        raise Unreadable(message)
    return _ordered(seconds(low, limits), seconds(high, limits), text)


def count(text: str, limits: Limits) -> int:
    """Return the whole number in `text`.

    Raises:
        Unreadable: It is not a whole number, or outside the limits.
    """
    bare = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", bare):
        return _within(int(bare), text, limits, "{:g}".format)
    if re.fullmatch(rf"{_DASHES}\s*[0-9.]+", bare):
        message = "the number cannot be negative"
        raise Unreadable(message)
    if re.fullmatch(r"[0-9]+\.[0-9]*", bare) or re.fullmatch(r"[0-9]{10,}", bare):
        message = f"{quoted(text)} is not a whole number from {limits.least:g} to {limits.most:g}"
        raise Unreadable(message)
    if found := _SETS_BY_REPS.fullmatch(bare):
        message = f"{quoted(text)} is sets and reps; write 'sets: {found[1]}' and 'reps: {found[2]}'"
        raise Unreadable(message)
    if found := _EACH_SIDE.fullmatch(bare):
        message = f"{quoted(text)} is for each side; write {found[1]}, and 'sides: each'"
        raise Unreadable(message)
    if found := _WITH_A_WORD.fullmatch(bare):
        message = f"{quoted(text)} has a word after the number; write {found[1]} alone"
        raise Unreadable(message)
    message = f"{quoted(text)} is not a number"
    raise Unreadable(message)


def count_range(text: str, limits: Limits) -> Range[int]:
    """Return the numbers of a range (`2-3`), or one number as both ends.

    Raises:
        Unreadable: It is neither, or outside the limits.
    """
    low, high = _ends(text)
    if high is None:
        only = count(text, limits)
        return Range(only, only)
    return _ordered(count(low, limits), count(high, limits), text)


def on_off(text: str) -> bool:
    """Return the meaning of `on`, `off`, `yes`, `no`, `true` and `false`.

    Raises:
        Unreadable: It is none of them.
    """
    known = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
    try:
        return known[text.strip().casefold()]
    except KeyError:
        message = f"{quoted(text)} is neither 'on' nor 'off'"
        raise Unreadable(message) from None


def days(text: str) -> int:
    """Return the days of `1 day`, `2 days`, `a week`, `every day`.

    Raises:
        Unreadable: It is not a number of days or weeks, up to a year.
    """
    found = re.fullmatch(
        r"(?:every\s+)?(?:(?P<n>[0-9]{1,3}|an?)\s*)?(?P<unit>[a-z]+)", text.strip().casefold()
    )
    number = "1" if found is None or found["n"] in {None, "a", "an"} else found["n"]
    if found is None or found["unit"] not in _DAYS or not 1 <= int(number) * _DAYS[found["unit"]] <= 365:  # noqa: PLR2004 - a year
        message = f"{quoted(text)} is not a number of days or weeks"
        raise Unreadable(message)
    return int(number) * _DAYS[found["unit"]]


def growth(text: str, limits: Limits, *, timed: bool) -> float:
    """Return by how much a dose grows: `+1`, or `+1s` if it is `timed`.

    Raises:
        Unreadable: It is not an amount, or does not grow.
    """
    bare = text.strip().removeprefix("+").strip()
    return seconds(bare, limits) if timed else count(bare, limits)


def _ends(text: str) -> tuple[str, str | None]:
    """Return the ends of a possible range; a leading sign does not make a range."""
    halves = re.split(_DASH, text.strip(), maxsplit=1)
    if len(halves) == 2 and all(halves):  # noqa: PLR2004 - both ends
        return halves[0], halves[1]
    return text, None


def _seconds(text: str) -> float:
    bare = text.strip().casefold()
    if re.fullmatch(_NUMBER, bare):
        return float(bare)
    if clock := _CLOCK.fullmatch(bare):
        if int(clock["seconds"]) >= 60 or (clock["hours"] and int(clock["minutes"]) >= 60):  # noqa: PLR2004 - as on clocks
            message = f"{quoted(text)}: numbers after a colon go up to 59"
            raise Unreadable(message)
        return float(int(clock["hours"] or 0) * 3600 + int(clock["minutes"]) * 60 + int(clock["seconds"]))
    if re.match(rf"{_DASHES}\s*[0-9.]", bare):
        message = "a time cannot be negative"
        raise Unreadable(message)
    total, at, last = 0.0, 0, float("inf")
    while (part := _PART.match(bare, at)) is not None and at < len(bare):
        unit = _unit(part["unit"], text)
        if unit >= last:
            message = f"{quoted(text)} is not a time"
            raise Unreadable(message)
        total, at, last = total + float(part["number"]) * unit, part.end(), unit
    if at < len(bare) or not bare or re.search(r"(,|and)$", bare):
        message = f"{quoted(text)} is not a time"
        raise Unreadable(message)
    return total


def _unit(name: str, text: str) -> float:
    unit = _UNITS.get(name.casefold().removesuffix("."))
    if unit is None:
        if name.casefold() in {"e", "x", "to"}:
            message = f"{quoted(text)} is not a time"
            raise Unreadable(message)
        hint = did_you_mean(name, [known for known in _UNITS if len(known) > 1])
        message = f"unknown unit {quoted(name)} in {quoted(text)}{hint}"
        raise Unreadable(message)
    return unit


def _within(value: T, text: str, limits: Limits, spoken: Callable[[float], str]) -> T:
    if limits.name and not value:
        message = f"{_a(limits.name)} cannot be 0"
        raise Unreadable(message)
    if value > limits.most:
        message = f"{quoted(text)} is too much; the limit is {spoken(limits.most)}"
        raise Unreadable(message)
    if value < limits.least and (value or limits.least >= 1):
        message = f"{quoted(text)} is too little; the minimum is {spoken(limits.least)}"
        raise Unreadable(message)
    return value


def _ordered(low: T, high: T, text: str) -> Range[T]:
    if low > high:
        message = f"the range {quoted(text)} runs backwards; write the smaller end first"
        raise Unreadable(message)
    return Range(low, high)


def _spoken_seconds(value: float) -> str:
    return f"{value / 60:g} minutes" if value >= 120 else f"{value:g} seconds"  # noqa: PLR2004 - two minutes


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
