"""One exercise as a section: announcement, reps, rest.

The announcement says the name and "two of four", the way into the position if it changes, what is new about
it, one caution, and the dose. All this depends on what the listener has heard and where they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.layout.coach import FULL_TO_HOLD, FULL_TO_HOLD_MOVED, Coach
from player.layout.dose import TEMPO_BELOW, prescribe
from player.layout.outline import SET_ENDS, Line, Outline, Span, one_earcon
from player.layout.positions import change, starting_position
from player.layout.reps import rep_spans
from player.session import Coaching, Sides
from player.timeline import Activity, MarkKind, PhaseKind
from player.wording.plain import sentence

if TYPE_CHECKING:
    from player.errors import Source
    from player.layout.positions import Position
    from player.session import Choices, Exercise, ExerciseStep, Session
    from player.wording import Wording

GET_READY = 8.0
BETWEEN_EXERCISES = 10.0
SETUP_PAUSE = 1.0
"""Seconds after each sentence of a setup: one action at a time."""
CLOSING_REST = 3.0
"""Seconds, at least, from the last rep of an exercise to the end of its section."""


@dataclass
class Listener:
    """What the listener has heard, and where they are; changes as the plan proceeds."""

    position: Position | None = None
    setups: set[str] = field(default_factory=set)
    """Setup sentences that still apply: those of the previous exercise in the same position."""
    taught: set[tuple[object, ...]] = field(default_factory=set)
    """The lessons of the exercises taught so far in this session."""

    def move_to(self, position: Position | None) -> None:
        """Move the listener, None for an unknown place; setups must be said again."""
        self.position = position
        self.setups = set()


@dataclass(frozen=True, slots=True)
class Announcer:
    """Plans the exercises of one session."""

    session: Session
    choices: Choices
    listener: Listener
    coaching: Coaching
    wording: Wording

    def exercise(
        self, step: ExerciseStep, n: int | None, of: int | None, following: ExerciseStep | None, *, gap: bool
    ) -> tuple[Outline, bool]:
        """One exercise as an outline, and whether it changes the position.

        Args:
            step: The exercise.
            n: Its number; None if it is not counted.
            of: The number of counted exercises.
            following: The next step, if that is an exercise.
            gap: Whether it follows directly on another exercise.
        """
        exercise, listener = step.exercise, self.listener
        again = exercise.lesson in listener.taught
        listener.taught.add(exercise.lesson)
        coach = self._coach(step, n, of, again=again)
        name = sentence(self.wording.spelling.fit_to_speak(exercise.name)).rstrip(".!?")
        title = coach.line(coach.phrases.announcement(name, n, of, again=again))
        reps, due = rep_spans(coach)
        ready = self._get_ready(coach, title, reps[0], gap=gap)
        last = coach.begins_with.other if coach.begins_with else None
        listener.position = starting_position(exercise, last, self.wording) or listener.position
        lines = [coach.line(coach.phrases.AND_REST)] if exercise.role is None else []
        if following and following.exercise.role is None:
            lines.append(self.coming_next(following, step.source))
        earcon = one_earcon(due, SET_ENDS if len(coach.prescription.reps) > 1 else None)
        rest = Span(PhaseKind.REST, coach.activity, CLOSING_REST, earcon=earcon, lines=tuple(lines))
        spans = (ready, *reps, rest)
        outline = Outline(
            exercise.name,
            MarkKind.EXERCISE,
            step.source,
            spans,
            coach.wishes(),
            exercise.id,
            coach.instruction(),
            self.session.language,
        )
        return outline, coach.moved

    def coming_next(self, following: ExerciseStep, source: Source) -> Line:
        """Say what comes next, so the listener can get into position."""
        exercise = following.exercise
        first = None if exercise.dose.sides is Sides.NONE else exercise.dose.first
        position = starting_position(exercise, first, self.wording)
        same = position is not None and position.same_as(self.listener.position)
        name = self.wording.spelling.fit_to_speak(exercise.name)
        return Line(self.wording.phrases.coming_next(name, same_position=same), source)

    def _coach(self, step: ExerciseStep, n: int | None, of: int | None, *, again: bool) -> Coach:
        exercise = step.exercise
        prescription = prescribe(exercise, self.choices)
        first = None if prescription.sides is Sides.NONE else prescription.first
        target = starting_position(exercise, first, self.wording)
        position = target or self.listener.position
        answers = (self.choices.ticks, exercise.ticks, self.session.ticks, True)
        return Coach(
            exercise,
            prescription,
            self.session.defaults,
            Activity(exercise.name, exercise.id, position.text if position else None, n=n, of=of),
            step.source,
            full=self.coaching is Coaching.FULL and not again,
            ticks=next(ticks for ticks in answers if ticks is not None),
            moved=target is not None and not target.same_as(self.listener.position),
            wording=self.wording,
        )

    def _get_ready(self, coach: Coach, title: Line, first_rep: Span, *, gap: bool) -> Span:
        """The way up to `first_rep`; it names the side that begins, unless an author's words do."""
        exercise, prescription, side = coach.exercise, coach.prescription, coach.begins_with
        position = self._get_into_position(coach)
        lines = [title, *coach.lines_of(exercise.caution, side), *position]
        if not prescription.tempo:
            lines += coach.advice_before()
        holds = [hold for hold in prescription.holds if hold is not None and hold >= TEMPO_BELOW]
        if exercise.role is None:
            lines.append(coach.line(coach.phrases.dose(prescription.reps, holds, sided=side is not None)))
        lesson = _lesson_before(coach) if prescription.tempo else []
        if side and not any(line.names_side for line in (*position, *lesson, *first_rep.lines)):
            lines.append(coach.line(coach.phrases.side_first(side)))
        lines += lesson
        extra = self.choices.extra_get_ready
        length = self._get_ready_time(exercise, gap=gap) + extra
        return Span(PhaseKind.GET_READY, coach.activity, length, lines=tuple(lines), quiet=1.0 + extra)

    def _get_ready_time(self, exercise: Exercise, *, gap: bool) -> float:
        defaults = self.session.defaults
        ready = next(time for time in (exercise.get_ready, defaults.get_ready, GET_READY) if time is not None)
        between = BETWEEN_EXERCISES if defaults.between_exercises is None else defaults.between_exercises
        return max(ready, between - CLOSING_REST if gap else 0.0)

    def _get_into_position(self, coach: Coach) -> list[Line]:
        """Say how to get into position, and what is new about it."""
        listener, side = self.listener, coach.begins_with
        target = starting_position(coach.exercise, side, self.wording)
        lines: list[Line] = []
        if target and coach.moved:
            way = change(listener.position, target, self.coaching, self.wording)
            words = map(self.wording.spelling.fit_to_speak, way.words)
            lines = [coach.line(sentence(text)) for text in words if text]
            lines[-1] = replace(lines[-1], pause=way.pause)
            listener.move_to(target)
        setup = [replace(line, pause=SETUP_PAUSE) for line in coach.lines_of(coach.exercise.setup, side)]
        new = [line for line in setup if line.text not in listener.setups]
        listener.setups = {line.text for line in setup}
        if target and not coach.moved and not new:
            return [coach.line(self.wording.positions.STAY)]
        return lines + (new if self.coaching is Coaching.FULL else [])


def _lesson_before(coach: Coach) -> list[Line]:
    """What is taught before a rhythm, which leaves no room for it."""
    wait = FULL_TO_HOLD_MOVED if coach.moved else FULL_TO_HOLD
    says = [move.say for move in coach.exercise.moves if coach.full]
    lesson = [line for say in says for line in coach.lines_of(say, coach.begins_with)] + coach.advice_before()
    if lesson:
        lesson[-1] = replace(lesson[-1], pause=wait)
    return [*lesson, coach.line(coach.phrases.WITH_ME, 1.0)]
