"""What comes between two reps: a pause, a change of side, a rest between sets, or turning over.

With `sides: each`, turning over is the rest: a rest between sets is added only if the author asks for one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.layout.outline import SET_ENDS, SWITCH_SIDES, Asides, Span
from player.layout.positions import ROLL_PAUSE, starting_position
from player.session import Sides
from player.timeline import PhaseKind
from player.wording.posture import Posture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.layout.coach import Coach
    from player.layout.dose import Bout
    from player.layout.outline import Line
    from player.session import Side

SWITCH = 6.0
"""Seconds to change sides without turning over."""
REST_BETWEEN_SETS = 30.0
REST_SIGNS_FROM = 60.0
NOTICE_FROM = 30.0
SILENCE_IN_REST = 30.0
HALF_OF_THEM_FROM = 15
"""Reps of a set from which its middle is announced."""


def between(coach: Coach, done: Bout, coming: Bout) -> tuple[Span, ...]:
    """The spans between two bouts, in order; none if one rep flows into the next."""
    return tuple(_between(coach, done, coming))


def _between(coach: Coach, done: Bout, coming: Bout) -> Iterator[Span]:
    turns = coming.side is not None and done.side is not coming.side
    new_set = done.set != coming.set and not (turns and coach.prescription.sides is Sides.BLOCKS)
    rest = coach.rest_between_sets()
    if new_set and (coach.prescription.sides is not Sides.EACH or rest is not None):
        length = REST_BETWEEN_SETS if rest is None else rest
        yield _rest_between_sets(coach, done, coming, length, turns=turns and not coach.alternating)
    if turns and coming.side and not coach.alternating:
        yield _switch(coach, done, coming, coming.side, rested=new_set and rest is not None)
    elif done.set == coming.set:
        yield from _pause(coach, done, coming)


def _pause(coach: Coach, done: Bout, coming: Bout) -> Iterator[Span]:
    """The pause between two reps of a set."""
    length = coach.rest()
    reps = coach.reps(done)
    if coach.alternating and coach.second_side(coming):
        earcon = SWITCH_SIDES if coming.set == coming.rep == 1 else None
        if length or earcon:
            yield Span(PhaseKind.SWITCH, coach.doing(coming), length, earcon=earcon)
        return
    half = reps >= HALF_OF_THEM_FROM and done.rep == reps // 2 and done.set == 1
    says_it = half and (coach.alternating or not coach.second_side(done)) and coach.full
    lines = (coach.line(coach.phrases.HALF_OF_THEM),) if says_it else ()
    if length or lines:
        yield Span(PhaseKind.REST, coach.doing(done), length, lines=lines)


def rest_asides(line: Line, signs: tuple[Line, ...], length: float) -> Asides:
    """What is said in a rest of `length` seconds: `line` ten seconds before the end, and signs of life."""
    return Asides(
        notice=line if length >= NOTICE_FROM else None,
        signs=signs if length >= REST_SIGNS_FROM else (),
        silence=SILENCE_IN_REST,
    )


def _rest_between_sets(coach: Coach, done: Bout, coming: Bout, length: float, *, turns: bool) -> Span:
    sets = len(coach.prescription.reps)
    return Span(
        PhaseKind.REST,
        coach.doing(done),
        length,
        earcon=SET_ENDS,
        lines=(coach.line(coach.phrases.rest_for(length)),),
        closing=() if turns else (coach.line(coach.phrases.set_of(coming.set, sets)),),
        asides=rest_asides(
            coach.line(coach.phrases.TEN_SECONDS), tuple(map(coach.line, coach.phrases.REST_SIGNS)), length
        ),
    )


def _switch(coach: Coach, done: Bout, coming: Bout, side: Side, *, rested: bool) -> Span:
    """The change to the other side, with time for it."""
    exercise, sets = coach.exercise, len(coach.prescription.reps)
    position = starting_position(exercise, side, coach.wording)
    turning = position is not None and position.posture is Posture.SIDE
    own = exercise.switch
    length = own.length if own and own.length is not None else ROLL_PAUSE if turning else SWITCH
    lines = [coach.line(coach.phrases.REST)] if sets > 1 and not rested else []
    if own and own.say:
        lines += coach.lines_of(own.say, side)
    elif turning:
        lines.append(coach.line(coach.wording.positions.roll_over(side.other)))
    if own and own.say and own.say.names_side:
        lines[-1] = replace(lines[-1], pause=length)
    else:
        lines.append(coach.line(coach.phrases.side_next(side), length))
    closing = (coach.line(coach.phrases.side_and_set(side, coming.set, sets)),) if sets > 1 else ()
    earcon = SET_ENDS if sets > 1 and not rested and done.rep == coach.reps(done) else SWITCH_SIDES
    doing = coach.doing(coming)
    return Span(PhaseKind.SWITCH, doing, length, earcon=earcon, lines=tuple(lines), closing=closing)
