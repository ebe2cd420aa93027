"""What comes between two reps: a pause, a change of side, a rest between sets, or turning over.

With `sides: each`, turning over is the rest: a rest between sets is added only if the author asks for one. A
change of side says again whatever differs from side to side: the position, and the setup.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.layout.asides import EASIER_AFTER_IN_TEMPO, in_pause
from player.layout.outline import BREATH, GLIDE, SET_ENDS, SWITCH_SIDES, Asides, Span
from player.layout.positions import ROLL, roll_over, says_side, starting_position
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
REST_BETWEEN_TENS = 20.0
REST_FIRST = 4.0
"""Seconds of rest before the listener is asked to turn over."""
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
        usual = REST_BETWEEN_TENS if coach.prescription.in_tens else REST_BETWEEN_SETS
        length = usual if rest is None else rest
        if not turns or _turns_freely(coach):
            yield _rest_between_sets(coach, done, coming, length)
    if turns and coming.side and not _turns_freely(coach):
        yield _switch(coach, done, coming, coming.side, rest=rest if new_set else None)
    elif done.set == coming.set:
        yield from _pause(coach, done, coming)


def _turns_freely(coach: Coach) -> bool:
    """Whether the sides change rep by rep, and nothing has to be set up for it."""
    position, setup = coach.exercise.position, coach.exercise.setup
    sided = any(words.names_any_side for words in (position, setup) if words)
    return coach.alternating and not sided


def _pause(coach: Coach, done: Bout, coming: Bout) -> Iterator[Span]:
    """The pause between two reps of a set; a long one contains the way out and the way in."""
    length = coach.pause_between(coming)
    reps = coach.reps(done)
    if coach.alternating and coach.second_side(coming):
        earcon = SWITCH_SIDES if coming.set == coming.rep == 1 else None
        if length or earcon:
            yield Span(PhaseKind.SWITCH, coach.doing(coming), length, earcon=earcon)
        return
    half = reps >= HALF_OF_THEM_FROM and done.rep == (reps + 1) // 2 and done.set == 1
    says_it = half and (coach.alternating or not coach.second_side(done)) and coach.full
    lines = [coach.line(coach.phrases.HALF_OF_THEM)] if says_it else []
    lines += [*in_pause(coach, done), *_teach_glide(coach, done), *_put_up_again(coach, coming)]
    if length or lines:
        quiet = 0.5 if lines else 0.0
        signs = tuple(map(coach.line, coach.phrases.REST_SIGNS))
        asides = rest_asides(coach.line(coach.phrases.TEN_SECONDS), signs, length)
        yield Span(PhaseKind.REST, coach.doing(done), length, lines=tuple(lines), quiet=quiet, asides=asides)


def _put_up_again(coach: Coach, coming: Bout) -> list[Line]:
    """What the setup puts up, and the way back has put down, on the side that goes on."""
    back, wording = coach.exercise.moves[-1].back, coach.wording
    if back is None or back.say is None or not wording.puts_down(back.say.text):
        return []
    return [
        line for line in coach.done_in_turn(coach.exercise.setup, coming.side) if wording.holds_up(line.text)
    ]


def _teach_glide(coach: Coach, done: Bout) -> Iterator[Line]:
    """Explain the falling sound before it takes the place of the words."""
    begins = coach.prescription.tempo and coach.tones and done.rep == EASIER_AFTER_IN_TEMPO
    if begins and coach.full and GLIDE not in coach.sounds:
        coach.sounds.add(GLIDE)
        yield coach.line(
            coach.phrases.teach_glide(coach.words_back(coach.exercise.moves[-1], coach.begins_with))
        )


def rest_asides(line: Line, signs: tuple[Line, ...], length: float) -> Asides:
    """What is said in a rest of `length` seconds: `line` ten seconds before the end, and signs of life."""
    return Asides(
        notice=line if length >= NOTICE_FROM else None,
        signs=signs if length >= REST_SIGNS_FROM else (),
        silence=SILENCE_IN_REST,
    )


def _rest_between_sets(coach: Coach, done: Bout, coming: Bout, length: float) -> Span:
    sets, phrases = len(coach.prescription.reps), coach.phrases
    if coach.prescription.in_tens:
        first = phrases.tens_done(sum(coach.prescription.reps[: done.set]))
        last = phrases.tens_next(coach.reps(coming), last=coming.set == sets)
    else:
        first, last = phrases.rest_for(length), phrases.set_of(coming.set, sets)
    return Span(
        PhaseKind.REST,
        coach.doing(done),
        length,
        earcon=SET_ENDS,
        lines=(*_teach_set_ends(coach), coach.line(first)),
        closing=(coach.line(last), *_length_of(coach, coming), *_put_up_again(coach, coming)),
        asides=rest_asides(
            coach.line(phrases.TEN_SECONDS), tuple(map(coach.line, phrases.REST_SIGNS)), length
        ),
    )


def _length_of(coach: Coach, coming: Bout) -> tuple[Line, ...]:
    """How long the holds of a set are, if they change from set to set."""
    hold = coach.prescription.hold(0, coming.set)
    changes = coach.prescription.by_set and hold is not None
    return (coach.line(coach.phrases.hold_next(hold)),) if changes and hold is not None else ()


def _teach_set_ends(coach: Coach) -> Iterator[Line]:
    if coach.full and SET_ENDS not in coach.sounds:
        yield coach.line(coach.phrases.TEACH_SET_ENDS)
    coach.sounds.add(SET_ENDS)


def _switch(coach: Coach, done: Bout, coming: Bout, side: Side, *, rest: float | None) -> Span:
    """The change to the other side, with time for it; a rest between sets ends with it.

    Args:
        coach: The coach.
        done: The last rep of the side before.
        coming: The first rep of this side.
        side: It.
        rest: Seconds of the rest between sets that the author asks for; None for no rest.
    """
    sets, phrases = len(coach.prescription.reps), coach.phrases
    ends_set = sets > 1 and done.rep == coach.reps(done)
    way = _way_to(coach, side)
    lines = [*(_teach_set_ends(coach) if ends_set else ())]
    closing = [coach.line(phrases.set_of(coming.set, sets)), *_length_of(coach, coming)] if sets > 1 else []
    if rest is not None:
        lines.append(coach.line(phrases.rest_for(rest)))
        closing = [*way, *closing]
    else:
        lines += [coach.line(phrases.REST, REST_FIRST)] if sets > 1 else []
        lines += way
    earcon = SET_ENDS if ends_set else SWITCH_SIDES
    length = max(rest or 0.0, _time_to_turn(coach, side))
    return Span(
        PhaseKind.SWITCH,
        coach.doing(coming),
        length,
        earcon=earcon,
        lines=tuple(lines),
        closing=tuple(closing),
    )


def _way_to(coach: Coach, side: Side) -> list[Line]:
    """What the listener does to change to this side, with the time for it."""
    own, length = coach.exercise.switch, _time_to_turn(coach, side)
    way = coach.done_in_turn(own.say, side) if own and own.say else _other_side(coach, side)
    left = max(length - sum(line.pause for line in way[:-1]), way[-1].pause) if way else length
    if way and (any(line.names_side for line in way) or _is_told(coach, way)):
        return [*way[:-1], replace(way[-1], pause=left)]
    way[-1:] = [replace(line, pause=BREATH) for line in way[-1:]]
    return [*way, coach.line(coach.phrases.side_next(side, coach.limb), left)]


def _is_told(coach: Coach, way: list[Line]) -> bool:
    """Whether the words of a way differ from side to side, and naming a bare side would contradict them."""
    return coach.limb == coach.phrases.LIMB and any(line.mentions_side for line in way)


def _time_to_turn(coach: Coach, side: Side) -> float:
    own = coach.exercise.switch
    if own and own.length is not None:
        return own.length
    return ROLL if _lies_on_side(coach, side) else SWITCH


def _lies_on_side(coach: Coach, side: Side) -> bool:
    position = starting_position(coach.exercise, side, coach.wording)
    return position is not None and position.posture is Posture.SIDE


def _other_side(coach: Coach, side: Side) -> list[Line]:
    """The author's position and setup for the coming side, as far as they differ from the one before."""
    exercise = coach.exercise
    position = starting_position(exercise, side, coach.wording)
    lines: list[Line] = []
    if position and exercise.position and exercise.position.names_any_side:
        names = exercise.position.names_side
        if position.posture is Posture.SIDE:
            step = roll_over(position, coach.wording)
            lines.append(replace(coach.line(step.text, step.seconds), names_side=names))
        else:
            text = coach.wording.positions.get_into(position.text)
            lines.append(replace(coach.line(text, SWITCH), names_side=names))
    elif position and position.posture is Posture.SIDE and not says_side(position, coach.wording):
        step = roll_over(None, coach.wording)
        lines.append(coach.line(step.text, step.seconds))
    setup = coach.done_in_turn(exercise.setup, side)
    return [*lines, *(line for line in setup if line.mentions_side)]
