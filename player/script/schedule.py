"""Reads how often to do a session, in the words of hand-outs: "twice a day", "every two hours".

Of "once or twice" the larger counts, and "every other day" is four days a week: the most that it can be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.script.kinds import Value
from player.script.values import Limits, Unreadable, count
from player.session import Schedule
from player.words import quoted

if TYPE_CHECKING:
    from player.script.kinds import Kind

TIMES = Limits(1, 24)
"""Times a day."""
HOURS = Limits(1, 12)
"""Hours from one time to the next."""
DAYS = Limits(1, 7)
"""Days a week, or times a week."""
EVERY_OTHER_DAY = 4
EXAMPLES = "write for example 'twice a day', 'every two hours' or '3 times a week'"

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FIXED = {"once": "1", "twice": "2", **{name: str(n) for n, name in enumerate(_NUMBERS, 1)}}
_NUMBER = rf"([0-9]{{1,2}}|{'|'.join(_NUMBERS)})"
_TO = r"( or | to | ?[-–] ?)"
_COUNT = rf"(once|twice|{_NUMBER}( times?| ?[x×])?)"
_OFTEN = rf"{_COUNT}({_TO}{_COUNT})?"
_A = r"( (a|per|each|every) | ?/ ?)"
_OF_A_DAY = rf"({_OFTEN}{_A}day|(once |twice )?daily|every day|hourly|every( {_NUMBER})? hours?)"
_TIMES_A_WEEK = rf"({_OFTEN}|{_NUMBER}({_TO}{_NUMBER})? days?){_A}week"
_OF_A_WEEK = rf"({_TIMES_A_WEEK}|(once |twice )?weekly|every (other|second) day|every (2|two) days)"
_WHOLE = rf"({_OF_A_DAY}((,|,? and)? ({_OF_A_WEEK}|every day))?|{_OF_A_WEEK})\.?"


def _for_editors(pattern: str) -> str:
    """Return a pattern in which words may begin with a capital, and spaces may be wider."""
    capitals = re.sub(r"(?<![\\\w])[a-z](?=[a-z])", lambda found: f"[{found[0].upper()}{found[0]}]", pattern)
    return rf"^\s*{capitals.replace(' ?', '[ ]*').replace(' ', '[ ]+').replace('[[ ]+]', '[ ]')}\s*$"


PATTERN = _for_editors(_WHOLE)
"""The pattern of a schedule in words."""


def in_words() -> Kind[Schedule]:
    """Return the kind of a schedule in words."""
    return Value(schedule, "how often", {"type": "string", "pattern": PATTERN})


def schedule(text: str) -> Schedule:
    """Return the schedule in words.

    Raises:
        Unreadable: It is none, or more often than makes sense.
    """
    if not re.fullmatch(PATTERN, text):
        message = f"{quoted(text)} does not say how often; {EXAMPLES}"
        raise Unreadable(message)
    bare = " ".join(text.split()).casefold().removesuffix(".")
    day = re.match(_OF_A_DAY, bare)
    rest = bare[day.end() :].removeprefix(",").strip().removeprefix("and ") if day else bare
    days = _days(rest) if rest else None
    if day is None:
        return Schedule(days_per_week=days)
    if "hour" in day[0]:
        return Schedule(days_per_week=days, every_hours=_most(day[0], HOURS))
    return Schedule(times_per_day=_most(day[0], TIMES), days_per_week=days)


def _days(week: str) -> int:
    if week == "every day":
        return int(DAYS.most)
    return EVERY_OTHER_DAY if week.startswith("every") else _most(week, DAYS)


def _most(text: str, limits: Limits) -> int:
    """Return the largest number in the words; 1 if there is none."""
    found = re.findall(r"[0-9]+|[a-z]+", text)
    numbers = [_FIXED.get(word, word) for word in found if word in _FIXED or word.isdecimal()]
    return max((count(number, limits) for number in numbers), default=1)
