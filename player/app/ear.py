"""Finds what a listener with closed eyes cannot follow, before anyone lies down: warnings of `cuemat check`.

A script can be right and still ask too much: two things in one breath, a chair that nobody fetched, a caution
that says "ask" to somebody who lies on the floor alone. Each warning has its line and says what to write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.errors import Mistake
from player.layout.plan import flat
from player.layout.positions import position_of
from player.script.exercise import texts_of
from player.session import (
    Closing,
    Exercise,
    IntervalsStep,
    Safety,
    SayStep,
    Session,
    Side,
    Sides,
    exercises_in,
)
from player.timeline import CueKind, PhaseKind
from player.wording import wording_for
from player.wording.posture import Posture
from player.words import clock, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from player.errors import Source
    from player.session import Step, Words
    from player.timeline import Cue, Timeline
    from player.wording import Wording

TO_THE_FLOOR = 30.0
"""Seconds to get down to the floor or up again."""
LONGEST_WAIT = 20.0
"""Seconds without a word in which a listener has nothing to do."""
MOST_WORDS = 100
"""Words in a minute that a listener can follow."""
MINUTE = 60.0
FIXED = frozenset({"wall", "door", "floor", "bed", "sofa", "mat", "step"})
"""Things that are there, or that a position names."""
_SOME_LIMB = re.compile(r"\b(?:one|a|the) (foot|leg|knee|arm|hand|elbow|heel|hip|shoulder)\b", re.IGNORECASE)
"""A limb that does not say on which side it is."""
_ONLY_ASKS = re.compile(r"\b(?:ask|consult|see|talk to|check with|speak to)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:sofa|couch|table|bench)\b", re.IGNORECASE)
"""Where one can lie, and the coach does not know the way there."""
_AS_HIGH_AS = re.compile(r"\b(?:above|below|higher than|as high as|like) (?:a |the )?\w+", re.IGNORECASE)
"""A thing that is only compared with."""
_SAYS_WHAT = re.compile(
    r"\b(?:skip|stop|leave|stay|lower|rest|hold|keep|sit|put|do not|don't|only|instead|smaller|slower)\b",
    re.IGNORECASE,
)


def hard_to_follow(what: Session | Exercise) -> list[Mistake]:
    """Warnings about the texts of a session or an exercise, in the order of the script."""
    wording = wording_for(what.language if isinstance(what, Session) else "en")
    if isinstance(what, Exercise):
        return sorted({*_in_exercise(what, what.needs, wording), *_sides(what)})
    found: set[Mistake] = set()
    for step in flat(what.steps):
        if isinstance(step, SayStep):
            found.update(_in_one_breath([step.words], wording))
            found.update(_unreadable(step.position, wording))
            found.update(_in_a_talk(step, what, wording))
        for one in exercises_in(step):
            found.update(_in_exercise(one, (*what.needs, *one.needs), wording))
            found.update(_here(warning, step.source) for warning in _sides(one))
        if isinstance(step, IntervalsStep):
            found.update(_too_far_apart(step, wording))
    return sorted(found | set(_ends_lying(what, wording)))


def _here(warning: Mistake, step: Source) -> Mistake:
    """A warning about an exercise of another file, which only this step's own dose brings about."""
    return warning if warning.source.file == step.file else Mistake(step, warning.message)


def _in_a_talk(step: SayStep, session: Session, wording: Wording) -> Iterator[Mistake]:
    """Things that a talk asks for, and that nobody has fetched."""
    exercises = [one for other in flat(session.steps) for one in exercises_in(other)]
    needs = [*session.needs, *(need for one in exercises for need in one.needs)]
    known = {thing for need in needs for thing in wording.things_in(need)} | FIXED
    for sentence in wording.spelling.sentences(step.words.text):
        if wording.actions(sentence):
            yield from _not_fetched(sentence, step.words, known, wording)


def _ends_lying(session: Session, wording: Wording) -> Iterator[Mistake]:
    """A session that says it ends lying, and does not."""
    if session.closing is not Closing.LYING:
        return
    positions = [words for step in flat(session.steps) for words in _positions(step) if words]
    text = positions[-1].on(Side.RIGHT, wording.phrases.side_name) if positions else ""
    last = position_of(text, wording)
    if last is None or not last.posture.lying:
        where = f"ends {quoted(text)}" if text else "has no position"
        yield Mistake(session.source, f"'closing: lying', but the session {where}; leave 'closing' out")


def _positions(step: Step) -> Iterator[Words | None]:
    if isinstance(step, SayStep):
        yield step.position
    yield from (one.position for one in exercises_in(step))


def _in_exercise(one: Exercise, needs: Iterable[str], wording: Wording) -> Iterator[Mistake]:
    yield from _in_one_breath(_to_do(one), wording)
    yield from _not_announced(one, _to_do(one), needs, wording)
    yield from _unreadable(one.position, wording)
    if one.caution and _ONLY_ASKS.search(one.caution.text) and not _SAYS_WHAT.search(one.caution.text):
        message = "a listener on the floor can ask nobody; say what to do now, for example 'skip this one'"
        yield Mistake(one.caution.source, message)


def _to_do(one: Exercise) -> list[Words]:
    """The texts that say what to do."""
    moves = [words for move in one.moves for words in (move.say, move.cue, move.back and move.back.say)]
    switch = one.switch.say if one.switch else None
    return [words for words in (one.prepare, one.setup, switch, *moves) if words]


def _sides(one: Exercise) -> Iterator[Mistake]:
    """Warnings about the two sides of an exercise, which depend on its dose."""
    yield from _either(one, _to_do(one))
    if one.dose.sides is Sides.ALTERNATING:
        yield from (
            Mistake(words.source, "the listener changes this with every rep; write 'sides: each'")
            for words in (one.position, one.setup)
            if words and words.names_any_side
        )
    if one.dose.sides in {Sides.EACH, Sides.BLOCKS}:
        heard = [one.position, one.setup, *(move.cue for move in one.moves)]
        heard += [move.say for move in one.moves if move.cue is None]
        said = [move.say for move in one.moves if move.say and move.say.names_other_side]
        if not any(words.names_other_side for words in heard if words):
            message = "brief coaching says only 'cue', so nobody hears this side; write it there, too"
            yield from (Mistake(words.source, message) for words in said)  # the working side is named anyway


def _either(one: Exercise, to_do: list[Words]) -> Iterator[Mistake]:
    """Warnings about limbs that may be the right or the left one."""
    if one.dose.sides is not Sides.NONE and not any(words.names_any_side for words in texts_of(one) if words):
        for words in to_do:
            if limb := _SOME_LIMB.search(words.text):
                message = f"{quoted(limb[0])} may be either; write 'your <side> {limb[1]}'"
                yield Mistake(words.source, message)


def _too_far_apart(step: IntervalsStep, wording: Wording) -> Iterator[Mistake]:
    """Intervals between which a listener cannot get from one position to the next."""
    places = [position_of(one.position.text, wording) for one in step.exercises if one.position]
    low = {place.posture.is_low for place in places if place}
    if len(low) > 1 and step.rest < TO_THE_FLOOR:
        message = f"nobody gets to the floor or up in a rest of {step.rest:g} s; keep to one of them"
        yield Mistake(step.source, message)


def _in_one_breath(texts: Iterable[Words], wording: Wording) -> Iterator[Mistake]:
    for words in texts:
        for sentence in wording.spelling.sentences(words.on(Side.RIGHT, wording.phrases.side_name)):
            asked = wording.actions(sentence)
            if len(asked) > 1:
                parts = " and ".join(quoted(part.strip(" .,;")) for part in asked[:2])
                yield Mistake(words.source, f"two things in one breath: {parts}; write two sentences")


def _not_announced(
    one: Exercise, texts: Iterable[Words], needs: Iterable[str], wording: Wording
) -> Iterator[Mistake]:
    known = {thing for need in needs for thing in wording.things_in(need)} | FIXED
    for words in (*((one.position,) if one.position else ()), *texts):
        yield from _not_fetched(words.text, words, known, wording)


def _not_fetched(text: str, words: Words, known: set[str], wording: Wording) -> Iterator[Mistake]:
    """Each thing that a text names first, and that is not known; it is known afterwards."""
    for thing in wording.things_in(_AS_HIGH_AS.sub("", text)):
        if thing not in known:
            known.add(thing)
            message = f"{quoted(thing)} is needed here, and nobody has fetched it; write 'needs: [{thing}]'"
            yield Mistake(words.source, message)


def _unreadable(position: Words | None, wording: Wording) -> Iterator[Mistake]:
    if position is None:
        return
    text = wording.spelling.fit_to_speak(position.on(Side.RIGHT, wording.phrases.side_name))
    if wording.positions.posture_of(text) is Posture.ELSEWHERE:
        unknown = f"unknown position {quoted(position.text)}"
        message = f"{unknown}; the coach says it as written, and takes it for standing"
        yield Mistake(position.source, message)
    taken = position_of(text, wording)
    if taken and taken.on_floor and (elsewhere := _ELSEWHERE.search(text)):
        message = f"the coach takes {quoted(elsewhere[0])} for the floor; write 'bed', if that is not safe"
        yield Mistake(position.source, message)


def hard_to_bear(timeline: Timeline, session: Session, mark: str) -> Iterator[Mistake]:
    """Warnings about the pace of a laid-out session: too many words, or a wait with nothing to do.

    Args:
        timeline: The session, spoken or with estimated lengths.
        session: It.
        mark: Stands before what is estimated.
    """
    yield from _long_waits(timeline, mark)
    if session.safety is not Safety.FULL:  # which is never moved behind movement
        yield from _dense_minute(timeline, session, mark)


def _long_waits(timeline: Timeline, mark: str) -> Iterator[Mistake]:
    waiting = {PhaseKind.GET_READY, PhaseKind.SWITCH}
    for phase in timeline.phases:
        if phase.kind not in waiting:
            continue
        cues = list(timeline.cues_between(phase.start, phase.end))
        for index, cue in enumerate(cues):
            end = cues[index + 1].start if index + 1 < len(cues) else phase.end
            seconds = (end - cue.end) / timeline.rate
            if seconds > LONGEST_WAIT and cue.source:
                at = clock(cue.end / timeline.rate)
                message = (
                    f"at {at} the listener waits {mark}{seconds:.0f} s with nothing to do; write less time"
                )
                yield Mistake(cue.source, message)


def _dense_minute(timeline: Timeline, session: Session, mark: str) -> Iterator[Mistake]:
    spoken = [cue for cue in timeline.cues if cue.kind is CueKind.SPEECH]
    words, end, first = 0, 0, 0
    inside = 0
    for cue in spoken:
        inside += len(cue.content.split())
        while spoken[first].start < cue.end - MINUTE * timeline.rate:
            inside -= len(spoken[first].content.split())
            first += 1
        if inside > words:
            words, end = inside, cue.end
    if words > MOST_WORDS:
        start = max(0.0, end / timeline.rate - MINUTE)
        source = _first_of(spoken, start * timeline.rate, session.source)
        message = f"{mark}{words} words in the minute from {clock(start)}; say less, or give more time"
        yield Mistake(source, message)


def _first_of(spoken: Iterable[Cue], start: float, otherwise: Source) -> Source:
    return next((cue.source for cue in spoken if cue.start >= start and cue.source), otherwise)
