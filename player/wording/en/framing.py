"""What the coach says around the exercises: the frame of a session, rests, breathing, walks.

A string becomes one cue; a tuple becomes one cue for each sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.wording.en.names import join_words
from player.wording.en.numbers import about, count_of, duration, number, times
from player.wording.plain import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.session import Safety, Schedule

SAFETY_FULL: tuple[str, ...] = (
    "Stop, and call an ambulance, for chest pain, if you cannot breathe, or if you faint.",
    "Go to an emergency department for numbness between the legs, or new trouble with bladder or bowels.",
    "The same if both legs get weak or numb.",
    "See your doctor first for severe pain, a fall, fever, or a foot that gets weaker.",
    "Ask first if you are pregnant, have weak bones or cancer, or had an operation.",
    "Not every exercise suits everyone.",
    "If the pain gets worse, or goes down the leg, stop, or take it slower.",
    "A gentle pull is fine.",
)
SAFETY_SHORT: tuple[str, ...] = (
    "If the pain gets worse, or goes down the leg, stop, or take it slower.",
    "A gentle pull is fine.",
    "Dizzy, or pain in the chest: stop.",
    "In doubt, ask your doctor or surgeon first.",
)
KEYS_LIVE = "The space bar pauses, and N skips to the next exercise."
CLOSING: tuple[str, ...] = (
    "If an exercise made your pain worse, leave it out next time.",
    "If it stays worse, call your doctor.",
)
SESSION_ENDS = "And the closing sound."
WELL_DONE = "Well done. That is all."
TITLE_OPENING = "Before you start"
TITLE_SAFETY = "For your safety"
TITLE_CLOSING = "The end"
TITLE_REST = "Rest"
TITLE_SILENCE = "Silence"
TITLE_BREATHING = "Breathing"
TITLE_SOUND = "Sound"


def safety(kind: Safety) -> tuple[str, ...]:
    """The safety advice at the start."""
    return SAFETY_FULL if kind.value == "full" else SAFETY_SHORT


def how_often(schedule: Schedule) -> str | None:
    """How often to do the session, said at its end; None if once a day or less is meant."""
    if schedule.every_hours:
        return f"Do this again in {count_of(schedule.every_hours, 'hour')}."
    day = schedule.times_per_day or 1
    return f"This does most good {times(day)} a day." if day > 1 else None


def takes(seconds: float) -> str:
    """How long the session takes."""
    return f"This takes {about(seconds)}."


def gather(needs: Sequence[str]) -> str | None:
    """What to have at hand before lying down."""
    if not needs:
        return None
    return f"You need {join_words([_with_article(need) for need in needs])}."


def fetch(needs: Sequence[str], *, beside_the_mat: bool) -> tuple[str, ...]:
    """Time to fetch what is needed.

    Args:
        needs: The things.
        beside_the_mat: Whether they are needed down there.
    """
    needs = [need for need in needs if not _FIXED & set(need.lower().split())]
    if not needs:
        return ()
    if beside_the_mat and len(needs) > 1:
        others = [need for need in needs if "mat" not in need.lower().split()]
        what = f"the {others[0]}" if len(others) == 1 else "everything"
        return (f"Put {what} beside the mat.", _WAIT)
    return (f"Fetch {'it' if len(needs) == 1 else 'them'} now.", _WAIT)


_WAIT = "I will wait."
_FIXED = frozenset({"wall", "door", "doorway", "floor", "window", "table", "bed", "stairs", "sofa"})
"""What is needed, and cannot be fetched."""
_MASS = frozenset({"water", "tape", "music", "space", "room", "help", "clothing", "string"})
"""Nouns without an article."""


def _with_article(need: str) -> str:
    first = need.split(maxsplit=1)[0].lower()
    if need.rsplit(maxsplit=1)[-1].lower() in _MASS:
        return need
    if first in {"a", "an", "the", "some", "two", "three", "your"} or first.isdigit() or need.endswith("s"):
        return need
    return f"an {need}" if first[0] in "aeiou" else f"a {need}"


# --- rests, breathing, walks -------------------------------------------------------------------------------


REST = "Rest."


def rest_for(seconds: float) -> str:
    """The first words of a rest."""
    return f"Rest. {duration(seconds).capitalize()}." if seconds >= 10 else REST  # noqa: PLR2004  too short to name


def breathing(breathe_in: float, hold: float, breathe_out: float, rest: float, count: int) -> str:
    """The introduction to paced breathing."""
    steps = [f"in for {number(breathe_in)}"]
    steps += [f"hold for {number(hold)}"] if hold else []
    steps += [f"out for {number(breathe_out)}"]
    steps += [f"rest for {number(rest)}"] if rest else []
    if len(steps) == 2:  # noqa: PLR2004  in and out
        breath = f"Breathe in for {duration(breathe_in)}, and out for {duration(breathe_out)}."
    else:
        breath = sentence(f"Breathe {', '.join(steps)}")
    return f"{breath} {sentence(times(count))}"


def walk(seconds: float, *, turns: bool) -> tuple[str, ...]:
    """The beginning of a walk, and whether it turns round half way."""
    begin = f"Now walk for {duration(seconds)}, at your own pace."
    return (begin, "I tell you when to turn round.") if turns else (begin,)


TURN_ROUND = "Half way. Turn round, and walk back."
WALK_SIGNS: tuple[str, ...] = ("Let your arms swing.", "Breathe easily.", "Take the pace that suits you.")
WALKED = "And stand still. That was the walk."
TITLE_WALK = "Walk"
TITLE_INTERVALS = "Intervals"
BREATHE_HOLD = "And hold."
BREATHE_REST = "And wait."


BREATHE_IN: tuple[str, ...] = ("Breathe in.", "Breathe in.")
BREATHE_OUT: tuple[str, ...] = ("And breathe out.", "Breathe out.")
"""The first two breaths, and every later one."""
