"""The way up to the first rep, in the order in which it can be done: things, position, dose, limb.

Equipment comes before the position, an easier way that changes either before it, too; then the dose; and only
then whatever holds a leg up or puts a foot on a chair, so nobody stands on one leg while the dose is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.layout.asides import OFFER_PAUSE, offer, offers_before, offers_with_dose
from player.layout.outline import Line, Span
from player.layout.positions import is_same_place, says_side, starting_position, steps_before_things, way
from player.layout.teach import lessons, sounds_of, teach_beat
from player.session import Coaching, Side
from player.timeline import PhaseKind
from player.wording.plain import sentence
from player.wording.posture import Posture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.layout.coach import Coach
    from player.wording.posture import Position

AFTER_NAME = 0.5
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
    chair: bool = True
    """Whether there is a chair to hold on to."""

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
        caution = list(self._caution())
        decides = any(coach.wording.says_leave_out(line.text) for line in caution)
        offered = self._offer_before()
        lines += caution if decides else ()
        placed = [*things, *offered, *(caution if not decides else ())]
        before = self.listener.position
        position, in_position = self._position(step_by_step=bool(things))
        target = self.listener.position
        risen = steps_before_things(before, target, len(position)) if target and things else 0
        lines += [*position[:risen], *placed, *position[risen:]]
        on_one_leg = self._from_where_held_up(in_position)
        lines += in_position[:on_one_leg]
        lines += self._dose()
        if offers_with_dose(coach) and not coach.in_time:
            lines += offer(coach, coach.begins_with, 1.0)
        lines += in_position[on_one_leg:]
        lesson = self._lesson()
        side = coach.begins_with
        heard = (*position, *in_position, *lesson)
        told = coach.limb == coach.phrases.LIMB and any(line.mentions_side for line in heard)
        if side and not names_side and not told and not any(line.names_side for line in heard):
            lines.append(coach.line(coach.phrases.side_first(side, coach.limb), 1.0))
        lines += lesson
        quiet = (SETTLE if coach.moved else 1.0) + extra
        return Span(PhaseKind.GET_READY, coach.activity, least + extra, lines=tuple(lines), quiet=quiet)

    def _things(self) -> Iterator[Line]:
        """What to place or to fetch."""
        coach = self.coach
        if coach.moved or coach.exercise.id not in self.listener.cautioned:
            yield from coach.done_in_turn(coach.exercise.prepare, coach.begins_with)

    def _from_where_held_up(self, setup: list[Line]) -> int:
        """The first sentence of a setup that differs from side to side, or that leaves a limb held up."""
        holds_up, side = self.coach.wording.holds_up, self.coach.begins_with
        place = starting_position(self.coach.exercise, side, self.coach.wording)
        asks_which = (
            place is not None and place.posture is Posture.SIDE and not says_side(place, self.coach.wording)
        )
        found = (
            index
            for index, line in enumerate(setup)
            if holds_up(line.text) or (line.mentions_side and not asks_which)
        )
        return next(found, len(setup))

    def _offer_before(self) -> list[Line]:
        """An easier way in another position, or with other things, before the usual ones are taken."""
        coach = self.coach
        return offer(coach, coach.begins_with, OFFER_PAUSE) if offers_before(coach) else []

    def _caution(self) -> Iterator[Line]:
        coach = self.coach
        if coach.exercise.id not in self.listener.cautioned:
            yield from coach.lines_of(coach.exercise.caution, coach.begins_with, CAUTION_PAUSE)
        self.listener.cautioned.add(coach.exercise.id)

    def _position(self, *, step_by_step: bool) -> tuple[list[Line], list[Line]]:
        """The way into the position, and what is new about it."""
        coach, listener, side = self.coach, self.listener, self.coach.begins_with
        before = listener.position
        target = starting_position(coach.exercise, side, coach.wording, before)
        lines: list[Line] = []
        if target and coach.moved:
            full = step_by_step or self.coaching is Coaching.FULL
            steps = way(before, target, coach.wording, full=full, chair=self.chair)
            lines = [coach.line(sentence(step.text), step.seconds) for step in steps]
            named = coach.exercise.position is not None and coach.exercise.position.names_side
            lines[-1] = replace(lines[-1], names_side=named)
            if is_same_place(before, target, coach.wording):
                listener.position = target
            else:
                listener.move_to(target)
        setup = coach.done_in_turn(coach.exercise.setup, side)
        new = [line for line in setup if line.mentions_side or line.text not in listener.setups]
        listener.setups = {line.text for line in setup}
        if target and not coach.moved and not new and coach.announces:
            return [coach.line(coach.wording.positions.STAY, AFTER_NAME)], []
        return lines, [line for line in new if self._is_needed(line)]

    def _is_needed(self, line: Line) -> bool:
        """Whether even a listener who knows the exercise must hear this sentence of its setup."""
        if self.coaching is Coaching.FULL:
            return True
        things = self.coach.wording.things_in(line.text)
        needs = {thing for need in self.coach.exercise.needs for thing in self.coach.wording.things_in(need)}
        names = {self.coach.phrases.side_name(side) for side in Side}
        sided = line.mentions_side or bool(names & set(line.text.lower().rstrip(".").split()))
        return sided or bool(needs.intersection(things))

    def _dose(self) -> Iterator[Line]:
        coach = self.coach
        if coach.exercise.role is None and coach.announces:
            yield coach.dose()
        if coach.full:
            yield from lessons(coach, sounds_of(coach))

    def _lesson(self) -> list[Line]:
        """What is taught before a rhythm, which leaves no room for it."""
        coach = self.coach
        timed = coach.in_time and not coach.prescription.by_set
        if not coach.prescription.tempo and not timed:
            return []
        moves = enumerate(coach.exercise.moves)
        says = [move.say for index, move in moves if coach.full or coach.lacks_cue(index)]
        lesson = [line for say in says for line in coach.done_in_turn(say, coach.begins_with)]
        if any(coach.wording.actions(line.text) for line in lesson):
            lesson = [coach.line(coach.phrases.LISTEN_ONLY), *lesson]
        if timed and offers_with_dose(coach):
            lesson += offer(coach, coach.begins_with, OFFER_PAUSE)
        lesson += teach_beat(coach) if timed and coach.full else ()
        begin = coach.phrases.BEGIN if coach.is_intervals else coach.phrases.WITH_ME
        return [*lesson, coach.line(begin, 1.0)]
