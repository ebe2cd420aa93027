"""Reads the movements of an exercise: holds, movements at their own pace or on a beat, and work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.script import movement
from player.session import Back, Growing, Move, Range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from player.script.forms import Fields
    from player.script.report import Report
    from player.session import Dose, Exercise, Progress, Words


def moves(fields: Fields, report: Report) -> tuple[Move, ...]:
    """Return the movements of an exercise; none if they cannot be read."""
    listed = (fields,) if movement.MOVES not in fields else fields.get(movement.MOVES) or ()
    _check_lists(listed, report)
    return tuple(one for each in listed if (one := _move(each)) is not None)


def _move(fields: Fields) -> Move | None:
    holds, pace = fields.get(movement.HOLD_KEY), fields.get(movement.MOVE_KEY)
    if pace is None and not holds:
        beat = fields.get(movement.WORK) or fields.get(movement.RHYTHM)
        pace = None if beat is None else Range(beat, beat)
    if (holds is None) == (pace is None):
        return None
    return Move(
        fields.get(movement.SAY),
        fields.get(movement.CUE),
        hold=holds[0] if holds else None,
        move=pace,
        into=fields.get(movement.INTO),
        back=back(fields),
        holds=_several(holds or ()),
        holding=fields.get(movement.HOLDING),
    )


def _several(holds: tuple[Range[float], ...]) -> tuple[Range[float], ...]:
    """Return a list of holds; a single one is none."""
    return holds if len(holds) > 1 else ()


def _check_lists(listed: Iterable[Fields], report: Report) -> None:
    """Report a list of holds that is not as long as the first."""
    first = 0
    for fields in listed:
        count = len(_several(fields.get(movement.HOLD_KEY) or ()))
        first = first or count
        if count and count != first:
            message = f"this list has {count} holds, the first one {first}; write one hold for each set"
            report.mistake(fields.place(movement.HOLD_KEY), message)


def back(fields: Fields) -> Back | None:
    """Return the way out of a hold."""
    way = fields.get(movement.BACK)
    return None if way is None else Back(way.get(movement.FOR), way.get(movement.BACK_SAY))


def moves_over(base: Exercise, fields: Fields, report: Report) -> tuple[Move, ...]:
    """Return the movements of a catalogue exercise, with the session's own times and words."""
    pace = fields.get(movement.WORK) or (None if movement.HOLD_KEY in fields else fields.get(movement.RHYTHM))
    if pace is not None and (movement.WORK in fields or not base.moves[0].hold):
        one, *others = base.moves
        if others and movement.WORK in fields:
            message = f"'{base.id}' has several movements, and intervals one; write it in place"
            report.mistake(fields.place(movement.WORK), message)
        return (in_one(one, pace), *others)
    holds, into, way = fields.get(movement.HOLD_KEY), fields.get(movement.INTO), back(fields)
    if not any(move.hold for move in base.moves):
        for key in (movement.HOLD_KEY, movement.HOLDING, movement.INTO, movement.BACK):
            if key in fields:
                message = f"'{key.name}' changes nothing, because no move of '{base.id}' holds; delete it"
                report.mistake(fields.place(key), message)
        return base.moves
    return tuple(
        move
        if move.hold is None
        else replace(
            move,
            hold=holds[0] if holds else move.hold,
            holds=_several(holds) if holds else move.holds,
            holding=fields.get(movement.HOLDING) or move.holding,
            into=move.into if into is None else into,
            back=_back_over(move.back, way),
        )
        for move in base.moves
    )


def _back_over(base: Back | None, new: Back | None) -> Back | None:
    if base is None or new is None:
        return new or base
    return Back(base.length if new.length is None else new.length, new.say or base.say)


def in_one(move: Move, seconds: float) -> Move:
    """Return a movement without a hold, of exactly this length."""
    return Move(move.say, move.cue, move=Range(seconds, seconds))


def holds_of(move: Move) -> tuple[Range[float], ...]:
    """Return all holds of a movement; none if it does not hold."""
    return move.holds or ((move.hold,) if move.hold else ())


def texts_of_move(move: Move) -> list[Words | None]:
    """Return every text of a movement."""
    return [move.say, move.cue, move.holding, move.back.say if move.back else None]


def check_rhythm(
    moves: tuple[Move, ...], dose: Dose, rule: Progress | None, fields: Fields, report: Report
) -> None:
    """Report a beat that is too short for its hold, or that repeats nothing."""
    every = dose.every
    if every is None:
        return
    place = fields.place(movement.HOLD_KEY if movement.RHYTHM not in fields else movement.RHYTHM)
    if not dose.reps:
        report.mistake(place, "'every' makes no sense without 'reps'; write for example 'reps: 10'")
    if len(moves) > 1:
        message = "'every' takes one movement, and here are several; write it in place, with 'say' and 'cue'"
        report.mistake(place, message)
    grown = rule.up_to if rule and rule.what is Growing.HOLD else 0.0
    for move in moves:
        longest = max((hold.high for hold in holds_of(move)), default=0.0)
        ways = (move.into or 0.0) + ((move.back.length or 0.0) if move.back else 0.0)
        taken = max(longest, grown if longest else 0.0) + ways
        if longest and (taken > every or (not ways and taken == every)):
            with_ways = " with its ways in and out" if ways else ""
            message = (
                f"a hold of {taken - ways:g}s{with_ways} does not fit into {every:g}s; "
                f"write a shorter hold, or for example 'every: {int(taken) + 1}s'"
            )
            report.mistake(place, message)
