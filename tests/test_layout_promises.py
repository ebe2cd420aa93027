"""The promises of the timeline, for any session, any choices and any voice."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from player.errors import ScriptError
from player.layout import Lengths, Outline, lay_out, plan
from player.layout.dose import TEMPO_BELOW, bouts, prescribe
from player.layout.plan import flat
from player.session import Choices, ExerciseStep, IntervalsStep, Session, Sides
from player.timeline import CueKind, PhaseKind, Section, Timeline
from player.wording.en import phrases

from tests.sessions import choices, exercise, hold_for, lengths_for, sessions
from tests.sessions import session as a_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.timeline import Cue

RATE = 100
a_case = given(sessions, choices, st.integers(0, 3))
many = settings(deadline=None, suppress_health_check=list(HealthCheck))
"""Each time others; `--hypothesis-profile=long` tries a thousand."""


def planned(session: Session, chosen: Choices) -> tuple[Outline, ...]:
    """A session that is too long has no promises."""
    try:
        return plan(session, chosen)
    except ScriptError:
        reject()


def laid(session: Session, chosen: Choices, voice: int) -> Iterator[tuple[Outline, Lengths, Section]]:
    for outline in planned(session, chosen):
        lengths = lengths_for(outline, RATE, voice)
        yield outline, lengths, lay_out(outline, lengths)


def timeline(session: Session, chosen: Choices, voice: int) -> Timeline:
    return Timeline(tuple(section for _, _, section in laid(session, chosen, voice)), RATE)


@a_case
@many
def test_no_two_cues_of_any_kind_overlap(session: Session, chosen: Choices, voice: int) -> None:
    cues = timeline(session, chosen, voice).cues

    assert not [(a, b) for a, b in pairwise(cues) if a.end > b.start]


@a_case
@many
def test_a_tone_leaves_four_tenths_of_a_second_before_any_word(
    session: Session, chosen: Choices, voice: int
) -> None:
    cues = timeline(session, chosen, voice).cues
    tones = {CueKind.EARCON, CueKind.SOUND}

    too_soon = [
        (tone, word)
        for tone, word in pairwise(cues)
        if tone.kind in tones and word.kind is CueKind.SPEECH and word.start - tone.end < 0.4 * RATE
    ]
    assert not too_soon


@a_case
@many
def test_every_phase_begins_where_the_one_before_ends(session: Session, chosen: Choices, voice: int) -> None:
    line = timeline(session, chosen, voice)

    assert line.phases[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(line.phases))
    assert all(phase.length > 0 for phase in line.phases)
    assert line.phases[-1].end == line.length
    ends = Counter(phase.kind for phase in line.phases)[PhaseKind.DONE]
    assert ends == (line.phases[-1].kind is PhaseKind.DONE)


@a_case
@many
def test_a_hold_lasts_what_the_dose_says_to_the_frame(session: Session, chosen: Choices, voice: int) -> None:
    line = timeline(session, chosen, voice)

    expected = [
        round(hold * RATE)
        for step in exercise_steps(session)
        for prescription in [prescribe(step.exercise, chosen)]
        for bout in bouts(prescription)
        for index in range(len(step.exercise.moves))
        if (hold := prescription.hold(index, bout.set)) is not None
    ]
    assert expected == [phase.length for phase in line.phases if phase.kind is PhaseKind.HOLD]


@a_case
@many
def test_a_hold_begins_and_ends_with_its_sound(session: Session, chosen: Choices, voice: int) -> None:
    line = timeline(session, chosen, voice)
    at = {cue.start: cue for cue in line.cues if cue.kind is CueKind.EARCON}

    for phase in line.phases:
        if phase.kind is PhaseKind.HOLD and phase.length >= TEMPO_BELOW * RATE:
            assert at[phase.start].content == "hold-starts"
            assert at[phase.end].content in {"hold-ends", "switch-sides", "set-ends"}


@a_case
@many
def test_a_countdown_ends_in_an_end_sound(session: Session, chosen: Choices, voice: int) -> None:
    sections = [  # in a rhythm, ticks count
        section
        for outline, _, section in laid(session, chosen, voice)
        if not any(span.beat for span in outline.spans)
    ]
    cues = Timeline(tuple(sections), RATE).cues

    ticks = [index for index, cue in enumerate(cues) if cue.kind is CueKind.TICK]
    lasts = [index for index in ticks if index + 1 not in ticks]
    assert all(
        is_end(cues[index + 1]) and cues[index + 1].start - cues[index].start == RATE for index in lasts
    )
    assert len(ticks) == 3 * len(lasts)


def is_end(cue: Cue) -> bool:
    return cue.content in {"hold-ends", "switch-sides", "set-ends", "hold-starts"}


@a_case
@many
def test_both_sides_get_the_same_holds_and_the_side_is_named_aloud(
    session: Session, chosen: Choices, voice: int
) -> None:
    for _, _, section in laid(session, chosen, voice):
        holds = Counter(
            (phase.activity.side, phase.length) for phase in section.phases if phase.kind is PhaseKind.HOLD
        )
        sided = {length for side, length in holds if side}
        assert all(holds["left", length] == holds["right", length] for length in sided)
        said = " ".join(cue.content.lower() for cue in section.cues if cue.kind is CueKind.SPEECH)
        assert not sided or ("left" in said and "right" in said)


@a_case
@many
def test_the_side_that_begins_is_named_before_anything_is_held(
    session: Session, chosen: Choices, voice: int
) -> None:
    del voice
    assume(not any(isinstance(step, IntervalsStep) for step in flat(session.steps)))
    steps = iter(exercise_steps(session))

    for outline in planned(session, chosen):
        if outline.exercise_id is None:
            continue
        prescription = prescribe(next(steps).exercise, chosen)
        if prescription.sides is not Sides.NONE:
            ready, first = outline.spans[:2]
            said = " ".join(line.text for line in (*ready.lines, *first.lines)).lower()
            assert str(prescription.first) in re.findall(r"\w+", said), said


@a_case
@many
def test_each_section_has_one_mark_at_its_announcement(session: Session, chosen: Choices, voice: int) -> None:
    steps = list(exercise_steps(session))
    for _, _, section in laid(session, chosen, voice):
        assert section.mark.start == 0
        if section.exercise_id:
            first_word = next(cue for cue in section.cues if cue.kind is CueKind.SPEECH)
            announced = next((s for s in steps if s.exercise.id == section.exercise_id), None)
            if announced and announced.exercise.announce is not False:
                assert first_word.content.startswith(section.mark.title)


@a_case
@many
def test_a_section_opens_and_closes_without_speech(session: Session, chosen: Choices, voice: int) -> None:
    for _, _, section in laid(session, chosen, voice):
        speech = [cue for cue in section.cues if cue.kind is CueKind.SPEECH]
        assert all(cue.start >= 0.3 * RATE for cue in speech)
        assert all(cue.end <= section.length - RATE for cue in speech)
        assert all(cue.end <= section.length for cue in section.cues)


@a_case
@many
def test_a_section_depends_on_nothing_outside_it(session: Session, chosen: Choices, voice: int) -> None:
    forwards = [section for _, _, section in laid(session, chosen, voice)]
    backwards = [
        lay_out(outline, lengths_for(outline, RATE, voice)) for outline in reversed(planned(session, chosen))
    ]

    assert forwards == backwards[::-1]


@a_case
@many
def test_rests_and_get_ready_times_are_at_least_what_the_plan_says(
    session: Session, chosen: Choices, voice: int
) -> None:
    for outline, lengths, section in laid(session, chosen, voice):
        for span, phase in zip(outline.spans, section.phases, strict=True):
            assert phase.length >= lengths.frames(span.length)
            assert not span.exact or phase.length == lengths.frames(span.length)


@a_case
@many
def test_a_full_instruction_leaves_time_to_act(session: Session, chosen: Choices, voice: int) -> None:
    for outline, lengths, section in laid(session, chosen, voice):
        spans = list(zip(outline.spans, section.phases, strict=True))
        for (span, phase), (_, hold) in pairwise(spans):
            if hold.kind is PhaseKind.HOLD and span.lines and span.lines[-1].pause >= 4:
                words = [
                    cue for cue in section.cues if cue.content == span.lines[-1].text and cue.end <= phase.end
                ]
                assert hold.start - words[-1].end >= lengths.frames(span.lines[-1].pause)


def exercise_steps(session: Session) -> Iterator[ExerciseStep]:
    yield from (step for step in flat(session.steps) if isinstance(step, ExerciseStep))


# --- what a listener can rely on -------------------------------------------------------------------------


@a_case
@many
def test_both_sides_are_stretched_for_equally_long(session: Session, chosen: Choices, voice: int) -> None:
    steps = [
        replace(step, exercise=replace(step.exercise, moves=step.exercise.moves[:1]))
        for step in exercise_steps(session)  # of several movements, each may lack its words
    ]
    assume(steps)
    for outline, _, section in laid(replace(session, steps=tuple(steps)), chosen, voice):
        waits: dict[object, dict[str, int]] = {}
        turns: Counter[object] = Counter()
        for (span, _), (_, hold) in pairwise(zip(outline.spans, section.phases, strict=True)):
            if hold.kind is not PhaseKind.HOLD or hold.activity.side is None or span.exact:
                continue
            if hold.length < TEMPO_BELOW * RATE:  # the beat of a rhythm is its own rule
                continue
            ends = [cue.end for cue in section.cues if cue.kind is CueKind.SPEECH and cue.end <= hold.start]
            rep = (hold.activity.set, hold.activity.rep)
            turns[rep, hold.activity.side] += 1  # a rep may have several holds
            if span.lines and span.kind is not PhaseKind.SWITCH:  # which has time to turn
                same = (*rep, turns[rep, hold.activity.side])
                waits.setdefault(same, {})[hold.activity.side] = hold.start - max(ends)
        for sides in waits.values():
            assert max(sides.values()) - min(sides.values()) <= 0.5 * RATE


@a_case
@many
def test_an_exact_rhythm_never_waits_for_words(session: Session, chosen: Choices, voice: int) -> None:
    for outline, lengths, section in laid(session, chosen, voice):
        for span, phase in zip(outline.spans, section.phases, strict=True):
            if span.exact:
                assert phase.length == lengths.frames(span.length)
                inside = [cue for cue in section.cues if phase.start <= cue.start < phase.end]
                assert all(cue.end <= phase.end for cue in inside)


@given(st.integers(20, 900), st.integers(0, 3))
@many
def test_no_sign_of_life_lies_about_the_time(hold: int, voice: int) -> None:
    plank = exercise(hold_for(hold), name="Plank", position="face down")
    outline = next(one for one in plan(a_session(plank), Choices()) if one.exercise_id)
    section = lay_out(outline, lengths_for(outline, RATE, voice))
    (phase,) = (one for one in section.phases if one.kind is PhaseKind.HOLD)

    for cue in section.cues:
        if cue.kind is not CueKind.SPEECH or not phase.start <= cue.start < phase.end:
            continue
        left = (phase.end - cue.end) / RATE
        if cue.content == phrases.NEARLY_THERE:
            assert phase.end - cue.start <= phase.length / 5
        if cue.content == phrases.HALF_WAY:
            assert abs(cue.end - phase.start - phase.length / 2) <= RATE
        if cue.content.endswith("left."):
            minutes = next(n for n in range(1, 20) if phrases.minutes_left(n) == cue.content)
            assert abs(left - 60 * minutes) <= 1.0
