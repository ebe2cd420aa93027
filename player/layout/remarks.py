"""Remarks inserted while a session plays: small outlines, laid out like any section.

The session stands still meanwhile, so remarks are not part of its timeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.layout.outline import CUE_BREATH, Line, Outline, Span
from player.timeline import MarkKind, PhaseKind
from player.wording.plain import sentence

if TYPE_CHECKING:
    from player.timeline import Activity
    from player.wording import Wording

INTO_HOLD_AGAIN = 2.0
"""Seconds to get back into a hold that a pause interrupted."""


def lead_in(outline: Outline, kind: PhaseKind, wording: Wording) -> Outline:
    """After a pause: name the exercise again, and leave a moment to get back into it."""
    name = [sentence(outline.name)] if outline.name else []
    back_in = kind in {PhaseKind.HOLD, PhaseKind.MOVE}
    texts = [*name, wording.phrases.GO_ON] if back_in or not name else name
    return _remark(outline, texts, INTO_HOLD_AGAIN if back_in else 0.0)


def whereabouts(outline: Outline, activity: Activity, seconds_left: float, wording: Wording) -> Outline:
    """Where the listener is: exercise, side, rep, and the time left."""
    name = sentence(outline.name) if outline.name else _sentence(activity.exercise or outline.title, wording)
    place = wording.phrases.whereabouts(activity.side, activity.rep, activity.reps)
    return _remark(outline, [name, place, wording.phrases.time_left(seconds_left)], 0.5)


def again(outline: Outline) -> Outline:
    """Repeat the instruction of the exercise, or the whole talk."""
    texts = list(outline.instruction) or [line.text for line in outline.lines()]
    name = [sentence(outline.name)] if outline.name else []
    return _remark(outline, [*name, *texts], 1.0)


def reminder(outline: Outline, wording: Wording, *, has_keys: bool) -> Outline:
    """While the session waits until the listener is done: that it waits, and for what."""
    phrases = wording.phrases
    return _remark(outline, list(phrases.WAITING_FOR_YOU if has_keys else phrases.WAITING_WITHOUT_KEYS), 1.0)


def _remark(outline: Outline, texts: list[str], quiet: float) -> Outline:
    lines = tuple(Line(text, outline.source, CUE_BREATH) for text in texts if text)
    span = Span(PhaseKind.TALK, lines=lines, quiet=quiet)
    return Outline(outline.title, MarkKind.SECTION, outline.source, (span,), language=outline.language)


def _sentence(text: str, wording: Wording) -> str:
    return sentence(wording.spelling.fit_to_speak(text))
