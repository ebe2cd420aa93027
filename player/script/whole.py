"""What only the whole session shows: its size, its balance, its warm-up.

Sizes are counted by arithmetic before any repeat is written out, so that ten million steps cost nothing. The
layout knows exact lengths and checks again; what is refused here could never fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.script.dose import total_reps
from player.script.report import Report, quoted
from player.script.steps import MOST_STEPS
from player.session import (
    BreatheStep,
    Exercise,
    ExerciseStep,
    RepeatStep,
    RestStep,
    Role,
    SayStep,
    Sides,
    SilenceStep,
    SoundStep,
    Step,
    TalkStep,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.script.report import Place

MOST_CUES = 10_000
LONGEST = 3 * 3600.0
"""Seconds of one session."""


@dataclass(frozen=True, slots=True)
class _Size:
    """At least so many steps and cues, and so many seconds."""

    steps: int = 0
    cues: int = 0
    seconds: float = 0.0

    def __add__(self, other: _Size) -> _Size:
        return _Size(self.steps + other.steps, self.cues + other.cues, self.seconds + other.seconds)

    def __mul__(self, times: int) -> _Size:
        return _Size(self.steps * times, self.cues * times, self.seconds * times)


def check_size(steps: tuple[Step, ...], report: Report) -> None:
    """Refuse a session that is too long, at the step with which it becomes so."""
    total, told = _Size(), set[str]()
    for step in steps:
        total += _size(step)
        for message in _too_much(total):
            if (kind := message.split(";")[1]) not in told:
                told.add(kind)
                report.mistake(step.source, message)


def _too_much(total: _Size) -> Iterator[str]:
    if total.steps > MOST_STEPS:
        yield f"with its repeats the session has more than {MOST_STEPS:,} steps; repeat less"
    if total.cues > MOST_CUES:
        yield f"the session has more than {MOST_CUES:,} cues; write fewer reps, sets or repeats"
    if total.seconds > LONGEST:
        yield f"the session takes more than {LONGEST / 3600:g} hours; shorten its doses or split it"


def _size(step: Step) -> _Size:
    match step:
        case RepeatStep():
            return sum((_size(inner) for inner in step.steps), _Size(1)) * step.times
        case ExerciseStep(exercise=one):
            reps = total_reps(one.dose, high=True, grown=one.progress)
            return _Size(1, reps * len(one.moves), _seconds(one))
        case BreatheStep():
            return _Size(1, 2 * step.times, step.times * (step.breathe_in + step.breathe_out))
        case RestStep() | SilenceStep():
            return _Size(1, 0, step.length)
        case SayStep() | TalkStep() | SoundStep():
            return _Size(1, 1)


def _seconds(one: Exercise, *, high: bool = False) -> float:
    """Return how long the exercise moves and holds, without its rests and its announcement."""
    amounts = [move.hold or move.move for move in one.moves]
    rep = sum((amount.high if high else amount.low) for amount in amounts if amount is not None)
    return rep * total_reps(one.dose, high=high)


def check_warm_up(steps: tuple[Step, ...], place: Place, report: Report) -> None:
    """Warn of a session that starts cold or ends abruptly."""
    roles = {one.exercise.role for one, _ in _exercises(steps)}
    if Role.WARM_UP not in roles:
        report.warning(place, "there is no warm-up; begin with '- exercise: warm-up'")
    if Role.COOL_DOWN not in roles:
        report.warning(place, "there is no cool-down; end with '- exercise: cool-down'")


def check_balance(steps: tuple[Step, ...], report: Report) -> None:
    """Refuse a left without its right: exercises that are written out for each side by their names."""
    doses: dict[str, tuple[float, ...]] = {}
    last: dict[str, ExerciseStep] = {}
    for step, times in _exercises(steps):
        name = step.exercise.name.casefold()
        if step.exercise.dose.sides is Sides.NONE and _swapped(name) != name:
            own = tuple(times * part for part in _amounts(step.exercise))
            before = doses.get(name, (0.0,) * len(own))
            doses[name] = tuple(one + more for one, more in zip(before, own, strict=True))
            last[name] = step
    for name, step in last.items():
        other = _swapped(name)
        shown = quoted(step.exercise.name)
        if other not in doses:
            message = f"{shown} has no counterpart on the other side; add it, or write 'sides: each'"
            report.mistake(step.source, message)
        elif doses[other] != doses[name] and last[other].source < step.source:
            message = (
                f"{shown} and {quoted(last[other].exercise.name)} differ in dose; give both sides the same"
            )
            report.mistake(step.source, message)


def _amounts(one: Exercise) -> tuple[float, ...]:
    """Return what must be equal on both sides: reps and seconds, at both ends of their ranges."""
    reps = (total_reps(one.dose, high=False), total_reps(one.dose, high=True))
    return (*reps, _seconds(one), _seconds(one, high=True))


def _swapped(name: str) -> str:
    """Return a name with its left and its right changed over."""
    return re.sub(r"\b(left|right)\b", lambda side: "right" if side[1] == "left" else "left", name)


def _exercises(steps: tuple[Step, ...], times: int = 1) -> Iterator[tuple[ExerciseStep, int]]:
    """Yield every exercise as it stands in the script, and how often it is done."""
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _exercises(step.steps, times * step.times)
        elif isinstance(step, ExerciseStep):
            yield step, times
