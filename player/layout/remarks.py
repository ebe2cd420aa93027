"""What is put in while a session plays: small outlines of their own, laid out like any section.

The session stands still meanwhile, so none of this belongs to its timeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.layout.outline import CUE_BREATH, Line, Outline, Span
from player.timeline import MarkKind, PhaseKind
from player.wording import phrases
from player.wording.fit import fit_to_speak
from player.wording.numbers import sentence

if TYPE_CHECKING:
    from player.timeline import Activity

INTO_HOLD_AGAIN = 2.0
"""Seconds to get back into a hold that a pause interrupted."""


def lead_in(outline: Outline, kind: PhaseKind) -> Outline:
    """After a pause: the exercise is named again, and there is a moment to get back into it."""
    named = [_sentence(outline.title)] if outline.exercise_id else []
    back_in = kind in {PhaseKind.HOLD, PhaseKind.MOVE}
    texts = [*named, phrases.GO_ON] if back_in or not named else named
    return _remark(outline, texts, INTO_HOLD_AGAIN if back_in else 0.0)


def whereabouts(outline: Outline, activity: Activity, seconds_left: float) -> Outline:
    """Where am I: exercise, side, rep, and the time left."""
    texts = [_sentence(activity.exercise or outline.title)]
    place = phrases.whereabouts(activity.side, activity.rep, activity.reps)
    return _remark(outline, [*texts, *([place] if place else []), phrases.time_left(seconds_left)], 0.5)


def again(outline: Outline) -> Outline:
    """Say again: the instruction of the exercise; of a talk, all of it."""
    texts = list(outline.instruction) or [line.text for line in outline.lines()]
    named = [_sentence(outline.title)] if outline.exercise_id else []
    return _remark(outline, [*named, *texts], 1.0)


def _remark(outline: Outline, texts: list[str], quiet: float) -> Outline:
    lines = tuple(Line(text, outline.source, CUE_BREATH) for text in texts if text)
    span = Span(PhaseKind.TALK, lines=lines, quiet=quiet)
    return Outline(outline.title, MarkKind.SECTION, outline.source, (span,))


def _sentence(text: str) -> str:
    return sentence(fit_to_speak(text))
