"""What a sentence asks a listener to do: how many actions, and the time that they take.

A coach gives one action at a time, and waits until it can be done. So the coach must hear, in an author's
sentence, whether it asks for something, and for what: fetching a chair takes longer than moving a foot, and a
remark takes no time. A sentence is read clause by clause; a clause that begins with a verb of action is one.
"""

from __future__ import annotations

import re

THING_PAUSE = 5.0
"""Seconds to fetch or to place a thing, or to walk to it."""
LIMB_PAUSE = 2.0
"""Seconds to move a limb."""
HELD_UP_PAUSE = 3.0
"""Seconds to put a foot up, or to lift a limb and keep it there."""
ROLL_PAUSE = 12.0
"""Seconds to roll over."""
MANY_WORDS = 13
LONG_SENTENCE = 2.0
"""Seconds more for a sentence of more words than that, which asks for much."""
REMARK_PAUSE = 1.0
"""Seconds to check what a remark says."""
TOGETHER = 12
"""Words of two imperatives that are short enough to be one action, if both are about one limb or thing."""

ONE_MORE = 3
"""Words, at most, that only name one more thing."""

_VERBS = frozenset(
    [
        "bend",
        "bring",
        "clasp",
        "close",
        "come",
        "cross",
        "curl",
        "draw",
        "drop",
        "extend",
        "face",
        "fetch",
        "fold",
        "get",
        "go",
        "grasp",
        "hold",
        "hook",
        "hug",
        "kneel",
        "lay",
        "lean",
        "lie",
        "lift",
        "lower",
        "lay",
        "look",
        "march",
        "move",
        "open",
        "part",
        "pick",
        "place",
        "plant",
        "point",
        "prop",
        "pull",
        "push",
        "put",
        "raise",
        "reach",
        "roll",
        "rotate",
        "round",
        "set",
        "shake",
        "shift",
        "sit",
        "slide",
        "sink",
        "squeeze",
        "stack",
        "stand",
        "step",
        "straighten",
        "stretch",
        "swing",
        "tuck",
        "take",
        "tighten",
        "tilt",
        "turn",
        "twist",
        "walk",
        "wrap",
        "rest",
        "spread",
        "separate",
        "press",
        "grip",
        "climb",
        "fasten",
        "flatten",
        "arch",
        "hollow",
        "interlace",
        "loop",
        "nod",
        "rise",
        "rock",
        "scoot",
        "shrug",
        "support",
        "tie",
        "unroll",
        "hang",
    ]
)
"""Verbs that ask for an action; to keep, to feel, to breathe, to relax or to let something be is none."""
_PLACING = frozenset(
    [
        "bring",
        "fetch",
        "fold",
        "get",
        "go",
        "lay",
        "move",
        "pick",
        "place",
        "put",
        "set",
        "take",
        "unroll",
        "walk",
        "face",
        "loop",
        "wrap",
        "tie",
        "turn",
    ]
)
_THINGS = re.compile(
    r"\b(?:chair|stool|bench|table|towel|pillow|cushion|blanket|mat|band|strap|belt|ball|block|book|wall|door"
    r"|roller|weights|dumb-?bells?|bottle|step|stick|rope|bolster|sofa|bed|ring)s?\b",
    re.IGNORECASE,
)
_LIMBS = re.compile(
    r"\b(?:(?P<leg>legs?|knees?|foot|feet|heels?|toes?|ankles?|thighs?|hips?)|(?P<arm>arms?|hands?|elbows?|"
    r"fingers?|wrists?|fists?)|(?P<head>head|chin|neck|eyes|jaw|forehead)|(?P<trunk>back|belly|navel|chest|"
    r"buttocks?|pelvis|spine|tummy|waist|ribs)|(?P<shoulder>shoulders?|blades?))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.!?]\s+|\s+(?:and|then)\s+(?:then\s+)?", re.IGNORECASE)
_OPENERS = frozenset(
    [
        "now",
        "and",
        "then",
        "so",
        "also",
        "first",
        "next",
        "please",
        "gently",
        "slowly",
        "softly",
        "carefully",
        "again",
        "lightly",
        "once",
        "more",
        "just",
        "with",
        "firmly",
        "simply",
        "quickly",
    ]
)
_LED_BY_THING = re.compile(rf"(?:and |then )?(?:the|a|an|your) (?:\w+ )?{_THINGS.pattern}", re.IGNORECASE)
"""A clause without a verb that goes on with the last one: "…, and the chair beside you"."""
_A_STATE = re.compile(r"\b(?:is|are|stays?|keep|keeps|do not|don't|never|feel|feels)\b", re.IGNORECASE)
"""Words of a sentence that says how it is; one without them, "Hands on your hips.", is to be done."""
_ROLLS = re.compile(r"\broll (?:over|onto)\b", re.IGNORECASE)
_HELD_UP = re.compile(r"\b(?:lift|raise|draw|prop|bring|hug)\b|\bup on\b|\bone leg\b", re.IGNORECASE)
_LEAVE_OUT = re.compile(r"\b(?:skip|leave (?:it|this|that)|not (?:do|for)|avoid)\b", re.IGNORECASE)
_PUT_DOWN = re.compile(r"\b(?:put|set|bring|lay|let|place|take)\b[^.;]*\bdown\b|\blower\b", re.IGNORECASE)
_EYES = re.compile(r"(?:and |then |now )?(?:close|open) (?:your|the) eyes\b", re.IGNORECASE)
"""What takes no time, and hinders nothing."""
_ABOUT_IT = re.compile(r"\b(?:it|them|that|there|yourself|back again)\b", re.IGNORECASE)
_WAYS = frozenset(["as", "when", "while", "until", "if", "before", "after", "with", "without"])
"""A clause that begins so says how or when, not what."""


def actions(sentence: str) -> tuple[str, ...]:
    """The actions that a sentence asks for at once, each as its clause; two about one thing are one."""
    found: list[str] = []
    for clause in filter(None, (clause.strip() for clause in _CLAUSE.split(sentence))):
        if not _is_action(clause) and not (found and _LED_BY_THING.match(clause) and _is_placing(found[-1])):
            continue
        if found and (_belongs(found[-1], clause) or _only_names(clause)):
            found[-1] = f"{found[-1]}, {clause}"
        else:
            found.append(clause)
    return tuple(found)


def seconds_for(sentence: str) -> float:
    """The seconds that a listener needs after a sentence before the next one."""
    asked = actions(sentence)
    if not asked:
        return LIMB_PAUSE if _LIMBS.search(sentence) and not _A_STATE.search(sentence) else REMARK_PAUSE
    if _ROLLS.search(sentence):
        return ROLL_PAUSE
    usual = HELD_UP_PAUSE if holds_up(sentence) else LIMB_PAUSE
    if any(map(_is_placing, asked)):
        usual = THING_PAUSE
    long = LONG_SENTENCE if len(sentence.split()) > MANY_WORDS else 0.0
    return usual + long + LIMB_PAUSE * (len(asked) - 1)


def holds_up(sentence: str) -> bool:
    """Whether a listener who has done what it says holds a limb up, or stands on one leg."""
    return _HELD_UP.search(sentence) is not None


def says_leave_out(caution: str) -> bool:
    """Whether a caution says who leaves an exercise out: "With a replaced hip, skip this one"."""
    return _LEAVE_OUT.search(caution) is not None


def puts_down(sentence: str) -> bool:
    """Whether a listener who has done what it says has put down what was held up."""
    return _PUT_DOWN.search(sentence) is not None


def things_in(text: str) -> tuple[str, ...]:
    """The things that a text names, in the singular, each once."""
    found = (match[0].lower() for match in _THINGS.finditer(text))
    return tuple(dict.fromkeys(thing if thing.endswith("ss") else thing.rstrip("s") for thing in found))


def _is_placing(clause: str) -> bool:
    """Whether it moves a thing, not a limb onto a thing: what stands first is what is moved."""
    begin = clause.lower().find(_verb(clause)) + len(_verb(clause))
    thing, limb = _THINGS.search(clause, begin), _LIMBS.search(clause, begin)
    first = thing is not None and (limb is None or thing.start() < limb.start())
    if first and _verb(clause) in {"go", "walk", "stand", "step", "turn"}:
        return True
    return first and (_verb(clause) in _PLACING or _LED_BY_THING.match(clause) is not None)


def _verb(clause: str) -> str:
    words = [word.lower() for word in re.findall(r"[A-Za-z']+", clause)]
    return next((word for word in words if word not in _OPENERS), "")


def _is_action(clause: str) -> bool:
    words = [word.lower() for word in re.findall(r"[A-Za-z']+", clause)]
    if (words and words[0] in _WAYS) or _EYES.match(clause):
        return False
    return _verb(clause) in _VERBS


def _only_names(clause: str) -> bool:
    """Whether it names one more thing to do the same with: "a towel and a strap"."""
    return not _is_action(clause) and len(clause.split()) <= ONE_MORE


def _belongs(before: str, clause: str) -> bool:
    if len(before.split()) + len(clause.split()) > TOGETHER:
        return False
    if _ABOUT_IT.search(clause):
        return True
    one, other = _parts(before), _parts(clause)
    return not one or not other or bool(one & other)


def _parts(clause: str) -> set[str]:
    limbs = {str(match.lastgroup) for match in _LIMBS.finditer(clause)}
    return limbs | set(things_in(clause))
