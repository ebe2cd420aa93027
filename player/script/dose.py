"""Reads the dose of an exercise: sets, reps, rests, sides, and how it grows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.script import movement, values
from player.script.moves import holds_of
from player.script.values import Unreadable
from player.session import Dose, Growing, Progress, Range, Side, Sides

if TYPE_CHECKING:
    from player.script.forms import Fields
    from player.script.report import Report
    from player.session import Move


def dose(fields: Fields, moves: tuple[Move, ...], report: Report) -> Dose:
    """Return the dose of an exercise; missing values stay None."""
    return merged(Dose(), fields, moves, report)


def merged(base: Dose, fields: Fields, moves: tuple[Move, ...], report: Report) -> Dose:
    """Return a dose in which the numbers in `fields` replace those in `base`.

    Args:
        base: The dose of the catalogue, or an empty one.
        fields: The fields of an exercise or of an exercise step.
        moves: Its movements, with the session's holds.
        report: Collects mistakes.
    """
    sets, reps = fields.get(movement.SETS) or base.sets, fields.get(movement.REPS) or base.reps
    rounds = fields.get(movement.ROUNDS)
    if rounds is not None:
        sets, reps = None, (Range(rounds, rounds),)
    if listed := _listed_sets(reps, moves, fields, report):
        sets = Range(listed, listed)
    rest, between = fields.get(movement.REST), fields.get(movement.REST_BETWEEN_SETS)
    intervals = base.intervals or movement.WORK in fields
    every = None if intervals else fields.get(movement.RHYTHM) or base.every
    return replace(
        base,
        sets=sets,
        reps=reps,
        rest=None if every else base.rest if rest is None else rest,
        rest_between_sets=base.rest_between_sets if between is None else between,
        sides=fields.get(movement.SIDES) or base.sides,
        first=fields.get(movement.FIRST) or base.first,
        every=every,
        intervals=intervals,
    )


def _listed_sets(
    reps: tuple[Range[int], ...], moves: tuple[Move, ...], fields: Fields, report: Report
) -> int:
    """Return the number of sets if `reps` or `hold` lists one for each; 0 if neither does."""
    in_reps = len(reps) if len(reps) > 1 else 0
    in_holds = max((len(move.holds) for move in moves), default=0)
    if in_reps and in_holds and in_reps != in_holds:
        place = fields.place(movement.REPS if movement.REPS in fields else movement.HOLD_KEY)
        report.mistake(
            place, f"'hold' lists {in_holds} sets and 'reps' {in_reps}; list one of each for every set"
        )
    count, name, what = (in_reps, "reps", "number") if in_reps else (in_holds, "hold", "hold")
    said = fields.get(movement.SETS)
    if count and said is not None and said != Range(count, count):
        remedy = f"write 'sets: {count}', or leave 'sets' out"
        report.mistake(
            fields.place(movement.SETS), f"'{name}' lists one {what} for each of {count} sets; {remedy}"
        )
    return count


def progress(fields: Fields, its_dose: Dose, moves: tuple[Move, ...], report: Report) -> Progress | None:
    """Return the rule by which the dose grows, checked against its start."""
    rule = fields.get(movement.PROGRESS)
    if rule is None:
        return None
    growing = (
        (Growing.REPS, movement.MORE_REPS),
        (Growing.SETS, movement.MORE_SETS),
        (Growing.HOLD, movement.MORE_HOLD),
    )
    found = [(what, step) for what, key in growing if (step := rule.get(key)) is not None]
    every, up_to = rule.get(movement.EVERY), rule.get(movement.UP_TO)
    if len(found) != 1 or every is None or up_to is None:
        return None
    what, step = found[0]
    start = _start(what, its_dose, moves)
    if start is None:
        report.mistake(rule.node, "'hold' cannot grow: no move here holds; write 'reps' or 'sets'")
        return None
    if what is Growing.SETS and (listing := _lists_sets(its_dose, moves)):
        report.mistake(rule.node, f"'sets' cannot grow if {listing}")
        return None
    try:
        most = _most(what, up_to)
    except Unreadable as problem:
        example = "up_to: 10s" if what is Growing.HOLD else "up_to: 30"
        remedy = "" if ";" in str(problem) else f"; write for example '{example}'"
        report.mistake(rule.place(movement.UP_TO), f"{problem}{remedy}")
        return None
    if most < start:
        message = f"'up_to: {up_to}' is below the start ({start:g}); write a larger number"
        report.mistake(rule.place(movement.UP_TO), message)
    return Progress(what, step, every, most)


def _start(what: Growing, its_dose: Dose, moves: tuple[Move, ...]) -> float | None:
    """Return the value that growth starts from; None if there is nothing to grow."""
    if what is Growing.REPS:
        return max((reps.low for reps in its_dose.reps), default=1)
    if what is Growing.SETS:
        return its_dose.sets.low if its_dose.sets else 1
    return max((hold.low for move in moves for hold in holds_of(move)), default=None)


def _lists_sets(its_dose: Dose, moves: tuple[Move, ...]) -> str:
    """Return why the number of sets is given, and what to write instead; empty if it is not."""
    if its_dose.intervals:
        return "there are rounds; write 'reps', which are the rounds"
    if len(its_dose.reps) > 1:
        return "'reps' lists each set; write 'reps: 10'"
    return "'hold' lists each set; write 'hold: 10s'" if any(move.holds for move in moves) else ""


def _most(what: Growing, text: str) -> float:
    if what is Growing.HOLD:
        return values.seconds(text, movement.HOLD)
    return values.count(text, movement.REPS_LIMITS if what is Growing.REPS else movement.SETS_LIMITS)


def most_reps(its_dose: Dose) -> int:
    """Return the most reps of one set."""
    return max((reps.high for reps in its_dose.reps), default=1)


def reps_of_sets(its_dose: Dose, *, high: bool, grown: Progress | None = None) -> list[int]:
    """Return the reps of each set, on one side, at the low or the high end of the ranges.

    Args:
        its_dose: The dose.
        high: Whether to use the high ends, and the end of the growth.
        grown: The rule by which it grows.
    """
    reps = [one.high if high else one.low for one in its_dose.reps] or [1]
    sets = (its_dose.sets.high if high else its_dose.sets.low) if its_dose.sets else 1
    if high and grown is not None and grown.what is Growing.REPS:
        reps = [max(one, int(grown.up_to)) for one in reps]
    if high and grown is not None and grown.what is Growing.SETS:
        sets = max(sets, int(grown.up_to))
    return reps if len(reps) > 1 else reps * sets


def total_reps(its_dose: Dose, *, high: bool, grown: Progress | None = None) -> int:
    """Return the reps of all sets and both sides, as in `reps_of_sets`."""
    return sum(reps_of_sets(its_dose, high=high, grown=grown)) * sides_of(its_dose)


def sides_of(its_dose: Dose) -> int:
    """Return on how many sides it is done."""
    return 1 if its_dose.sides is Sides.NONE else len(Side)
