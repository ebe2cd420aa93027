"""One exercise as a section: announcement, reps, rest.

The announcement says the name and "two of four", and what `ready` adds: the way into the position if it
changes, what is new about it, one caution, and the dose. All this depends on what the listener has heard and
where they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.layout.asides import wishes
from player.layout.coach import Coach
from player.layout.dose import prescribe
from player.layout.outline import SET_ENDS, Outline, Span, one_earcon
from player.layout.positions import is_same, starting_position
from player.layout.ready import Listener, Readying
from player.layout.reps import rep_spans
from player.layout.rhythm import in_time
from player.layout.teach import has_time, lessons, sounds_of
from player.session import Coaching, Sides
from player.timeline import Activity, MarkKind, PhaseKind
from player.wording.plain import sentence

if TYPE_CHECKING:
    from player.layout.ladder import Rung
    from player.layout.outline import Line
    from player.session import Choices, Exercise, ExerciseStep, Session
    from player.wording import Wording

GET_READY = 8.0
BETWEEN_EXERCISES = 10.0
QUIET_REST = 4.0
"""Seconds without a word after the last words of an exercise."""
CLOSING_REST = 5.0
"""Seconds, at least, from the last rep of an exercise to the end of its section."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an exercise among the steps of its session."""

    gap: bool
    """Whether it follows directly on another exercise."""
    rests: bool
    """Whether the next step is a rest, which says so."""
    turn: tuple[int, int]
    """Its turn to grow, and how many take turns."""
    rung: Rung | None
    """Its place in a ladder, if it is in one."""


@dataclass(frozen=True, slots=True)
class Announcer:
    """Plans the exercises of one session."""

    session: Session
    choices: Choices
    listener: Listener
    coaching: Coaching
    wording: Wording
    to_come: set[str] = field(default_factory=set)
    """The sounds of the session that a listener must know."""
    things: set[str] = field(default_factory=set)
    """The things that are fetched for the session."""

    def exercise(
        self,
        step: ExerciseStep,
        n: int | None,
        of: int | None,
        place: Place,
    ) -> tuple[Outline, bool]:
        """One exercise as an outline, and whether it changes the position.

        Args:
            step: The exercise.
            n: Its number; None if it is not counted.
            of: The number of counted exercises.
            place: Its place among the steps.
        """
        exercise, listener = step.exercise, self.listener
        again = exercise.lesson in listener.taught
        listener.taught.add(exercise.lesson)
        coach = self.coach(step, n, of, again=again, turn=place.turn)
        name = self.name_of(exercise)
        title = coach.line(coach.phrases.announcement(name, n, of, again=again)) if coach.announces else None
        readying = Readying(coach, listener, self.coaching, chair=self.has_chair)
        reps, due = in_time(coach) if coach.in_time else rep_spans(coach)
        least = self._get_ready_time(exercise, gap=place.gap)
        names_side = any(line.names_side for line in reps[0].lines)
        ready = readying.span(title, least=least, extra=self.choices.extra_get_ready, names_side=names_side)
        last = coach.begins_with.other if coach.begins_with else None
        end = starting_position(exercise, last, self.wording, listener.position)
        listener.position = end or listener.position
        rest = self._closing(coach, due, rests=place.rests)
        spans = (ready, *reps, rest)
        if place.rung:
            spans = place.rung.fit(spans, title)
        meanwhile = lessons(coach, self.to_come) if coach.full and has_time(coach) else ()
        outline = Outline(
            exercise.name,
            MarkKind.EXERCISE,
            step.source,
            spans,
            (*meanwhile, *wishes(coach)),
            exercise.id,
            name,
            coach.instruction(),
            self.session.language,
            until_done=step.until_done,
        )
        return outline, coach.moved

    def name_of(self, exercise: Exercise) -> str:
        """The name of an exercise as the coach says it, without a full stop."""
        spoken = exercise.spoken.text if exercise.spoken else exercise.name
        return sentence(self.wording.spelling.fit_to_speak(spoken)).rstrip(".!?")

    @property
    def has_chair(self) -> bool:
        """Whether there is a chair to hold on to."""
        return bool({"chair", "stool"} & self.things)

    def expect(self, step: ExerciseStep) -> None:
        """Take note of the sounds of an exercise that is to come."""
        self.to_come.update(sounds_of(self.coach(step, None, None, again=False, turn=(0, 1))))

    def _closing(self, coach: Coach, due: str | None, *, rests: bool) -> Span:
        """The rest after the last rep: a word, if no rest follows that says it, and then quiet."""
        says_it = coach.exercise.role is None and not rests
        lines: list[Line] = [coach.line(coach.phrases.AND_REST)] if says_it else []
        earcon = one_earcon(due, SET_ENDS if len(coach.prescription.reps) > 1 else None)
        where = self.listener.position
        return Span(
            PhaseKind.REST,
            replace(coach.activity, position=where.text if where else None),
            CLOSING_REST if lines else QUIET_REST,
            earcon=earcon,
            lines=tuple(lines),
            quiet=QUIET_REST if lines else 0.0,
        )

    def coach(
        self, step: ExerciseStep, n: int | None, of: int | None, *, again: bool, turn: tuple[int, int]
    ) -> Coach:
        """Who coaches an exercise, this time."""
        exercise = step.exercise
        prescription = prescribe(exercise, self.choices, turn)
        first = None if prescription.sides is Sides.NONE else prescription.first
        target = starting_position(exercise, first, self.wording, self.listener.position)
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
            moved=target is not None and not is_same(self.listener.position, target, self.wording),
            wording=self.wording,
            sounds=self.listener.sounds,
        )

    def _get_ready_time(self, exercise: Exercise, *, gap: bool) -> float:
        defaults = self.session.defaults
        ready = next(time for time in (exercise.get_ready, defaults.get_ready, GET_READY) if time is not None)
        between = BETWEEN_EXERCISES if defaults.between_exercises is None else defaults.between_exercises
        return max(ready, between - CLOSING_REST if gap else 0.0)
