"""The words and the time to get from one starting position to another, one step at a time.

The way is a list of steps, each with the time that a body with a sore back takes for it: about 4 s for a step
to the floor or up from it, 6 s to lie down, to stand up, or to put down the first knee, 12 s to roll over.
The middle and the end of a session use the same table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from player.session import Side
from player.wording.posture import Position, Posture, Surface, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.session import Exercise
    from player.wording import Wording

ROLL = 12.0
"""Seconds to roll over from the back or a side onto a side, or onto the front."""
LIE_DOWN = 6.0
"""Seconds to lie down, or to roll from a side onto the back."""
KNEEL = 8.0
"""Seconds to kneel down from standing."""
STEP = 4.0
"""Seconds for a small step."""
ADJUST = 3.0
"""Seconds to change what the new words change, in the same place."""
BRIEFLY_ACROSS = 14.0
"""Seconds for a way of several steps on the floor, for a listener who knows the steps."""
BRIEFLY_DOWN = 20.0
"""Seconds to get down to the floor or up from it, for a listener who knows the steps."""
AT_ONCE = 2.0
"""Seconds to stand up at the start, where most stand already."""
AT_THE_END = 1.5
"""Seconds after the last step of a session, which no other step follows."""
_SECONDS = {
    Way.FROM_SEAT: ADJUST,
    Way.DOWN: STEP,
    Way.ONE_KNEE: 6.0,
    Way.OTHER_KNEE: STEP,
    Way.BOTH_KNEES: STEP,
    Way.HANDS: STEP,
    Way.SINK: LIE_DOWN,
    Way.UP: 1.0,
    Way.ONTO_SIDE: ROLL,
    Way.PUSH_UP: LIE_DOWN,
    Way.TURN_OVER: LIE_DOWN,
    Way.BREATHER: 7.0,
    Way.FOOT: STEP,
    Way.STAND: 6.0,
    Way.WAIT: STEP,
    Way.BED_EDGE: 6.0,
    Way.BED_SINK: 6.0,
    Way.BED_UP: 6.0,
    Way.BED_WAIT: 6.0,
}


class Step(NamedTuple):
    """One step of a way: what the coach says, and the seconds to do it."""

    text: str
    seconds: float


def starting_position(
    exercise: Exercise, side: Side | None, wording: Wording, before: Position | None = None
) -> Position | None:
    """The starting position of an exercise when `side` works; None if the author does not say.

    Args:
        exercise: The exercise.
        side: The working side.
        wording: The wording of its language.
        before: Where the listener is: who is in bed stays there unless the words say otherwise.
    """
    if exercise.position is None:
        return None
    in_bed = before is not None and before.surface is Surface.BED
    return position_of(exercise.position.on(side, wording.phrases.side_name), wording, in_bed=in_bed)


def position_of(text: str, wording: Wording, *, in_bed: bool = False) -> Position | None:
    """The position that an author describes; None if nothing in it can be spoken.

    Args:
        text: The author's words.
        wording: The wording of their language.
        in_bed: Whether the listener is in bed, if the words do not say on what.
    """
    spoken = wording.spelling.fit_to_speak(text)
    if not spoken:
        return None
    posture = wording.positions.posture_of(spoken)
    surface = wording.positions.surface_of(spoken, posture)
    if in_bed and posture.is_low and not wording.positions.names_surface(spoken):
        surface = Surface.BED
    return Position(spoken, posture, surface)


def is_same(before: Position | None, after: Position, wording: Wording) -> bool:
    """Whether the listener can stay exactly as they are."""
    return is_same_place(before, after, wording) and not wording.positions.adds(
        before.text if before else "", after.text
    )


def is_same_place(before: Position | None, after: Position, wording: Wording) -> bool:
    """Whether only a detail changes, if anything: same posture, same surface."""
    if before is None or after.posture is Posture.ELSEWHERE:
        return before is not None and before.text == after.text
    if after.posture in {Posture.SIDE, Posture.KNEELING} and _sides(before, wording) != _sides(
        after, wording
    ):
        return False
    return before.posture is after.posture and before.surface is after.surface


def says_side(position: Position, wording: Wording) -> bool:
    """Whether a position's words name a side."""
    return bool(_sides(position, wording))


def _sides(position: Position, wording: Wording) -> set[str]:
    """The sides that a position names."""
    return {wording.phrases.side_name(side) for side in Side} & set(position.text.lower().split())


def way(
    before: Position | None, after: Position, wording: Wording, *, full: bool, chair: bool = True
) -> tuple[Step, ...]:
    """The spoken way from one position to another.

    Args:
        before: Where the listener is; None: unknown, taken as standing, or in bed if `after` is there.
        after: Where they are to be.
        wording: The wording of the session's language.
        full: Step by step.
        chair: Whether there is a chair to hold on to.
    """
    words = wording.positions
    if is_same_place(before, after, wording):
        return (Step(words.adjust_to(after.text), ADJUST),)
    if before is None and (after.surface is Surface.BED or after.posture is Posture.STANDING):
        return (Step(words.get_into(after.text), LIE_DOWN if after.posture.is_low else AT_ONCE),)
    return _way(before, after, wording, full=full, chair=chair)


def _way(
    before: Position | None, after: Position, wording: Wording, *, full: bool, chair: bool
) -> tuple[Step, ...]:
    """The same to another place, step by step."""
    words = wording.positions
    steps = tuple(step for step in _steps(before, after) if full or step is not Way.FROM_SEAT)
    spoken = [_say(step, wording, chair=chair) for step in steps]
    if not full and len(steps) > 1 and steps[0] in {Way.DOWN, Way.UP}:
        spoken = [_briefly(before, steps[0], wording, BRIEFLY_DOWN - LIE_DOWN)]  # the last step follows
    elif not full and steps:
        return (Step(words.get_into(after.text), BRIEFLY_ACROSS),)
    last = steps[-1] if steps else None
    if last is Way.WAIT and not words.adds("", after.text) and after.posture is Posture.STANDING:
        return tuple(spoken) if full else (spoken[0]._replace(seconds=BRIEFLY_DOWN),)
    if last is Way.BED_WAIT and after.posture is Posture.SEATED and not words.adds("", after.text):
        return tuple(spoken)
    return (*spoken, _arrive(before, after, last, wording))


def way_up(before: Position, wording: Wording, *, full: bool, chair: bool = True) -> tuple[Step, ...]:
    """The way from where the listener is onto their feet, at the end of a session; arguments as `way`."""
    steps = tuple(_up(before))
    spoken = [_say(step, wording, chair=chair) for step in steps]
    if not full and len(steps) > 1:
        spoken = [_briefly(before, Way.UP, wording, BRIEFLY_DOWN), spoken[-1]]
    return (*spoken[:-1], spoken[-1]._replace(seconds=AT_THE_END))


def _say(step: Way, wording: Wording, *, chair: bool) -> Step:
    words = wording.positions
    text = words.STEPS[step] if chair else words.WITHOUT_CHAIR.get(step, words.STEPS[step])
    return Step(text, _SECONDS[step])


def _briefly(before: Position | None, first: Way, wording: Wording, seconds: float) -> Step:
    """A whole way down or up in one step; only who lies or sits down there comes up over a side."""
    words = wording.positions
    knees = before is not None and before.posture in {Posture.HANDS_AND_KNEES, Posture.KNEELING}
    return Step((words.STEPS if first is Way.UP and knees else words.BRIEFLY)[first], seconds)


def steps_before_things(before: Position | None, after: Position, steps: int) -> int:
    """How many of the steps of a way come before the listener can fetch or place a thing.

    Args:
        before: Where the listener is.
        after: Where they are to be.
        steps: How many steps the whole way has.
    """
    if before is None or not steps or before.posture in {Posture.STANDING, Posture.ELSEWHERE}:
        return 0
    if after.posture is Posture.STANDING:
        return steps
    if before.posture is Posture.SEATED:
        return 1 if after.posture.is_low and before.surface is not after.surface else 0
    if before.posture.lying and after.posture in {Posture.HANDS_AND_KNEES, Posture.SITTING_LOW}:
        return steps
    rises = not after.posture.is_low or (before.posture.lying and after.posture is Posture.KNEELING)
    return steps - 1 if rises else 0


def roll_over(after: Position | None, wording: Wording) -> Step:
    """From one side onto the other, which `after` describes, if it says which."""
    return Step(wording.positions.roll_over(after.text if after else None), ROLL)


def _arrive(before: Position | None, after: Position, last: Way | None, wording: Wording) -> Step:
    """The last step, which takes the author's own words for the position."""
    words = wording.positions
    if last is Way.WAIT and after.posture is Posture.STANDING:
        return Step(words.once_standing(after.text), STEP)
    if after.posture.lying:
        sinking = last in {Way.HANDS, Way.TURN_OVER, Way.BED_EDGE} or (
            before is not None
            and before.posture in {Posture.HANDS_AND_KNEES, Posture.SITTING_LOW, Posture.SEATED}
            and last is None
        )
        if sinking and after.posture is not Posture.BACK:
            return Step(words.sink_into(after.text), LIE_DOWN)
        is_from_side = last in {Way.SINK, Way.BED_SINK} or (
            before is not None and before.posture is Posture.SIDE
        )
        quick = is_from_side and after.posture is Posture.BACK
        return Step(words.roll_into(after.text), LIE_DOWN if quick else ROLL)
    if after.posture is Posture.KNEELING and (before is None or not before.posture.is_low):
        return Step(words.get_into(after.text), KNEEL)
    slow = after.posture in {Posture.KNEELING, Posture.SITTING_LOW, Posture.SEATED}
    return Step(words.get_into(after.text), LIE_DOWN if slow else STEP)


def _steps(before: Position | None, after: Position) -> Iterator[Way]:
    """The steps up to, but without, the last one."""
    low_before = before is not None and before.posture.is_low
    if (
        low_before
        and before is not None
        and (not after.posture.is_low or before.surface is not after.surface)
    ):
        edge = before.in_bed and after.surface is Surface.BED
        yield from (step for step in _up(before) if not edge or step not in {Way.STAND, Way.WAIT})
        low_before = False
        before = None
    if not after.posture.is_low:
        return
    if not low_before or before is None:
        if before is not None and before.posture is Posture.SEATED and before.surface is not after.surface:
            yield Way.FROM_SEAT
        yield from _down(before, after)
    else:
        yield from _across(before.posture, after.posture)


def _down(before: Position | None, after: Position) -> Iterator[Way]:
    if after.surface is Surface.BED:
        if before is None or before.surface is not Surface.BED:
            yield Way.BED_EDGE
        if after.posture is Posture.BACK or after.posture is Posture.FRONT:
            yield Way.BED_SINK
        return
    if after.posture is Posture.KNEELING:
        return
    yield Way.DOWN
    yield Way.ONE_KNEE
    yield Way.OTHER_KNEE
    if after.posture is Posture.HANDS_AND_KNEES:
        return
    yield Way.HANDS
    if after.posture is Posture.BACK:
        yield Way.SINK


def _across(before: Posture, after: Posture) -> Iterator[Way]:
    """From one low posture to another."""
    if before is Posture.BACK and after in {Posture.HANDS_AND_KNEES, Posture.KNEELING, Posture.SITTING_LOW}:
        yield Way.ONTO_SIDE
    if before.lying and after is Posture.KNEELING:
        yield Way.PUSH_UP
    if before is Posture.KNEELING and (after.lying or after is Posture.SITTING_LOW):
        yield Way.BOTH_KNEES
        yield Way.HANDS
    if before is Posture.SITTING_LOW and after in {Posture.FRONT, Posture.KNEELING}:
        yield Way.TURN_OVER
    if after is Posture.BACK and before in {Posture.HANDS_AND_KNEES, Posture.KNEELING, Posture.SITTING_LOW}:
        yield Way.SINK


def _up(before: Position) -> Iterator[Way]:
    yield Way.UP
    if before.posture in {Posture.BACK, Posture.FRONT} and (before.in_bed or before.posture is Posture.BACK):
        yield Way.ONTO_SIDE
    if before.in_bed:
        yield Way.BED_UP
        yield Way.BED_WAIT
    else:
        if before.posture.lying:
            yield Way.PUSH_UP
        elif before.posture is Posture.SITTING_LOW:
            yield Way.TURN_OVER
        if before.posture not in {Posture.KNEELING, Posture.HANDS_AND_KNEES}:
            yield Way.BREATHER
        yield Way.FOOT
    yield Way.STAND
    yield Way.WAIT
