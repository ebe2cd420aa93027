"""Starting positions in English: recognised in an author's words, and turned into a coach's.

An author writes "lying on your back"; the coach says "In one piece, roll onto your back." A position is what
its words say: the place first (bed, floor, mat), then the posture. One that is not recognised is spoken as
written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.wording.plain import sentence
from player.wording.posture import Posture, Surface, Way

if TYPE_CHECKING:
    from collections.abc import Mapping

STAY = "Stay as you are."
STEPS: Mapping[Way, str] = {
    Way.FROM_SEAT: "Stand up.",
    Way.DOWN: "Now come down to the floor, by a chair if you like.",
    Way.ONE_KNEE: "One knee down first.",
    Way.OTHER_KNEE: "Then the other.",
    Way.BOTH_KNEES: "Bring both knees down.",
    Way.HANDS: "Hands on the floor.",
    Way.SINK: "Sink onto your side.",
    Way.UP: "When you are ready, come up slowly.",
    Way.ONTO_SIDE: "In one piece, roll onto your side.",
    Way.PUSH_UP: "Push up with your hands, onto hands and knees.",
    Way.TURN_OVER: "Turn over onto hands and knees.",
    Way.BREATHER: "Rest there a moment. If you are dizzy, stay.",
    Way.FOOT: "One foot forward, and a hand on the chair.",
    Way.STAND: "And stand up.",
    Way.WAIT: "Wait a moment before you walk.",
    Way.BED_EDGE: "Sit down on the edge of the bed.",
    Way.BED_SINK: "Sink onto your side, and let your legs come up.",
    Way.BED_UP: "Let your legs over the edge, and push yourself up to sit.",
    Way.BED_WAIT: "Sit there a moment. If you are dizzy, stay.",
}
"""The words of each step of a way."""
WITHOUT_CHAIR: Mapping[Way, str] = {
    Way.DOWN: "Now come down to the floor, holding on to something firm.",
    Way.FOOT: "One foot forward, and a hand on something firm.",
}
"""Steps that mention a chair, for a session that needs none."""
BRIEFLY: Mapping[Way, str] = {
    Way.DOWN: "Now come down to the floor, step by step.",
    Way.UP: "Now come up slowly, over your side.",
}
"""The whole way, for a listener who knows the steps."""

_IN_BED = re.compile(
    r"\bin bed\b|\bon (?:a|the|your) bed\b|\bedge of (?:a|the|your) bed\b|\bin (?:the|your) bed\b",
    re.IGNORECASE,
)
_EDGE = re.compile(r"\bedge of (?:a|the|your) bed\b|\bbedside\b", re.IGNORECASE)
_LOW_SEAT = re.compile(
    r"cross[- ]?legged|tailor|long[- ]sitting|\blong sit|\b(?:sit|seat)\w* (?:up )?in bed", re.IGNORECASE
)
_ON_THE_GROUND = re.compile(
    r"(?:sit|seat)\w*\b(?:(?!chair|stool|bench|sofa|couch|feet|foot).)*\b(?:floor|mat|ground)\b",
    re.IGNORECASE,
)
"""Sitting down there; not on a chair with the feet on the floor."""
_CHAIR = re.compile(r"\bchair|\bstool\b|\bbench\b|\bsofa\b|\bcouch\b", re.IGNORECASE)
_RECOGNISED = tuple(
    (posture, re.compile(pattern, re.IGNORECASE))
    for posture, pattern in (
        (Posture.HANDS_AND_KNEES, r"hands and knees|all fours|four[- ]point|quadruped|\btable ?top position"),
        (Posture.KNEELING, r"\bkneel"),
        (Posture.BACK, r"\bon(?:to)? (?:your|the) back\b|\bsupine\b|face up"),
        (
            Posture.FRONT,
            r"face down|\bprone\b|\bon(?:to)? (?:your|the) (?:front|stomach|belly|tummy|chest)\b",
        ),
        (Posture.BACK, r"(?<!side[- ])\b(?:lying|lie)\b(?!.*\b(?:side|front|face))"),
        (Posture.SIDE, r"\bon(?:to)? (?:your|the|one) (?:\w+ )?side\b|side[- ]lying|\blying on .*side\b"),
        (Posture.BACK, r"\bin bed\b"),
        (Posture.STANDING, r"\bstand"),
        (Posture.SEATED, r"\bsit|\bseat|\bchair\b|\bstool\b|\bedge of (?:a|the|your) bed\b"),
    )
)
_VERBS = tuple(
    (re.compile(pattern, re.IGNORECASE), verb)
    for pattern, verb in (
        (r"(?:(?:lying|lie) )?on(?:to)? (?=(?:your|the|one) (?:\w+ )?side)", "roll onto "),
        (r"lying\b", "lie"),
        (r"(?=on(?:to)? (?:your|the) (?:back|front|stomach|belly|tummy)\b|face down|face up)", "lie "),
        (r"(?:seated|sitting)\b", "sit"),
        (r"(?=on (?:a|the|your) (?:chair|stool)|on the edge of|cross[- ]?legged)", "sit "),
        (r"standing\b", "stand up"),
        (r"kneeling\b", "kneel"),
        (r"(?:on )?(?:your )?(?=hands and knees|all fours)", "come onto "),
        (r"(?=in bed\b)", "lie "),
    )
)
_JARGON = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"(?:in )?crook[- ]lying\b", "on your back, knees bent"),
        (r"supine(?:[- ]lying)?\b", "on your back"),
        (r"(?:in )?prone(?:[- ]lying)?\b|lying prone\b", "face down"),
        (r"half[- ]kneeling\b", "kneeling on one knee"),
        (r"(?:in )?four[- ]point(?:[- ]kneeling)?\b|quadruped\b", "on hands and knees"),
        (r"long[- ]sitting\b", "sitting on the floor, legs straight"),
        (r"side[- ]lying\b", "on your side"),
    )
)
"""Words of the trade at the start of a position, and what a listener calls them."""
_BARE_SEAT = re.compile(r"(?:sitting|seated)\.?$", re.IGNORECASE)
_SURFACE = re.compile(r"\bbed\b|\bfloor\b|\bmat\b|\bground\b|\bchair\b|\bstool\b|\bbench\b", re.IGNORECASE)
_ONTO = re.compile(r"(?:(?:lying|lie) )?on(?:to)? (?=(?:your|the|one) )", re.IGNORECASE)
_PLAIN = frozenset(
    [
        "a",
        "all",
        "an",
        "and",
        "at",
        "back",
        "bed",
        "chair",
        "cross",
        "down",
        "edge",
        "face",
        "flat",
        "floor",
        "fours",
        "front",
        "hands",
        "in",
        "knees",
        "legged",
        "lie",
        "lying",
        "mat",
        "of",
        "on",
        "onto",
        "one",
        "other",
        "seated",
        "side",
        "sit",
        "sitting",
        "stand",
        "standing",
        "stool",
        "stomach",
        "supine",
        "prone",
        "the",
        "up",
        "upright",
        "your",
        "left",
        "right",
        "kneel",
        "kneeling",
        "knee",
        "belly",
        "tummy",
    ]
)
"""Words that say no more than the posture and its place do."""


def posture_of(position: str) -> Posture:
    """The kind of position that a text describes."""
    if _EDGE.search(position):
        return Posture.SEATED
    if _ON_THE_GROUND.search(position) or (_LOW_SEAT.search(position) and not _CHAIR.search(position)):
        return Posture.SITTING_LOW
    return next((posture for posture, words in _RECOGNISED if words.search(position)), Posture.ELSEWHERE)


def surface_of(position: str, posture: Posture) -> Surface:
    """What the listener is on, in a position of this posture."""
    if _IN_BED.search(position) or _EDGE.search(position):
        return Surface.BED
    return Surface.CHAIR if posture is Posture.SEATED else Surface.FLOOR


def names_surface(text: str) -> bool:
    """Whether a text says on what the listener is."""
    return _SURFACE.search(text) is not None


def in_bed(text: str) -> bool:
    """Whether a text leaves the listener in bed."""
    return re.search(r"\bbed\b", text, re.IGNORECASE) is not None


def plainly(position: str) -> str:
    """A position in a listener's words: "prone" as "face down"."""
    for pattern, plain in _JARGON:
        if match := pattern.match(position):
            return plain + position[match.end() :]
    return position


def adds(before: str, after: str) -> bool:
    """Whether a position's words ask for more than its posture, and than the words of the one before."""
    said = {*_words(before), *_PLAIN}
    return any(word not in said for word in _words(after))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def get_into(position: str) -> str:
    """A position as an instruction: "on your back" as "Lie on your back."."""
    position = plainly(position)
    if _BARE_SEAT.match(position):
        return "Sit down."
    for pattern, verb in _VERBS:
        if match := pattern.match(position):
            return sentence(verb + position[match.end() :])
    return sentence(position)


def once_standing(position: str) -> str:
    """The same for a listener who has just stood up: "Stand, hands on a chair"."""
    position = plainly(position)
    if match := re.match(r"standing(?: up)?\b", position, re.IGNORECASE):
        return sentence(f"stand{position[match.end() :]}")
    return get_into(position)


def adjust_to(position: str) -> str:
    """The same for a listener whose posture is right: "Stay on your back, knees bent."."""
    return (
        get_into(position)
        if posture_of(position) is Posture.SEATED
        else sentence(f"Stay {plainly(position)}")
    )


def roll_into(position: str) -> str:
    """The same for a listener who is already lying: "In one piece, roll onto your back."."""
    position = plainly(position)
    if match := _ONTO.match(position):
        return sentence(f"In one piece, roll onto {position[match.end() :]}")
    if position.lower().startswith("face "):
        return sentence(f"In one piece, roll over, {position}")
    return get_into(position)


def sink_into(position: str) -> str:
    """The same for a listener on hands and knees: "Sink onto your left side."."""
    position = plainly(position)
    if match := _ONTO.match(position):
        return sentence(f"Sink onto {position[match.end() :]}")
    if position.lower().startswith("face "):
        return sentence(f"Slide down, and lie {position}")
    return get_into(position)


def roll_over(position: str | None) -> str:
    """From one side onto the other, in the words of the position; None: they say no side."""
    if position is None or not (match := _ONTO.match(position)):
        return "In one piece, roll over onto your other side."
    return sentence(f"In one piece, roll over onto {position[match.end() :]}")
