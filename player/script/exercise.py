"""From the fields of an exercise to an `Exercise`, and a session's own dose and details over the catalogue's.

What the author leaves out stays None (or empty): the layout fills in the defaults of the session and of the
coach, so precedence lives in one place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.script import model, placeholders
from player.script.dose import dose, merged_dose, progress
from player.session import Back, Easier, Exercise, Move, Sides, Switch, Words

if TYPE_CHECKING:
    from player.script.forms import Fields
    from player.script.report import Report

NO_SIDES = "write 'sides: each', or name the side itself"
NO_SIDE_IN_A_NAME = "write 'left' or 'right'"


def exercise(fields: Fields, identity: str, report: Report) -> Exercise | None:
    """Return the exercise that the fields describe; None if too little of it could be read.

    Args:
        fields: Read by `model.EXERCISE`.
        identity: Its id.
        report: Collects mistakes.
    """
    moves = _moves(fields)
    name = fields.get(model.NAME)
    its_dose = dose(fields, report)
    sided = its_dose.sides is not Sides.NONE
    _check_texts(fields, moves, report, sided=sided)
    if model.SIDES in fields:  # if it is missing, the form has reported it
        _check_sided_keys(fields, report, its_dose.sides)
    if name is None or not moves:
        return None
    bare = Exercise(identity, name.text, report.source(fields.node), moves, its_dose)
    return replace(
        bare,
        targets=_texts(fields.get(model.TARGETS)),
        needs=_texts(fields.get(model.NEEDS)),
        position=fields.get(model.POSITION),
        setup=fields.get(model.SETUP),
        switch=_switch(fields),
        get_ready=fields.get(model.GET_READY),
        ticks=fields.get(model.TICKS),
        progress=progress(fields, its_dose, moves, report),
        feel=fields.get(model.FEEL),
        fault=fields.get(model.FAULT),
        easier=_easier(fields),
        caution=fields.get(model.CAUTION),
        reference=reference.text if (reference := fields.get(model.REFERENCE)) else None,
        role=fields.get(model.ROLE),
    )


def over(base: Exercise, fields: Fields, report: Report) -> Exercise:
    """Return an exercise as one session wants it: the session's values win, the rest is the catalogue's.

    `hold`, `into` and `back` apply to every move that holds. A new `reps`, `sets` or `hold` cancels a
    catalogue rule by which that number grows, because the session's number is final.
    """
    moves = _moves_over(base, fields, report)
    new_dose = merged_dose(base, fields, report)
    changed = replace(
        base,
        moves=moves,
        dose=new_dose,
        name=words.text if (words := fields.get(model.OTHER_NAME)) else base.name,
        position=fields.get(model.POSITION) or base.position,
        setup=fields.get(model.SETUP) or base.setup,
        switch=_switch(fields) or base.switch,
        feel=fields.get(model.FEEL) or base.feel,
        fault=fields.get(model.FAULT) or base.fault,
        easier=_easier(fields) or base.easier,
        caution=fields.get(model.CAUTION) or base.caution,
    )
    ready, ticks = fields.get(model.GET_READY), fields.get(model.TICKS)
    if model.PROGRESS in fields:
        rule = progress(fields, new_dose, moves, report)
    else:
        rule = None if base.progress and base.progress.what.value in fields.nodes else base.progress
    changed = replace(
        changed,
        get_ready=base.get_ready if ready is None else ready,
        ticks=base.ticks if ticks is None else ticks,
        progress=rule,
    )
    _check_sides_over(base, changed, fields, report)
    return changed


def texts_of(one: Exercise) -> list[Words | None]:
    """Return every text of an exercise that may mention sides."""
    own = [one.position, one.prepare, one.setup, one.feel, one.fault, one.caution]
    own += [one.easier.say, one.easier.position] if one.easier else []
    own.append(one.switch.say if one.switch else None)
    return own + [words for move in one.moves for words in _texts_of_move(move)]


def _texts_of_move(move: Move) -> list[Words | None]:
    return [move.say, move.cue, move.back.say if move.back else None]


def _moves(fields: Fields) -> tuple[Move, ...]:
    listed = (fields,) if model.MOVES not in fields else fields.get(model.MOVES) or ()
    return tuple(move for one in listed if (move := _move(one)) is not None)


def _move(fields: Fields) -> Move | None:
    hold, move = fields.get(model.HOLD_KEY), fields.get(model.MOVE_KEY)
    if (hold is None) == (move is None):
        return None
    say, cue = fields.get(model.SAY), fields.get(model.CUE)
    return Move(say, cue, hold, move, into=fields.get(model.INTO), back=_back(fields))


def _back(fields: Fields) -> Back | None:
    back = fields.get(model.BACK)
    return None if back is None else Back(back.get(model.FOR), back.get(model.BACK_SAY))


def _switch(fields: Fields) -> Switch | None:
    switch = fields.get(model.SWITCH)
    return None if switch is None else Switch(switch.get(model.SWITCH_FOR), switch.get(model.SWITCH_SAY))


def _easier(fields: Fields) -> Easier | None:
    easier = fields.get(model.EASIER)
    return None if easier is None else Easier(easier.get(model.EASIER_SAY))


def _texts(words: tuple[Words, ...] | None) -> tuple[str, ...]:
    return tuple(word.text for word in words or ())


def _check_texts(fields: Fields, moves: tuple[Move, ...], report: Report, *, sided: bool) -> None:
    keys = (model.POSITION, model.SETUP, model.FEEL, model.FAULT, model.CAUTION)
    texts: list[Words | None] = [fields.get(key) for key in keys]
    texts += [
        easier.say if (easier := _easier(fields)) else None,
        switch.say if (switch := _switch(fields)) else None,
    ]
    texts += [words for move in moves for words in _texts_of_move(move)]
    placeholders.check(texts, report, sided=sided, remedy=NO_SIDES)
    placeholders.check([fields.get(model.NAME)], report, sided=False, remedy=NO_SIDE_IN_A_NAME)


def _moves_over(base: Exercise, fields: Fields, report: Report) -> tuple[Move, ...]:
    hold, into, back = fields.get(model.HOLD_KEY), fields.get(model.INTO), _back(fields)
    if not any(move.hold for move in base.moves):
        for key in (model.HOLD_KEY, model.INTO, model.BACK):
            if key in fields:
                message = f"'{key.name}' changes nothing, because no move of '{base.id}' holds; delete it"
                report.mistake(fields.place(key), message)
        return base.moves
    return tuple(
        move
        if move.hold is None
        else replace(
            move,
            hold=hold or move.hold,
            into=move.into if into is None else into,
            back=_back_over(move.back, back),
        )
        for move in base.moves
    )


def _back_over(base: Back | None, new: Back | None) -> Back | None:
    if base is None or new is None:
        return new or base
    return Back(base.length if new.length is None else new.length, new.say or base.say)


def _check_sides_over(base: Exercise, changed: Exercise, fields: Fields, report: Report) -> None:
    """Check the session's additions against the resulting sides."""
    sided = changed.dose.sides is not Sides.NONE
    old = {words for words in texts_of(base) if words is not None}
    added = [words for words in texts_of(changed) if words is not None and words not in old]
    placeholders.check(added, report, sided=sided, remedy=NO_SIDES)
    placeholders.check([fields.get(model.OTHER_NAME)], report, sided=False, remedy=NO_SIDE_IN_A_NAME)
    if not sided and model.SIDES in fields and any(words.names_any_side for words in old):
        message = f"the texts of '{base.id}' mention sides; write 'sides: each', 'alternating' or 'blocks'"
        report.mistake(fields.place(model.SIDES), message)
    _check_sided_keys(fields, report, changed.dose.sides)


def _check_sided_keys(fields: Fields, report: Report, sides: Sides) -> None:
    if sides is Sides.NONE:
        for key in (model.FIRST, model.SWITCH):
            if key in fields:
                message = f"'{key.name}' makes no sense without 'sides'; write for example 'sides: each'"
                report.mistake(fields.place(key), message)
    elif sides is Sides.ALTERNATING and model.SWITCH in fields:
        message = "'switch' changes nothing if the sides alternate; write 'rest', or 'sides: each'"
        report.mistake(fields.place(model.SWITCH), message)
