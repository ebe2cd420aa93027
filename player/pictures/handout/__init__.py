"""A session on paper: one self-contained page to print, for the wall beside the mat.

It takes its text from the session, so page and voice never disagree. Scripts and drawings are untrusted:
texts are escaped, and drawings are embedded as images, in which a browser runs and fetches nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.layout.frame import needs
from player.layout.plan import flat
from player.pictures.handout.cards import Drawing, Page, same
from player.pictures.handout.style import STYLE
from player.pictures.markup import harmless
from player.session import exercises_in
from player.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from player.session import Exercise, Session
    from player.wording import Wording

WEEKS = 4
_MOST_BOXES = 3
"""Boxes for one day; more would not fit the page."""
_HOURS_AWAKE = 16


def _in_words(identity: str) -> str:
    """The id of an exercise as words, for want of its name."""
    return identity.replace("-", " ").capitalize()


def as_page(
    session: Session, drawing: Callable[[str], Drawing | None], named: Callable[[str], str] = _in_words
) -> str:
    """The session as one HTML page, in its own language.

    Args:
        session: What to print.
        drawing: Returns the drawing of an exercise by its id, or None.
        named: Returns the name of an exercise of the catalogue by its id.
    """
    wording = wording_for(session.language)
    page = Page(wording, drawing, named)
    body = [
        *_head(session, wording),
        "<main>",
        *page.blocks(session.steps),
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
        for one in exercises_in(step):
            found.setdefault(same(one), one)
    return list(found.values())


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


def _head(session: Session, wording: Wording) -> Iterator[str]:
    yield f"<header><h1>{harmless(session.title)}</h1>"
    if session.about:
        yield f"<p>{harmless(session.about)}</p>"
    needed = needs(session, tuple(flat(session.steps)))
    facts = []
    if needed:
        facts.append(f"<b>{wording.paper.NEEDS}</b> {harmless(', '.join(needed))}")
    if often := wording.paper.often(session.schedule):
        facts.append(f"<b>{wording.paper.HOW_OFTEN}</b> {harmless(often)}")
    if facts:
        yield f'<p class="facts">{" &ensp; ".join(facts)}</p>'
    yield "</header>"


def _boxes(session: Session, wording: Wording) -> Iterator[str]:
    hours = session.schedule.every_hours
    times = _HOURS_AWAKE // hours if hours else session.schedule.times_per_day or 1
    boxes = "<i></i>" * min(times, _MOST_BOXES)
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
