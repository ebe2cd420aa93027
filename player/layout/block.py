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
    names = [announcer.name_of(one) for one in different]
    name = names[0] if len(names) == 1 else phrases.TITLE_INTERVALS
    title = lead.line(phrases.announcement(name, n, of, again=False)) if lead.announces else None
    ready = Readying(lead, listener, announcer.coaching, chair=announcer.has_chair).span(
        title, least=8.0, extra=announcer.choices.extra_get_ready, names_side=True
    )
    if len(different) > 1:
        turns = lead.line(phrases.one_after_the_other(names), 2.0)
        others = _others(announcer, different, coaches)
        begin = lead.line(phrases.begin_with(names[0]), 1.0)
        head = ready.lines[:1] if title else ()
        body = ready.lines[len(head) : -1]
        first = [line.text for line in lead.lines_of(different[0].moves[0].say, None)]
        told = next((index for index, line in enumerate(body) if line.text in first), len(body))
        told_so = any(line.text == phrases.LISTEN_ONLY for line in body)
        only = (lead.line(phrases.LISTEN_ONLY, 1.5),) if not told_so and (told < len(body) or others) else ()
        lines = (*head, turns, *body[:told], *only, *body[told:], *others, begin)
        ready = replace(ready, lines=lines)
    rounds = _rounds(announcer, step, coaches)
    spans, due = interval_spans(rounds, step.work, step.rest, PhaseKind.MOVE, lead)
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


def _rounds(announcer: Announcer, step: IntervalsStep, coaches: dict[str, Coach]) -> list[Round]:
    """Every round with the words of the rest after it; the listener ends where the last exercise is done."""
    position = starting_position(step.exercises[0], None, announcer.wording, announcer.listener.position)
    position = position or announcer.listener.position
    rounds: list[Round] = []
    for index in range(step.rounds):
        coach = coaches[step.exercises[index % len(step.exercises)].id]
        doing = replace(coach.activity, rep=index + 1, reps=step.rounds)
        words = rest_words(coach, index + 1, step.rounds)
        if index + 1 < step.rounds and len(coaches) > 1:
            coming = step.exercises[(index + 1) % len(step.exercises)]
            next_up, position = _next(announcer, coaches[coming.id], position)
            words = (words[0], *next_up, *words[1:])
        if index < len(coaches):
            words = (*words, *advice(coach))
        rounds.append(Round(doing, words))
    announcer.listener.position = position
    return rounds


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
    lines = [coach.line(phrases.coming_next(announcer.name_of(coach.exercise)))]
    target = starting_position(coach.exercise, None, wording, position)
    if target and not is_same_place(position, target, wording):
        lines.append(coach.line(wording.positions.get_into(target.text)))
    move = coach.exercise.moves[0]
    lines += coach.lines_of(move.cue or move.say, None)
    return tuple(lines), target or position


def _others(announcer: Announcer, different: list[Exercise], coaches: dict[str, Coach]) -> list[Line]:
    """What to know of the other exercises before the first round; nobody is to do it yet."""
    lines: list[Line] = []
    for one in different[1:]:
        coach = coaches[one.id]
        taught = coach.done_in_turn(one.prepare, None)
        if one.id not in announcer.listener.cautioned:
            taught += coach.lines_of(one.caution, None, 1.0)
        announcer.listener.cautioned.add(one.id)
        if announcer.coaching is Coaching.FULL and coach.full:
            taught += coach.done_in_turn(one.setup, None)
            taught += coach.done_in_turn(one.moves[0].say, None)
            taught += offer(coach, None, 3.0)
        if taught:
            lines += [coach.line(sentence(announcer.name_of(one)), 1.0), *taught]
    return lines
