"""From a session to its sections: what is said and done, in which order, before lengths are known.

Around the author's steps, the coach adds an opening (what to have ready, safety), times ("two exercises left,
about four minutes"), and an end. Times come from estimated lengths, so a plan needs no voice and is the same
for every voice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.errors import Mistake, ScriptError
from player.layout.announce import Announcer, Listener
from player.layout.between import rest_asides
from player.layout.estimate import estimate
from player.layout.outline import CUE_BREATH, REST, SESSION_ENDS, Line, Outline, Span
from player.layout.positions import position_of
from player.session import (
    BreatheStep,
    Coaching,
    ExerciseStep,
    RepeatStep,
    RestStep,
    Safety,
    SayStep,
    SilenceStep,
    SoundStep,
    TalkStep,
)
from player.timeline import LONGEST, MarkKind, PhaseKind
from player.wording import wording_for
from player.wording.plain import first_sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from player.errors import Source
    from player.session import Choices, Session, Step, Words
    from player.wording import Wording
    from player.wording.wording import Phrases


def plan(session: Session, choices: Choices, wording: Wording | None = None) -> tuple[Outline, ...]:
    """The sections of a session, in play order, each with every candidate utterance and interval.

    Args:
        session: The session.
        choices: The listener's choices.
        wording: The coach's own words; None: those of the session's language.

    Raises:
        ScriptError: Holds and rests alone take more than `LONGEST`, perhaps because a dose has grown.
    """
    wording = wording or wording_for(session.language)
    planner = _Planner(session, choices, wording)
    planner.plan(tuple(flat(session.steps)))
    least = sum(span.length for entry in planner.entries for span in entry.outline.spans)
    if least > LONGEST:
        hours = f"more than {least // 3600:.0f} hours"
        message = f"the session lasts {hours}; the limit is three hours, so split it"
        raise ScriptError([Mistake(session.source, message)])
    outlines = _tell_times(planner.entries, wording.phrases)
    return tuple(
        _after_quiet(outline, choices.waking) if choices.waking and (index == 0 or begins_file) else outline
        for index, outline in enumerate(outlines)
        for begins_file in [choices.wakes_each and outline.kind is MarkKind.EXERCISE]
    )


def _after_quiet(outline: Outline, seconds: float) -> Outline:
    """The section, after a span of its own in which nothing sounds."""
    first = outline.spans[0]
    kind = PhaseKind.TALK if first.exact else first.kind
    return replace(outline, spans=(Span(kind, first.activity, length=seconds, exact=True), *outline.spans))


def flat(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps with repeats expanded."""
    for step in steps:
        if isinstance(step, RepeatStep):
            for _ in range(step.times):
                yield from flat(step.steps)
        else:
            yield step


@dataclass(frozen=True, slots=True)
class _Entry:
    outline: Outline
    tells: int | None = None
    """Number of exercises left to announce, with the time, after the first line; 0: the total time."""


def _tell_times(entries: Sequence[_Entry], phrases: Phrases) -> tuple[Outline, ...]:
    """Insert the lines that depend on the length of the rest."""
    outlines = [entry.outline for entry in entries]
    left = 0.0
    for index in range(len(outlines) - 1, -1, -1):
        outline, tells = outlines[index], entries[index].tells
        guess = estimate([outline])
        left += guess.length / guess.rate
        if tells is not None:
            text = phrases.left_to_do(tells, left) if tells else phrases.takes(left)
            first, *others = outline.spans
            lines = (*first.lines[:1], Line(text, outline.source), *first.lines[1:])
            outlines[index] = replace(outline, spans=(replace(first, lines=lines), *others))
    return tuple(outlines)


@dataclass
class _Planner:
    session: Session
    choices: Choices
    wording: Wording
    entries: list[_Entry] = field(default_factory=list)
    listener: Listener = field(default_factory=Listener)

    def __post_init__(self) -> None:
        self.coaching = self.choices.coaching or self.session.coaching or Coaching.FULL
        self.announcer = Announcer(self.session, self.choices, self.listener, self.coaching, self.wording)

    @property
    def phrases(self) -> Phrases:
        return self.wording.phrases

    def plan(self, steps: tuple[Step, ...]) -> None:
        """Plan all steps, with the opening before them (or after a greeting) and the end after them."""
        greeted = bool(steps) and isinstance(steps[0], SayStep)
        counted = [step for step in steps if isinstance(step, ExerciseStep) and step.exercise.role is None]
        number = 0
        if not greeted:
            self._open(steps, sentence(self.wording.spelling.fit_to_speak(self.session.title)))
        for index, step in enumerate(steps):
            following = steps[index + 1] if index + 1 < len(steps) else None
            next_exercise = following if isinstance(following, ExerciseStep) else None
            if isinstance(step, ExerciseStep):
                number += step.exercise.role is None
                self._exercise(step, number, len(counted), next_exercise)
            else:
                self._plain(step, next_exercise)
            if index == 0 and greeted:
                self._open(steps, None)
        self._close()

    def _add(self, title: str, source: Source, *spans: Span, tells: int | None = None) -> None:
        outline = Outline(title, MarkKind.SECTION, source, spans, language=self.session.language)
        self.entries.append(_Entry(outline, tells))

    def _exercise(self, step: ExerciseStep, number: int, of: int, following: ExerciseStep | None) -> None:
        n, total = (number, of) if step.exercise.role is None else (None, None)
        gap = bool(self.entries) and self.entries[-1].outline.kind is MarkKind.EXERCISE
        outline, moved = self.announcer.exercise(step, n, total, following, gap=gap)
        tells = of - number + 1 if moved and n and 1 < n < of else None
        self.entries.append(_Entry(outline, tells))

    def _plain(self, step: Step, following: ExerciseStep | None) -> None:
        if isinstance(step, SayStep):
            self._say(step.source, step.words)
            if step.position:
                self.listener.move_to(position_of(step.position.text, self.wording))
        elif isinstance(step, TalkStep):
            self._say(step.source, step.talk.point(self.choices.day))
        elif isinstance(step, RestStep):
            self._add(self.phrases.TITLE_REST, step.source, self._rest(step, following))
        elif isinstance(step, SilenceStep):
            silence = Span(PhaseKind.REST, length=step.length, exact=True)
            self._add(self.phrases.TITLE_SILENCE, step.source, silence)
        elif isinstance(step, BreatheStep):
            self._add(self.phrases.TITLE_BREATHING, step.source, *_breaths(step, self.wording.phrases))
        elif isinstance(step, SoundStep):
            self._add(self.phrases.TITLE_SOUND, step.source, Span(PhaseKind.TALK, sound=step.sound))

    def _say(self, source: Source, words: Words) -> None:
        texts = self.wording.spelling.sentences(words.text)
        lines = tuple(Line(text, words.source) for text in texts)
        self._add(first_sentence(words.text), source, Span(PhaseKind.TALK, lines=lines))

    def _rest(self, step: RestStep, following: ExerciseStep | None) -> Span:
        lines = [Line(self.phrases.rest_for(step.length), step.source)]
        if following and following.exercise.role is None:
            lines.append(self.announcer.coming_next(following, step.source))
        signs = tuple(Line(text, step.source) for text in self.phrases.REST_SIGNS)
        asides = rest_asides(Line(self.phrases.TEN_SECONDS, step.source), signs, step.length)
        return Span(PhaseKind.REST, length=step.length, earcon=REST, lines=tuple(lines), asides=asides)

    def _open(self, steps: tuple[Step, ...], title: str | None) -> None:
        needs = dict.fromkeys(self.session.needs)
        for step in steps:
            if isinstance(step, ExerciseStep):
                needs |= dict.fromkeys(step.exercise.needs)
        spoken = [need for need in map(self.wording.spelling.fit_to_speak, needs) if need]
        texts = [title, self.phrases.gather(spoken)]
        texts += [self.phrases.WITHIN_REACH] if self.coaching is Coaching.FULL else []
        safety = self.choices.safety or self.session.safety or Safety.SHORT
        texts += [self.phrases.PAUSE_AND_SKIP, *self.phrases.safety(safety)]
        lines = tuple(Line(text, self.session.source) for text in texts if text)
        self._add(self.phrases.TITLE_OPENING, self.session.source, Span(PhaseKind.TALK, lines=lines), tells=0)

    def _close(self) -> None:
        source, position = self.session.source, self.listener.position
        lines = [Line(text, source) for text in (self.phrases.WELL_DONE, *self.phrases.CLOSING)]
        if position and position.posture.on_floor:
            up = self.wording.positions.come_up(full=self.coaching is Coaching.FULL)
            lines += [Line(text, source, pause=2.0) for text in up]
        end = Span(PhaseKind.DONE, length=3.0, earcon=SESSION_ENDS)
        self._add(self.phrases.TITLE_CLOSING, source, Span(PhaseKind.TALK, lines=tuple(lines)), end)


def _breaths(step: BreatheStep, phrases: Phrases) -> Iterator[Span]:
    """The breaths, each exactly as long as the script says."""
    intro = phrases.breathing(step.breathe_in, step.breathe_out, step.times)
    yield Span(PhaseKind.TALK, lines=(Line(intro, step.source, pause=1.0),))
    for breath in range(step.times):
        turn = min(breath // 2, 1)
        for length, words in (
            (step.breathe_in, phrases.BREATHE_IN[turn]),
            (step.breathe_out, phrases.BREATHE_OUT[turn]),
        ):
            line = Line(words, step.source, CUE_BREATH)
            yield Span(PhaseKind.MOVE, length=length, exact=True, lines=(line,), paced=True)
    yield Span(PhaseKind.REST, length=1.0)
