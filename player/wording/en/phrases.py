"""All of the coach's own English phrases, in one place.

Short, calm, spoken English; one action at a time. Listeners hear these phrases many times, so each says only
what helps. But no cue is a single short word that can be missed: "Breathe in.", not "In."; a side has its
noun. `tests/bench/hearing.py` measures what is understood. A string becomes one cue; a tuple becomes one cue
for each sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.wording.en.numbers import about, count_of, duration, number, times
from player.wording.plain import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.session import Safety, Side

# --- the frame of a session ------------------------------------------------------------------------------

SAFETY_FULL: tuple[str, ...] = (
    "Before you start, a few words about your safety.",
    "See a doctor first if your pain is severe, came from an injury, or will not settle.",
    "Not every exercise suits everyone.",
    "Ask first if you are pregnant, have weak bones, or have had surgery.",
    "Get emergency help for numbness between the legs, or new trouble with bladder or bowels.",
    "Do the same for weakness or numbness in both legs.",
    "Stop anything that makes the pain worse or sends it down the leg.",
    "A gentle pull is fine.",
)
SAFETY_SHORT: tuple[str, ...] = (
    "Stop anything that makes the pain worse or sends it down the leg.",
    "A gentle pull is fine.",
)
PAUSE_AND_SKIP = "You can pause or skip at any time."
KEYS_LIVE = "The space bar pauses, and N skips to the next exercise."
WITHIN_REACH = "Keep the remote or the keyboard within reach."
CLOSING: tuple[str, ...] = (
    "If an exercise made it worse, leave it out next time.",
    "If it stays worse, call your doctor.",
)
WELL_DONE = "Well done. That is all for today."
TITLE_OPENING = "Before you start"
TITLE_CLOSING = "The end"
TITLE_REST = "Rest"
TITLE_SILENCE = "Silence"
TITLE_BREATHING = "Breathing"
TITLE_SOUND = "Sound"


def safety(kind: Safety) -> tuple[str, ...]:
    """The safety advice at the start."""
    return SAFETY_FULL if kind.value == "full" else SAFETY_SHORT


def takes(seconds: float) -> str:
    """How long the session takes."""
    return f"This will take {about(seconds)}."


def gather(needs: Sequence[str]) -> str | None:
    """What to have at hand before lying down."""
    if not needs:
        return None
    return f"You will need {join_words([_with_article(need) for need in needs])}."


def _with_article(need: str) -> str:
    first = need.split(maxsplit=1)[0].lower()
    if first in {"a", "an", "the", "some", "two", "three", "your"} or first.isdigit() or need.endswith("s"):
        return need
    return f"an {need}" if first[0] in "aeiou" else f"a {need}"


def join_words(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


# --- announcing an exercise ------------------------------------------------------------------------------


def announcement(name: str, n: int | None, of: int | None, *, again: bool) -> str:
    """The name and number of an exercise, such as "Pelvic tilt. Two of four."."""
    title = sentence(f"{name}, once more" if again else name)
    return f"{title} {number(n).capitalize()} of {number(of)}." if n and of and of > 1 else title


def left_to_do(exercises: int, seconds: float) -> str:
    """The rest of the session, such as "Two more exercises, about four minutes."."""
    return f"{count_of(exercises, 'more exercise').capitalize()}, {about(seconds)}."


def dose(reps: Sequence[int], holds: Sequence[float], *, sided: bool) -> str:
    """The dose in words.

    Args:
        reps: The reps of each set.
        holds: The seconds of each hold in a rep that is long enough to be named; empty for tempo and moves.
        sided: Whether the dose is for each side.
    """
    where = " on each side" if sided else ""
    if len(reps) == 1:
        text = f"{times(reps[0])}{where}"
    elif len(set(reps)) == 1:
        text = f"{count_of(len(reps), 'set')} of {number(reps[0])}{where}"
    else:
        text = f"{count_of(len(reps), 'set')}{where}: {', then '.join(map(number, reps))}"
    if holds:
        lengths = [duration(hold) for hold in holds]
        named = lengths[0] if len(set(lengths)) == 1 else join_words(lengths)
        once = tuple(reps) == (1,) and len(holds) == 1
        text += f", for {named}" if once else f", each for {named}"
    return sentence(text)


def side_first(side: Side) -> str:
    """Which side begins."""
    return f"{side.value.capitalize()} side first."


WITH_ME = "With me."
BEGIN = "And begin."

# --- rep by rep ------------------------------------------------------------------------------------------

_LAST_FROM = 3
HALF_OF_THEM = "Half of them done."
TEMPO_HOLD = "And hold."
TEMPO_HOLD_AGAIN = "Hold."
TEMPO_BACK = "And down."
LET_GO = "And let go."
KEEP_BREATHING = "Keep breathing."
HALF_WAY = "Half way."
BREATH = "Breathe slowly in, and out."
SIGNS_OF_LIFE: tuple[str, ...] = (
    "Keep breathing, slowly.",
    "You are doing well.",
    "Stay easy in the shoulders.",
    "Nearly there.",
)
REST_SIGNS: tuple[str, ...] = ("Let the breath come and go.", "Stay easy.")
AND_REST = "Now rest."
REST = "Rest."
TEN_SECONDS = "Ten seconds."


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


def now_side(side: Side) -> str:
    """The first change of side."""
    return f"Now the {side} side."


def and_side(side: Side) -> str:
    """Every later change, rep by rep."""
    return f"And the {side} side."


def now_cue(cue: str) -> str:
    """The first change of side with a cue that names it, such as "Now turn left."."""
    return f"Now {_within_a_sentence(cue)}"


def and_cue(cue: str) -> str:
    """Every later change with such a cue, rep by rep."""
    return f"And {_within_a_sentence(cue)}"


def side_word(side: Side) -> str:
    """The side alone, as a cue."""
    return f"{side.value.capitalize()} side."


def side_next(side: Side) -> str:
    """Said while the listener changes sides."""
    return f"{side.value.capitalize()} side next."


def set_of(index: int, sets: int) -> str:
    """The number of a set, such as "Set two of three."."""
    return f"Set {number(index)} of {number(sets)}." if index < sets else "Last set."


def side_and_set(side: Side, index: int, sets: int) -> str:
    """Side and set, such as "Left side, set one of three."."""
    return f"{side.value.capitalize()} side, {set_of(index, sets).lower()}"


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


# --- between exercises -----------------------------------------------------------------------------------


_PROPER = frozenset(
    [
        "Achilles",
        "Alexander",
        "Australian",
        "Bosu",
        "Brügger",
        "Bulgarian",
        "Copenhagen",
        "Cossack",
        "English",
        "Feldenkrais",
        "Hindu",
        "Jacobson",
        "Jefferson",
        "Kegel",
        "McGill",
        "McKenzie",
        "Nordic",
        "Olympic",
        "Pallof",
        "Pilates",
        "Romanian",
        "Russian",
        "Spanish",
        "Swedish",
        "Swiss",
        "Tabata",
        "Thai",
        "Thomas",
        "Turkish",
        "Williams",
    ]
)
"""Words in the names of exercises that always have a capital letter."""


def coming_next(name: str, *, same_position: bool) -> str:
    """What comes next."""
    return f"{sentence(f'Next, {_within_a_sentence(name)}')}{' Same position.' if same_position else ''}"


def _within_a_sentence(name: str) -> str:
    """A name without a capital letter that only begins it: "Cat stretch", but not "TRX row", "Dead Bug"."""
    first, *others = name.split()
    first = first.partition("-")[0]
    proper = (
        first in _PROPER or len(first) == 1 or any(c.isupper() for word in (first[1:], *others) for c in word)
    )
    return name if proper else name[0].lower() + name[1:]


def rest_for(seconds: float) -> str:
    """The first words of a rest."""
    return f"Rest. {duration(seconds).capitalize()}." if seconds >= 10 else REST  # noqa: PLR2004  too short to name


def breathing(breathe_in: float, breathe_out: float, count: int) -> str:
    """The introduction to paced breathing."""
    breath = f"Breathe in for {duration(breathe_in)}, and out for {duration(breathe_out)}."
    return f"{breath} {sentence(times(count))}"


BREATHE_IN: tuple[str, ...] = ("Breathe in.", "Breathe in.")
BREATHE_OUT: tuple[str, ...] = ("And breathe out.", "Breathe out.")
"""The first two breaths, and every later one."""
