"""Today's dose: ranges and growth resolved for the listener's choices.

Without a rule of its own, a range grows slowly with the days of practice: a hold by 1 s (from 20 s on, 2 s)
every third day to its high end, then the reps by one every seventh; in strength, one more set after four
days, for one exercise of the session after the other. Holds and reps are whole numbers, because they are
spoken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.session import Growing, Kind, Side, Sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.session import Choices, Dose, Exercise, Progress, Range

TEMPO_BELOW = 4.0
"""Seconds below which holds are coached as a rhythm, without hold tones."""
IN_TENS_FROM = 20
"""Reps from which a set that has grown is done in tens, with a rest after each."""
TEN = 10
HOLD_EVERY = 3
"""Days of practice for one step of a hold in a range."""
LONG_HOLD = 20.0
"""Seconds from which such a step is 2 s."""
REP_EVERY = 7
SET_EVERY = 4


@dataclass(frozen=True, slots=True)
class Prescription:
    """A dose in plain numbers."""

    reps: tuple[int, ...]
    """Reps for each set, per side."""
    holds: tuple[float | None, ...]
    """Seconds of hold for each move, in the first set; None if the move has its own pace."""
    paces: tuple[float | None, ...]
    """Seconds of movement for each move; None if the move holds."""
    sides: Sides
    first: Side
    by_set: tuple[tuple[float | None, ...], ...] = ()
    """The holds of each set, if they differ."""
    in_tens: bool = False
    """Whether the sets only break one number of reps into tens."""

    @property
    def tempo(self) -> bool:
        """Whether all holds are short, so the exercise is a rhythm."""
        holds = [hold for hold in self.holds if hold is not None]
        return bool(holds) and max(holds) < TEMPO_BELOW

    def hold(self, index: int, set_number: int) -> float | None:
        """Seconds of hold of a move, in a set that counts from 1."""
        return self.by_set[set_number - 1][index] if self.by_set else self.holds[index]


@dataclass(frozen=True, slots=True)
class Bout:
    """One rep on one side; all numbers count from 1."""

    set: int
    rep: int
    side: Side | None


def prescribe(exercise: Exercise, choices: Choices, turn: tuple[int, int] = (0, 1)) -> Prescription:
    """The exercise's dose for this day or level.

    Args:
        exercise: The exercise.
        choices: The listener's choices.
        turn: Its turn, from 0, and how many exercises of the session take turns to grow by a set.
    """
    dose, rule, level = exercise.dose, exercise.progress, choices.level
    grown = _Grown(exercise, choices, turn)
    sets = grown.sets(dose)
    reps = grown.reps(dose)
    holds = [_spoken(grown.hold(move.hold), move.hold) if move.hold else None for move in exercise.moves]
    if rule and rule.what is Growing.SETS:
        sets = _whole(_grow(sets, rule, choices))
    if len(reps) != sets:
        reps = [reps[min(index, len(reps) - 1)] for index in range(sets)]
    if rule and rule.what is Growing.REPS:
        reps = [_whole(_grow(count, rule, choices)) for count in reps]
    if rule and rule.what is Growing.HOLD:
        holds = [None if hold is None else _grow(hold, rule, choices) for hold in holds]
    paces = [move.move.at(level or 0.0) if move.move else None for move in exercise.moves]
    in_tens = bool(rule and rule.what is Growing.REPS and sets == 1 and reps[0] >= IN_TENS_FROM)
    return Prescription(
        _tens(reps[0]) if in_tens else tuple(reps),
        tuple(holds),
        tuple(paces),
        dose.sides,
        dose.first,
        _by_set(exercise, sets, level or 0.0),
        in_tens,
    )


def sets_grow(exercise: Exercise) -> bool:
    """Whether the exercise takes its turn among those of the session that grow by a set (or a rep)."""
    if exercise.kind is not Kind.STRENGTH or exercise.progress is not None:
        return False
    ranges = [exercise.dose.sets, *exercise.dose.reps]
    return any(amount is not None and amount.low < amount.high for amount in ranges)


@dataclass(frozen=True, slots=True)
class _Grown:
    """Where each range stands today."""

    exercise: Exercise
    choices: Choices
    turn: tuple[int, int]

    @property
    def _practised(self) -> int:
        return self.choices.day - 1

    @property
    def _by_itself(self) -> bool:
        return self.exercise.progress is None and self.choices.level is None

    def _strong(self, amount: Range[int], *, after: int = 0) -> int:
        """A range that grows a step after four days, in turn; `after` steps of another range."""
        turn, of = self.turn
        rounds = self._practised // SET_EVERY - (turn + 1)
        steps = max(0, (rounds // of + 1 if rounds >= 0 else 0) - after)
        return min(amount.high, amount.low + steps)

    def sets(self, dose: Dose) -> int:
        if dose.sets is None:
            return max(1, len(dose.reps))
        if self._by_itself and sets_grow(self.exercise):
            return self._strong(dose.sets)
        return _whole(dose.sets.at(self.choices.level or 0.0))

    def reps(self, dose: Dose) -> list[int]:
        if not self._by_itself:
            return [_whole(amount.at(self.choices.level or 0.0)) for amount in dose.reps] or [1]
        if sets_grow(self.exercise):
            sets = dose.sets.high - dose.sets.low if dose.sets else 0
            return [self._strong(amount, after=sets) for amount in dose.reps] or [1]
        after = max((_days_to_grow(move.hold) for move in self.exercise.moves if move.hold), default=0)
        steps = max(0, self._practised - after) // REP_EVERY
        return [min(amount.high, amount.low + steps) for amount in dose.reps] or [1]

    def hold(self, amount: Range[float]) -> float:
        if not self._by_itself:
            return amount.at(self.choices.level or 0.0)
        hold = amount.low
        for _ in range(self._practised // HOLD_EVERY):
            hold = min(amount.high, hold + _step(hold))
            if hold >= amount.high:
                break
        return hold


def _step(hold: float) -> float:
    return 2.0 if hold >= LONG_HOLD else 1.0


def _days_to_grow(amount: Range[float]) -> int:
    """Days of practice until a hold has reached the high end of its range."""
    hold, days = amount.low, 0
    while hold < amount.high:
        hold += _step(hold)
        days += HOLD_EVERY
    return days


def _spoken(hold: float, amount: Range[float]) -> float:
    """A hold between the ends of a range of whole seconds, as a whole number of seconds."""
    whole = amount.low == int(amount.low) and amount.high == int(amount.high)
    return float(_whole(hold)) if whole else hold


def _by_set(exercise: Exercise, sets: int, level: float) -> tuple[tuple[float | None, ...], ...]:
    if not any(move.holds for move in exercise.moves):
        return ()
    return tuple(
        tuple(
            _spoken(one.at(level), one)
            if (one := move.holds[min(index, len(move.holds) - 1)] if move.holds else move.hold)
            else None
            for move in exercise.moves
        )
        for index in range(sets)
    )


def _tens(reps: int) -> tuple[int, ...]:
    full, rest = divmod(reps, TEN)
    return (TEN,) * full + ((rest,) if rest else ())


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
