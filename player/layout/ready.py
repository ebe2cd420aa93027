"""The way up to the first rep, in the order in which it can be done: things, position, dose, limb.

Equipment comes before the position, an easier way that changes either before it, too; then the dose; and only
then whatever holds a leg up or puts a foot on a chair, so nobody stands on one leg while the dose is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.layout.asides import offer, offers_before, offers_with_dose
from player.layout.outline import Line, Span
from player.layout.positions import is_same_place, starting_position, way
from player.layout.teach import lessons, sounds_of
from player.session import Coaching
from player.timeline import PhaseKind
from player.wording.plain import sentence
from player.wording.posture import Posture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.layout.coach import Coach
    from player.wording.posture import Position

AFTER_NAME = 0.5
OFFER_PAUSE = 3.0
"""Seconds to decide for the easier way."""
CAUTION_PAUSE = 2.0
SETTLE = 1.5
"""Seconds of quiet before the movement, after a change of position."""


@dataclass
class Listener:
    """What the listener has heard, and where they are; changes as the plan proceeds."""

    position: Position | None = None
    setups: set[str] = field(default_factory=set)
    """Setup sentences that still apply: those of the previous exercise in the same position."""
    taught: set[tuple[object, ...]] = field(default_factory=set)
    """The lessons of the exercises taught so far in this session."""
    cautioned: set[str] = field(default_factory=set)
    """The exercises whose cautions have been heard."""
    sounds: set[str] = field(default_factory=set)
    """The sounds explained so far."""

    def move_to(self, position: Position | None) -> None:
        """Move the listener, None for an unknown place; setups must be said again."""
        self.position = position
        self.setups = set()


@dataclass(frozen=True, slots=True)
class Readying:
    """Gets the listener ready for one exercise."""

    coach: Coach
    listener: Listener
    coaching: Coaching

    def span(self, title: Line | None, *, least: float, extra: float, names_side: bool) -> Span:
        """The span up to the first rep.

        Args:
            title: The announcement; None if there is none.
            least: Seconds that it takes at least.
            extra: Seconds that the listener wants in addition.
            names_side: Whether the first words of the first rep name the side.
        """
        coach = self.coach
        lines = [replace(title, pause=AFTER_NAME)] if title else []
        things = list(self._things())
        before = list(self._before_the_position())
        rises = self._rises()
        position, in_position = self._position()
        lines += [*before, *position, *things] if rises else [*things, *before, *position]
        on_one_leg = self._from_where_held_up(in_position)
        lines += in_position[:on_one_leg]
        lines += self._dose()
        sided = in_position[on_one_leg:]
        lines += sided
        lesson = self._lesson()
        side = coach.begins_with
        heard = (*position, *in_position, *lesson)
        if side and not names_side and not any(line.names_side for line in heard):
            lines.append(coach.line(coach.phrases.side_first(side, coach.limb), 1.0))
        lines += lesson
        quiet = (SETTLE if coach.moved else 1.0) + extra
        return Span(PhaseKind.GET_READY, coach.activity, least + extra, lines=tuple(lines), quiet=quiet)

    def _things(self) -> Iterator[Line]:
        """What to place or to fetch."""
        coach = self.coach
        if coach.moved or coach.exercise.id not in self.listener.cautioned:
            yield from coach.done_in_turn(coach.exercise.prepare, coach.begins_with)

    def _rises(self) -> bool:
        """Whether the listener must get up before they can fetch anything."""
        target = starting_position(self.coach.exercise, self.coach.begins_with, self.coach.wording)
        before = self.listener.position
        return (
            target is not None
            and target.posture is Posture.STANDING
            and before is not None
            and before.posture is not Posture.STANDING
        )

    def _from_where_held_up(self, setup: list[Line]) -> int:
        """The first sentence of a setup that differs from side to side, or that leaves a limb held up."""
        holds_up = self.coach.wording.holds_up
        found = (i for i, line in enumerate(setup) if line.mentions_side or holds_up(line.text))
        return next(found, len(setup))

    def _before_the_position(self) -> Iterator[Line]:
        coach = self.coach
        if offers_before(coach):
            yield from offer(coach, OFFER_PAUSE)
        if coach.exercise.id not in self.listener.cautioned:
            yield from coach.lines_of(coach.exercise.caution, coach.begins_with, CAUTION_PAUSE)
        self.listener.cautioned.add(coach.exercise.id)

    def _position(self) -> tuple[list[Line], list[Line]]:
        """The way into the position, and what is new about it."""
        coach, listener, side = self.coach, self.listener, self.coach.begins_with
        target = starting_position(coach.exercise, side, coach.wording)
        lines: list[Line] = []
        before = listener.position
        if target and coach.moved:
            steps = way(before, target, coach.wording, full=self.coaching is Coaching.FULL)
            lines = [coach.line(sentence(step.text), step.seconds) for step in steps]
            named = coach.exercise.position is not None and coach.exercise.position.names_side
            lines[-1] = replace(lines[-1], names_side=named)
            if is_same_place(before, target, coach.wording):
                listener.position = target
            else:
                listener.move_to(target)
        setup = coach.done_in_turn(coach.exercise.setup, side)
        new = [line for line in setup if line.text not in listener.setups]
        listener.setups = {line.text for line in setup}
        if target and not coach.moved and not new:
            return [coach.line(coach.wording.positions.STAY, AFTER_NAME)], []
        return lines, [line for line in new if self._is_needed(line)]

    def _is_needed(self, line: Line) -> bool:
        """Whether even a listener who knows the exercise must hear this sentence of its setup."""
        if self.coaching is Coaching.FULL:
            return True
        things = self.coach.wording.things_in(line.text)
        needs = {thing for need in self.coach.exercise.needs for thing in self.coach.wording.things_in(need)}
        return line.mentions_side or bool(needs.intersection(things))

    def _dose(self) -> Iterator[Line]:
        coach = self.coach
        if coach.exercise.role is None and coach.announces:
            yield coach.dose()
        if offers_with_dose(coach):
            yield from offer(coach, 1.0)
        if coach.full:
            yield from lessons(coach, sounds_of(coach))

    def _lesson(self) -> list[Line]:
        """What is taught before a rhythm, which leaves no room for it."""
        coach = self.coach
        timed = coach.in_time and not coach.prescription.by_set
        if not coach.prescription.tempo and not timed:
            return []
        says = [move.say for move in coach.exercise.moves if coach.full]
        lesson = [line for say in says for line in coach.done_in_turn(say, coach.begins_with)]
        begin = coach.phrases.BEGIN if coach.is_intervals else coach.phrases.WITH_ME
        return [*lesson, coach.line(begin, 1.0)]
