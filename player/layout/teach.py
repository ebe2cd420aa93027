"""What the sounds mean, said once before they come.

The best place is the warm-up, where a listener marches and hears little else; a session without one explains
them before the first hold. What a script plays by itself, as an introduction does, is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.layout.dose import TEMPO_BELOW
from player.layout.outline import GLIDE, HOLD_STARTS, TICK
from player.layout.pace import LONG_FROM, TICKED_FROM, TICKS_FROM
from player.session import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from player.layout.coach import Coach
    from player.layout.outline import Line

WORK = "work"
"""What is known once the sounds of intervals are explained."""
AFTER_WORK = 2.0
ROOM_TO_FALL = 0.9
"""Seconds of a beat, beside the hold, from which there is a falling sound."""
AFTER_LESSON = 0.7


def sounds_of(coach: Coach) -> tuple[str, ...]:
    """The sounds that a listener must know before this exercise."""
    holds = [hold for hold in coach.prescription.holds if hold is not None and hold >= TEMPO_BELOW]
    if not coach.tones or not (holds or coach.is_intervals):
        return ()
    longest = max(holds, default=0.0)
    ticks = coach.ticks and not coach.is_intervals and longest >= TICKS_FROM
    return (WORK if coach.is_intervals else HOLD_STARTS, *((TICK,) if ticks else ()))


def lessons(coach: Coach, sounds: Collection[str]) -> Iterator[Line]:
    """The lines that explain these sounds, without those that are known, which they are afterwards."""
    phrases, known = coach.phrases, coach.sounds
    work = phrases.TEACH_WORK if coach.ticks and coach.rest() >= TICKED_FROM else phrases.TEACH_WORK_ALONE
    texts = {WORK: work, HOLD_STARTS: phrases.TEACH_HOLD, TICK: phrases.TEACH_TICKS}
    for sound, text in texts.items():
        if sound in sounds and sound not in known:
            known.add(sound)
            yield coach.line(text, AFTER_WORK if sound == WORK else AFTER_LESSON)


def teach_beat(coach: Coach) -> Iterator[Line]:
    """Explain the falling sound of a rhythm that has one from its first rep on."""
    every, hold = coach.exercise.dose.every, coach.prescription.holds[0] or 0.0
    has_room = every is None or every - hold >= ROOM_TO_FALL
    falls = coach.tones and not coach.is_intervals and any(coach.prescription.holds) and has_room
    if falls and GLIDE not in coach.sounds:
        coach.sounds.add(GLIDE)
        words = coach.words_back(coach.exercise.moves[-1], coach.begins_with)
        yield coach.line(coach.phrases.teach_glide(words), AFTER_LESSON)


def has_time(coach: Coach) -> bool:
    """Whether the listener moves along for so long that the sounds can be explained meanwhile."""
    long = any((pace or 0.0) >= LONG_FROM for pace in coach.prescription.paces)
    return coach.exercise.role is Role.WARM_UP and long
