"""The words and the time to get from one starting position to another.

Only what matters for safety and time counts: whether the next position is on the floor, and whether it is the
same as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.session import Coaching
from player.wording.posture import Posture

if TYPE_CHECKING:
    from player.session import Exercise, Side
    from player.wording import Wording

FLOOR_PAUSE = 20.0
"""Seconds to get down to the floor or up from it."""
ROLL_PAUSE = 12.0
"""Seconds to turn over from one side onto the other."""
MOVE_PAUSE = 6.0
"""Seconds for any other change of position."""


@dataclass(frozen=True, slots=True)
class Position:
    """A starting position with its side filled in."""

    text: str
    posture: Posture

    def same_as(self, other: Position | None) -> bool:
        """Whether the listener can stay as they are."""
        if other is None:
            return False
        if self.posture in {Posture.ELSEWHERE, Posture.SIDE, Posture.KNEELING}:
            return self.text == other.text
        return self.posture is other.posture


@dataclass(frozen=True, slots=True)
class Change:
    """How to get from one position to another."""

    words: tuple[str, ...]
    pause: float
    """Seconds for the change."""


def starting_position(exercise: Exercise, side: Side | None, wording: Wording) -> Position | None:
    """The starting position of an exercise when `side` works; None if the author does not say."""
    if exercise.position is None:
        return None
    return position_of(exercise.position.on(side, wording.phrases.side_name), wording)


def position_of(text: str, wording: Wording) -> Position | None:
    """The position that an author describes; None if nothing in it can be spoken."""
    spoken = wording.spelling.fit_to_speak(text)
    return Position(spoken, wording.positions.posture_of(spoken)) if spoken else None


def change(before: Position | None, after: Position, coaching: Coaching, wording: Wording) -> Change:
    """The spoken change from one position to another; `before` None is unknown, taken as standing."""
    words, full = wording.positions, coaching is Coaching.FULL
    from_floor = before is not None and before.posture.on_floor
    if after.posture.on_floor and not from_floor:
        down = words.come_down(after.posture, full=full)
        return Change((*down, words.get_into(after.text), words.TAKE_YOUR_TIME), FLOOR_PAUSE)
    if from_floor and not after.posture.on_floor:
        return Change((*words.come_up_into(after.text, full=full), words.TAKE_YOUR_TIME), FLOOR_PAUSE)
    if before is not None and before.posture is after.posture is Posture.SIDE:
        return Change((words.get_into(after.text), words.TAKE_YOUR_TIME), ROLL_PAUSE)
    if before is not None and before.posture.lying and after.posture.lying:
        return Change((words.roll_into(after.text),), MOVE_PAUSE)
    return Change((words.get_into(after.text),), MOVE_PAUSE)
