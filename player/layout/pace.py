"""The times of an exercise: what its author left out, and whether the author's numbers are a beat.

Precedence lives here: the exercise's own time, then the session's defaults, then the coach's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.layout.dose import TEMPO_BELOW
from player.session import Sides

if TYPE_CHECKING:
    from player.layout.dose import Bout, Prescription
    from player.session import Defaults, Exercise, Move, Side

LEAST_INTO = 3.0
"""Seconds, at least, from the last word of a first rep to its hold."""
LEAST_LATER = 0.75
"""The same from the second rep on."""
CUE_TAKES = 1.5
"""Seconds of the way into a hold that a short cue takes; the rest follows it, alike on both sides."""
TICKS_FROM = 10.0
TICKED_FROM = 5.0
"""Seconds of a rest of intervals, and of half their work, from which ticks lead to the end."""
ROUNDS_FROM = 6
"""Reps from which holds and rests are given like intervals."""
ROOM_FOR_A_REST = 3.0
"""Seconds of a rest that must be left between the way out and the next words."""
A_WAY = 1.0
"""Seconds of a way in or out that is long enough to be a phase of its own."""
ROOM_FOR_WORDS = 8.0
"""Seconds of a rest in which the way out, a word and the way in have room."""
LONG_FROM = 20.0


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of one exercise, this time."""

    exercise: Exercise
    prescription: Prescription
    defaults: Defaults

    @property
    def alternating(self) -> bool:
        """Whether the sides change with every rep."""
        return self.prescription.sides is Sides.ALTERNATING

    @property
    def begins_with(self) -> Side | None:
        """The first working side."""
        return None if self.prescription.sides is Sides.NONE else self.prescription.first

    def second_side(self, bout: Bout) -> bool:
        """Whether the bout works the second side."""
        return bout.side is not None and bout.side is not self.prescription.first

    def reps(self, bout: Bout) -> int:
        """The number of reps in the bout's set."""
        return self.prescription.reps[bout.set - 1]

    @property
    def is_intervals(self) -> bool:
        """Whether it is coached as work and rest in turn, with no word in the work."""
        return (
            self.in_time
            and self.exercise.dose.every is None
            and not (self.prescription.by_set or self.prescription.tempo)
        )

    @property
    def in_time(self) -> bool:
        """Whether the author's numbers are exact from rep to rep: a rhythm, intervals, a ladder of holds.

        Reps of a hold and a rest are exact if the author gives the way in and out no time of its own: it then
        lies within the rest, which must be long enough for it, unless the holds are a rhythm.
        """
        dose, prescription = self.exercise.dose, self.prescription
        move, *others = self.exercise.moves
        if dose.every is not None or dose.intervals:
            return True
        if others or move.hold is None or self.alternating:
            return False
        if prescription.by_set:
            return max(prescription.reps) == 1 and self.rest_between_sets() is not None
        return self._is_given_by_hold_and_rest(move) and (prescription.tempo or self._is_work_and_rest())

    def _is_given_by_hold_and_rest(self, move: Move) -> bool:
        """Whether the author gives reps as a hold and a rest, and the ways in and out no time or words."""
        ways = (move.into, move.back.length if move.back else None)
        own_way = any((way or 0.0) >= A_WAY for way in ways) or (
            move.back is not None and move.back.say is not None
        )
        return bool(self.exercise.dose.rest) and max(self.prescription.reps) > 1 and not own_way

    def _is_work_and_rest(self) -> bool:
        """Whether holds and rests are long enough for intervals, and their author has no words for them."""
        bare = not (self.exercise.feel or self.exercise.fault or self.exercise.easier)
        once = self.prescription.sides is Sides.NONE and len(self.prescription.reps) == 1
        hold, rest = self.prescription.hold(0, 1) or 0.0, self.exercise.dose.rest or 0.0
        many = self.prescription.reps[0] >= ROUNDS_FROM
        return once and bare and many and hold >= TICKS_FROM and rest >= ROOM_FOR_WORDS

    def into(self, move: Move, hold: float) -> float:
        """Seconds of the way into a hold."""
        for seconds in (move.into, self.defaults.into):
            if seconds is not None:
                return seconds
        if hold < TEMPO_BELOW:
            return 2.0
        return 5.0 if hold >= LONG_FROM else 2.0 if self.begins_with is None else 3.0

    def after_words(self, move: Move, hold: float, bout: Bout) -> float:
        """Seconds from the last word of the way in to the hold: the same on both sides."""
        into = self.into(move, hold)
        if bout.rep == bout.set == 1:
            return max(LEAST_INTO, into - 1.0) if into >= 1.0 else into
        return max(min(into, LEAST_LATER), into - CUE_TAKES)

    def back(self, move: Move, hold: float) -> float:
        """Seconds of the way out of a hold."""
        for seconds in (move.back.length if move.back else None, self.defaults.back):
            if seconds is not None:
                return seconds
        return 4.0 if hold >= LONG_FROM else 2.0

    def rest(self) -> float:
        """Seconds between reps."""
        for seconds in (self.exercise.dose.rest, self.defaults.rest):
            if seconds is not None:
                return seconds
        if all(hold is None for hold in self.prescription.holds):
            return 0.0
        return 1.0 if self.prescription.tempo else 3.0

    def pause_between(self, coming: Bout) -> float:
        """Seconds from the way out of a rep to the words of the next; a long rest contains both ways."""
        rest, move = self.rest(), self.exercise.moves[-1]
        hold = self.prescription.hold(len(self.exercise.moves) - 1, coming.set)
        if hold is None or hold < TEMPO_BELOW or len(self.exercise.moves) > 1:
            return rest
        ways = self.back(move, hold) + self.after_words(move, hold, coming)
        return rest - ways if rest - ways >= ROOM_FOR_A_REST else rest

    def rest_between_sets(self) -> float | None:
        """Seconds between sets; None if the author does not say."""
        own = self.exercise.dose.rest_between_sets
        return own if own is not None else self.defaults.rest_between_sets
