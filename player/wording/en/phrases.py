"""All of the coach's own English phrases, in one place.

Short, calm, spoken English; one action at a time. Listeners hear these phrases many times, so each says only
what helps. But no cue is a single short word that can be missed: "Breathe in.", not "In."; a side has its
noun. `tests/bench/hearing.py` measures what is understood. A string becomes one cue; a tuple becomes one cue
for each sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.wording.en.framing import *  # noqa: F403  one object has all phrases, wherever they stand
from player.wording.en.names import join_words, within_a_sentence
from player.wording.en.numbers import about, count_of, duration, number, times
from player.wording.plain import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.session import Side

# --- announcing an exercise ------------------------------------------------------------------------------


def announcement(name: str, n: int | None, of: int | None, *, again: bool) -> str:
    """The name and number of an exercise, such as "Pelvic tilt. Two of four."."""
    title = sentence(f"{name}, once more" if again else name)
    return f"{title} {number(n).capitalize()} of {number(of)}." if n and of and of > 1 else title


def left_to_do(exercises: int, seconds: float) -> str:
    """The rest of the session after this exercise, such as "Two more after this, about four minutes."."""
    return f"{number(exercises).capitalize()} more after this, {about(seconds)}."


def dose(
    reps: Sequence[int],
    holds: Sequence[float],
    *,
    limb: str | None = None,
    parts: Sequence[str] = (),
    in_tens: bool = False,
) -> str:
    """The dose in words.

    Args:
        reps: The reps of each set.
        holds: The seconds of each hold in a rep that is long enough to be named; empty for tempo and moves.
        limb: What the dose is for, each of the two; None if it has no sides.
        parts: The short cue of each hold, if a rep has several.
        in_tens: Whether the sets only break one number of reps into tens.
    """
    if in_tens:
        return sentence(f"{times(sum(reps))} in all, in tens")
    where = f" on each {limb}" if limb else ""
    if len(reps) == 1:
        text = f"{times(reps[0])}{where}"
    elif len(set(reps)) == 1:
        text = f"{count_of(len(reps), 'set')} of {number(reps[0])}{where}"
    else:
        text = f"{count_of(len(reps), 'set')}{where}: {', then '.join(map(number, reps))}"
    if parts:
        steps = [f"{part} for {duration(hold)}" for part, hold in zip(parts, holds, strict=True)]
        return sentence(f"{text}: {', then '.join(steps)}")
    if holds:
        lengths = [duration(hold) for hold in holds]
        named = lengths[0] if len(set(lengths)) == 1 else join_words(lengths)
        once = tuple(reps) == (1,) and len(holds) == 1
        text += f", for {named}" if once else f", {named} each"
    return sentence(text)


def ladder(holds: Sequence[float], limb: str | None) -> str:
    """Holds that change from set to set, such as "Ten, twenty, then thirty seconds."."""
    *first, last = holds
    where = f", on each {limb}" if limb else ""
    return sentence(f"{', '.join(map(number, first))}, then {duration(last)}{where}")


def for_time(seconds: float) -> str:
    """How long a movement goes on, such as "For one minute."."""
    return f"For {duration(seconds)}."


def rhythm(reps: int, every: float) -> str:
    """A rhythm, such as "Ten times, one every two seconds."."""
    return sentence(f"{times(reps)}, one every {duration(every) if every != 1 else 'second'}")


def one_every(seconds: float) -> str:
    """A beat, such as "One every two seconds."."""
    return sentence(f"one every {duration(seconds) if seconds != 1 else 'second'}")


def rounds(count: int, work: float, rest: float) -> str:
    """Intervals, such as "Eight rounds: twenty seconds of work, ten of rest."."""
    head = count_of(count, "round").capitalize()
    return (
        f"{head}: {duration(work)} of work, {number(rest)} of rest."
        if rest
        else f"{head} of {duration(work)}."
    )


def one_after_the_other(names: Sequence[str]) -> str:
    """The exercises of intervals, in turn."""
    return sentence(f"In turn: {join_words([within_a_sentence(name) for name in names])}")


def begin_with(name: str) -> str:
    """The exercise that begins intervals."""
    return sentence(f"We begin with {within_a_sentence(name)}")


def side_first(side: Side, limb: str) -> str:
    """Which side begins."""
    return f"{side.value.capitalize()} {limb} first."


def offer(text: str) -> str:
    """An easier way, as an offer: "If that is too much: squeeze half as hard."."""
    first = text.split(maxsplit=1)[0].rstrip(",").lower()
    if first in {"if", "when", "should", "in"}:
        return sentence(text)
    if first == "or":
        text = text.split(maxsplit=1)[1]
    return sentence(f"If that is too much: {within_a_sentence(text)}")


def offer_before(text: str) -> str:
    """An easier way in another position, offered before the usual one is taken."""
    offered = offer(text)
    return offered.replace("If that is too much:", "If this one is hard for you:", 1)


# --- the sounds, the first time they come ----------------------------------------------------------------

TEACH_HOLD = "In a hold, one sound says hold, and the next says let go."
TEACH_TICKS = "Three soft ticks come before the end of a long hold."
TEACH_SET_ENDS = "That sound ends a set."
TEACH_WORK = "Three ticks, then one sound says go, and the next says rest."
TEACH_WORK_ALONE = "One sound says go, and the next says rest."


def teach_glide(back: str) -> str:
    """The falling sound of a rhythm, with the words for the way back if they are short."""
    words = back.rstrip(".!?").split()
    words = words[1:] if words and words[0].lower() in {"and", "now"} else words
    said = within_a_sentence(" ".join(words)) if 0 < len(words) <= _SHORT_WAY_BACK else "back"
    return f"From here on, a falling sound says {said}."


WITH_ME = "With me."
BEGIN = "And begin."

# --- rep by rep ------------------------------------------------------------------------------------------

_LAST_FROM = 3
_SHORT_WAY_BACK = 4
"""Words of a way back that a sound can stand for."""
LIMB = "side"
"""What is said if nobody knows which limb works."""
LIMBS: tuple[tuple[str, str], ...] = (
    ("leg", "leg knee foot hip thigh heel ankle toes calf"),
    ("arm", "arm elbow hand shoulder wrist fingers"),
)
"""Limbs, and the words in an author's text that show that they work."""
HALF_OF_THEM = "Half of them done."
TEMPO_HOLD = "And hold."
TEMPO_HOLD_AGAIN = "Hold."
LET_GO = "And let go."
KEEP_BREATHING = "Keep breathing."
HALF_WAY = "Half way."
BREATH = "Breathe slowly."
SIGNS_OF_LIFE: tuple[str, ...] = (
    "Keep breathing, slowly.",
    "Stay easy in the shoulders.",
    "Let the breath come and go.",
)
SIGNS_IN_MOTION: tuple[str, ...] = ("Keep it easy.", "Breathe as you move.", "At your own pace.")
"""The same in a long movement."""
NEARLY_THERE = "Nearly there."
"""Only in the last fifth of a hold."""
REST_SIGNS: tuple[str, ...] = ("Let the breath come and go.", "Stay easy.")
AND_REST = "Now rest."
TEN_SECONDS = "Ten seconds."


_TIGHTENS = re.compile(r"\b(?:squeeze|tighten|tense|contract|clench|press|brace|grip)\b", re.IGNORECASE)


def way_back(movement: str) -> str:
    """The way back from a movement for which its author has no word: a muscle lets go, a limb comes back."""
    return LET_GO if _TIGHTENS.search(movement) else "And back."


def rep_number(rep: int, reps: int) -> str:
    """The number of a rep: "Three.", and for the last one "Last one." or, of two, "Last time."."""
    if rep == reps and reps >= _LAST_FROM:
        return "Last one."
    if rep == reps == _LAST_FROM - 1:
        return "Last time."
    return sentence(number(rep))


def side_name(side: Side) -> str:
    """The side in the middle of a sentence."""
    return side.value


def now_side(side: Side, limb: str) -> str:
    """The first change of side."""
    return f"Now the {side} {limb}."


def and_side(side: Side, limb: str) -> str:
    """Every later change, rep by rep."""
    return f"And the {side} {limb}."


def now_cue(cue: str) -> str:
    """The first change of side with a cue that names it, such as "Now turn left."."""
    return f"Now {within_a_sentence(cue)}"


def and_cue(cue: str) -> str:
    """Every later change with such a cue, rep by rep."""
    return f"And {within_a_sentence(cue)}"


def hold_next(seconds: float) -> str:
    """The next rung of a ladder."""
    return sentence(f"Next, {duration(seconds)}")


def minutes_left(minutes: int) -> str:
    """The time that is left of a long hold."""
    return f"{count_of(minutes, 'minute').capitalize()} left."


def tens_done(done: int) -> str:
    """Said after each ten of a long set."""
    return f"{number(done).capitalize()} done. Rest."


def tens_next(coming: int, *, last: bool) -> str:
    """Said before the next ten, or what is left of them."""
    return f"The last {number(coming)}." if last else f"The next {number(coming)}."


def side_word(side: Side, limb: str) -> str:
    """The side alone, as a cue."""
    return f"{side.value.capitalize()} {limb}."


def side_next(side: Side, limb: str) -> str:
    """Said while the listener changes sides."""
    return f"{side.value.capitalize()} {limb} next."


def set_of(index: int, sets: int) -> str:
    """The number of a set, such as "Set two of three."."""
    return f"Set {number(index)} of {number(sets)}." if index < sets else "Last set."


# --- inserted while playing ------------------------------------------------------------------------------

GO_ON = "And on."
WAITING_FOR_YOU: tuple[str, ...] = ("Take your time.", "Press enter when you are done.")
WAITING_WITHOUT_KEYS: tuple[str, ...] = ("Take your time.", "Go on when you are done.")


def whereabouts(side: str | None, rep: int | None, reps: int | None) -> str:
    """Side and rep, such as "Left side, two of five."; empty if neither applies."""
    parts = [f"{side} side"] if side else []
    parts += [f"{number(rep)} of {number(reps)}"] if rep and reps and reps > 1 else []
    return sentence(", ".join(parts))


def time_left(seconds: float) -> str:
    """The time left, such as "About four minutes left."."""
    return sentence(f"{about(seconds)} left")


LISTEN_ONLY = "Listen first."


def coming_next(name: str) -> str:
    """What comes next, in the rest before it."""
    return sentence(f"Next, {within_a_sentence(name)}")
