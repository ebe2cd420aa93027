"""Intervals of several exercises in turn: a countdown, then work and rest, exact to the frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.layout.asides import advice, offer
from player.layout.outline import SET_ENDS, Line, Outline, Span, one_earcon
from player.layout.positions import is_same_place, starting_position
from player.layout.ready import Readying
from player.layout.rhythm import Round, interval_spans, rest_words
from player.session import Coaching, Dose, ExerciseStep, Move, Range
from player.timeline import MarkKind, PhaseKind
from player.wording.plain import sentence

if TYPE_CHECKING:
    from player.layout.announce import Announcer
    from player.layout.coach import Coach
    from player.session import Exercise, IntervalsStep
    from player.wording.posture import Position

MOST_NAMED = 3
"""Exercises whose names make the title; more are called intervals."""


def block(announcer: Announcer, step: IntervalsStep, n: int, of: int) -> Outline:
    """The section of an intervals step."""
    wording, listener = announcer.wording, announcer.listener
    phrases = wording.phrases
    different = list({one.id: one for one in step.exercises}.values())
    coaches = {one.id: _coach(announcer, step, one, n, of) for one in different}
    lead = coaches[different[0].id]
    names = [_name(announcer, one) for one in different]
    name = names[0] if len(names) == 1 else phrases.TITLE_INTERVALS
    title = lead.line(phrases.announcement(name, n, of, again=False))
    ready = Readying(lead, listener, announcer.coaching).span(
        title, least=8.0, extra=announcer.choices.extra_get_ready, names_side=True
    )
    if len(different) > 1:
        turns = lead.line(phrases.one_after_the_other(names), 2.0)
        others = _others(announcer, different, coaches)
        begin = lead.line(phrases.begin_with(names[0]), 1.0)
        lines = (ready.lines[0], turns, *ready.lines[1:-1], *others, begin)
        ready = replace(ready, lines=lines)
    rounds = []
    position = starting_position(different[0], None, wording, listener.position) or listener.position
    for index in range(step.rounds):
        one = step.exercises[index % len(step.exercises)]
        doing = replace(coaches[one.id].activity, rep=index + 1, reps=step.rounds)
        words = rest_words(lead, index + 1, step.rounds)
        if index + 1 < step.rounds and len(different) > 1:
            coming = step.exercises[(index + 1) % len(step.exercises)]
            next_up, position = _next(announcer, coaches[coming.id], position)
            words = (words[0], *next_up, *words[1:])
        if index < len(different):
            words = (*words, *advice(coaches[one.id]))
        rounds.append(Round(doing, words))
    listener.position = position
    spans, due = interval_spans(rounds, step.work, step.rest, PhaseKind.MOVE, ticks=lead.ticks)
    end = Span(
        PhaseKind.REST,
        lead.activity,
        5.0,
        earcon=one_earcon(due, SET_ENDS),
        lines=(lead.line(phrases.AND_REST),),
        quiet=4.0,
    )
    written = (
        " · ".join(one.name for one in different) if len(different) <= MOST_NAMED else phrases.TITLE_INTERVALS
    )
    return Outline(
        written,
        MarkKind.EXERCISE,
        step.source,
        (ready, *spans, end),
        (),
        different[0].id,
        name,
        tuple(text for coach in coaches.values() for text in coach.instruction()),
        announcer.session.language,
        until_done=step.until_done,
    )


def _coach(announcer: Announcer, step: IntervalsStep, one: Exercise, n: int, of: int) -> Coach:
    """The coach of one exercise, whose dose is the work."""
    first = one.moves[0]
    work = Range(step.work, step.work)
    dose = Dose(reps=(Range(step.rounds, step.rounds),), rest=step.rest, intervals=True)
    timed = replace(one, moves=(Move(first.say, first.cue, None, work),), dose=dose, progress=None)
    again = timed.lesson in announcer.listener.taught
    announcer.listener.taught.add(timed.lesson)
    return announcer.coach(ExerciseStep(step.source, timed), n, of, again=again, turn=(0, 1))


def _next(
    announcer: Announcer, coach: Coach, position: Position | None
) -> tuple[tuple[Line, ...], Position | None]:
    """The words of a rest about the exercise after it, and the position then."""
    wording, phrases = announcer.wording, announcer.wording.phrases
    lines = [coach.line(phrases.coming_next(_name(announcer, coach.exercise)))]
    target = starting_position(coach.exercise, None, wording, position)
    if target and not is_same_place(position, target, wording):
        lines.append(coach.line(wording.positions.get_into(target.text)))
    move = coach.exercise.moves[0]
    lines += coach.lines_of(move.cue or move.say, None)
    return tuple(lines), target or position


def _others(announcer: Announcer, different: list[Exercise], coaches: dict[str, Coach]) -> list[Line]:
    """What to know of the other exercises before the first round; nobody is to do it yet."""
    lead = coaches[different[0].id]
    lines: list[Line] = []
    for one in different[1:]:
        coach = coaches[one.id]
        taught = [*coach.lines_of(one.caution, None, 1.0), *coach.done_in_turn(one.prepare, None)]
        if announcer.coaching is Coaching.FULL and coach.full:
            taught += coach.done_in_turn(one.setup, None)
            taught += coach.done_in_turn(one.moves[0].say, None)
            taught += offer(coach, None, 3.0)
        if taught:
            lines += [coach.line(sentence(_name(announcer, one)), 1.0), *taught]
    return [lead.line(lead.phrases.LISTEN_ONLY, 1.5), *lines] if lines else []


def _name(announcer: Announcer, one: Exercise) -> str:
    spoken = one.spoken.text if one.spoken else one.name
    return sentence(announcer.wording.spelling.fit_to_speak(spoken)).rstrip(".!?")
