"""The starting positions that matter for safety and time, in any language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Posture(Enum):
    """A kind of starting position."""

    STANDING = auto()
    SEATED = auto()
    KNEELING = auto()
    HANDS_AND_KNEES = auto()
    SITTING_LOW = auto()
    """On the floor or in bed, legs up."""
    BACK = auto()
    SIDE = auto()
    FRONT = auto()
    ELSEWHERE = auto()
    """A text that is not recognised: spoken as written, and taken for standing."""

    @property
    def is_low(self) -> bool:
        """Whether getting there from standing takes time and coaching."""
        return self not in {Posture.STANDING, Posture.SEATED, Posture.ELSEWHERE}

    @property
    def lying(self) -> bool:
        """Whether the listener lies, and so rolls over to another such posture."""
        return self in {Posture.BACK, Posture.SIDE, Posture.FRONT}


class Surface(Enum):
    """What the listener is on."""

    FLOOR = auto()
    CHAIR = auto()
    BED = auto()


@dataclass(frozen=True, slots=True)
class Position:
    """A starting position with its side filled in."""

    text: str
    """Ready to speak."""
    posture: Posture
    surface: Surface

    @property
    def on_floor(self) -> bool:
        """Whether the listener is down on the floor."""
        return self.posture.is_low and self.surface is Surface.FLOOR

    @property
    def in_bed(self) -> bool:
        """Whether the listener is in bed, not on its edge."""
        return self.posture.is_low and self.surface is Surface.BED


class Way(Enum):
    """One step on the way from one position to another."""

    FROM_SEAT = auto()
    """From a chair onto one's feet, on the way to the floor."""
    DOWN = auto()
    """The beginning of the way to the floor."""
    ONE_KNEE = auto()
    OTHER_KNEE = auto()
    BOTH_KNEES = auto()
    """From kneeling on one knee."""
    HANDS = auto()
    SINK = auto()
    """From hands and knees, or from sitting low, onto a side."""
    UP = auto()
    """The beginning of the way up."""
    ONTO_SIDE = auto()
    PUSH_UP = auto()
    """From lying onto hands and knees."""
    TURN_OVER = auto()
    """From sitting low onto hands and knees."""
    BREATHER = auto()
    """A rest on hands and knees."""
    FOOT = auto()
    STAND = auto()
    WAIT = auto()
    """A moment of standing, before walking."""
    BED_EDGE = auto()
    """From standing onto the edge of the bed."""
    BED_SINK = auto()
    BED_UP = auto()
    BED_WAIT = auto()
    """A rest on the edge of the bed."""
