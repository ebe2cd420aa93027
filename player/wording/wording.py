"""What a language must provide, in four parts, so the rest of the code knows no language.

Each part is a protocol that a plain module satisfies: a constant is a fixed phrase, a function makes one from
its arguments. A string becomes one cue; a tuple becomes one cue for each sentence. All texts are ready to
speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from player.session import (
        Avoid,
        BreatheStep,
        Easier,
        Exercise,
        IntervalsStep,
        Progress,
        Schedule,
        Side,
        WalkStep,
    )
    from player.session.lexicon import Lexicon
    from player.wording.phrases import Phrases
    from player.wording.posture import Posture, Surface, Way


class Positions(Protocol):
    """Recognises positions in an author's words, and describes the way between them."""

    STAY: str
    STEPS: Mapping[Way, str]
    """The words of each step of a way."""
    WITHOUT_CHAIR: Mapping[Way, str]
    """Steps that mention a chair, for a session that needs none."""
    BRIEFLY: Mapping[Way, str]
    """The words of a whole way down or up, for a listener who knows it."""

    def posture_of(self, position: str) -> Posture:
        """The kind of position that a text describes."""

    def surface_of(self, position: str, posture: Posture) -> Surface:
        """What the listener is on, in a position of this posture."""

    def names_surface(self, text: str) -> bool:
        """Whether a text says on what the listener is."""

    def in_bed(self, text: str) -> bool:
        """Whether a text leaves the listener in bed."""

    def adds(self, before: str, after: str) -> bool:
        """Whether a position's words ask for more than its posture, and than the words of the one before."""

    def get_into(self, position: str) -> str:
        """A position as an instruction."""

    def once_standing(self, position: str) -> str:
        """The same for a listener who has just stood up."""

    def adjust_to(self, position: str) -> str:
        """The same for a listener whose posture is right, and who only changes a detail."""

    def roll_into(self, position: str) -> str:
        """The same for a listener who is already lying."""

    def sink_into(self, position: str) -> str:
        """The same for a listener on hands and knees."""

    def roll_over(self, position: str | None) -> str:
        """From one side onto the other, in the words of the position; None: they say no side."""


class Spelling(Protocol):
    """Prepares text for the voice."""

    def fit_to_speak(self, text: str) -> str:
        """The text for the voice; empty if nothing in it can be spoken."""

    def sentences(self, text: str) -> list[str]:
        """The same, cut where a coach would breathe."""

    def unspoken(self, text: str, alphabets: Collection[str]) -> tuple[str, ...]:
        """The signs and words of a text that a voice with these alphabets would leave out."""


class Paper(Protocol):
    """The words of a printed page."""

    NEEDS: str
    HOW_OFTEN: str
    EASIER: str
    HARDER: str
    LEAVE_OUT: str
    INTERVALS: str
    WALK: str
    REST: str
    UNTIL_DONE: str
    BREATHING: str
    DAYS: tuple[str, ...]
    """The days of the week, abbreviated."""
    SAFETY_TITLE: str
    SAFETY: tuple[str, ...]

    def dose(self, exercise: Exercise) -> str:
        """A dose with its whole range."""

    def easier(self, way: Easier, exercise: Exercise) -> str:
        """The part of the dose that is easier; empty if none is."""

    def reasons(self, avoid_if: Iterable[Avoid]) -> str:
        """Who leaves an exercise out."""

    def breathing(self, step: BreatheStep) -> str:
        """Paced breathing."""

    def walk(self, step: WalkStep) -> str:
        """A walk."""

    def in_turn(self, step: IntervalsStep) -> str:
        """Several exercises in intervals."""

    def growth(self, rule: Progress) -> str:
        """How a dose grows."""

    def time(self, seconds: float) -> str:
        """A length of time, short."""

    def often(self, schedule: Schedule) -> str:
        """How often to do a session; empty if the author does not say."""

    def other_side(self, side: Side) -> str:
        """The instruction to repeat the exercise with this side."""

    def weeks(self, count: int) -> str:
        """The title of a table with weeks to tick off."""

    def week(self, number: int) -> str:
        """The name of one line of that table."""


@dataclass(frozen=True, slots=True)
class Wording:
    """All wording of one language."""

    three_letters: str
    """The ISO 639-2 code."""
    voice: str
    """The default voice, by its id in `cuemat voices`."""
    phrases: Phrases
    positions: Positions
    spelling: Spelling
    paper: Paper
    seconds_to_say: Callable[[str], float]
    """Estimates, cautiously, the seconds to say a prepared text, without a voice."""
    said: Callable[[str, str, Lexicon], str]
    """Writes a prepared text so that a voice of this engine says it rightly, by a lexicon."""
    doubts: Callable[[str, str, Lexicon], tuple[str, ...]]
    """What such a voice may say wrongly in a prepared text, each with what to write instead."""
    actions: Callable[[str], tuple[str, ...]]
    """The actions that a sentence asks for at once."""
    seconds_for: Callable[[str], float]
    """The seconds to do what a sentence asks."""
    things_in: Callable[[str], tuple[str, ...]]
    """The things that a text names."""
    says_leave_out: Callable[[str], bool]
    """Whether a caution tells some listeners to leave an exercise out."""
    puts_down: Callable[[str], bool]
    """Whether a sentence makes the listener put down what was held up."""
    holds_up: Callable[[str], bool]
    """Whether a sentence leaves the listener with a limb held up."""
