"""Exercises whose times are exact from rep to rep: rhythms, intervals, and ladders of holds.

Elsewhere a rest is a minimum and grows for speech. Here the author's numbers are a beat that the listener
moves to, so nothing grows: from one start to the next it is exactly as long as the script says, and words
that do not fit are left out. The way in and out, which has no time of its own here, lies within the rest.
There is no word in the work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from player.layout.asides import in_pause
from player.layout.between import between
from player.layout.dose import TEMPO_BELOW, bouts
from player.layout.outline import CUE_BREATH, GLIDE, HOLD_ENDS, HOLD_STARTS, Asides, Line, Span
from player.layout.pace import A_WAY, TICKED_FROM
from player.layout.reps import Reps
from player.session import Counting
from player.timeline import PhaseKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.layout.coach import Coach
    from player.layout.dose import Bout
    from player.session import Move
    from player.timeline import Activity

COUNTDOWN = 4.0
"""Seconds with ticks before the first work."""
TICKED = 3
ROOM_FOR_A_TONE = 1.0
"""Seconds of work and rest from which each begins with its sound, so ticks can lead to it."""
AWAY = TICKED + 0.4
"""Seconds before the end of a rest in which there is no word, because of the ticks."""
BY_NUMBER_FROM = 1.5
"""Seconds of a beat from which there is time for a number."""
LEAST_WAYS = 2.0
"""Seconds of a beat, beside the hold, that are enough for a way in and a way out."""
GLIDE_FROM = 0.9
"""Seconds of a rest from which there is time for the falling sound."""


def in_time(coach: Coach) -> tuple[tuple[Span, ...], str | None]:
    """The spans of all reps, and the end sound still due; as `rep_spans`, for a coach with `in_time`."""
    if coach.prescription.by_set:
        return _ladder(coach)
    if coach.exercise.dose.every is None and (coach.exercise.dose.intervals or not coach.prescription.tempo):
        return _intervals(coach)
    reps = Reps(coach)
    before: Bout | None = None
    for bout in bouts(coach.prescription):
        if before and (before.set != bout.set or before.side is not bout.side):
            reps.extend(between(coach, before, bout))
        reps.extend(_beat(coach, bout))
        before = bout
    return tuple(reps.spans), reps.due


# --- a rhythm ----------------------------------------------------------------------------------------------


def _beat(coach: Coach, bout: Bout) -> tuple[Span, ...]:
    """One rep of a rhythm, exactly as long as the beat."""
    move, doing = coach.exercise.moves[0], coach.doing(bout)
    hold = coach.prescription.hold(0, bout.set)
    beat = coach.exercise.dose.every or ((hold or 0.0) + coach.rest())
    learning = bout.rep <= 2 and bout.set == 1 and not coach.second_side(bout)  # noqa: PLR2004  known after two times
    by_ticks = coach.counting is Counting.TICKS or (
        coach.counting is Counting.NUMBERS and beat < BY_NUMBER_FROM
    )
    lines: tuple[Line, ...] = ()
    if learning or (bout.rep == 1 and not by_ticks):
        counted = coach.counting is Counting.NUMBERS and not by_ticks
        lines = (*coach.in_brief(0, bout, number=False), *(coach.number_alone(bout) if counted else ()))
    elif coach.counting is Counting.NUMBERS and not by_ticks:
        lines = coach.number_alone(bout)
    ticks = by_ticks and not lines
    if hold is None:
        return (Span(PhaseKind.MOVE, doing, beat, exact=True, lines=lines, beat=ticks, either=True),)
    into, back = _ways(move, hold, coach.exercise.dose.every)
    first = Span(PhaseKind.MOVE, doing, into, exact=True, lines=lines, beat=ticks, either=True)
    held = Span(PhaseKind.HOLD, doing, hold, exact=True)
    if into:
        own = coach.lines_of(move.holding, bout.side, CUE_BREATH) if learning else []
        held = replace(held, lines=tuple(own))
    else:
        held = replace(held, lines=lines, beat=ticks, either=True)
    words = coach.lines_of(move.back.say, bout.side, CUE_BREATH) if move.back and learning else []
    rest = max(0.0, beat - into - hold - back)
    away = Span(
        PhaseKind.MOVE if back else PhaseKind.REST, doing, back or rest, exact=True, lines=tuple(words)
    )
    falls = coach.tones and not words and away.length >= GLIDE_FROM
    away = replace(away, earcon=GLIDE if falls else None)
    if hold >= TEMPO_BELOW and coach.tones and away.length >= GLIDE_FROM:
        held, away = replace(held, earcon=HOLD_STARTS), replace(away, earcon=HOLD_ENDS)
    pause = Span(PhaseKind.REST, doing, rest, exact=True)
    spans = (first, held, away, *((pause,) if back else ()))
    return tuple(span for span in spans if span.length)


def _ways(move: Move, hold: float, every: float | None) -> tuple[float, float]:
    """The ways in and out; what the author leaves open shares a beat that is long enough."""
    into, back = move.into, move.back.length if move.back else None
    left = (every or 0.0) - hold - (into or 0.0) - (back or 0.0)
    if every is not None and left >= LEAST_WAYS:
        share = left / ((into is None) + (back is None) or 1)
        into, back = share if into is None else into, share if back is None else back
    return _within(into), _within(back)


def _within(seconds: float | None) -> float:
    """A way in or out that is long enough to be a phase of its own."""
    return seconds if seconds is not None and seconds >= A_WAY else 0.0


# --- intervals ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Round:
    """One round of intervals: who does what, and the words of the rest after it."""

    doing: Activity
    rest: tuple[Line, ...]


def _intervals(coach: Coach) -> tuple[tuple[Span, ...], str | None]:
    """Intervals of one exercise, or holds that are given like intervals."""
    done = list(bouts(coach.prescription))
    work = coach.prescription.paces[0] or coach.prescription.hold(0, 1) or 0.0
    kind = PhaseKind.MOVE if coach.prescription.paces[0] else PhaseKind.HOLD
    rounds = [
        Round(coach.doing(bout), (*rest_words(coach, index + 1, len(done)), *in_pause(coach, bout)))
        for index, bout in enumerate(done)
    ]
    return interval_spans(rounds, work, coach.rest(), kind, coach)


def rest_words(coach: Coach, done: int, of: int) -> tuple[Line, ...]:
    """The words of the rest after a number of rounds."""
    phrases = coach.phrases
    lines = [coach.line(phrases.REST)]
    if coach.exercise.counting is Counting.NUMBERS:
        lines.append(coach.line(phrases.rep_number(done + 1, of)))
    elif done + 1 == of and of > 2:  # noqa: PLR2004  of two, the last is plain
        lines.append(coach.line(phrases.rep_number(of, of)))
    elif done * 2 == of and of > 2:  # noqa: PLR2004
        lines.append(coach.line(phrases.HALF_OF_THEM))
    return tuple(lines)


def interval_spans(
    rounds: Sequence[Round], work: float, rest: float, kind: PhaseKind, coach: Coach
) -> tuple[tuple[Span, ...], str | None]:
    """The spans of intervals, after a countdown; the last rest falls away.

    Args:
        rounds: Every round, in order.
        work: Seconds of work, exactly.
        rest: Seconds of rest, exactly.
        kind: What the listener does in the work.
        coach: Who coaches them: with ticks, and with tones or a word in place of those.
    """
    counted = Asides(ticks=TICKED)
    ticks = coach.ticks and min(work, rest or work) >= ROOM_FOR_A_TONE
    starts, ends = (HOLD_STARTS, HOLD_ENDS) if coach.tones else (None, None)
    go = () if coach.tones else (coach.line(coach.phrases.BEGIN),)
    spans = [
        Span(PhaseKind.GET_READY, rounds[0].doing, COUNTDOWN, exact=True, asides=counted if ticks else None)
    ]
    due: str | None = None
    for index, one in enumerate(rounds):
        led = ticks and work >= 2 * TICKED_FROM
        spans.append(
            Span(kind, one.doing, work, exact=True, earcon=starts, lines=go, asides=counted if led else None)
        )
        due = ends
        if index + 1 < len(rounds) and rest:
            led = ticks and rest >= TICKED_FROM
            quiet = AWAY if led else 0.3
            asides = counted if led else None
            spans.append(
                Span(
                    PhaseKind.REST,
                    one.doing,
                    rest,
                    exact=True,
                    earcon=due,
                    lines=one.rest,
                    quiet=quiet,
                    asides=asides,
                )
            )
            due = None
    return tuple(spans), due


# --- a ladder of holds -------------------------------------------------------------------------------------


def _ladder(coach: Coach) -> tuple[tuple[Span, ...], str | None]:
    """One hold a set, each as long as its rung, with rests of exactly the author's length between."""
    reps = Reps(coach)
    before: Bout | None = None
    for bout in bouts(coach.prescription):
        rest = coach.rest_between_sets()
        exact = before is not None and before.side is bout.side and rest is not None and rest >= TEMPO_BELOW
        if before is not None and exact and rest is not None:
            _climb(reps, before, bout, rest)
        else:
            if before:
                reps.extend(between(coach, before, bout))
            reps.do(bout, first=before is None)
        before = bout
    return tuple(reps.spans), reps.due


def _climb(reps: Reps, before: Bout, bout: Bout, rest: float) -> None:
    """Rest for exactly so long, and hold the next rung."""
    coach, hold = reps.coach, reps.coach.prescription.hold(0, bout.set) or 0.0
    out = reps.spans.pop() if reps.due is None else None  # the way out, which lies within the rest
    into = min(4.0, rest * 0.25)
    lines = (
        coach.line(coach.phrases.rest_for(rest)),
        coach.line(coach.phrases.hold_next(hold)),
    )
    earcon = out.earcon if out else reps.due
    reps.due = None
    reps.spans.append(
        Span(PhaseKind.REST, coach.doing(before), rest - into, exact=True, earcon=earcon, lines=lines)
    )
    cue = tuple(replace(line, pause=CUE_BREATH) for line in coach.in_brief(0, bout, number=False))
    reps.spans.append(Span(PhaseKind.MOVE, coach.doing(bout), into, exact=True, lines=cue))
    reps.hold_alone(hold, bout)
