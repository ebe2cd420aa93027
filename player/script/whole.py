"""Checks of the whole session: its size, its balance, its warm-up.

Sizes are computed before any repeat is expanded, so ten million steps cost nothing. The layout knows exact
lengths and checks again; a session refused here could never fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from player.script.dose import reps_of_sets, sides_of, total_reps
from player.script.moves import holds_of
from player.script.steps import MOST_STEPS
from player.session import (
    BreatheStep,
    Defaults,
    Exercise,
    ExerciseStep,
    IntervalsStep,
    Kind,
    RepeatStep,
    RestStep,
    Role,
    SayStep,
    Sides,
    SilenceStep,
    SoundStep,
    Step,
    TalkStep,
    WalkStep,
)
from player.timeline import LONGEST, MOST_CUES
from player.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.errors import Source
    from player.script.report import Report, Spot


LETTERS_A_SECOND = 60
"""More than twice as fast as any voice speaks."""


@dataclass(frozen=True, slots=True)
class Size:
    """A minimum of steps, cues and seconds."""

    steps: int = 0
    cues: int = 0
    seconds: float = 0.0

    def __add__(self, other: Size) -> Size:
        return Size(self.steps + other.steps, self.cues + other.cues, self.seconds + other.seconds)

    def __mul__(self, times: int) -> Size:
        return Size(self.steps * times, self.cues * times, self.seconds * times)


def check_size(steps: tuple[Step, ...], defaults: Defaults, report: Report) -> None:
    """Report a session that is too long, at the step that exceeds the limit."""
    total, told = Size(), set[str]()
    for step in steps:
        total += size(step, defaults)
        for message in _too_much(total):
            if (kind := message.split(";")[1]) not in told:
                told.add(kind)
                report.mistake(step.source, message)


def _too_much(total: Size) -> Iterator[str]:
    if total.steps > MOST_STEPS:
        yield f"with repeats, the session has more than {MOST_STEPS:,} steps; repeat less"
    if total.cues > MOST_CUES:
        yield f"the session has more than {MOST_CUES:,} cues; write fewer reps, sets or repeats"
    if total.seconds > LONGEST:
        yield f"the session takes more than {LONGEST / 3600:g} hours; shorten its doses or split it"


def size(step: Step, defaults: Defaults) -> Size:
    """Return the minimum size of a step for any choices; its cues are counted at full growth."""
    match step:
        case RepeatStep():
            return sum((size(inner, defaults) for inner in step.steps), Size(1)) * step.times
        case ExerciseStep(exercise=one):
            reps = total_reps(one.dose, high=True, grown=one.progress)
            return Size(1, reps * len(one.moves), _seconds(one) + _waiting(one, defaults))
        case IntervalsStep():
            return Size(1, 2 * step.rounds, step.rounds * step.work + (step.rounds - 1) * step.rest)
        case BreatheStep():
            breath = step.breathe_in + step.hold + step.breathe_out + step.rest
            return Size(1, 4 * step.times, step.times * breath)
        case RestStep() | SilenceStep() | WalkStep():
            return Size(1, 0, step.length)
        case SayStep() | TalkStep() | SoundStep():
            return Size(1, 1, _letters(step) / LETTERS_A_SECOND)


def _letters(step: SayStep | TalkStep | SoundStep) -> int:
    """Return the minimum number of spoken letters."""
    match step:
        case SayStep(words=words):
            return len(words.text)
        case TalkStep(talk=talk):
            return min(len(point.text) for point in talk.points)
        case SoundStep():
            return 0


def _seconds(one: Exercise, *, high: bool = False) -> float:
    """Return the seconds of moving and holding, without rests and announcement."""
    sets = enumerate(reps_of_sets(one.dose, high=high))
    return sum(_set(one, index, reps, high=high) for index, reps in sets) * sides_of(one.dose)


def _set(one: Exercise, index: int, reps: int, *, high: bool) -> float:
    """Return the seconds of a set, counted from 0; on a beat the last rep may end before the next one."""
    rep = 0.0
    for move in one.moves:
        amounts = holds_of(move) or ((move.move,) if move.move else ())
        amount = amounts[min(index, len(amounts) - 1)]
        rep += amount.high if high else amount.low
    return reps * rep if one.dose.every is None else (reps - 1) * one.dose.every + rep


def _waiting(one: Exercise, defaults: Defaults) -> float:
    """Return the minimum seconds of waiting: to get ready, and between reps, sets and sides."""
    dose = one.dose
    sets = dose.sets.low if dose.sets else 1
    reps = sum(reps.low for reps in dose.reps) or 1
    each_rest = next((rest for rest in (dose.rest, defaults.rest) if rest is not None), 0.0)
    each_rest = 0.0 if dose.every else each_rest
    each_break = next(
        (rest for rest in (dose.rest_between_sets, defaults.rest_between_sets) if rest is not None), 0.0
    )
    rests = reps - len(dose.reps) if len(dose.reps) > 1 else sets * (reps - 1)
    ready = next((time for time in (one.get_ready, defaults.get_ready) if time is not None), 0.0)
    switches = dose.sides in {Sides.EACH, Sides.BLOCKS}
    switch = one.switch.length or 0.0 if one.switch and switches else 0.0
    return ready + rests * each_rest + (sets - 1) * each_break + switch


def check_warm_up(steps: tuple[Step, ...], place: Spot, report: Report) -> None:
    """Warn of exercises that begin cold; breathing needs no warm-up, and a walk is one."""
    if _has_effort(steps) and Role.WARM_UP not in _roles(steps) and not _walks(steps, 0):
        report.warning(place, "no warm-up; begin with '- exercise: warm-up'")


def check_cool_down(steps: tuple[Step, ...], place: Spot, report: Report) -> None:
    """Warn of exercises that end abruptly; a walk at the end is a cool-down."""
    if _has_effort(steps) and Role.COOL_DOWN not in _roles(steps) and not _walks(steps, -1):
        report.warning(place, "no cool-down; end with '- exercise: cool-down'")


def _roles(steps: tuple[Step, ...]) -> set[Role | None]:
    return {one.role for one, _, _ in _exercises(steps)}


def _has_effort(steps: tuple[Step, ...]) -> bool:
    return any(one.kind is not Kind.BREATHING for one, _, _ in _exercises(steps))


def _walks(steps: tuple[Step, ...], index: int) -> bool:
    """Return whether the first or the last of the steps in which the listener moves is a walk."""
    moving = [
        step for step in steps if isinstance(step, ExerciseStep | IntervalsStep | WalkStep | RepeatStep)
    ]
    step = moving[index] if moving else None
    return _walks(step.steps, index) if isinstance(step, RepeatStep) else isinstance(step, WalkStep)


def check_balance(steps: tuple[Step, ...], report: Report) -> None:
    """Report a left without its right among exercises that are written once for each side."""
    doses: dict[str, tuple[float, ...]] = {}
    last: dict[str, tuple[int, Exercise, Source]] = {}
    for index, (one, source, times) in enumerate(_exercises(steps)):
        name = one.name.casefold()
        if one.dose.sides is Sides.NONE and _names_one_side(name):
            own = tuple(times * part for part in _amounts(one))
            before = doses.get(name, (0.0,) * len(own))
            doses[name] = tuple(part + more for part, more in zip(before, own, strict=True))
            last[name] = index, one, source
    for name, (index, one, source) in last.items():
        other = _swapped(name)
        shown = quoted(one.name)
        if other not in doses:
            message = f"{shown} has no counterpart on the other side; add it, or write 'sides: each'"
            report.mistake(source, message)
        elif doses[other] != doses[name] and last[other][0] < index:
            message = f"{shown} and {quoted(last[other][1].name)} differ in dose; give both sides the same"
            report.mistake(source, message)


def _amounts(one: Exercise) -> tuple[float, ...]:
    """Return what must be equal on both sides: reps and seconds at both ends of their ranges."""
    reps = (total_reps(one.dose, high=False), total_reps(one.dose, high=True))
    off_beat = replace(one, dose=replace(one.dose, every=None))
    return (*reps, _seconds(one), _seconds(off_beat), _seconds(off_beat, high=True))


def _names_one_side(name: str) -> bool:
    """Whether a name has a counterpart on the other side: "Left arm", but not "Step right and left"."""
    return len({"left", "right"} & set(re.findall(r"[a-z]+", name))) == 1


def _swapped(name: str) -> str:
    """Return the name with left and right swapped."""
    return re.sub(r"\b(left|right)\b", lambda side: "right" if side[1] == "left" else "left", name)


def _exercises(steps: tuple[Step, ...], times: int = 1) -> Iterator[tuple[Exercise, Source, int]]:
    """Yield every exercise as written in the script, its place, and how often it is done."""
    for step in steps:
        match step:
            case RepeatStep():
                yield from _exercises(step.steps, times * step.times)
            case ExerciseStep():
                yield step.exercise, step.source, times
            case IntervalsStep():
                for one in step.exercises:
                    yield one, step.source, times
            case _:
                pass
