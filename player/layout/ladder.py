"""Ladders that an author writes as exercises with rests between: planks of 10, 20, 30 s with 20 s rests.

The rest is what the author says, from hold to hold: it contains the way out, the name of the next rung and
the way in, so nothing grows for speech. A rung needs no instruction: its movement is the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from player.session import ExerciseStep, RestStep, Sides
from player.timeline import PhaseKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.layout.outline import Line, Span
    from player.session import Exercise, Step

SHORTEST = 8.0
"""Seconds of the shortest rest between two rungs; a shorter one has no room for the next name."""


@dataclass(frozen=True, slots=True)
class Rung:
    """The place of an exercise in a ladder, or of a rest: what is exact before and after it."""

    before: float | None = None
    """Seconds of the rest before it, from hold to hold; None for the first rung."""
    after: float | None = None
    """Seconds of the rest after it; None for the last one."""

    def rest(self) -> float:
        """Of a rest: the seconds that are left beside the parts of its neighbours."""
        whole = self.before or 0.0
        return whole - _out(whole) - sum(_in(whole))

    def fit(self, spans: tuple[Span, ...], title: Line | None) -> tuple[Span, ...]:
        """Give the spans around the hold the exact parts of the rests before and after it."""
        hold = next(index for index, span in enumerate(spans) if span.kind is PhaseKind.HOLD)
        first, last = list(spans[:hold]), list(spans[hold + 1 :])
        if self.before is not None:
            ready, into = _in(self.before)
            name = (title,) if title else ()
            first = [
                replace(spans[0], length=ready, exact=True, lines=name, quiet=0.0),
                replace(spans[hold - 1], length=into, exact=True, lines=spans[hold - 1].lines[-1:]),
            ]
        if self.after is not None:
            last = [replace(last[0], length=_out(self.after), exact=True, lines=(), quiet=0.0)]
        return (*first, spans[hold], *last)


def _in(rest: float) -> tuple[float, float]:
    """The seconds of a rest in which the next rung is named, and in which it is taken."""
    return min(6.0, rest * 0.3), min(4.0, rest * 0.2)


def _out(rest: float) -> float:
    """The seconds of a rest in which the last rung is left."""
    return min(4.0, rest * 0.2)


def rungs(steps: Sequence[Step]) -> dict[int, Rung]:
    """The rungs among the steps, and the rests between them, by their index."""
    found: dict[int, Rung] = {}
    for index in range(len(steps) - 2):
        one, rest, other = steps[index : index + 3]
        if not (
            isinstance(one, ExerciseStep) and isinstance(rest, RestStep) and isinstance(other, ExerciseStep)
        ):
            continue
        if rest.length < SHORTEST or rest.until_done or not _is_same_movement(one.exercise, other.exercise):
            continue
        found[index] = replace(found.get(index, Rung()), after=rest.length)
        found[index + 1] = Rung(before=rest.length)
        found[index + 2] = Rung(before=rest.length)
    return found


def _is_same_movement(one: Exercise, other: Exercise) -> bool:
    """Whether the second needs no instruction after the first, and both are a single hold."""
    if not (_is_single_hold(one) and _is_single_hold(other)):
        return False
    texts = [
        (
            exercise.position and exercise.position.text,
            exercise.moves[0].say and exercise.moves[0].say.text,
            exercise.moves[0].cue and exercise.moves[0].cue.text,
        )
        for exercise in (one, other)
    ]
    setup = other.setup is None or (one.setup is not None and other.setup.text == one.setup.text)
    return texts[0] == texts[1] and setup and other.caution is None


def _is_single_hold(exercise: Exercise) -> bool:
    dose = exercise.dose
    once = all(amount.high == 1 for amount in (*dose.reps, *((dose.sets,) if dose.sets else ())))
    only = len(exercise.moves) == 1 and exercise.moves[0].hold is not None and not exercise.moves[0].holds
    return once and only and dose.sides is Sides.NONE and exercise.role is None
