"""Reads an easier way of an exercise: words about it, another exercise, or a part of the dose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.script import model
from player.script.dose import most_reps
from player.session import Easier

if TYPE_CHECKING:
    from player.script.forms import Fields
    from player.script.report import Report
    from player.session import Exercise


def easier(fields: Fields) -> Easier | None:
    """Return the easier way of an exercise; None if it has none of its own."""
    own = fields.get(model.EASIER)
    if own is None:
        return None
    which = own.get(model.EASIER_ID)
    return Easier(
        say=own.get(model.EASIER_SAY),
        position=own.get(model.EASIER_POSITION),
        needs=tuple(need.text for need in own.get(model.EASIER_NEEDS) or ()),
        exercise=which.text if which else None,
        hold=own.get(model.EASIER_HOLD),
        reps=own.get(model.EASIER_REPS),
    )


def check_easier(one: Exercise, fields: Fields, report: Report) -> None:
    """Report a part of something that the exercise does not have."""
    own = fields.get(model.EASIER)
    if own is None:
        return
    if model.EASIER_HOLD in own and not any(move.hold for move in one.moves):
        message = "no move here holds, so there is no part of it; write 'reps: 0.5', or 'say'"
        report.mistake(own.place(model.EASIER_HOLD), message)
    if model.EASIER_REPS in own and most_reps(one.dose) == 1:
        message = "it is done once, so there is no part of its reps; write 'hold: 0.5', or 'say'"
        report.mistake(own.place(model.EASIER_REPS), message)
