"""The reps of one exercise as spans: cue, into, hold, back, for each move of each rep.

A hold has a sound at both ends. Its end sound opens the next span, so two sounds due at the same frame meet
in one place, where the more important one is kept. The last words before a hold are the movement into it, and
the time after them is the same on both sides, so neither side is stretched longer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.layout.asides import company, hold_asides
from player.layout.between import between
from player.layout.dose import TEMPO_BELOW, bouts
from player.layout.outline import CUE_BREATH, GLIDE, HOLD_ENDS, HOLD_STARTS, Line, Span, one_earcon
from player.layout.pace import LONG_FROM
from player.session import Counting, Role
from player.timeline import PhaseKind

if TYPE_CHECKING:
    from player.layout.coach import Coach
    from player.layout.dose import Bout
    from player.session import Move


def rep_spans(coach: Coach) -> tuple[tuple[Span, ...], str | None]:
    """The spans of all reps and sets, and the end sound still due after the last one, if any."""
    reps = Reps(coach)
    before: Bout | None = None
    for bout in bouts(coach.prescription):
        if before:
            reps.extend(between(coach, before, bout))
        reps.do(bout, first=before is None)
        before = bout
    return tuple(reps.spans), reps.due


@dataclass
class Reps:
    """The spans so far."""

    coach: Coach
    spans: list[Span] = field(default_factory=list)
    due: str | None = None
    """The end sound of a hold, until the next span plays it."""

    def extend(self, spans: tuple[Span, ...]) -> None:
        """Add spans; the first takes the end sound that is due."""
        for span in spans:
            earcon, self.due = one_earcon(self.due, span.earcon), None
            self.spans.append(replace(span, earcon=earcon))

    def do(self, bout: Bout, *, first: bool) -> None:
        """Add one rep on one side; `first` means the first of the exercise."""
        coach, tempo = self.coach, self.coach.prescription.tempo
        number = coach.reps(bout) > 1 and (bout.rep > 1 or tempo) and coach.counting is Counting.NUMBERS
        number = number and not (coach.alternating and coach.second_side(bout))
        for index, move in enumerate(coach.exercise.moves):
            full = first and not tempo and move.say is not None and (coach.full or coach.lacks_cue(index))
            lines = coach.in_full(index, bout) if full else coach.in_brief(index, bout, number=number)
            if not lines and first and index == 0:
                lines, full = (coach.line(coach.phrases.BEGIN, CUE_BREATH),), False
            hold = coach.prescription.hold(index, bout.set)
            if hold is None:
                self._pace(index, bout, lines, full=full)
            elif hold < TEMPO_BELOW:
                self._tempo(move, hold, bout, lines)
            else:
                self._hold(move, hold, bout, lines)

    def _move(self, bout: Bout, length: float, lines: tuple[Line, ...] = (), *, paced: bool = False) -> None:
        if length or lines or self.due:
            doing = self.coach.doing(bout)
            self.spans.append(Span(PhaseKind.MOVE, doing, length, earcon=self.due, lines=lines, paced=paced))
            self.due = None

    def _pace(self, index: int, bout: Bout, lines: tuple[Line, ...], *, full: bool) -> None:
        """Add a movement at its own pace; the first time it follows its words, unless it is long."""
        length = self.coach.prescription.paces[index] or 0.0
        first_of_all = bout.rep == bout.set == 1
        first = first_of_all and bout.side is not None and not self.coach.alternating
        follows = (full or first) and length < LONG_FROM
        if follows and lines:
            lines = (*lines[:-1], replace(lines[-1], pause=length))
        paced = not full and not follows and self.coach.exercise.moves[index].cue is not None
        self._move(bout, length, lines, paced=paced)
        if length >= LONG_FROM:
            asides = company(self.coach, length, moving=True)
            begins = first_of_all and index == 0 and self.coach.exercise.role is Role.WARM_UP
            self.spans[-1] = replace(self.spans[-1], asides=replace(asides, wishes=not begins))

    def _hold(self, move: Move, hold: float, bout: Bout, lines: tuple[Line, ...]) -> None:
        coach = self.coach
        if lines:
            lines = (*lines[:-1], replace(lines[-1], pause=coach.after_words(move, hold, bout)))
        self._move(bout, 0.0 if lines else coach.into(move, hold), lines)
        self.hold_alone(hold, bout)
        length, words = coach.back(move, hold), coach.way_back(move, bout)
        if length or words:
            self._move(bout, length, words)

    def hold_alone(self, hold: float, bout: Bout) -> None:
        """Add a hold with its sounds, without the way in and out."""
        coach = self.coach
        asides = hold_asides(coach, hold, bout)
        start = HOLD_STARTS if coach.tones else None
        self.spans.append(
            Span(PhaseKind.HOLD, coach.doing(bout), hold, exact=True, earcon=start, asides=asides)
        )
        self.due = HOLD_ENDS if coach.tones else None

    def _tempo(self, move: Move, hold: float, bout: Bout, lines: tuple[Line, ...]) -> None:
        """Add a short hold as a rhythm: words at first, later a number at the lift, a glide after it."""
        coach = self.coach
        words = self._says_words(bout)
        if not words and len(coach.exercise.moves) == 1 and coach.counting is Counting.NUMBERS:
            lines = coach.number_alone(bout)
        self._move(bout, coach.into(move, hold), lines, paced=move.into is not None)
        doing = coach.doing(bout)
        own = coach.lines_of(move.holding, bout.side, CUE_BREATH)
        middle = own or [
            coach.line(coach.phrases.TEMPO_HOLD if bout.rep == 1 else coach.phrases.TEMPO_HOLD_AGAIN)
        ]
        lines = tuple(middle) if words else ()
        self.spans.append(Span(PhaseKind.HOLD, doing, hold, exact=True, lines=lines))
        length = coach.back(move, hold)
        if words:
            words_back = coach.lines_of(move.back.say, bout.side, CUE_BREATH) if move.back else []
            self._move(
                bout,
                length,
                tuple(words_back) or (coach.line(coach.words_back(move, bout.side), CUE_BREATH),),
            )
        else:
            self.spans.append(Span(PhaseKind.MOVE, doing, length, earcon=GLIDE if coach.tones else None))

    def _says_words(self, bout: Bout) -> bool:
        """Whether words are said: in the first two reps, and at the start of each set."""
        coach = self.coach
        learning = bout.set == 1 and (coach.alternating or not coach.second_side(bout))
        return bout.rep == 1 or (learning and bout.rep == 2)  # noqa: PLR2004  known after two times
