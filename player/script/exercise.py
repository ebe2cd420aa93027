"""From the fields of an exercise to an `Exercise`, and a session's own dose and details over the catalogue's.

What the author leaves out stays None (or empty): the layout fills in the defaults of the session and of the
coach, so precedence lives in one place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from player.script import model, movement, placeholders
from player.script.dose import dose, merged, progress
from player.script.easier import check_easier, easier
from player.script.intervals import check_rounds
from player.script.moves import check_rhythm, moves, moves_over, texts_of_move
from player.session import Exercise, Move, Range, Sides, Switch, Words

if TYPE_CHECKING:
    from player.script.forms import Fields, Key
    from player.script.report import Report
    from player.session import Seconds

T = TypeVar("T")
NO_SIDES = "write 'sides: each', or name the side itself"
NO_SIDE_IN_A_NAME = "write 'left' or 'right'"


def exercise(fields: Fields, identity: str, report: Report) -> Exercise | None:
    """Return the exercise that the fields describe; None if too little of it could be read.

    Args:
        fields: Read by `model.EXERCISE`.
        identity: Its id.
        report: Collects mistakes.
    """
    its_moves = moves(fields, report)
    name = fields.get(model.NAME)
    its_dose = dose(fields, its_moves, report)
    bare = Exercise(identity, name.text if name else "", report.source(fields.node), its_moves, its_dose)
    one = _detailed(bare, fields)
    check_texts(one, name, report)
    if movement.SIDES in fields:  # if it is missing, the form has reported it
        _check_sided_keys(fields, report, its_dose.sides)
    if name is None or not its_moves:
        return None
    rule = progress(fields, its_dose, its_moves, report)
    if movement.REPS in fields and movement.MOVES not in fields:  # as above
        check_rhythm(its_moves, its_dose, rule, fields, report)
    check_easier(one, fields, report)
    return replace(one, progress=rule)


def interval_exercise(fields: Fields, work: Seconds, report: Report) -> Exercise | None:
    """Return an exercise written in an intervals step; None if it has no name.

    Args:
        fields: Read by `model.INTERVAL_EXERCISE`.
        work: How long each work lasts.
        report: Collects mistakes.
    """
    name = fields.get(model.NAME)
    move = Move(fields.get(movement.SAY), fields.get(movement.CUE), move=Range(work, work))
    bare = Exercise("", name.text if name else "", report.source(fields.node), (move,))
    one = _detailed(bare, fields)
    check_texts(one, name, report)
    check_easier(one, fields, report)
    return None if name is None else one


def over(base: Exercise, fields: Fields, report: Report) -> Exercise:
    """Return an exercise as one session wants it: the session's values win, the rest is the catalogue's.

    `hold`, `into` and `back` apply to every move that holds. A new `reps`, `sets` or `hold` cancels a
    catalogue rule by which that number grows, because the session's number is final.
    """
    check_rounds(base, fields, report)
    its_moves = moves_over(base, fields, report)
    new_dose = merged(base.dose, fields, its_moves, report)
    name = fields.get(model.OTHER_NAME)
    changed = replace(
        base,
        moves=its_moves,
        dose=new_dose,
        name=name.text if name else base.name,
        spoken=None if name else base.spoken,
    )
    if movement.PROGRESS in fields:
        rule = progress(fields, new_dose, its_moves, report)
    else:
        final = {*fields.nodes, *(["reps", "sets", "hold"] if movement.ROUNDS in fields else [])}
        rule = None if base.progress and base.progress.what.value in final else base.progress
    changed = replace(_detailed(changed, fields), progress=rule)
    check_rhythm(its_moves, new_dose, rule, fields, report)
    check_easier(changed, fields, report)
    _check_sides_over(base, changed, fields, report)
    return changed


def _detailed(base: Exercise, fields: Fields) -> Exercise:
    """Return the exercise with every detail that the fields give, apart from movements, dose and name."""

    def said(key: Key[T], before: T | None) -> T | None:
        value = fields.get(key)
        return before if value is None else value

    needs = fields.get(model.NEEDS)
    reference, harder = fields.get(model.REFERENCE), fields.get(model.HARDER)
    return replace(
        base,
        targets=_texts(fields.get(model.TARGETS)) or base.targets,
        needs=base.needs if needs is None else _texts(needs),
        position=said(model.POSITION, base.position),
        prepare=said(model.PREPARE, base.prepare),
        setup=said(model.SETUP, base.setup),
        switch=_switch(fields) or base.switch,
        get_ready=said(movement.GET_READY, base.get_ready),
        ticks=said(movement.TICKS, base.ticks),
        feel=said(model.FEEL, base.feel),
        fault=said(model.FAULT, base.fault),
        easier=easier(fields) or base.easier,
        harder=harder.text if harder else base.harder,
        caution=said(model.CAUTION, base.caution),
        reference=reference.text if reference else base.reference,
        role=said(model.ROLE, base.role),
        kind=said(model.KIND, base.kind),
        avoid_if=fields.get(model.AVOID_IF) or base.avoid_if,
        works=said(model.WORKS, base.works),
        spoken=said(model.SPOKEN, base.spoken),
        tones=said(model.TONES, base.tones),
        announce=said(model.ANNOUNCE, base.announce),
        counting=said(model.COUNT, base.counting),
    )


def texts_of(one: Exercise) -> list[Words | None]:
    """Return every text of an exercise that may mention sides."""
    own = [one.position, one.prepare, one.setup, one.feel, one.fault, one.caution]
    own += [one.easier.say, one.easier.position] if one.easier else []
    own.append(one.switch.say if one.switch else None)
    return own + [words for move in one.moves for words in texts_of_move(move)]


def check_texts(one: Exercise, name: Words | None, report: Report) -> None:
    """Report every placeholder for a side that means nothing."""
    placeholders.check(texts_of(one), report, sided=one.dose.sides is not Sides.NONE, remedy=NO_SIDES)
    placeholders.check([name], report, sided=False, remedy=NO_SIDE_IN_A_NAME)


def _switch(fields: Fields) -> Switch | None:
    switch = fields.get(movement.SWITCH)
    return (
        None if switch is None else Switch(switch.get(movement.SWITCH_FOR), switch.get(movement.SWITCH_SAY))
    )


def _texts(words: tuple[Words, ...] | None) -> tuple[str, ...]:
    return tuple(word.text for word in words or ())


def _check_sides_over(base: Exercise, changed: Exercise, fields: Fields, report: Report) -> None:
    """Check the session's additions against the resulting sides."""
    sided = changed.dose.sides is not Sides.NONE
    old = {words for words in texts_of(base) if words is not None}
    added = [words for words in texts_of(changed) if words is not None and words not in old]
    placeholders.check(added, report, sided=sided, remedy=NO_SIDES)
    placeholders.check([fields.get(model.OTHER_NAME)], report, sided=False, remedy=NO_SIDE_IN_A_NAME)
    if not sided and movement.SIDES in fields and any(words.names_any_side for words in old):
        message = f"the texts of '{base.id}' mention sides; write 'sides: each', 'alternating' or 'blocks'"
        report.mistake(fields.place(movement.SIDES), message)
    _check_sided_keys(fields, report, changed.dose.sides)


def _check_sided_keys(fields: Fields, report: Report, sides: Sides) -> None:
    if sides is Sides.NONE:
        for key in (movement.FIRST, movement.SWITCH, model.WORKS):
            if key in fields:
                message = f"'{key.name}' makes no sense without 'sides'; write for example 'sides: each'"
                report.mistake(fields.place(key), message)
    elif sides is Sides.ALTERNATING and movement.SWITCH in fields:
        message = "'switch' changes nothing if the sides alternate; write 'rest', or 'sides: each'"
        report.mistake(fields.place(movement.SWITCH), message)
