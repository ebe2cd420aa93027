"""How one exercise is coached, rep by rep: from its announcement to the rest behind it, as spans.

A rep is cue, into, hold, back, pause for each of its moves. What is said shrinks as the listener learns: the
full text once, short cues after that, the number alone in a rhythm. Everything here is decided without any
length; whether an aside fits is found out later.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.layout.dose import TEMPO_BELOW, Bout, bouts
from player.layout.outline import (
    BREATH,
    CUE_BREATH,
    GLIDE,
    HALFWAY,
    HOLD_ENDS,
    HOLD_STARTS,
    SET_ENDS,
    SWITCH_SIDES,
    Asides,
    Line,
    Span,
    one_earcon,
)
from player.layout.positions import ROLL_PAUSE, Place, Position
from player.session import Sides
from player.timeline import Activity, PhaseKind
from player.wording import phrases
from player.wording.fit import fit_to_speak, sentences
from player.wording.numbers import sentence

if TYPE_CHECKING:
    from player.errors import Source
    from player.layout.dose import Prescription
    from player.session import Defaults, Exercise, Move, Side, Words

FULL_TO_HOLD = 4.0
"""Seconds between the end of a full instruction and its hold."""
FULL_TO_HOLD_MOVED = 8.0
"""The same, after a change of position."""
SWITCH = 6.0
"""Seconds to change sides, where nobody has to turn over."""
TICKS_FROM = 10.0
LONG_FROM = 20.0
VERY_LONG_FROM = 45.0
REST_SIGNS_FROM = 60.0
NOTICE_FROM = 30.0
_BRIEF_WORDS = 5


@dataclass(frozen=True, slots=True)
class Manner:
    """How this exercise is coached this time."""

    full: bool
    """Instruct in full; else it has been heard before."""
    ticks: bool
    moved: bool
    """The listener has just changed position."""


@dataclass
class Coach:
    """Builds the spans of one exercise; `spans` and `wishes` are its result."""

    exercise: Exercise
    prescription: Prescription
    defaults: Defaults
    manner: Manner
    activity: Activity
    source: Source
    """Of the step in the session's script: what the coach adds is put down to it."""
    spans: list[Span] = field(default_factory=list)
    pending: str | None = None
    """The end sound of a hold that nothing has sounded yet."""
    said_half: bool = False
    switched: bool = False

    def coach(self) -> tuple[Span, ...]:
        """All reps of all sets, without the announcement and the closing rest."""
        before: Bout | None = None
        for bout in bouts(self.prescription):
            if before:
                self._between(before, bout)
            self._rep(bout, first=before is None)
            before = bout
        return tuple(self.spans)

    def wishes(self) -> tuple[Line, ...]:
        """Said once each, in the first hold that has room."""
        if not self.manner.full:
            return ()
        texts = [self.line(phrases.KEEP_BREATHING)] if self.exercise.role is None else []
        for words in (self.exercise.feel, self.exercise.fault, self.exercise.easier):
            texts += self.written(words, self.prescription.first if self._sided else None)
        return tuple(texts)

    # --- words ---------------------------------------------------------------------------------------------

    @property
    def _sided(self) -> bool:
        return self.prescription.sides is not Sides.NONE

    def line(self, text: str, pause: float = BREATH) -> Line:
        """A phrase of the coach's own."""
        return Line(text, self.source, pause)

    def written(self, words: Words | None, side: Side | None, pause: float = BREATH) -> list[Line]:
        """An author's text, a line a sentence; `pause` follows the last one."""
        if words is None:
            return []
        lines = [Line(text, words.source) for text in sentences(on_side(words.text, side))]
        return [*lines[:-1], replace(lines[-1], pause=pause)] if lines else []

    def _cue(self, move: Move, side: Side | None) -> Line | None:
        """The short form of a move's text."""
        if move.cue:
            return Line(sentence(fit_to_speak(on_side(move.cue.text, side))), move.cue.source, CUE_BREATH)
        if move.say and len(move.say.text.split()) <= _BRIEF_WORDS:
            return Line(sentence(fit_to_speak(on_side(move.say.text, side))), move.say.source, CUE_BREATH)
        return None

    def _brief(self, index: int, bout: Bout, *, number: bool) -> tuple[Line, ...]:
        """Number, side and short cue as one utterance, as far as each is needed."""
        move = self.exercise.moves[index]
        cue = self._cue(move, bout.side)
        parts = [phrases.rep_number(bout.rep, self._reps(bout))] if number and index == 0 else []
        wanted = cue.text if cue else ""
        if index == 0 and bout.side and self._alternating:
            named = move.cue is not None and "side>" in move.cue.text.lower()
            if self._is_second_side(bout):
                parts.append(phrases.now_side(bout.side) if bout.rep == 1 else phrases.and_side(bout.side))
                wanted = "" if named else wanted
            elif not named:
                parts.append(phrases.side_word(bout.side))
        text = " ".join([*parts, wanted] if wanted else parts)
        return (Line(text, cue.source if cue else self.source, CUE_BREATH),) if text else ()

    @property
    def _alternating(self) -> bool:
        return self.prescription.sides is Sides.ALTERNATING

    def _is_second_side(self, bout: Bout) -> bool:
        return bout.side is not None and bout.side is not self.prescription.first

    def _reps(self, bout: Bout) -> int:
        return self.prescription.reps[bout.set - 1]

    def _doing(self, bout: Bout) -> Activity:
        return replace(
            self.activity,
            set=bout.set,
            sets=len(self.prescription.reps),
            rep=bout.rep,
            reps=self._reps(bout),
            side=bout.side.value if bout.side else None,
        )

    # --- one rep -------------------------------------------------------------------------------------------

    def _rep(self, bout: Bout, *, first: bool) -> None:
        tempo = self.prescription.tempo
        number = self._reps(bout) > 1 and (bout.rep > 1 or tempo)
        number = number and not (self._alternating and self._is_second_side(bout))
        for index, move in enumerate(self.exercise.moves):
            in_full = first and self.manner.full and not tempo and bool(move.say or move.cue)
            lines = tuple(self._full(index, move, bout)) if in_full else self._brief(index, bout, number=number)
            if not lines and first and index == 0:
                lines = (self.line(phrases.BEGIN, CUE_BREATH),)
            hold = self.prescription.holds[index]
            if hold is None:
                self._pace(index, move, bout, lines, full=in_full)
            elif hold < TEMPO_BELOW:
                self._tempo(move, hold, bout, lines)
            else:
                self._hold(move, hold, bout, lines, full=in_full)

    def _says_words(self, bout: Bout) -> bool:
        """In a rhythm the words are said in the first two reps, and again when a set begins."""
        return bout.rep == 1 or (
            bout.rep == bout.set + 1 == 2 and (self._alternating or not self._is_second_side(bout))  # noqa: PLR2004
        )

    def _full(self, index: int, move: Move, bout: Bout) -> list[Line]:
        words = move.say or move.cue
        return self.written(words, bout.side, FULL_TO_HOLD_MOVED if self.manner.moved and index == 0 else FULL_TO_HOLD)

    def _move(self, bout: Bout, length: float, lines: tuple[Line, ...] = (), *, paced: bool = False) -> None:
        earcon, self.pending = self.pending, None
        if not length and not lines and not earcon:
            return
        doing = self._doing(bout)
        self.spans.append(Span(PhaseKind.MOVE, doing, length, earcon=earcon, lines=lines, paced=paced))

    def _pace(self, index: int, move: Move, bout: Bout, lines: tuple[Line, ...], *, full: bool) -> None:
        length = self.prescription.paces[index] or 0.0
        if full:  # the movement follows its words
            lines = (*lines[:-1], replace(lines[-1], pause=length)) if lines else ()
        self._move(bout, length, lines, paced=not full and move.cue is not None)
        if length >= LONG_FROM:
            asides = self._asides(length, bout, ticks=False)
            self.spans[-1] = replace(self.spans[-1], asides=asides)

    def _into(self, move: Move, hold: float) -> float:
        if move.into is not None:
            return move.into
        if self.defaults.into is not None:
            return self.defaults.into
        if hold < TEMPO_BELOW:
            return 2.0
        return 5.0 if hold >= LONG_FROM else 3.0 if self._sided else 2.0

    def _back(self, move: Move, hold: float) -> float:
        if move.back is not None and move.back.length is not None:
            return move.back.length
        if self.defaults.back is not None:
            return self.defaults.back
        return 4.0 if hold >= LONG_FROM else 2.0

    def _hold(self, move: Move, hold: float, bout: Bout, lines: tuple[Line, ...], *, full: bool) -> None:
        self._move(bout, self._into(move, hold), lines, paced=not full and move.into is not None)
        self.spans.append(
            Span(
                PhaseKind.HOLD,
                self._doing(bout),
                hold,
                exact=True,
                earcon=HOLD_STARTS,
                asides=self._asides(hold, bout, ticks=self.manner.ticks),
            )
        )
        self.pending = HOLD_ENDS
        words: list[Line] = []
        if move.back and move.back.say and bout.rep <= 2 and bout.set == 1:  # noqa: PLR2004  then the tone is enough
            words = self.written(move.back.say, bout.side, CUE_BREATH)
        elif not self.manner.ticks:
            words = [self.line(phrases.LET_GO, CUE_BREATH)]
        self._out(bout, self._back(move, hold), tuple(words))

    def _out(self, bout: Bout, length: float, lines: tuple[Line, ...]) -> None:
        if length or lines:
            self._move(bout, length, lines)

    def _tempo(self, move: Move, hold: float, bout: Bout, lines: tuple[Line, ...]) -> None:
        words = self._says_words(bout)
        if not words and len(self.exercise.moves) == 1:
            lines = lines[:1] and (self._number_alone(bout, lines[0]),)
        self._move(bout, self._into(move, hold), lines, paced=move.into is not None)
        doing = self._doing(bout)
        again = bout.rep > 1
        middle = (self.line(phrases.TEMPO_HOLD_AGAIN if again else phrases.TEMPO_HOLD),) if words else ()
        self.spans.append(Span(PhaseKind.HOLD, doing, hold, exact=True, lines=middle))
        length = self._back(move, hold)
        if words:
            said = self.written(move.back.say, bout.side, CUE_BREATH) if move.back and move.back.say else []
            self._out(bout, length, tuple(said or [self.line(phrases.TEMPO_BACK, CUE_BREATH)]))
        else:
            self.spans.append(Span(PhaseKind.MOVE, doing, length, earcon=GLIDE))

    def _number_alone(self, bout: Bout, line: Line) -> Line:
        if self._is_second_side(bout) and self._alternating:
            return line
        number = phrases.rep_number(bout.rep, self._reps(bout))
        if self._alternating and bout.side:
            number = f"{number} {phrases.side_word(bout.side)}"
        return self.line(number, CUE_BREATH)

    def _asides(self, length: float, bout: Bout, *, ticks: bool) -> Asides:
        long, first_side = length >= LONG_FROM, not self._is_second_side(bout)
        spoken = long and self.manner.full
        return Asides(
            ticks=3 if ticks and length >= TICKS_FROM else 0,
            halfway=self.line(phrases.HALF_WAY) if spoken else None,
            halfway_earcon=HALFWAY if long and not spoken else None,
            quarter=self.line(phrases.BREATH) if long and first_side and bout.rep == bout.set == 1 else None,
            signs=tuple(map(self.line, phrases.SIGNS_OF_LIFE)) if length > VERY_LONG_FROM else (),
            wishes=True,
        )

    # --- between reps, sides and sets ----------------------------------------------------------------------

    def _between(self, done: Bout, coming: Bout) -> None:
        sides = self.prescription.sides
        if done.set != coming.set and (sides is not Sides.EACH or self._rest_between_sets() is not None):
            self._rest_between(done, coming)
        if done.side is not coming.side and coming.side:
            if sides is Sides.ALTERNATING:
                if done.set == coming.set:
                    self._alternate(done, coming)
                return
            self._switch(done, coming, coming.side)
        elif done.set == coming.set:
            self._pause(done)

    def _rest(self) -> float:
        if self.exercise.dose.rest is not None:
            return self.exercise.dose.rest
        if self.defaults.rest is not None:
            return self.defaults.rest
        if all(hold is None for hold in self.prescription.holds):
            return 0.0
        return 1.0 if self.prescription.tempo else 3.0

    def _rest_between_sets(self) -> float | None:
        own = self.exercise.dose.rest_between_sets
        return own if own is not None else self.defaults.rest_between_sets

    def _pause(self, done: Bout) -> None:
        lines: tuple[Line, ...] = ()
        reps = self._reps(done)
        if reps >= phrases.HALF_OF_THEM_FROM and done.rep == reps // 2 and not self.said_half:
            lines, self.said_half = (self.line(phrases.HALF_OF_THEM),), True
        self._still(PhaseKind.REST, done, self._rest(), lines)

    def _alternate(self, done: Bout, coming: Bout) -> None:
        tone = None if self.switched else SWITCH_SIDES
        self.switched = True
        if self._is_second_side(coming):
            self._still(PhaseKind.SWITCH, coming, self._rest(), earcon=tone)
        else:
            self._still(PhaseKind.REST, done, self._rest())

    def _still(
        self, kind: PhaseKind, bout: Bout, length: float, lines: tuple[Line, ...] = (), earcon: str | None = None
    ) -> None:
        earcon = one_earcon(self.pending, earcon)
        self.pending = None
        if length or lines or earcon:
            self.spans.append(Span(kind, self._doing(bout), length, earcon=earcon, lines=lines))

    def _rest_between(self, done: Bout, coming: Bout) -> None:
        length = self._rest_between_sets()
        length = 30.0 if length is None else length
        sets = len(self.prescription.reps)
        span = Span(
            PhaseKind.REST,
            self._doing(done),
            length,
            earcon=one_earcon(self.pending, SET_ENDS),
            lines=(self.line(phrases.rest_for(length)),),
            closing=() if self._turns(done, coming) else (self.line(phrases.set_of(coming.set, sets)),),
            asides=Asides(
                notice=self.line(phrases.TEN_SECONDS) if length >= NOTICE_FROM else None,
                signs=tuple(map(self.line, phrases.REST_SIGNS)) if length >= REST_SIGNS_FROM else (),
                silence=30.0,
            ),
        )
        self.pending = None
        self.spans.append(span)

    def _turns(self, done: Bout, coming: Bout) -> bool:
        return done.side is not coming.side and self.prescription.sides is not Sides.ALTERNATING

    def _switch(self, done: Bout, coming: Bout, side: Side) -> None:
        sets = len(self.prescription.reps)
        rested = bool(self.spans) and self.spans[-1].kind is PhaseKind.REST
        tone = SET_ENDS if sets > 1 and not rested else SWITCH_SIDES
        own = self.exercise.switch
        position = Position(on_side(self.exercise.position.text, side)) if self.exercise.position else None
        turning = position is not None and position.place is Place.SIDE
        length = (own.length if own and own.length is not None else None) or (ROLL_PAUSE if turning else SWITCH)
        lines: list[Line] = [] if rested or sets == 1 else [self.line(phrases.REST)]
        if own and own.say:
            lines += self.written(own.say, side)
        elif turning:
            lines.append(self.line(phrases.roll_over(side.other)))
        lines.append(self.line(phrases.side_next(side), length))
        closing = (self.line(phrases.side_and_set(side, coming.set, sets)),) if sets > 1 else ()
        earcon = one_earcon(self.pending, tone)
        self.pending = None
        doing = self._doing(coming)
        self.spans.append(Span(PhaseKind.SWITCH, doing, length, earcon=earcon, lines=tuple(lines), closing=closing))


def on_side(text: str, side: Side | None) -> str:
    """The text with the working side and the other side filled in."""
    if side is None:
        return text
    for mark, word in (("side>", side.value), ("other side>", side.other.value)):
        text = text.replace(f"<{mark}", word).replace(f"<{mark.capitalize()}", word.capitalize())
    return text
