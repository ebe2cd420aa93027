"""From a session to its sections: what is said and done, in which order, before any length is known.

The coach remembers what the listener has heard and where they are: the same position is not explained twice,
an exercise that returns is announced briefly, and what comes next is said while there is time to get there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.layout.dose import TEMPO_BELOW, prescribe
from player.layout.lay_out import lay_out
from player.layout.outline import BREATH, CUE_BREATH, REST, SESSION_ENDS, SET_ENDS, Asides, Lengths, Line, Outline, Span
from player.layout.outline import one_earcon
from player.layout.positions import Position, change
from player.layout.reps import FULL_TO_HOLD, FULL_TO_HOLD_MOVED, NOTICE_FROM, REST_SIGNS_FROM, Coach, Manner, on_side
from player.session import (
    BreatheStep,
    Choices,
    Coaching,
    ExerciseStep,
    RepeatStep,
    RestStep,
    Role,
    Safety,
    SayStep,
    Session,
    Sides,
    SilenceStep,
    SoundStep,
)
from player.timeline import RATE, Activity, Frames, MarkKind, PhaseKind, Timeline
from player.wording import phrases
from player.wording.estimate import estimate
from player.wording.fit import fit_to_speak, sentences
from player.wording.numbers import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from player.errors import Source
    from player.layout.dose import Prescription
    from player.session import Step, Words

GET_READY = 8.0
BETWEEN_EXERCISES = 10.0
CLOSING_REST = 3.0
"""Seconds, at least, from the last rep of an exercise to the end of its section."""
_FIRST_INDEX_OF_TIMES = 1


def plan(session: Session, choices: Choices) -> tuple[Outline, ...]:
    """The sections of a session, in play order, each with every candidate utterance and interval."""
    outlines = _Planner(session, choices).plan()
    return _tell_times(session, outlines)


def estimated(outlines: Iterable[Outline], sounds: Mapping[str, Frames], rate: int = RATE) -> Timeline:
    """The timeline as it would be if every text took as long as estimated; no voice, no audio."""
    return Timeline(tuple(lay_out(outline, estimated_lengths(outline, sounds, rate)) for outline in outlines), rate)


def estimated_lengths(outline: Outline, sounds: Mapping[str, Frames], rate: int = RATE) -> Lengths:
    """Clip lengths for one outline without any clip."""
    return Lengths({text: Frames(round(estimate(text) * rate)) for text in outline.texts()}, sounds, rate)


@dataclass(frozen=True, slots=True)
class _Planned:
    outline: Outline
    tells: int | None = None
    """Say how many exercises are left (and how long they take), after the announcement; 0: the whole length."""


def _tell_times(session: Session, planned: list[_Planned]) -> tuple[Outline, ...]:
    """Put in what depends on the length of the rest: estimated, so that the plan needs no voice."""
    outlines = [entry.outline for entry in planned]
    if not any(entry.tells is not None for entry in planned):
        return tuple(outlines)
    left = 0.0
    for index in range(len(outlines) - 1, -1, -1):
        outline, tells = outlines[index], planned[index].tells
        sounds = dict.fromkeys(outline.sounds(), Frames(600))
        left += lay_out(outline, estimated_lengths(outline, sounds, 1000)).length / 1000
        if tells is None:
            continue
        text = phrases.takes(left) if tells == 0 else phrases.left_to_do(tells, left)
        first, *others = outline.spans
        line = Line(text, first.lines[0].source if first.lines else session.source)
        lines = (*first.lines[:_FIRST_INDEX_OF_TIMES], line, *first.lines[_FIRST_INDEX_OF_TIMES:])
        outlines[index] = replace(outline, spans=(replace(first, lines=lines), *others))
    return tuple(outlines)


@dataclass
class _Planner:
    """What the coach knows while walking through the steps."""

    session: Session
    choices: Choices
    planned: list[_Planned] = field(default_factory=list)
    position: Position | None = None
    setups: set[str] = field(default_factory=set)
    """Setup sentences said since the listener took this position."""
    instructed: set[str] = field(default_factory=set)
    counted: int = 0

    def plan(self) -> list[_Planned]:
        steps = list(_flat(self.session.steps))
        self.total = sum(isinstance(step, ExerciseStep) and step.exercise.role is None for step in steps)
        greeted = bool(steps) and isinstance(steps[0], SayStep)
        if not greeted:
            self._open(steps, greeted=False)
        for index, step in enumerate(steps):
            following = steps[index + 1] if index + 1 < len(steps) else None
            self._step(step, following)
            if index == 0 and greeted:
                self._open(steps, greeted=True)
        self._close()
        return self.planned

    @property
    def coaching(self) -> Coaching:
        return self.choices.coaching or self.session.coaching or Coaching.FULL

    @property
    def full(self) -> bool:
        return self.coaching is Coaching.FULL

    def _add(self, title: str, spans: Iterable[Span], kind: MarkKind = MarkKind.SECTION) -> None:
        self.planned.append(_Planned(Outline(title, kind, tuple(spans))))

    # --- steps that are no exercise ------------------------------------------------------------------------

    def _step(self, step: Step, following: Step | None) -> None:
        if isinstance(step, ExerciseStep):
            self._exercise(step, following)
        elif isinstance(step, SayStep):
            self._say(step)
        elif isinstance(step, RestStep):
            self._add(phrases.TITLE_REST, [self._rest(step, following)])
        elif isinstance(step, SilenceStep):
            self._add(phrases.TITLE_SILENCE, [Span(PhaseKind.REST, length=step.length, exact=True)])
        elif isinstance(step, BreatheStep):
            self._add(phrases.TITLE_BREATHING, self._breaths(step))
        elif isinstance(step, SoundStep):
            self._add(phrases.TITLE_SOUND, [Span(PhaseKind.TALK, sound=step.sound)])

    def _say(self, step: SayStep) -> None:
        texts = sentences(step.words.text)
        lines = tuple(Line(text, step.words.source, BREATH) for text in texts)
        title = phrases.TITLE_TALK if not texts else texts[0]
        self._add(title, [Span(PhaseKind.TALK, lines=lines)])
        if step.position:
            self._move_to(Position(fit_to_speak(step.position.text)))

    def _rest(self, step: RestStep, following: Step | None) -> Span:
        lines = [Line(phrases.rest_for(step.length), step.source)]
        if isinstance(following, ExerciseStep):
            lines.append(self._next(following, step.source))
        asides = Asides(
            notice=Line(phrases.TEN_SECONDS, step.source) if step.length >= NOTICE_FROM else None,
            signs=tuple(Line(text, step.source) for text in phrases.REST_SIGNS)
            if step.length >= REST_SIGNS_FROM
            else (),
            silence=30.0,
        )
        return Span(PhaseKind.REST, length=step.length, earcon=REST, lines=tuple(lines), asides=asides)

    def _breaths(self, step: BreatheStep) -> Iterator[Span]:
        intro = phrases.breathing(step.breathe_in, step.breathe_out, step.times)
        yield Span(PhaseKind.TALK, lines=(Line(intro, step.source, 1.0),))
        for breath in range(step.times):
            said = min(breath // 2, 1)
            for length, words in (
                (step.breathe_in, phrases.BREATHE_IN[said]),
                (step.breathe_out, phrases.BREATHE_OUT[said]),
            ):
                line = Line(words, step.source, CUE_BREATH)
                yield Span(PhaseKind.MOVE, length=length, exact=True, lines=(line,), paced=True)
        yield Span(PhaseKind.REST, length=1.0)

    def _open(self, steps: list[Step], *, greeted: bool) -> None:
        needs = list(self.session.needs)
        for step in steps:
            if isinstance(step, ExerciseStep):
                needs += [need for need in step.exercise.needs if need not in needs]
        safety = self.choices.safety or self.session.safety or Safety.SHORT
        texts = [] if greeted else [sentence(self.session.title)]
        gather = phrases.gather([fit_to_speak(need) for need in needs])
        texts += [gather] if gather else []
        texts += [phrases.WITHIN_REACH] if self.full else []
        texts += [phrases.PAUSE_AND_SKIP, *phrases.safety(safety)]
        lines = tuple(Line(fit_to_speak(text), self.session.source) for text in texts)
        span = Span(PhaseKind.TALK, lines=lines)
        outline = Outline(phrases.TITLE_OPENING, MarkKind.SECTION, (span,))
        self.planned.append(_Planned(outline, tells=0))

    def _close(self) -> None:
        on_floor = self.position is not None and self.position.place.on_floor
        up = (phrases.UP_FULL if self.full else phrases.UP_BRIEF) if on_floor else ()
        source = self.session.source
        lines = [Line(text, source) for text in (phrases.WELL_DONE, *phrases.CLOSING)]
        lines += [Line(text, source, 2.0) for text in up]
        done = Span(PhaseKind.DONE, length=3.0, earcon=SESSION_ENDS)
        self._add(phrases.TITLE_CLOSING, [Span(PhaseKind.TALK, lines=tuple(lines), quiet=0.5), done])

    # --- exercises -----------------------------------------------------------------------------------------

    def _exercise(self, step: ExerciseStep, following: Step | None) -> None:
        exercise = step.exercise
        prescription = prescribe(exercise, self.choices)
        side = prescription.first if prescription.sides is not Sides.NONE else None
        again = exercise.id in self.instructed
        self.instructed.add(exercise.id)
        if exercise.role is None:
            self.counted += 1
        n, of = (self.counted, self.total) if exercise.role is None else (None, None)
        target = Position(fit_to_speak(on_side(exercise.position.text, side))) if exercise.position else None
        moved = target is not None and not target.same_as(self.position)
        manner = Manner(self.full and not again, self._ticks(step), moved)
        position = target or self.position
        activity = Activity(
            exercise=exercise.name,
            exercise_id=exercise.id,
            position=position.text if position else None,
            n=n,
            of=of,
        )
        coach = Coach(exercise, prescription, self.session.defaults, manner, activity, step.source)
        tells = self.total - self.counted + 1 if moved and n is not None and 1 < n < self.total else None
        title = phrases.announcement(sentence(fit_to_speak(exercise.name))[:-1], n, of, again=again)
        ready = self._get_ready(coach, Line(title, step.source), target, prescription)
        reps = coach.coach()
        if target:
            last = prescription.first.other if side else None
            self.position = Position(fit_to_speak(on_side(exercise.position.text, last))) if exercise.position else None
        spans = (ready, *reps, self._closing_rest(coach, following))
        outline = Outline(exercise.name, MarkKind.EXERCISE, spans, coach.wishes(), exercise.id)
        self.planned.append(_Planned(outline, tells))

    def _ticks(self, step: ExerciseStep) -> bool:
        for choice in (self.choices.ticks, step.exercise.ticks, self.session.ticks):
            if choice is not None:
                return choice
        return True

    def _get_ready(self, coach: Coach, title: Line, target: Position | None, prescription: Prescription) -> Span:
        exercise, manner = coach.exercise, coach.manner
        side = prescription.first if prescription.sides is not Sides.NONE else None
        lines = [title, *self._positioned(coach, target, side)]
        lines += coach.written(exercise.caution, side)
        holds = [hold for hold in prescription.holds if hold is not None and hold >= TEMPO_BELOW]
        if exercise.role is None:
            lines.append(coach.line(phrases.dose(prescription.reps, holds, sided=side is not None)))
        named = side and any("side>" in (move.say.text if move.say else "").lower() for move in exercise.moves)
        if side and not named:
            lines.append(coach.line(phrases.side_first(side)))
        if prescription.tempo:
            wait = FULL_TO_HOLD_MOVED if manner.moved else FULL_TO_HOLD
            if manner.full:
                for move in exercise.moves:
                    lines += coach.written(move.say, side, wait)
            lines.append(coach.line(phrases.WITH_ME, 1.0))
        length = self._get_ready_time(coach)
        extra = self.choices.extra_get_ready
        return Span(PhaseKind.GET_READY, coach.activity, length + extra, lines=tuple(lines), quiet=1.0 + extra)

    def _get_ready_time(self, coach: Coach) -> float:
        defaults = self.session.defaults
        own = coach.exercise.get_ready
        ready = own if own is not None else defaults.get_ready
        between = BETWEEN_EXERCISES if defaults.between_exercises is None else defaults.between_exercises
        follows_exercise = bool(self.planned) and self.planned[-1].outline.kind is MarkKind.EXERCISE
        return max(GET_READY if ready is None else ready, between - CLOSING_REST if follows_exercise else 0.0)

    def _positioned(self, coach: Coach, target: Position | None, side: object) -> list[Line]:
        """How to get into position, and what is new about it."""
        exercise = coach.exercise
        lines: list[Line] = []
        if target and coach.manner.moved:
            there = change(self.position, target, self.coaching)
            texts = [text for text in map(fit_to_speak, there.words) if text]
            lines = [coach.line(sentence(text)) for text in texts]
            lines[-1] = replace(lines[-1], pause=there.pause)
            self._move_to(target)
        setup = coach.written(exercise.setup, coach.prescription.first if side else None)
        new = [line for line in setup if line.text not in self.setups]
        self.setups |= {line.text for line in setup}
        if target and not coach.manner.moved and not new:
            return [coach.line(phrases.STAY)]
        return lines + (new if self.full else [])

    def _move_to(self, position: Position) -> None:
        self.position = position
        self.setups = set()

    def _closing_rest(self, coach: Coach, following: Step | None) -> Span:
        lines: list[Line] = []
        if coach.exercise.role is None:
            lines.append(coach.line(phrases.AND_REST))
        if isinstance(following, ExerciseStep) and following.exercise.role is None:
            lines.append(self._next(following, coach.source))
        earcon = one_earcon(coach.pending, SET_ENDS if len(coach.prescription.reps) > 1 else None)
        return Span(PhaseKind.REST, coach.activity, CLOSING_REST, earcon=earcon, lines=tuple(lines))

    def _next(self, following: ExerciseStep, source: Source) -> Line:
        exercise = following.exercise
        side = exercise.dose.first if exercise.dose.sides is not Sides.NONE else None
        same = exercise.position is not None and Position(
            fit_to_speak(on_side(exercise.position.text, side))
        ).same_as(self.position)
        name = fit_to_speak(exercise.name)
        return Line(phrases.coming_next(name[:1].lower() + name[1:], same_position=same), source)


def _flat(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps with repeats written out."""
    for step in steps:
        if isinstance(step, RepeatStep):
            for _ in range(step.times):
                yield from _flat(step.steps)
        else:
            yield step
