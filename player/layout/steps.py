"""The steps that are no exercise, each as a section: talks, rests, silences, sounds, breathing, walks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.layout.between import rest_asides
from player.layout.outline import CUE_BREATH, REST, Asides, Line, Outline, Span
from player.layout.positions import LIE_DOWN, is_same, way_up
from player.session import (
    BreatheStep,
    Coaching,
    RestStep,
    SayStep,
    SilenceStep,
    SoundStep,
    TalkStep,
    WalkStep,
)
from player.timeline import MarkKind, PhaseKind
from player.wording.plain import first_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.errors import Source
    from player.layout.announce import Announcer
    from player.layout.ladder import Rung
    from player.session import Step, Words
    from player.wording.phrases import Phrases
    from player.wording.posture import Position

GO_DOWN = 15.0
"""Seconds to get down to the floor in one's own way, if an author asks for it in a talk."""
UNTIL_DONE = 20.0
"""Seconds that a file leaves for what the listener does until they are done; live, the engine waits."""
SENTENCE = 0.6
"""Seconds between the sentences of a talk."""
WALK_SIGN_EVERY = 120.0
"""Seconds of a walk without a word, at most."""


def outline(announcer: Announcer, step: Step, rung: Rung | None) -> Outline | None:
    """The section of a step; None for one that is planned elsewhere.

    Args:
        announcer: The announcer of the session.
        step: The step.
        rung: Of a rest in a ladder: its exact part.
    """
    match step:
        case SayStep():
            return _talk(announcer, step.source, step.words, until_done=step.until_done)
        case TalkStep():
            point = step.talk.point(announcer.choices.day)
            lead = step.lead or step.talk.lead
            return _talk(announcer, step.source, point, lead=lead, to_do=False)
        case RestStep() | SilenceStep() | BreatheStep() | SoundStep() | WalkStep():
            title, spans = _timed(announcer, step, rung)
            waits = isinstance(step, RestStep | WalkStep) and step.until_done
            return _section(announcer, title, step.source, *spans, until_done=waits)
    return None


def _timed(
    announcer: Announcer, step: RestStep | SilenceStep | BreatheStep | SoundStep | WalkStep, rung: Rung | None
) -> tuple[str, tuple[Span, ...]]:
    """The title and the spans of a step that is not mere talk."""
    phrases = announcer.wording.phrases
    match step:
        case RestStep():
            return phrases.TITLE_REST, (_rest(announcer, step, rung),)
        case SilenceStep():
            return phrases.TITLE_SILENCE, (Span(PhaseKind.REST, length=step.length, exact=True),)
        case BreatheStep():
            return phrases.TITLE_BREATHING, tuple(_breaths(step, phrases))
        case SoundStep():
            return phrases.TITLE_SOUND, (Span(PhaseKind.TALK, sound=step.sound),)
        case WalkStep():
            return phrases.TITLE_WALK, tuple(_walk(announcer, step))


def moving_talk(announcer: Announcer, step: SayStep, target: Position | None) -> Outline:
    """A talk in which the author asks for another position; there is time for that after the last action."""
    before = announcer.listener.position
    talk = _talk(announcer, step.source, step.words, until_done=step.until_done)
    if target is None or is_same(before, target, announcer.wording):
        return talk
    goes_down = target.on_floor and not (before and before.posture.is_low)
    span = talk.spans[0]
    asked = [index for index, line in enumerate(span.lines) if announcer.wording.actions(line.text)]
    index = asked[-1] if asked else len(span.lines) - 1
    pause = GO_DOWN if goes_down else LIE_DOWN
    lines = (*span.lines[:index], replace(span.lines[index], pause=pause), *span.lines[index + 1 :])
    return replace(talk, spans=(replace(span, lines=lines),))


def _section(
    announcer: Announcer, title: str, source: Source, *spans: Span, until_done: bool = False
) -> Outline:
    language = announcer.session.language
    return Outline(title, MarkKind.SECTION, source, spans, language=language, until_done=until_done)


def _talk(
    announcer: Announcer,
    source: Source,
    words: Words,
    *,
    lead: Words | None = None,
    to_do: bool = True,
    until_done: bool = False,
) -> Outline:
    """What an author says, sentence by sentence, each with the time to do it, if it is to be done."""
    wording = announcer.wording
    lines = [
        Line(text, one.source, wording.seconds_for(text) if to_do and wording.actions(text) else SENTENCE)
        for one in (lead, words)
        if one
        for text in wording.spelling.sentences(one.text)
    ]
    usual = UNTIL_DONE if until_done and not announcer.choices.live else 0.0
    span = Span(PhaseKind.TALK, lines=tuple(lines), quiet=usual)
    return _section(announcer, first_sentence(words.text), source, span, until_done=until_done)


def _rest(announcer: Announcer, step: RestStep, rung: Rung | None) -> Span:
    phrases = announcer.wording.phrases
    lines = (Line(phrases.rest_for(step.length), step.source),)
    if rung is not None:
        return Span(PhaseKind.REST, length=rung.rest(), exact=True, lines=lines)
    signs = tuple(Line(text, step.source) for text in phrases.REST_SIGNS)
    asides = rest_asides(Line(phrases.TEN_SECONDS, step.source), signs, step.length)
    return Span(PhaseKind.REST, length=step.length, earcon=REST, lines=lines, asides=asides)


def _breaths(step: BreatheStep, phrases: Phrases) -> Iterator[Span]:
    """The breaths, each part of them exactly as long as the script says."""
    intro = phrases.breathing(step.breathe_in, step.hold, step.breathe_out, step.rest, step.times)
    yield Span(PhaseKind.TALK, lines=(Line(intro, step.source, pause=1.0),))
    for breath in range(step.times):
        turn = min(breath // 2, 1)
        for length, words in (
            (step.breathe_in, phrases.BREATHE_IN[turn]),
            (step.hold, phrases.BREATHE_HOLD),
            (step.breathe_out, phrases.BREATHE_OUT[turn]),
            (step.rest, phrases.BREATHE_REST),
        ):
            if length:
                line = Line(words, step.source, CUE_BREATH)
                yield Span(PhaseKind.MOVE, length=length, exact=True, lines=(line,), paced=True)
    yield Span(PhaseKind.REST, length=1.0)


def _walk(announcer: Announcer, step: WalkStep) -> Iterator[Span]:
    """A walk there and back, for which the listener gets up first."""
    phrases, before = announcer.wording.phrases, announcer.listener.position
    lines: list[Line] = []
    if before and before.posture.is_low:
        full = announcer.coaching is Coaching.FULL
        up = way_up(before, announcer.wording, full=full, chair=announcer.has_chair)
        lines += [Line(one.text, step.source, one.seconds) for one in up]
    lines += [Line(text, step.source) for text in phrases.walk(step.length, turns=step.turns)]
    yield Span(PhaseKind.GET_READY, lines=tuple(lines), quiet=1.0)
    turn = Line(phrases.TURN_ROUND, step.source)
    minutes = [
        (Line(phrases.minutes_left(left), step.source), 60.0 * left)
        for left in (10, 5, 2, 1)
        if 60.0 * left < step.length * 0.4
    ]
    asides = Asides(
        told=(*(((turn, step.length / 2),) if step.turns else ()), *minutes),
        signs=tuple(Line(text, step.source) for text in phrases.WALK_SIGNS),
        silence=WALK_SIGN_EVERY,
    )
    yield Span(PhaseKind.MOVE, length=step.length, exact=True, asides=asides)
    if not step.until_done:  # then they are still on the way, perhaps
        yield Span(PhaseKind.REST, length=4.0, lines=(Line(phrases.WALKED, step.source),))
