"""The words of an English hand-out: short, in digits, each dose with its whole range.

Written text may be denser than speech, and a reader wants to see where a dose begins and ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.session import Avoid, Growing, Sides
from player.wording.en import phrases
from player.wording.en.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from player.session import (
        BreatheStep,
        Dose,
        Easier,
        Exercise,
        IntervalsStep,
        Move,
        Progress,
        Range,
        Schedule,
        Side,
        WalkStep,
    )

NEEDS = "You need:"
HOW_OFTEN = "How often:"
EASIER = "Easier:"
HARDER = "Harder:"
LEAVE_OUT = "Leave it out with:"
INTERVALS = "In turn:"
WALK = "Walk:"
REST = "Rest:"
UNTIL_DONE = "or until you are done"
BREATHING = "Breathing:"
DAYS: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SAFETY_TITLE = "For your safety"
SAFETY: tuple[str, ...] = (*phrases.SAFETY_FULL, *phrases.CLOSING)
"""The coach's safety advice, without the introduction."""
WORTH_WRITING = 5.0
"""Seconds of a rest between reps that a reader must know of."""
_MINUTE = 60
_HALF = 0.5
_REASONS = {
    Avoid.HIP: "a replaced hip",
    Avoid.BONES: "weak bones",
    Avoid.PREGNANT: "a pregnancy",
    Avoid.OPERATED: "an operation in the last three months",
    Avoid.KNEELING: "knees that hurt when you kneel",
    Avoid.BALANCE: "unsteady balance",
    Avoid.FLOOR: "trouble getting down to the floor and up again",
}


def dose(exercise: Exercise) -> str:
    """A dose, such as "2–3 times each side, in turn, hold 5–10 s"."""
    own = exercise.dose
    if exercise.role is not None and not own.reps and all(move.move for move in exercise.moves):
        return time(sum(move.move.low for move in exercise.moves if move.move))
    if own.intervals:
        return rounds(own.reps[0].low if own.reps else 1, _lengths(exercise.moves), own.rest)
    reps = ", then ".join(_amount(count) for count in own.reps) or "1"
    parts = [_how_often(own, reps, listed=any(move.holds for move in exercise.moves))]
    if own.sides is not Sides.NONE:
        parts[0] += " each side"
    if own.sides is Sides.ALTERNATING and reps != "1":
        parts.append("in turn")
    if own.every is not None:
        parts.append(f"one every {time(own.every)}")
    holds = dict.fromkeys(_holds(move) for move in exercise.moves if move.hold)
    if holds:
        parts.append(f"hold {' and '.join(holds)}")
    if own.rest and own.rest >= WORTH_WRITING and reps != "1":
        parts.append(f"rest {time(own.rest)} between")
    if own.rest_between_sets:
        parts.append(f"rest {time(own.rest_between_sets)} between sets")
    return ", ".join(parts)


def rounds(count: int, work: float, rest: float | None) -> str:
    """Work in intervals, such as "8 rounds: work 20 s, rest 10 s"."""
    parts = [f"{count} rounds: work {time(work)}" if count > 1 else f"1 round: work {time(work)}"]
    return ", ".join([*parts, f"rest {time(rest)}"] if rest else parts)


def _lengths(moves: tuple[Move, ...]) -> float:
    return sum(move.move.low for move in moves if move.move)


def _how_often(own: Dose, reps: str, *, listed: bool) -> str:
    if own.sets is not None and own.sets.high > 1:
        if reps == "1" and listed:
            return f"{_amount(own.sets)} times"
        return f"{_amount(own.sets)} sets of {reps}"
    return "once" if reps == "1" else f"{reps} times"


def _holds(move: Move) -> str:
    """All holds of a movement, such as "10, 20, 30 s"."""
    holds = move.holds or ((move.hold,) if move.hold else ())
    if len(holds) > 1 and all(hold.low == hold.high < _MINUTE for hold in holds):
        return f"{', '.join(f'{hold.low:g}' for hold in holds)} s"
    return ", ".join(map(_times, holds))


def easier(way: Easier, exercise: Exercise) -> str:
    """The part of the dose that is easier, such as "half the hold, 6 of 10"; empty if none is."""
    parts = []
    if way.hold is not None:
        parts.append("half the hold" if way.hold == _HALF else f"{way.hold:.0%} of the hold")
    if way.reps is not None:
        reps = exercise.dose.reps
        whole = reps[0].low if len(reps) == 1 and reps[0].low == reps[0].high else None
        share = "half the times" if way.reps == _HALF else f"{way.reps:.0%} of the times"
        parts.append(f"{max(1, round(whole * way.reps))} of {whole}" if whole else share)
    return ", ".join(parts)


def reasons(avoid_if: Iterable[Avoid]) -> str:
    """Who leaves an exercise out, such as "a replaced hip, weak bones"."""
    return ", ".join(_REASONS[reason] for reason in avoid_if)


def breathing(step: BreatheStep) -> str:
    """Paced breathing, such as "in 4 s, hold 7 s, out 8 s, 4 times"."""
    parts = [f"in {time(step.breathe_in)}", f"hold {time(step.hold)}" if step.hold else ""]
    parts += [f"out {time(step.breathe_out)}", f"rest {time(step.rest)}" if step.rest else ""]
    return ", ".join([*filter(None, parts), "once" if step.times == 1 else f"{step.times} times"])


def walk(step: WalkStep) -> str:
    """A walk, such as "10 min; turn round after 5 min"."""
    whole = time(step.length)
    return f"{whole}; turn round after {time(step.length / 2)}" if step.turns else whole


def in_turn(step: IntervalsStep) -> str:
    """Several exercises in intervals, such as "8 rounds: work 20 s, rest 10 s"."""
    return rounds(step.rounds, step.work, step.rest)


def growth(rule: Progress) -> str:
    """A rule, such as "1 more every day, up to 30"."""
    every = "every day" if rule.every_days == 1 else f"every {rule.every_days} days"
    if rule.what is Growing.HOLD:
        return f"{time(rule.step)} longer {every}, up to {time(rule.up_to)}"
    what = " set" if rule.what is Growing.SETS else ""
    return f"{rule.step:g}{what} more {every}, up to {rule.up_to:g}"


def time(seconds: float) -> str:
    """`30` as "30 s", `120` as "2 min", `90` as "1 min 30 s"."""
    minutes, rest = divmod(seconds, _MINUTE)
    parts = [f"{minutes:g} min"] if minutes else []
    return " ".join([*parts, f"{rest:g} s"] if rest or not minutes else parts)


def _amount(amount: Range[int]) -> str:
    return f"{amount.low}" if amount.low == amount.high else f"{amount.low}–{amount.high}"


def _times(amount: Range[float]) -> str:
    if amount.low == amount.high:
        return time(amount.low)
    if amount.high < _MINUTE:
        return f"{amount.low:g}–{amount.high:g} s"
    return f"{time(amount.low)} – {time(amount.high)}"


def often(schedule: Schedule) -> str:
    """A schedule, such as "twice a day, 5 days a week" or "every two hours"."""
    day, week, hours = schedule.times_per_day, schedule.days_per_week, schedule.every_hours
    parts = [{1: "once a day", 2: "twice a day"}.get(day, f"{day} times a day")] if day else []
    parts += ["every hour" if hours == 1 else f"every {number(hours)} hours"] if hours else []
    parts += [f"{week} days a week" if week > 1 else "one day a week"] if week else []
    return ", ".join(parts)


def other_side(side: Side) -> str:
    """The instruction to repeat the exercise with this side."""
    return f"Then the same with the {side} side."


def weeks(count: int) -> str:
    """A title, such as "Four weeks to tick"."""
    return f"{number(count).capitalize()} weeks to tick"


def week(number: int) -> str:
    """A name, such as "Week 2"."""
    return f"Week {number}"
