"""Reads work in intervals: of one exercise, or of several in turn in a step of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.script import movement
from player.script.moves import in_one
from player.session import Sides

if TYPE_CHECKING:
    from player.script.forms import Fields
    from player.script.report import Report, Spot
    from player.session import Dose, Exercise, Seconds

NO_SIDES = "intervals have none; write it in place, once for each side"


def check_rounds(base: Exercise, fields: Fields, report: Report) -> None:
    """Report what a session gives an exercise of the catalogue that does not go with its rounds."""
    if base.dose.intervals:
        keys = (movement.REPS, movement.SETS, movement.REST_BETWEEN_SETS, movement.SIDES, movement.RHYTHM)
        for key in keys:
            if key in fields and movement.WORK not in fields:  # then the form has reported it
                message = f"'{key.name}' has no place here: '{base.id}' works in rounds; write 'rounds: 8'"
                report.mistake(fields.place(key), message)
        return
    if base.dose.every and movement.REST in fields and movement.RHYTHM not in fields:
        message = f"'rest' changes nothing: '{base.id}' has a rhythm; write 'every'"
        report.mistake(fields.place(movement.REST), message)
    for key, other in ((movement.WORK, movement.ROUNDS), (movement.ROUNDS, movement.WORK)):
        if key in fields and other not in fields:
            message = (
                f"'{key.name}' makes no sense without '{other.name}'; write for example '{other.sample}'"
            )
            report.mistake(fields.place(key), message)
    if movement.WORK in fields and base.dose.sides is not Sides.NONE and movement.SIDES not in fields:
        report.mistake(fields.place(movement.WORK), f"'{base.id}' has sides, and {NO_SIDES}")


def turns_of(count: int, rounds: int) -> list[int]:
    """Return how many of the rounds each of `count` exercises gets, in turn."""
    return [(rounds - index + count - 1) // count for index in range(count)]


def check_turn(one: Exercise, place: Spot, report: Report) -> bool:
    """Return whether an exercise of the catalogue can be one of an intervals step; if not, report why."""
    sided, several = one.dose.sides is not Sides.NONE, len(one.moves) > 1
    if sided:
        report.mistake(place, f"'{one.id}' has sides, and {NO_SIDES}")
    if several:
        message = f"'{one.id}' has several movements, and intervals one; write it in place"
        report.mistake(place, message)
    return not sided and not several


def in_intervals(one: Exercise, its_dose: Dose, work: Seconds) -> Exercise:
    """Return an exercise as one of an intervals step: one movement that lasts as long as the work.

    Its dose tells how many of the rounds are its own.
    """
    return replace(one, moves=(in_one(one.moves[0], work),), dose=its_dose, switch=None, progress=None)
