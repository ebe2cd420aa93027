"""The words of an English hand-out: short, in digits, each dose with its whole range.

Written text may be denser than speech, and a reader wants to see where a dose begins and ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.session import Growing, Sides
from player.wording.en import phrases
from player.wording.en.numbers import number

if TYPE_CHECKING:
    from player.session import Exercise, Progress, Range, Schedule, Side

NEEDS = "You need:"
HOW_OFTEN = "How often:"
EASIER = "Easier:"
BREATHING = "Breathing:"
DAYS: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SAFETY_TITLE = "For your safety"
SAFETY: tuple[str, ...] = (*phrases.SAFETY_FULL[1:], *phrases.CLOSING)
"""The coach's safety advice, without the introduction."""
_MINUTE = 60


def dose(exercise: Exercise) -> str:
    """A dose, such as "2–3 times each side, in turn, hold 5–10 s"."""
    own = exercise.dose
    if exercise.role is not None and not own.reps and all(move.move for move in exercise.moves):
        return time(sum(move.move.low for move in exercise.moves if move.move))
    reps = ", then ".join(_amount(count) for count in own.reps) or "1"
    once = reps == "1"
    if own.sets is not None and own.sets.high > 1:
        parts = [f"{_amount(own.sets)} sets of {reps}"]
    else:
        parts = ["once" if once else f"{reps} times"]
    if own.sides is not Sides.NONE:
        parts[0] += " each side"
    if own.sides is Sides.ALTERNATING and not once:
        parts.append("in turn")
    holds = dict.fromkeys(_times(move.hold) for move in exercise.moves if move.hold)
    if holds:
        parts.append(f"hold {' and '.join(holds)}")
    if own.rest_between_sets:
        parts.append(f"rest {time(own.rest_between_sets)} between sets")
    return ", ".join(parts)


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
