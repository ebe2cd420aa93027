"""The kinds of starting positions that matter for safety and time, in any language."""

from __future__ import annotations

from enum import Enum, auto


class Posture(Enum):
    """A kind of starting position."""

    STANDING = auto()
    SEATED = auto()
    KNEELING = auto()
    HANDS_AND_KNEES = auto()
    BACK = auto()
    SIDE = auto()
    FRONT = auto()
    ELSEWHERE = auto()

    @property
    def on_floor(self) -> bool:
        """Whether getting there from standing takes time and coaching."""
        return self not in {Posture.STANDING, Posture.SEATED, Posture.ELSEWHERE}

    @property
    def lying(self) -> bool:
        """Whether the listener lies, and so rolls over to another such posture."""
        return self in {Posture.BACK, Posture.SIDE, Posture.FRONT}
