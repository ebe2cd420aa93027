"""Numbers and times as a coach says them in English.

They are written out as words, because speech engines read digits and units badly ("45s" becomes "forty five
zee") and because screens and transcripts show the cue's text.
"""

from __future__ import annotations

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED = 100
_THOUSAND = 1000
_MINUTE = 60


def number(value: float) -> str:
    """`3` as "three", `2.5` as "two and a half"; from a thousand on in digits."""
    if value != int(value) and value * 2 == int(value * 2):
        return f"{number(int(value))} and a half" if value > 1 else "half"
    if value != int(value):
        whole, _, decimals = f"{value:.2f}".rstrip("0").partition(".")
        return f"{number(int(whole))} point {' '.join(_SMALL[int(digit)] for digit in decimals)}"
    value = int(value)
    if value < len(_SMALL):
        return _SMALL[value]
    if value < _HUNDRED:
        tens, ones = divmod(value, 10)
        return f"{_TENS[tens]} {_SMALL[ones]}" if ones else _TENS[tens]
    if value < _THOUSAND:
        hundreds, rest = divmod(value, _HUNDRED)
        head = f"{_SMALL[hundreds]} hundred"
        return f"{head} and {number(rest)}" if rest else head
    return str(value)


def times(count: int) -> str:
    """`1` as "once", `2` as "twice", `5` as "five times"."""
    return {1: "once", 2: "twice"}.get(count) or f"{number(count)} times"


def count_of(value: float, noun: str) -> str:
    """`count_of(1, "second")` is "one second", `count_of(5, "second")` is "five seconds"."""
    if value == 0.5:  # noqa: PLR2004  half a second
        return f"half a {noun}"
    return f"{number(value)} {noun}" if value == 1 else f"{number(value)} {noun}s"


def duration(seconds: float) -> str:
    """`30` as "thirty seconds", `90` as "one minute and thirty seconds"."""
    if seconds < 2 * _MINUTE and seconds not in {_MINUTE, 1.5 * _MINUTE}:
        return count_of(round(seconds, 1), "second")
    minutes, rest = divmod(round(seconds), _MINUTE)
    if not rest:
        return count_of(minutes, "minute")
    return f"{count_of(minutes, 'minute')} and {count_of(rest, 'second')}"


def about(seconds: float) -> str:
    """A rough time: "about half a minute", "about four minutes"."""
    if seconds < 0.75 * _MINUTE:
        return "about half a minute"
    return f"about {count_of(max(1, round(seconds / _MINUTE)), 'minute')}"
