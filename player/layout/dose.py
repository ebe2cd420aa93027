"""Today's dose: ranges and growth resolved for the listener's choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.session import Growing, Side, Sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.session import Choices, Exercise, Progress

TEMPO_BELOW = 4.0
"""Seconds below which holds are coached as a rhythm, without hold tones."""


@dataclass(frozen=True, slots=True)
class Prescription:
    """A dose in plain numbers."""

    reps: tuple[int, ...]
    """Reps for each set, per side."""
    holds: tuple[float | None, ...]
    """Seconds of hold for each move; None if the move has its own pace."""
    paces: tuple[float | None, ...]
    """Seconds of movement for each move; None if the move holds."""
    sides: Sides
    first: Side

    @property
    def tempo(self) -> bool:
        """Whether all holds are short, so the exercise is a rhythm."""
        holds = [hold for hold in self.holds if hold is not None]
        return bool(holds) and max(holds) < TEMPO_BELOW


@dataclass(frozen=True, slots=True)
class Bout:
    """One rep on one side; all numbers count from 1."""

    set: int
    rep: int
    side: Side | None


def prescribe(exercise: Exercise, choices: Choices) -> Prescription:
    """The exercise's dose for this day or level."""
    dose, rule, level = exercise.dose, exercise.progress, choices.level or 0.0
    sets = _whole(dose.sets.at(level)) if dose.sets else max(1, len(dose.reps))
    reps = [_whole(amount.at(level)) for amount in dose.reps] or [1]
    holds = [move.hold.at(level) if move.hold else None for move in exercise.moves]
    if rule and rule.what is Growing.SETS:
        sets = _whole(_grow(sets, rule, choices))
    if len(reps) != sets:
        reps = [reps[min(index, len(reps) - 1)] for index in range(sets)]
    if rule and rule.what is Growing.REPS:
        reps = [_whole(_grow(count, rule, choices)) for count in reps]
    if rule and rule.what is Growing.HOLD:
        holds = [None if hold is None else _grow(hold, rule, choices) for hold in holds]
    paces = [move.move.at(level) if move.move else None for move in exercise.moves]
    return Prescription(tuple(reps), tuple(holds), tuple(paces), dose.sides, dose.first)


def _grow(start: float, rule: Progress, choices: Choices) -> float:
    if choices.level is not None:
        return start + max(0.0, rule.up_to - start) * choices.level
    steps = (choices.day - 1) // rule.every_days
    return max(start, min(rule.up_to, start + steps * rule.step))


def _whole(amount: float) -> int:
    return int(amount + 0.5)


def bouts(prescription: Prescription) -> Iterator[Bout]:
    """Every rep on every side, in order."""
    sides = (None,) if prescription.sides is Sides.NONE else (prescription.first, prescription.first.other)
    numbered = list(enumerate(prescription.reps, start=1))
    if prescription.sides is Sides.BLOCKS:
        yield from (
            Bout(s, rep, side) for side in sides for s, reps in numbered for rep in range(1, reps + 1)
        )
    elif prescription.sides is Sides.ALTERNATING:
        yield from (
            Bout(s, rep, side) for s, reps in numbered for rep in range(1, reps + 1) for side in sides
        )
    else:
        yield from (
            Bout(s, rep, side) for s, reps in numbered for side in sides for rep in range(1, reps + 1)
        )
