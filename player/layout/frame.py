"""What the coach adds around a session: the opening and the end.

The opening says how long it takes, what to fetch (and waits for it), and the safety advice. The end says what
to do if it hurt, and coaches the way up. A session without exercises that ends lying is for falling asleep:
it ends as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.layout.outline import SESSION_ENDS, Line, Outline, Span
from player.layout.positions import way_up
from player.session import Closing, Coaching, Safety, exercises_in
from player.timeline import MarkKind, PhaseKind
from player.wording.plain import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from player.layout.announce import Announcer
    from player.session import Session, Step

FETCH = 10.0
"""Seconds to fetch what is needed."""
PIECE = 0.7
"""Seconds after each piece of advice."""
BEFORE_THE_WAY_UP = 3.0


def opening(announcer: Announcer, steps: Sequence[Step], *, titled: bool) -> Iterator[Outline]:
    """The sections before the first step, or after a greeting.

    Args:
        announcer: The announcer of the session.
        steps: All steps of the session.
        titled: Whether the title is said, because nobody greets.
    """
    session, wording = announcer.session, announcer.wording
    phrases = wording.phrases
    if session.opening is False:
        return
    full = announcer.coaching is Coaching.FULL
    spoken = [need for need in map(wording.spelling.fit_to_speak, needs(session, steps)) if need]
    texts = [sentence(wording.spelling.fit_to_speak(session.title))] if titled else []
    gather = phrases.gather(spoken)
    lines = [*texts, *([gather] if gather else [])]
    first = [Line(text, session.source) for text in lines if text]
    if gather:
        on_mat = any("mat" in wording.things_in(need) for need in spoken)
        fetch = phrases.fetch(spoken, beside_the_mat=on_mat)
        first += [Line(text, session.source) for text in fetch]
        if fetch:
            first[-1] = Line(first[-1].text, session.source, FETCH)
    yield _talk(announcer, phrases.TITLE_OPENING, first)
    exercised = any(exercises_in(step) for step in steps)
    chosen = announcer.choices.safety or session.safety
    safety = (chosen or Safety.SHORT) if exercised or chosen else None
    advice = list(phrases.safety(safety)) if safety else []
    if announcer.choices.live and full:
        advice.append(phrases.KEYS_LIVE)
    if advice:
        yield _talk(announcer, phrases.TITLE_SAFETY, [Line(text, session.source, PIECE) for text in advice])


def closing(announcer: Announcer, *, exercised: bool) -> Iterator[Outline]:
    """The section after the last step, if there is one."""
    session, phrases, position = announcer.session, announcer.wording.phrases, announcer.listener.position
    full = announcer.coaching is Coaching.FULL
    asleep = not exercised and position is not None and position.posture.lying
    how = session.closing or (Closing.LYING if asleep else Closing.ON)
    if how is not Closing.ON:
        return
    texts = [phrases.WELL_DONE, *(phrases.CLOSING if exercised else ())]
    often = phrases.how_often(session.schedule) if full and exercised else None
    texts += [often] if often else []
    lines = [Line(text, session.source, PIECE) for text in texts]
    if position and position.posture.is_low:
        lines[-1] = Line(lines[-1].text, session.source, BEFORE_THE_WAY_UP)
        steps = way_up(position, announcer.wording, full=full, chair=announcer.has_chair)
        lines += [Line(step.text, session.source, step.seconds) for step in steps]
    if full and SESSION_ENDS not in announcer.listener.sounds:
        lines.append(Line(phrases.SESSION_ENDS, session.source))
    end = Span(PhaseKind.DONE, length=3.0, earcon=SESSION_ENDS)
    yield _talk(announcer, phrases.TITLE_CLOSING, lines, end)


def _talk(announcer: Announcer, title: str, lines: Sequence[Line], *spans: Span) -> Outline:
    session = announcer.session
    talk = Span(PhaseKind.TALK, lines=tuple(lines))
    return Outline(title, MarkKind.SECTION, session.source, (talk, *spans), language=session.language)


def needs(session: Session, steps: Sequence[Step]) -> tuple[str, ...]:
    """What a session needs: its own list, and what its exercises add."""
    if session.needs_nothing:
        return ()
    found = dict.fromkeys(session.needs)
    for step in steps:
        found |= dict.fromkeys(need for one in exercises_in(step) for need in one.needs)
    return tuple(need for need in found if not any(_is_part_of(need, other) for other in found))


def _is_part_of(need: str, other: str) -> bool:
    """Whether another need asks for the same thing more exactly: "chair", "a firm chair without arms"."""
    return need != other and set(need.lower().split()) < set(other.lower().split())
