"""What a language has to bring along, in four parts, so that whoever plans knows no language.

Each part is a protocol that a plain module satisfies: a constant is a phrase that never changes, a function
makes one from what is known. Texts that end up as one cue are one string; a tuple is one cue a sentence. All
of them are fit to speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from player.session import Exercise, Progress, Safety, Schedule, Side
    from player.wording.posture import Posture


class Phrases(Protocol):
    """What the coach says when no author wrote it."""

    # the frame of a session
    PAUSE_AND_SKIP: str
    WITHIN_REACH: str
    WELL_DONE: str
    CLOSING: tuple[str, ...]
    TITLE_OPENING: str
    TITLE_CLOSING: str
    TITLE_TALK: str
    TITLE_REST: str
    TITLE_SILENCE: str
    TITLE_BREATHING: str
    TITLE_SOUND: str
    # an exercise
    WITH_ME: str
    BEGIN: str
    AND_REST: str
    # rep by rep
    HALF_OF_THEM: str
    TEMPO_HOLD: str
    TEMPO_HOLD_AGAIN: str
    TEMPO_BACK: str
    LET_GO: str
    # in a hold
    KEEP_BREATHING: str
    HALF_WAY: str
    BREATH: str
    SIGNS_OF_LIFE: tuple[str, ...]
    # in a rest, and while breathing
    REST: str
    REST_SIGNS: tuple[str, ...]
    TEN_SECONDS: str
    BREATHE_IN: tuple[str, ...]
    BREATHE_OUT: tuple[str, ...]
    # after a pause
    GO_ON: str

    def safety(self, kind: Safety) -> tuple[str, ...]:
        """The advice at the start."""

    def takes(self, seconds: float) -> str:
        """How long the session is."""

    def gather(self, needs: Sequence[str]) -> str | None:
        """What to have at hand; None: nothing."""

    def announcement(self, name: str, n: int | None, of: int | None, *, again: bool) -> str:
        """An exercise's name and its number."""

    def left_to_do(self, exercises: int, seconds: float) -> str:
        """How much of the session is left."""

    def dose(self, reps: Sequence[int], holds: Sequence[float], *, sided: bool) -> str:
        """Sets, reps and holds."""

    def side_name(self, side: Side) -> str:
        """A side in the middle of a sentence; what takes the place of `<side>`."""

    def side_first(self, side: Side) -> str:
        """Which side begins."""

    def side_word(self, side: Side) -> str:
        """A side alone, as a cue."""

    def now_side(self, side: Side) -> str:
        """The first change of side."""

    def and_side(self, side: Side) -> str:
        """Every later one, rep by rep."""

    def side_next(self, side: Side) -> str:
        """Said while the listener changes sides."""

    def rep_number(self, rep: int, reps: int) -> str:
        """The number of a rep."""

    def set_of(self, index: int, sets: int) -> str:
        """The number of a set."""

    def side_and_set(self, side: Side, index: int, sets: int) -> str:
        """Side and set in one."""

    def whereabouts(self, side: str | None, rep: int | None, reps: int | None) -> str:
        """Side and rep, for a listener who asks; empty if there is nothing to tell."""

    def time_left(self, seconds: float) -> str:
        """How long the session still takes."""

    def coming_next(self, name: str, *, same_position: bool) -> str:
        """The exercise after this one."""

    def rest_for(self, seconds: float) -> str:
        """The first words of a rest."""

    def breathing(self, breathe_in: float, breathe_out: float, count: int) -> str:
        """What paced breathing will be like."""


class Positions(Protocol):
    """Where the listener is, read out of an author's words, and the way from one position to another."""

    STAY: str
    TAKE_YOUR_TIME: str

    def posture_of(self, position: str) -> Posture:
        """What kind of position a text describes."""

    def get_into(self, position: str) -> str:
        """A position as an instruction."""

    def roll_into(self, position: str) -> str:
        """The same for a listener who lies already."""

    def roll_over(self, side_to_lie_on: Side) -> str:
        """From one side onto the other."""

    def come_down(self, posture: Posture, *, full: bool) -> tuple[str, ...]:
        """The way to the floor; `full`: step by step."""

    def come_up(self, *, full: bool) -> tuple[str, ...]:
        """The way up from the floor."""

    def come_up_into(self, position: str, *, full: bool) -> tuple[str, ...]:
        """The way up from the floor, and into a position."""


class Spelling(Protocol):
    """Text made fit to be spoken."""

    def fit_to_speak(self, text: str) -> str:
        """The text as it is given to a voice; empty if nothing in it can be spoken."""

    def sentences(self, text: str) -> list[str]:
        """The same, cut where a coach would take a breath."""


class Paper(Protocol):
    """What stands on a printed page."""

    NEEDS: str
    HOW_OFTEN: str
    EASIER: str
    BREATHING: str
    DAYS: tuple[str, ...]
    """Of a week, short."""
    SAFETY_TITLE: str
    SAFETY: tuple[str, ...]

    def dose(self, exercise: Exercise) -> str:
        """A dose with its whole range."""

    def growth(self, rule: Progress) -> str:
        """How a dose grows."""

    def time(self, seconds: float) -> str:
        """A length of time, short."""

    def often(self, schedule: Schedule) -> str:
        """How often a session is meant to be done; empty: nobody said."""

    def other_side(self, side: Side) -> str:
        """That the exercise is done again with this side."""

    def weeks(self, count: int) -> str:
        """The title of a table of some weeks to tick."""

    def week(self, number: int) -> str:
        """The name of one of its lines."""


@dataclass(frozen=True, slots=True)
class Wording:
    """All of one language."""

    three_letters: str
    """As ISO 639-2 calls it."""
    voice: str
    """Speaks it, if the listener chose no voice; as `cuemat voices` lists it."""
    phrases: Phrases
    positions: Positions
    spelling: Spelling
    paper: Paper
    seconds_to_say: Callable[[str], float]
    """How long a text that is fit to speak takes to say, without a voice; a cautious estimate."""
