"""The coach's own phrases that a language must provide.

A plain module satisfies this protocol: a constant is a fixed phrase, a function makes one from its arguments.
A string becomes one cue; a tuple becomes one cue for each sentence. All texts are ready to speak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.session import Safety, Schedule, Side


class Phrases(Protocol):
    """The coach's own phrases."""

    # the frame of a session
    KEYS_LIVE: str
    WELL_DONE: str
    CLOSING: tuple[str, ...]
    SESSION_ENDS: str
    TITLE_OPENING: str
    TITLE_SAFETY: str
    TITLE_CLOSING: str
    TITLE_REST: str
    TITLE_SILENCE: str
    TITLE_BREATHING: str
    TITLE_SOUND: str
    TITLE_WALK: str
    TITLE_INTERVALS: str
    # an exercise
    WITH_ME: str
    BEGIN: str
    AND_REST: str
    # rep by rep
    HALF_OF_THEM: str
    TEMPO_HOLD: str
    TEMPO_HOLD_AGAIN: str
    LET_GO: str
    # in a hold
    KEEP_BREATHING: str
    HALF_WAY: str
    BREATH: str
    SIGNS_OF_LIFE: tuple[str, ...]
    SIGNS_IN_MOTION: tuple[str, ...]
    NEARLY_THERE: str
    # in a rest, and while breathing
    REST: str
    REST_SIGNS: tuple[str, ...]
    TEN_SECONDS: str
    BREATHE_IN: tuple[str, ...]
    BREATHE_OUT: tuple[str, ...]
    BREATHE_HOLD: str
    BREATHE_REST: str
    # on a walk
    TURN_ROUND: str
    WALKED: str
    WALK_SIGNS: tuple[str, ...]
    # the sounds, the first time they come
    TEACH_HOLD: str
    TEACH_TICKS: str
    TEACH_SET_ENDS: str
    TEACH_WORK: str
    TEACH_WORK_ALONE: str
    LISTEN_ONLY: str
    # limbs
    LIMB: str
    """What is said if nobody knows which limb works."""
    LIMBS: tuple[tuple[str, str], ...]
    """Limbs, each with the words that show that it works."""
    # after a pause
    GO_ON: str
    # while the session waits until the listener is done
    WAITING_FOR_YOU: tuple[str, ...]
    WAITING_WITHOUT_KEYS: tuple[str, ...]

    def safety(self, kind: Safety) -> tuple[str, ...]:
        """The safety advice at the start."""

    def takes(self, seconds: float) -> str:
        """How long the session takes."""

    def gather(self, needs: Sequence[str]) -> str | None:
        """What to have at hand; None if nothing is needed."""

    def fetch(self, needs: Sequence[str], *, beside_the_mat: bool) -> tuple[str, ...]:
        """Time to fetch what is needed; empty if nothing of it can be fetched."""

    def how_often(self, schedule: Schedule) -> str | None:
        """How often to do the session, said at its end; None if once a day or less is meant."""

    def announcement(self, name: str, n: int | None, of: int | None, *, again: bool) -> str:
        """An exercise's name and its number."""

    def left_to_do(self, exercises: int, seconds: float) -> str:
        """How much of the session is left."""

    def dose(
        self,
        reps: Sequence[int],
        holds: Sequence[float],
        *,
        limb: str | None = None,
        parts: Sequence[str] = (),
        in_tens: bool = False,
    ) -> str:
        """Sets, reps and holds."""

    def ladder(self, holds: Sequence[float], limb: str | None) -> str:
        """Holds that change from set to set."""

    def rhythm(self, reps: int, every: float) -> str:
        """Reps on a beat."""

    def one_every(self, seconds: float) -> str:
        """A beat."""

    def rounds(self, count: int, work: float, rest: float) -> str:
        """Intervals."""

    def one_after_the_other(self, names: Sequence[str]) -> str:
        """The exercises of intervals."""

    def begin_with(self, name: str) -> str:
        """The exercise that begins intervals."""

    def offer_before(self, text: str) -> str:
        """An easier way in another position, offered before the usual one is taken."""

    def way_back(self, movement: str) -> str:
        """The way back from a movement for which its author has no word."""

    def teach_glide(self, back: str) -> str:
        """The falling sound of a rhythm, with the words for the way back."""

    def for_time(self, seconds: float) -> str:
        """How long a movement goes on."""

    def offer(self, text: str) -> str:
        """An easier way, as an offer."""

    def hold_next(self, seconds: float) -> str:
        """The next hold of a ladder."""

    def minutes_left(self, minutes: int) -> str:
        """The time that is left of a long hold."""

    def tens_done(self, done: int) -> str:
        """Said after each ten of a long set."""

    def tens_next(self, coming: int, *, last: bool) -> str:
        """Said before the next ten, or what is left of them."""

    def side_name(self, side: Side) -> str:
        """A side in the middle of a sentence, in place of `<side>`."""

    def side_first(self, side: Side, limb: str) -> str:
        """Which side begins."""

    def side_word(self, side: Side, limb: str) -> str:
        """A side alone, as a cue."""

    def now_side(self, side: Side, limb: str) -> str:
        """The first change of side."""

    def and_side(self, side: Side, limb: str) -> str:
        """Every later change of side, rep by rep."""

    def now_cue(self, cue: str) -> str:
        """The first change of side, with a cue that names it."""

    def and_cue(self, cue: str) -> str:
        """Every later change with such a cue, rep by rep."""

    def side_next(self, side: Side, limb: str) -> str:
        """Said while the listener changes sides."""

    def rep_number(self, rep: int, reps: int) -> str:
        """The number of a rep."""

    def set_of(self, index: int, sets: int) -> str:
        """The number of a set."""

    def whereabouts(self, side: str | None, rep: int | None, reps: int | None) -> str:
        """Side and rep, for a listener who asks; empty if neither applies."""

    def time_left(self, seconds: float) -> str:
        """How much time of the session is left."""

    def coming_next(self, name: str) -> str:
        """The exercise after this one."""

    def rest_for(self, seconds: float) -> str:
        """The first words of a rest."""

    def breathing(self, breathe_in: float, hold: float, breathe_out: float, rest: float, count: int) -> str:
        """What paced breathing will be like."""

    def walk(self, seconds: float, *, turns: bool) -> tuple[str, ...]:
        """The beginning of a walk, and whether it turns round half way."""
