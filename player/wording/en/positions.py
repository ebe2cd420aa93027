"""Starting positions in English: recognised in an author's words, and turned into a coach's.

An author writes "lying on your back"; the coach says "Lie on your back." A position that is not recognised is
spoken as written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.wording.plain import sentence
from player.wording.posture import Posture

if TYPE_CHECKING:
    from player.session import Side

STAY = "Stay as you are."
TAKE_YOUR_TIME = "Take your time."
DOWN_FULL = ("Now come down to the floor. Use a chair if you like.", "One knee down, then the other.")
HANDS_DOWN = "Hands on the floor."
DOWN_BRIEF = ("Now come down to the floor.",)
DOWN_TO_LIE = "From there, sink onto your side, and lie down."
UP_FULL = (
    "Now come up from the floor, slowly.",
    "Roll onto your side, and push up with your hands.",
    "Come onto hands and knees.",
    "One foot forward, a hand on the chair or your knee.",
    "And stand up.",
    "Wait a moment before you walk.",
)
UP_BRIEF = ("Now come up slowly, over your side.", "Wait a moment before you walk.")

_RECOGNISED = tuple(
    (posture, re.compile(pattern, re.IGNORECASE))
    for posture, pattern in (
        (Posture.HANDS_AND_KNEES, r"hands and knees|all fours|four[- ]point|quadruped"),
        (Posture.KNEELING, r"\bkneel"),
        (Posture.BACK, r"\bon(?:to)? (?:your|the) back\b|\bsupine\b|face up"),
        (
            Posture.FRONT,
            r"face down|\bprone\b|\bon(?:to)? (?:your|the) (?:front|stomach|belly|tummy|chest)\b",
        ),
        (Posture.BACK, r"(?<!side[- ])\blying\b(?!.*\b(?:side|front|face))"),
        (Posture.SIDE, r"\bon(?:to)? (?:your|the|one) (?:\w+ )?side\b|side[- ]lying|\blying on .*side\b"),
        (Posture.STANDING, r"\bstand"),
        (Posture.SEATED, r"\bsit|\bseat|\bchair\b|\bstool\b"),
    )
)
_VERBS = tuple(
    (re.compile(pattern, re.IGNORECASE), verb)
    for pattern, verb in (
        (r"(?:(?:lying|lie) )?on(?:to)? (?=(?:your|the|one) (?:\w+ )?side)", "roll onto "),
        (r"lying\b", "lie"),
        (r"(?=on(?:to)? (?:your|the) (?:back|front|stomach|belly|tummy)\b|face down|face up)", "lie "),
        (r"(?:seated|sitting)\b", "sit"),
        (r"(?=on (?:a|the|your) (?:chair|stool))", "sit "),
        (r"standing\b", "stand"),
        (r"kneeling\b", "kneel"),
        (r"(?:on )?(?:your )?(?=hands and knees|all fours)", "come onto "),
    )
)


def posture_of(position: str) -> Posture:
    """The kind of position that a text describes."""
    return next((posture for posture, words in _RECOGNISED if words.search(position)), Posture.ELSEWHERE)


def get_into(position: str) -> str:
    """A position as an instruction: "on your back" as "Lie on your back."."""
    for pattern, verb in _VERBS:
        if match := pattern.match(position):
            return sentence(verb + position[match.end() :])
    return sentence(position)


def roll_into(position: str) -> str:
    """The same for a listener who is already lying: "Roll over and lie on your back."."""
    return get_into(position).replace("Lie ", "Roll over and lie ", 1)


def come_down(posture: Posture, *, full: bool) -> tuple[str, ...]:
    """The way to the floor, for a listener who stands or sits."""
    if not full:
        return DOWN_BRIEF
    hands = () if posture is Posture.KNEELING else (HANDS_DOWN,)
    return (*DOWN_FULL, *hands, *((DOWN_TO_LIE,) if posture.lying else ()))


def come_up(*, full: bool) -> tuple[str, ...]:
    """The way up from the floor, onto the feet."""
    return UP_FULL if full else UP_BRIEF


def come_up_into(position: str, *, full: bool) -> tuple[str, ...]:
    """The way up from the floor, and into a position; after coming up, the listener stands."""
    way = get_into(position)
    return (*come_up(full=full), *(() if way == "Stand." else (way,)))


def roll_over(side_to_lie_on: Side) -> str:
    """From one side onto the other."""
    return f"Now roll over onto your {side_to_lie_on} side, knees together."
