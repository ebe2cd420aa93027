"""Where the listener is, and what it takes to get somewhere else.

Authors describe a starting position in their own words; only what matters for safety and time is read out of
it: is it on the floor, and is it the same as before. A position that is not recognised is spoken as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from player.session import Coaching
from player.wording import phrases
from player.wording.numbers import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

FLOOR_PAUSE = 20.0
"""Seconds to get down to the floor or up from it."""
ROLL_PAUSE = 12.0
"""Seconds to turn over from one side onto the other."""
MOVE_PAUSE = 6.0
"""Seconds for any other change of position."""


class Place(Enum):
    """A kind of starting position."""

    STANDING = auto()
    SEATED = auto()
    KNEELING = auto()
    HANDS_AND_KNEES = auto()
    BACK = auto()
    SIDE = auto()
    FRONT = auto()
    ELSEWHERE = auto()

    @property
    def on_floor(self) -> bool:
        """Getting there from standing takes time and coaching."""
        return self not in {Place.STANDING, Place.SEATED, Place.ELSEWHERE}


_LYING = {Place.BACK, Place.SIDE, Place.FRONT}

_RECOGNISED = (
    (Place.HANDS_AND_KNEES, r"hands and knees|all fours|four[- ]point|quadruped"),
    (Place.KNEELING, r"\bkneel"),
    (Place.BACK, r"\bon(?:to)? (?:your|the) back\b|\bsupine\b|face up|\blying\b(?!.*\b(?:side|front|face))"),
    (Place.FRONT, r"face down|\bprone\b|\bon(?:to)? (?:your|the) (?:front|stomach|belly|tummy)\b"),
    (Place.SIDE, r"\bon(?:to)? (?:your|the|one) (?:\w+ )?side\b|side[- ]lying|\blying on .*side\b"),
    (Place.STANDING, r"\bstand"),
    (Place.SEATED, r"\bsit|\bseat|\bchair\b|\bstool\b"),
)


@dataclass(frozen=True, slots=True)
class Position:
    """A starting position with the side already filled in."""

    text: str

    @property
    def place(self) -> Place:
        """What kind of position it is."""
        for place, pattern in _RECOGNISED:
            if re.search(pattern, self.text, re.IGNORECASE):
                return place
        return Place.ELSEWHERE

    def same_as(self, other: Position | None) -> bool:
        """Nobody has to get up, down or over."""
        if other is None:
            return False
        if self.place in {Place.ELSEWHERE, Place.SIDE, Place.KNEELING}:
            return self.text == other.text
        return self.place is other.place


@dataclass(frozen=True, slots=True)
class Change:
    """How to get from one position to another."""

    words: tuple[str, ...]
    pause: float
    """Seconds to do it in."""


def change(before: Position | None, after: Position, coaching: Coaching) -> Change:
    """The spoken move from one position to another; `before` None: nobody knows, so take it as standing."""
    full = coaching is Coaching.FULL
    floor_before = before is not None and before.place.on_floor
    there = _to(after)
    if after.place.on_floor and not floor_before:
        down: Sequence[str] = phrases.DOWN_FULL if full else phrases.DOWN_BRIEF
        if full and after.place is not Place.KNEELING:
            down = (*down, phrases.HANDS_DOWN)
        if full and after.place in _LYING:
            down = (*down, phrases.DOWN_TO_LIE)
        return Change((*down, there, phrases.TAKE_YOUR_TIME), FLOOR_PAUSE)
    if floor_before and not after.place.on_floor:
        up = phrases.UP_FULL if full else phrases.UP_BRIEF
        only_stand = there == "Stand."
        return Change((*up, *(() if only_stand else (there,)), phrases.TAKE_YOUR_TIME), FLOOR_PAUSE)
    if before is not None and before.place is after.place is Place.SIDE:
        return Change((there, phrases.TAKE_YOUR_TIME), ROLL_PAUSE)
    if before is not None and before.place in _LYING and after.place in _LYING:
        return Change((there.replace("Lie ", "Roll over and lie ", 1),), MOVE_PAUSE)
    return Change((there,), MOVE_PAUSE)


_VERBS = (
    (r"(?:(?:lying|lie) )?on(?:to)? (?=(?:your|the|one) (?:\w+ )?side)", "roll onto "),
    (r"lying\b", "lie"),
    (r"(?=on(?:to)? (?:your|the) (?:back|front|stomach|belly|tummy)\b|face down|face up)", "lie "),
    (r"(?:seated|sitting)\b", "sit"),
    (r"(?=on (?:a|the|your) (?:chair|stool))", "sit "),
    (r"standing\b", "stand"),
    (r"kneeling\b", "kneel"),
    (r"(?:on )?(?:your )?(?=hands and knees|all fours)", "come onto "),
)


def _to(position: Position) -> str:
    for pattern, verb in _VERBS:
        match = re.match(pattern, position.text, re.IGNORECASE)
        if match:
            return sentence(verb + position.text[match.end() :])
    return sentence(position.text)
