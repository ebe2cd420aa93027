"""What the coach may say beside the instruction: in a hold, in a long movement, between reps.

Advice belongs where a listener can use it: where it is felt at the start of the first hold long enough, the
common fault five seconds later, the breath after the middle; for a rhythm, in the pauses of the first reps.
An easier way is an offer, made in time, and to both sides alike. No sign of life says anything about the time
that is not true.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.layout.dose import TEMPO_BELOW
from player.layout.outline import BREATH, HALFWAY, Asides, Line
from player.layout.pace import LONG_FROM, TICKS_FROM

if TYPE_CHECKING:
    from player.layout.coach import Coach
    from player.layout.dose import Bout
    from player.session import Side

VERY_LONG_FROM = 45.0
ROOM_FROM = 45.0
"""Seconds of a hold that has room for advice, and early enough for an offer."""
FIRST_TOLD_AFTER = 15.0
"""Seconds from the start of a hold before which no time is told."""
APART = 6.0
"""Seconds between the middle of a hold and a time that is told, so that both have room."""
SIGN_EVERY = 18.0
OFFER_PAUSE = 2.0
"""Seconds to decide for the easier way."""
EASIER_AFTER = 1
"""The rep after which an easier way is offered."""
EASIER_AFTER_IN_TEMPO = 2
ADVICE_AFTER = (3, 4)
"""The reps of a rhythm after which it is told where it is felt, and the common fault."""


def hold_asides(coach: Coach, length: float, bout: Bout) -> Asides:
    """The asides of a hold of `length` seconds."""
    told = any(abs(left - length / 2) < APART for _, left in company(coach, length).told)
    long = length >= LONG_FROM
    halved = long and not told
    first = bout.rep == bout.set == 1
    after = (
        [coach.line(coach.phrases.BREATH)]
        if long and first and not coach.second_side(bout) and coach.full
        else []
    )
    offered = tuple(offer(coach, bout.side)) if first and offers_in_hold(coach) else ()
    if halved and not coach.full and HALFWAY not in coach.sounds:  # the sound, and what it means
        after = [coach.line(coach.phrases.HALF_WAY), *after]
        coach.sounds.add(HALFWAY)
    return replace(
        company(coach, length),
        ticks=3 if coach.ticks and length >= TICKS_FROM else 0,
        halfway=coach.line(coach.phrases.HALF_WAY) if halved and coach.full else None,
        halfway_earcon=HALFWAY if halved and not coach.full else None,
        early=offered,
        after_middle=tuple(after),
    )


def company(coach: Coach, length: float, *, moving: bool = False) -> Asides:
    """Signs of life in a long hold or movement; where there is room for it they tell the time."""
    if length <= VERY_LONG_FROM:
        return Asides(wishes=True)
    phrases = coach.phrases
    told: tuple[tuple[Line, float], ...] = tuple(
        (coach.line(phrases.minutes_left(minutes)), 60.0 * minutes)
        for minutes in range(int(length // 60), 0, -1)
        if length - 60.0 * minutes >= FIRST_TOLD_AFTER
    )
    return Asides(
        told=told,
        signs=tuple(map(coach.line, phrases.SIGNS_IN_MOTION if moving else phrases.SIGNS_OF_LIFE)),
        nearly=None if told else coach.line(phrases.NEARLY_THERE),
        silence=SIGN_EVERY,
        wishes=True,
    )


def wishes(coach: Coach) -> tuple[Line, ...]:
    """Lines to say once each, in the first hold with room."""
    if not coach.full or not has_room(coach):
        return ()
    holds = [hold for hold in coach.prescription.holds if hold is not None and hold >= TEMPO_BELOW]
    short = bool(holds) and min(holds) < LONG_FROM and coach.exercise.role is None
    breathing = [coach.line(coach.phrases.KEEP_BREATHING)] if short else []
    return (*breathing, *advice(coach))


def has_room(coach: Coach) -> bool:
    """Whether a hold or a movement is long enough to say something in it."""
    holds, paces = coach.prescription.holds, coach.prescription.paces
    if coach.in_time and not coach.prescription.by_set:
        return False
    return any((hold or 0.0) >= TEMPO_BELOW for hold in holds) or any(
        (pace or 0.0) >= LONG_FROM for pace in paces
    )


def advice(coach: Coach) -> list[Line]:
    """Where it is felt, and the common fault; such words never tell which side works."""
    texts = (coach.exercise.feel, coach.exercise.fault)
    first = str(coach.begins_with) if coach.begins_with else None
    lines = (line for words in texts for line in coach.lines_of(words, coach.begins_with))
    return [replace(line, names_side=False, only_on=first if line.mentions_side else None) for line in lines]


def offer(coach: Coach, side: Side | None, pause: float = BREATH) -> list[Line]:
    """The easier way, as an offer to do when `side` works."""
    easier = coach.exercise.easier
    if easier is None or easier.say is None or not coach.full:
        return []
    phrase = coach.phrases.offer_before if easier.changes_position else coach.phrases.offer
    lines = coach.lines_of(easier.say, side)
    lines[:1] = [replace(line, text=phrase(line.text)) for line in lines[:1]]
    wording = coach.wording
    return [
        replace(
            line,
            names_side=False,
            pause=max(pause, wording.seconds_for(line.text)) if wording.things_in(line.text) else pause,
        )
        for line in lines
    ]


def offers_before(coach: Coach) -> bool:
    """Whether the easier way is offered before the position is taken."""
    easier = coach.exercise.easier
    return easier is not None and easier.changes_position


def offers_in_hold(coach: Coach) -> bool:
    """Whether it is offered within the only hold, because there is no second rep."""
    return not offers_before(coach) and _once(coach) and _longest(coach) >= ROOM_FROM


def offers_with_dose(coach: Coach) -> bool:
    """Whether it is offered before the first rep, because no other place has room."""
    if offers_before(coach) or offers_in_hold(coach):
        return False
    return _once(coach) or coach.in_time


def in_pause(coach: Coach, done: Bout) -> list[Line]:
    """What is said in the pause after a rep, by `done`: an offer, and the advice of a rhythm."""
    if not coach.full or done.set != 1:
        return []
    return [*_offered(coach, done), *_advised(coach, done)]


def _offered(coach: Coach, done: Bout) -> list[Line]:
    if _once(coach) or offers_before(coach) or offers_with_dose(coach):
        return []
    if coach.alternating and not coach.second_side(done):
        return []
    usual = EASIER_AFTER_IN_TEMPO if coach.prescription.tempo else EASIER_AFTER
    if done.rep != min(usual, coach.reps(done) - 1):
        return []
    return offer(coach, coach.begins_with if coach.alternating else done.side)


def _advised(coach: Coach, done: Bout) -> list[Line]:
    if has_room(coach) or coach.second_side(done) is not coach.alternating:
        return []
    last = coach.reps(done) - 1
    reps = (max(1, min(ADVICE_AFTER[0], last - 1)), min(ADVICE_AFTER[1], last))
    texts = (coach.exercise.feel, coach.exercise.fault)
    told = [words for rep, words in zip(reps, texts, strict=True) if rep == done.rep]
    side = coach.begins_with
    return [replace(line, names_side=False) for words in told for line in coach.lines_of(words, side)]


def _once(coach: Coach) -> bool:
    return max(coach.prescription.reps) == 1


def _longest(coach: Coach) -> float:
    return max((hold or 0.0 for hold in coach.prescription.holds), default=0.0)
