"""What the coach says about one exercise, and the times that its author left out.

The coach says less as the listener learns: the full text once, short cues after that, only the number in a
rhythm. Nothing here knows the length of speech; the layout finds out whether an aside fits.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from player.layout.dose import TEMPO_BELOW
from player.layout.outline import BREATH, CUE_BREATH, Line
from player.layout.pace import LONG_FROM, Pace
from player.layout.positions import starting_position
from player.session import Counting
from player.wording.plain import sentence

if TYPE_CHECKING:
    from player.errors import Source
    from player.layout.dose import Bout
    from player.session import Move, Side, Words
    from player.timeline import Activity
    from player.wording import Wording
    from player.wording.phrases import Phrases

_BRIEF_WORDS = 5
"""Words of a text that needs no short form."""


@dataclass(frozen=True, slots=True)
class Coach(Pace):
    """The coaching of one exercise, this time."""

    activity: Activity
    source: Source
    """The step in the session's script, named as the source of what the coach adds."""
    full: bool
    """Instruct in full; False if the listener has heard it before."""
    ticks: bool
    moved: bool
    """Whether the listener has just changed position."""
    wording: Wording
    sounds: set[str] = field(default_factory=set)
    """The sounds that the listener knows; grows as the coach explains more."""

    @property
    def tones(self) -> bool:
        """Whether holds have tones."""
        return self.defaults.has_tones(self.exercise)

    @property
    def counting(self) -> Counting:
        """How reps are counted aloud."""
        return self.exercise.counting or self.defaults.counting or Counting.NUMBERS

    @property
    def announces(self) -> bool:
        """Whether the exercise's name, number and dose are announced."""
        return self.defaults.announces(self.exercise)

    @property
    def limb(self) -> str:
        """What works: the author's word, or a guess from the texts if the listener lies on a side."""
        if self.exercise.works:
            return self.exercise.works
        texts = (
            self.exercise.setup,
            *(words for move in self.exercise.moves for words in (move.say, move.cue)),
        )
        written = " ".join(words.text.lower() for words in texts if words)
        position = self.exercise.position
        on_side = position is not None and position.names_any_side and not position.names_side
        found = (limb for limb, words in self.phrases.LIMBS if any(word in written for word in words.split()))
        return next(found, self.phrases.LIMB) if on_side else self.phrases.LIMB

    def doing(self, bout: Bout) -> Activity:
        """The activity of this bout, for its phases."""
        position = starting_position(self.exercise, bout.side, self.wording)
        return replace(
            self.activity,
            position=position.text if position else self.activity.position,
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
        name_of, sentences = self.phrases.side_name, self.wording.spelling.sentences
        texts = sentences(words.on(side, name_of))
        lines = [Line(text, words.source) for text in texts]
        if side and words.names_any_side:
            wrong = name_of(side.other)
            unnamed, swapped = (
                sentences(words.on(side, lambda _: wrong)),
                sentences(words.on(side.other, name_of)),
            )
            lines = [
                replace(line, names_side=line.text != one, mentions_side=line.text != other)
                for line, one, other in zip_longest(lines, unnamed, swapped)
                if line is not None
            ]
        return [*lines[:-1], replace(lines[-1], pause=pause)] if lines else []

    def lacks_cue(self, index: int) -> bool:
        """Whether a move has only a full text, too long to be said each time."""
        move = self.exercise.moves[index]
        return move.say is not None and self._cue(move, self.begins_with) is None

    def done_in_turn(self, words: Words | None, side: Side | None) -> list[Line]:
        """An author's text, sentence by sentence, each with the time to do what it asks."""
        return [
            replace(line, pause=self.wording.seconds_for(line.text)) for line in self.lines_of(words, side)
        ]

    def in_full(self, index: int, bout: Bout) -> tuple[Line, ...]:
        """The move's full text, each sentence with the time to act on it."""
        return tuple(self.done_in_turn(self.exercise.moves[index].say, bout.side))

    def in_brief(self, index: int, bout: Bout, *, number: bool) -> tuple[Line, ...]:
        """Number, side and short cue as one utterance, each if needed."""
        move = self.exercise.moves[index]
        cue = self._cue(move, bout.side)
        wanted, names_side = (cue.text, cue.names_side) if cue else ("", False)
        parts = (
            [self.phrases.rep_number(bout.rep, self._reps_to_count(bout))] if number and index == 0 else []
        )
        if index == 0 and bout.side and self.alternating:
            if self.second_side(bout):
                first = bout.rep == 1
                if names_side:
                    wanted = (self.phrases.now_cue if first else self.phrases.and_cue)(wanted)
                else:
                    parts.append(
                        (self.phrases.now_side if first else self.phrases.and_side)(bout.side, self.limb)
                    )
                names_side = True
            elif not names_side:
                parts.append(self.phrases.side_word(bout.side, self.limb))
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

    def _reps_to_count(self, bout: Bout) -> int:
        """The reps that a number counts towards: the tenth of many tens is not the last one."""
        more = self.prescription.in_tens and bout.set < len(self.prescription.reps)
        return self.reps(bout) + more

    def number_alone(self, bout: Bout) -> tuple[Line, ...]:
        """The lift of a rhythm once its words are known: only the number."""
        text = self.phrases.rep_number(bout.rep, self._reps_to_count(bout))
        if self.alternating and bout.side:
            cue = self.exercise.moves[0].cue
            if cue and cue.names_side:
                return self.in_brief(0, bout, number=not self.second_side(bout))
            alone = self.phrases.side_word(bout.side, self.limb)
            text = (
                self.phrases.and_side(bout.side, self.limb) if self.second_side(bout) else f"{text} {alone}"
            )
        return (self.line(text, CUE_BREATH),)

    def words_back(self, move: Move, side: Side | None) -> str:
        """The words for the way back of a short hold: the author's, or the coach's."""
        name_of = self.phrases.side_name
        if move.back and move.back.say:
            return move.back.say.on(side, name_of)
        texts = [words.on(side, name_of) for words in (move.say, move.cue) if words]
        return self.phrases.way_back(" ".join(texts))

    def way_back(self, move: Move, bout: Bout) -> tuple[Line, ...]:
        """What is said on the way out of a hold: the author's words at first, later only the tone."""
        if move.back and move.back.say and bout.set == 1 and bout.rep <= 2:  # noqa: PLR2004  known after two times
            return tuple(self.lines_of(move.back.say, bout.side, CUE_BREATH))
        return () if self.ticks and self.tones else (self.line(self.phrases.LET_GO, CUE_BREATH),)

    def dose(self) -> Line:
        """The dose in words."""
        return self.line(self._dose(), 1.0)

    def _dose(self) -> str:
        exercise, prescription, phrases = self.exercise, self.prescription, self.phrases
        limb = self.limb if self.begins_with else None
        if self.is_intervals:
            work = prescription.paces[0] or prescription.hold(0, 1) or 0.0
            return phrases.rounds(prescription.reps[0], work, exercise.dose.rest or 0.0)
        if exercise.dose.every is not None:
            sets = phrases.dose(prescription.reps, (), limb=limb)
            plain = len(prescription.reps) == 1 and not limb
            beat = phrases.one_every(exercise.dose.every)
            return phrases.rhythm(prescription.reps[0], exercise.dose.every) if plain else f"{sets} {beat}"
        if prescription.by_set:
            rungs = [hold for row in prescription.by_set for hold in row if hold is not None]
            if set(prescription.reps) == {1}:
                return phrases.ladder(rungs, limb)
            return f"{phrases.dose(prescription.reps, (), limb=limb)} {phrases.ladder(rungs, None)}"
        return self._usual_dose(limb)

    def _usual_dose(self, limb: str | None) -> str:
        exercise, prescription = self.exercise, self.prescription
        paces = [pace for pace in prescription.paces if pace is not None]
        if prescription.reps == (1,) and len(paces) == len(exercise.moves) and sum(paces) >= LONG_FROM:
            return self.phrases.for_time(sum(paces))
        holds = [hold for hold in prescription.holds if hold is not None and hold >= TEMPO_BELOW]
        cues = [self._cue(move, self.begins_with) for move in exercise.moves if move.hold is not None]
        parts = [_part_of_a_sentence(cue.text) for cue in cues if cue] if len(holds) > 1 else []
        return self.phrases.dose(
            prescription.reps,
            holds,
            limb=limb,
            parts=parts if len(parts) == len(holds) else (),
            in_tens=prescription.in_tens,
        )

    def instruction(self) -> tuple[str, ...]:
        """The full instruction of the exercise."""
        moves = [move.say or move.cue for move in self.exercise.moves]
        words = [self.exercise.setup, *moves]
        return tuple(line.text for text in words for line in self.lines_of(text, self.begins_with))


def _part_of_a_sentence(cue: str) -> str:
    """A cue inside a sentence: "Let it rise." as "let it rise"."""
    return cue[0].lower() + cue[1:].rstrip(".!?")
