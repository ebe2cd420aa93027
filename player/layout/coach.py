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
from player.layout.positions import starting_position
from player.session import Counting, Sides
from player.wording.plain import sentence

if TYPE_CHECKING:
    from player.errors import Source
    from player.layout.dose import Bout, Prescription
    from player.session import Defaults, Exercise, Move, Side, Words
    from player.timeline import Activity
    from player.wording import Wording
    from player.wording.wording import Phrases

LEAST_INTO = 3.0
"""Seconds, at least, from the last word of a first rep to its hold."""
LEAST_LATER = 0.75
"""The same from the second rep on."""
CUE_TAKES = 1.5
"""Seconds of the way into a hold that a short cue takes; the rest follows it, alike on both sides."""
TICKS_FROM = 10.0
ROUNDS_FROM = 6
"""Reps from which holds and rests are given like intervals."""
ROOM_FOR_A_REST = 3.0
"""Seconds of a rest that must be left between the way out and the next words."""
A_WAY = 1.0
"""Seconds of a way in or out that is long enough to be a phase of its own."""
ROOM_FOR_WORDS = 8.0
"""Seconds of a rest in which the way out, a word and the way in have room."""
LONG_FROM = 20.0
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
    sounds: set[str] = field(default_factory=set)
    """The sounds that the listener knows; grows as the coach explains more."""

    @property
    def alternating(self) -> bool:
        """Whether the sides change with every rep."""
        return self.prescription.sides is Sides.ALTERNATING

    @property
    def begins_with(self) -> Side | None:
        """The first working side."""
        return None if self.prescription.sides is Sides.NONE else self.prescription.first

    @property
    def tones(self) -> bool:
        """Whether holds have tones."""
        answers = (self.exercise.tones, self.defaults.tones, True)
        return next(tones for tones in answers if tones is not None)

    @property
    def counting(self) -> Counting:
        """How reps are counted aloud."""
        return self.exercise.counting or self.defaults.counting or Counting.NUMBERS

    @property
    def announces(self) -> bool:
        """Whether the exercise's name, number and dose are announced."""
        answers = (self.exercise.announce, self.defaults.announce, True)
        return next(answer for answer in answers if answer is not None)

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
        """Whether holds and rests are long enough for intervals, and the author has nothing to say in them."""
        bare = not (self.exercise.feel or self.exercise.fault or self.exercise.easier)
        once = self.prescription.sides is Sides.NONE and len(self.prescription.reps) == 1
        hold, rest = self.prescription.hold(0, 1) or 0.0, self.exercise.dose.rest or 0.0
        many = self.prescription.reps[0] >= ROUNDS_FROM
        return once and bare and many and hold >= TICKS_FROM and rest >= ROOM_FOR_WORDS

    def second_side(self, bout: Bout) -> bool:
        """Whether the bout works the second side."""
        return bout.side is not None and bout.side is not self.prescription.first

    def reps(self, bout: Bout) -> int:
        """The number of reps in the bout's set."""
        return self.prescription.reps[bout.set - 1]

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
        parts = [self.phrases.rep_number(bout.rep, self.reps(bout))] if number and index == 0 else []
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

    def number_alone(self, bout: Bout) -> tuple[Line, ...]:
        """The lift of a rhythm once its words are known: only the number."""
        text = self.phrases.rep_number(bout.rep, self.reps(bout))
        if self.alternating and bout.side:
            cue = self.exercise.moves[0].cue
            if cue and cue.names_side:
                return self.in_brief(0, bout, number=not self.second_side(bout))
            alone = self.phrases.side_word(bout.side, self.limb)
            text = (
                self.phrases.and_side(bout.side, self.limb) if self.second_side(bout) else f"{text} {alone}"
            )
        return (self.line(text, CUE_BREATH),)

    def way_back(self, move: Move, bout: Bout) -> tuple[Line, ...]:
        """What is said on the way out of a hold: the author's words at first, later only the tone."""
        if move.back and move.back.say and bout.set == 1 and bout.rep <= 2:  # noqa: PLR2004  known after two times
            return tuple(self.lines_of(move.back.say, bout.side, CUE_BREATH))
        return () if self.ticks and self.tones else (self.line(self.phrases.LET_GO, CUE_BREATH),)

    def dose(self) -> Line:
        """The dose in words."""
        exercise, prescription = self.exercise, self.prescription
        rest = exercise.dose.rest or 0.0
        if exercise.dose.intervals:
            return self.line(
                self.phrases.rounds(prescription.reps[0], prescription.paces[0] or 0.0, rest), 1.0
            )
        if exercise.dose.every is not None:
            return self.line(self.phrases.rhythm(prescription.reps[0], exercise.dose.every), 1.0)
        if prescription.by_set and set(prescription.reps) == {1}:
            holds = [hold for row in prescription.by_set for hold in row if hold is not None]
            return self.line(self.phrases.ladder(holds, self.limb if self.begins_with else None), 1.0)
        paces = [pace for pace in prescription.paces if pace is not None]
        if prescription.reps == (1,) and len(paces) == len(exercise.moves) and sum(paces) >= LONG_FROM:
            return self.line(self.phrases.for_time(sum(paces)), 1.0)
        holds = [hold for hold in prescription.holds if hold is not None and hold >= TEMPO_BELOW]
        cues = [self._cue(move, self.begins_with) for move in exercise.moves if move.hold is not None]
        parts = [_part_of_a_sentence(cue.text) for cue in cues if cue] if len(holds) > 1 else []
        text = self.phrases.dose(
            prescription.reps,
            holds,
            limb=self.limb if self.begins_with else None,
            parts=parts if len(parts) == len(holds) else (),
            in_tens=prescription.in_tens,
        )
        return self.line(text, 1.0)

    def instruction(self) -> tuple[str, ...]:
        """The full instruction of the exercise."""
        moves = [move.say or move.cue for move in self.exercise.moves]
        words = [self.exercise.setup, *moves]
        return tuple(line.text for text in words for line in self.lines_of(text, self.begins_with))

    # --- times that the author left out --------------------------------------------------------------------

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


def _part_of_a_sentence(cue: str) -> str:
    """A cue inside a sentence: "Let it rise." as "let it rise"."""
    return cue[0].lower() + cue[1:].rstrip(".!?")
