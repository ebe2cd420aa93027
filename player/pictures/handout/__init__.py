"""A session on paper: one self-contained page to print, for the wall beside the mat.

It takes its text from the session, so page and voice never disagree. Scripts and drawings are untrusted:
texts are escaped, and drawings are embedded as images, in which a browser runs and fetches nothing.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from player.layout.plan import flat
from player.pictures.handout.style import STYLE
from player.pictures.markup import harmless
from player.session import BreatheStep, ExerciseStep, Sides
from player.wording import wording_for
from player.wording.plain import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from player.session import Exercise, Session, Words
    from player.wording import Wording

Drawing = bytes
"""The text of an SVG file."""

WEEKS = 4
_MOST_BOXES = 3
"""Boxes for one day; more would not fit the page."""


def as_page(session: Session, drawing: Callable[[str], Drawing | None]) -> str:
    """The session as one HTML page, in its own language.

    Args:
        session: What to print.
        drawing: Returns the drawing of an exercise by its id, or None.
    """
    exercises, wording = exercises_of(session), wording_for(session.language)
    number = iter(range(1, len(exercises) + 1))
    cards = [
        _card(one, next(number) if one.role is None else None, drawing(one.id), wording) for one in exercises
    ]
    body = [
        *_head(session, exercises, wording),
        "<main>",
        *cards,
        *_breathing(session, wording),
        *_boxes(session, wording),
        *_safety(wording),
        "</main>",
    ]
    return _PAGE.format(
        language=harmless(session.language),
        policy=_POLICY,
        title=harmless(session.title),
        style=STYLE,
        body="\n".join(body),
    )


def exercises_of(session: Session) -> list[Exercise]:
    """Each exercise of the session once, in the order of first use."""
    found: dict[object, Exercise] = {}
    for step in flat(session.steps):
        if isinstance(step, ExerciseStep):
            one = step.exercise
            found.setdefault((one.id, one.lesson, _amounts(one)), one)
    return list(found.values())


def _amounts(exercise: Exercise) -> tuple[object, ...]:
    """All numbers of an exercise that a page shows."""
    return exercise.dose, exercise.progress, tuple((move.hold, move.move) for move in exercise.moves)


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _head(session: Session, exercises: list[Exercise], wording: Wording) -> Iterator[str]:
    yield f"<header><h1>{harmless(session.title)}</h1>"
    if session.about:
        yield f"<p>{harmless(session.about)}</p>"
    needs = dict.fromkeys((*session.needs, *(need for one in exercises for need in one.needs)))
    facts = []
    if needs:
        facts.append(f"<b>{wording.paper.NEEDS}</b> {harmless(', '.join(needs))}")
    if often := wording.paper.often(session.schedule):
        facts.append(f"<b>{wording.paper.HOW_OFTEN}</b> {harmless(often)}")
    if facts:
        yield f'<p class="facts">{" &ensp; ".join(facts)}</p>'
    yield "</header>"


def _card(exercise: Exercise, number: int | None, drawing: Drawing | None, wording: Wording) -> str:
    first = None if exercise.dose.sides is Sides.NONE else exercise.dose.first

    def text(words: Words | None) -> str:
        return harmless(words.on(first, wording.phrases.side_name)) if words else ""

    name = harmless(exercise.name)
    badge = f'<span class="n">{number}</span>' if number else ""
    growth = [wording.paper.growth(exercise.progress)] if exercise.progress else []
    dose = " · ".join([sentence(wording.paper.dose(exercise)).rstrip("."), *growth])
    start = " ".join(
        filter(None, (text(exercise.position) and sentence(text(exercise.position)), text(exercise.setup)))
    )
    steps = [
        text(move.say or move.cue)
        + (f' <span class="time">{wording.paper.time(move.move.low)}</span>' if move.move else "")
        for move in exercise.moves
        if move.say or move.cue
    ]
    hints = " ".join(text(words) for words in (exercise.feel, exercise.fault) if words)
    paragraphs = (
        ("dose", harmless(dose)),
        ("caution", text(exercise.caution)),
        ("start", start),
        ("steps", _in_turn(steps)),
        ("then", wording.paper.other_side(first.other) if first else ""),
        ("hints", hints),
        (
            "hints",
            f"<b>{wording.paper.EASIER}</b> {text(easier.say)}"
            if (easier := exercise.easier) and easier.say
            else "",
        ),
    )
    return "\n".join(
        [
            f'<article class="{"" if number else "around"}">',
            _picture(drawing, name),
            f"<div><h2>{badge}{name}</h2>",
            *(f'<div class="{kind}">{content}</div>' for kind, content in paragraphs if content),
            "</div></article>",
        ]
    )


def _in_turn(steps: list[str]) -> str:
    if len(steps) <= 1:
        return "".join(steps)
    return f"<ol>{''.join(f'<li>{step}</li>' for step in steps)}</ol>"


def _picture(drawing: Drawing | None, name: str) -> str:
    if drawing is None:
        return '<div class="none"></div>'
    return f'<img alt="{name}" src="data:image/svg+xml;base64,{b64encode(drawing).decode("ascii")}">'


def _breathing(session: Session, wording: Wording) -> Iterator[str]:
    for step in flat(session.steps):
        if isinstance(step, BreatheStep):
            words = wording.phrases.breathing(
                step.breathe_in, step.hold, step.breathe_out, step.rest, step.times
            )
            yield f'<p class="breathe"><b>{wording.paper.BREATHING}</b> {harmless(words)}</p>'
            return


def _boxes(session: Session, wording: Wording) -> Iterator[str]:
    boxes = "<i></i>" * min(session.schedule.times_per_day or 1, _MOST_BOXES)
    yield f'<section class="weeks"><h2>{wording.paper.weeks(WEEKS)}</h2><table><tr><td></td>'
    yield "".join(f'<th scope="col">{day}</th>' for day in wording.paper.DAYS) + "</tr>"
    for week in range(1, WEEKS + 1):
        cells = f"<td>{boxes}</td>" * len(wording.paper.DAYS)
        yield f'<tr><th scope="row">{wording.paper.week(week)}</th>{cells}</tr>'
    yield "</table></section>"


def _safety(wording: Wording) -> Iterator[str]:
    yield f'<section class="safety"><h2>{wording.paper.SAFETY_TITLE}</h2><ul>'
    yield from (f"<li>{harmless(line)}</li>" for line in wording.paper.SAFETY)
    yield "</ul></section>"
