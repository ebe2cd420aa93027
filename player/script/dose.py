"""Reads the dose of an exercise: sets, reps, rests, sides, and how it grows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.script import model, values
from player.script.values import Unreadable
from player.session import Dose, Growing, Progress, Range, Side, Sides

if TYPE_CHECKING:
    from player.script.forms import Fields
    from player.script.report import Report
    from player.session import Exercise, Move


def dose(fields: Fields, report: Report) -> Dose:
    """Return the dose of an exercise; missing values stay None."""
    return merged(Dose(), fields, report)


def merged_dose(base: Exercise, fields: Fields, report: Report) -> Dose:
    """Return the dose of a catalogue exercise, with the session's own numbers."""
    return merged(base.dose, fields, report)


def merged(base: Dose, fields: Fields, report: Report) -> Dose:
    """Return a dose in which the numbers in `fields` replace those in `base`."""
    sets, reps = fields.get(model.SETS) or base.sets, fields.get(model.REPS) or base.reps
    if len(reps) > 1:
        sets = _sets_of(reps, fields, report)
    rest, between = fields.get(model.REST), fields.get(model.REST_BETWEEN_SETS)
    return replace(
        base,
        sets=sets,
        reps=reps,
        rest=base.rest if rest is None else rest,
        rest_between_sets=base.rest_between_sets if between is None else between,
        sides=fields.get(model.SIDES) or base.sides,
        first=fields.get(model.FIRST) or base.first,
    )


def _sets_of(reps: tuple[Range[int], ...], fields: Fields, report: Report) -> Range[int]:
    """Return the number of sets if `reps` lists one number for each set."""
    whole = Range(len(reps), len(reps))
    said = fields.get(model.SETS)
    if said is not None and said != whole:
        remedy = f"write 'sets: {len(reps)}', or leave 'sets' out"
        report.mistake(
            fields.place(model.SETS), f"'reps' lists one number for each of {len(reps)} sets; {remedy}"
        )
    return whole


def progress(fields: Fields, its_dose: Dose, moves: tuple[Move, ...], report: Report) -> Progress | None:
    """Return the rule by which the dose grows, checked against its start."""
    rule = fields.get(model.PROGRESS)
    if rule is None:
        return None
    growing = (
        (Growing.REPS, model.MORE_REPS),
        (Growing.SETS, model.MORE_SETS),
        (Growing.HOLD, model.MORE_HOLD),
    )
    found = [(what, step) for what, key in growing if (step := rule.get(key)) is not None]
    every, up_to = rule.get(model.EVERY), rule.get(model.UP_TO)
    if len(found) != 1 or every is None or up_to is None:
        return None
    what, step = found[0]
    start = _start(what, its_dose, moves)
    if start is None:
        report.mistake(rule.node, "'hold' cannot grow: no move here holds; write 'reps' or 'sets'")
        return None
    if what is Growing.SETS and len(its_dose.reps) > 1:
        report.mistake(rule.node, "'sets' cannot grow if 'reps' lists each set; write 'reps: 10'")
        return None
    try:
        most = _most(what, up_to)
    except Unreadable as problem:
        example = "up_to: 10s" if what is Growing.HOLD else "up_to: 30"
        remedy = "" if ";" in str(problem) else f"; write for example '{example}'"
        report.mistake(rule.place(model.UP_TO), f"{problem}{remedy}")
        return None
    if most < start:
        message = f"'up_to: {up_to}' is below the start ({start:g}); write a larger number"
        report.mistake(rule.place(model.UP_TO), message)
    return Progress(what, step, every, most)


def _start(what: Growing, its_dose: Dose, moves: tuple[Move, ...]) -> float | None:
    """Return the value that growth starts from; None if there is nothing to grow."""
    if what is Growing.REPS:
        return max((reps.low for reps in its_dose.reps), default=1)
    if what is Growing.SETS:
        return its_dose.sets.low if its_dose.sets else 1
    return max((move.hold.low for move in moves if move.hold), default=None)


def _most(what: Growing, text: str) -> float:
    if what is Growing.HOLD:
        return values.seconds(text, model.HOLD)
    return values.count(text, model.REPS_LIMITS if what is Growing.REPS else model.SETS_LIMITS)


def total_reps(its_dose: Dose, *, high: bool, grown: Progress | None = None) -> int:
    """Return the reps of all sets and both sides, at the low or the high end of the ranges.

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
    once = sum(reps) if len(reps) > 1 else reps[0] * sets
    return once * (1 if its_dose.sides is Sides.NONE else len(Side))
