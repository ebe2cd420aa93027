"""What the coach says about one exercise, and the times that its author left out.

The coach says less as the listener learns: the full text once, short cues after that, only the number in a
rhythm. Nothing here knows the length of speech; the layout finds out whether an aside fits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from player.layout.dose import TEMPO_BELOW
from player.layout.outline import BREATH, CUE_BREATH, HALFWAY, Asides, Line
from player.session import Sides
from player.wording.plain import sentence

if TYPE_CHECKING:
    from player.errors import Source
    from player.layout.dose import Bout, Prescription
    from player.session import Defaults, Exercise, Move, Side, Words
    from player.timeline import Activity
    from player.wording import Wording
    from player.wording.wording import Phrases

FULL_TO_HOLD = 4.0
"""Seconds between the end of a full instruction and its hold."""
FULL_TO_HOLD_MOVED = 8.0
"""The same, after a change of position."""
TICKS_FROM = 10.0
LONG_FROM = 20.0
VERY_LONG_FROM = 45.0
_BRIEF_WORDS = 5
"""Words of a text that needs no short form."""


@dataclass(frozen=True, slots=True)
class Coach:
    """The coaching of one exercise, this time."""

    exercise: Exercise
    prescription: Prescription
    defaults: Defaults
    activity: Activity
    source: Source
    """The step in the session's script, named as the source of what the coach adds."""
    full: bool
    """Instruct in full; False if the listener has heard it before."""
    ticks: bool
    moved: bool
    """Whether the listener has just changed position."""
    wording: Wording

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

    def doing(self, bout: Bout) -> Activity:
        """The activity of this bout, for its phases."""
        return replace(
            self.activity,
            set=bout.set,
            sets=len(self.prescription.reps),
            rep=bout.rep,
            reps=self.reps(bout),
            side=bout.side.value if bout.side else None,
        )

    # --- words ---------------------------------------------------------------------------------------------

    @property
    def phrases(self) -> Phrases:
        """The coach's own phrases."""
        return self.wording.phrases

    def line(self, text: str, pause: float = BREATH) -> Line:
        """A line with one of the coach's own phrases."""
        return Line(text, self.source, pause)

    def lines_of(self, words: Words | None, side: Side | None, pause: float = BREATH) -> list[Line]:
        """An author's text, one line for each sentence; `pause` follows the last one."""
        if words is None:
            return []
        texts = self.wording.spelling.sentences(words.on(side, self.phrases.side_name))
        if side and words.names_side:
            wrong = self.phrases.side_name(side.other)
            otherwise = self.wording.spelling.sentences(words.on(side, lambda _: wrong))
            named = [one != other for one, other in zip_longest(texts, otherwise)]
        else:
            named = [False] * len(texts)
        lines = [Line(one, words.source, names_side=names) for one, names in zip(texts, named, strict=False)]
        return [*lines[:-1], replace(lines[-1], pause=pause)] if lines else []

    def in_full(self, index: int, bout: Bout) -> tuple[Line, ...]:
        """The move's full text, with the time to act on it."""
        move = self.exercise.moves[index]
        first_hold = next((i for i, one in enumerate(self.exercise.moves) if one.hold is not None), 0)
        pause = FULL_TO_HOLD_MOVED if self.moved and index == first_hold else FULL_TO_HOLD
        return tuple(self.lines_of(move.say, bout.side, pause))

    def in_brief(self, index: int, bout: Bout, *, number: bool) -> tuple[Line, ...]:
        """Number, side and short cue as one utterance, each if needed."""
        move = self.exercise.moves[index]
        cue = self._cue(move, bout.side)
        wanted, names_side = (cue.text, cue.names_side) if cue else ("", False)
        parts = [self.phrases.rep_number(bout.rep, self.reps(bout))] if number and index == 0 else []
        if index == 0 and bout.side and self.alternating:
            if self.second_side(bout):
                first = bout.rep == 1
                if names_side:
                    wanted = (self.phrases.now_cue if first else self.phrases.and_cue)(wanted)
                else:
                    parts.append((self.phrases.now_side if first else self.phrases.and_side)(bout.side))
                names_side = True
            elif not names_side:
                parts.append(self.phrases.side_word(bout.side))
                names_side = True
        text = " ".join([*parts, wanted] if wanted else parts)
        source = cue.source if cue else self.source
        return (Line(text, source, CUE_BREATH, names_side),) if text else ()

    def _cue(self, move: Move, side: Side | None) -> Line | None:
        """The short form of a move's text; in a long movement, the full text."""
        words = move.cue
        long = move.move is not None and move.move.low >= LONG_FROM
        if words is None and move.say and (long or len(move.say.text.split()) <= _BRIEF_WORDS):
            words = move.say
        if words is None:
            return None
        text = self.wording.spelling.fit_to_speak(words.on(side, self.phrases.side_name))
        named = side is not None and words.names_side
        return Line(sentence(text), words.source, CUE_BREATH, named) if text else None

    def number_alone(self, bout: Bout) -> tuple[Line, ...]:
        """The lift of a rhythm once its words are known: only the number."""
        text = self.phrases.rep_number(bout.rep, self.reps(bout))
        if self.alternating and bout.side:
            alone = self.phrases.side_word(bout.side)
            text = self.phrases.and_side(bout.side) if self.second_side(bout) else f"{text} {alone}"
        return (self.line(text, CUE_BREATH),)

    def way_back(self, move: Move, bout: Bout) -> tuple[Line, ...]:
        """What is said on the way out of a hold: the author's words at first, later only the tone."""
        if move.back and move.back.say and bout.set == 1 and bout.rep <= 2:  # noqa: PLR2004  known after two times
            return tuple(self.lines_of(move.back.say, bout.side, CUE_BREATH))
        return () if self.ticks else (self.line(self.phrases.LET_GO, CUE_BREATH),)

    def instruction(self) -> tuple[str, ...]:
        """The full instruction of the exercise."""
        moves = [move.say or move.cue for move in self.exercise.moves]
        words = [self.exercise.setup, *moves]
        return tuple(line.text for text in words for line in self.lines_of(text, self.begins_with))

    def wishes(self) -> tuple[Line, ...]:
        """Lines to say once each, in the first hold with room."""
        if not self.full or not self._has_room:
            return ()
        breathing = [self.line(self.phrases.KEEP_BREATHING)] if self.exercise.role is None else []
        return (*breathing, *self._advice())

    def advice_before(self) -> list[Line]:
        """Advice to give before an exercise whose short holds and quick movements have no room for it."""
        return self._advice() if self.full and not self._has_room else []

    @property
    def _has_room(self) -> bool:
        holds, paces = self.prescription.holds, self.prescription.paces
        return any((hold or 0.0) >= TEMPO_BELOW for hold in holds) or any(
            (pace or 0.0) >= LONG_FROM for pace in paces
        )

    def _advice(self) -> list[Line]:
        texts = (
            self.exercise.feel,
            self.exercise.fault,
            easier.say if (easier := self.exercise.easier) else None,
        )
        lines = (line for words in texts for line in self.lines_of(words, self.begins_with))
        return [
            replace(line, names_side=False) for line in lines
        ]  # it says what to feel, not which side works

    def asides(self, length: float, bout: Bout, *, ticks: bool) -> Asides:
        """The asides of a hold of `length` seconds."""
        long = length >= LONG_FROM
        first = bout.rep == bout.set == 1 and not self.second_side(bout)
        return Asides(
            ticks=3 if ticks and length >= TICKS_FROM else 0,
            halfway=self.line(self.phrases.HALF_WAY) if long and self.full else None,
            halfway_earcon=HALFWAY if long and not self.full else None,
            quarter=self.line(self.phrases.BREATH) if long and first else None,
            signs=tuple(map(self.line, self.phrases.SIGNS_OF_LIFE)) if length > VERY_LONG_FROM else (),
            wishes=True,
        )

    def company(self, length: float) -> Asides:
        """The asides of a long movement, which has its own pace, so nothing is counted or halved."""
        signs = tuple(map(self.line, self.phrases.SIGNS_OF_LIFE)) if length > VERY_LONG_FROM else ()
        return Asides(signs=signs, wishes=True)

    # --- times that the author left out --------------------------------------------------------------------

    def into(self, move: Move, hold: float) -> float:
        """Seconds of the way into a hold."""
        for seconds in (move.into, self.defaults.into):
            if seconds is not None:
                return seconds
        if hold < TEMPO_BELOW:
            return 2.0
        return 5.0 if hold >= LONG_FROM else 2.0 if self.begins_with is None else 3.0

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

    def rest_between_sets(self) -> float | None:
        """Seconds between sets; None if the author does not say."""
        own = self.exercise.dose.rest_between_sets
        return own if own is not None else self.defaults.rest_between_sets
