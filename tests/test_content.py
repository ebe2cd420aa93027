"""What the bundled exercises teach, row by row of their table, on the timeline."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from player.session import Choices, Role, Side, Sides
from player.timeline import CueKind, PhaseKind
from player.wording.en import phrases
from player.wording.en.positions import posture_of

from tests.content import LIBRARY, RATE, alone, holds, of_session, said, seconds, spoken, written
from tests.content_rows import MOVING, ROWS, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.session import Exercise

ALL = sorted(LIBRARY.exercises)
SESSIONS = sorted(LIBRARY.scripts)


RESTS_BETWEEN_SETS = {"bridge": 60.0, "partial-curl": 30.0}


def order_of_sides(row: Row, reps: int) -> Sequence[str | None]:
    match row.sides:
        case Sides.NONE:
            return [None] * (row.sets * reps)
        case Sides.ALTERNATING:
            return ["right", "left"] * reps * row.sets
        case _:
            return (["right"] * reps + ["left"] * reps) * row.sets


def test_every_exercise_has_its_row() -> None:
    assert set(ALL) == {*ROWS, *MOVING, "knee-hug"}


@pytest.mark.parametrize(("end", "level"), [(0, None), (0, 0.0), (1, 1.0)])
@pytest.mark.parametrize("identity", ROWS)
def test_the_dose_is_the_rows_to_the_frame(identity: str, end: int, level: float | None) -> None:
    row = ROWS[identity]
    section = alone(identity, Choices(level=level))

    reps = row.reps[end]
    sides = [side for side in order_of_sides(row, reps) for _ in range(row.holds_a_rep)]
    assert [(phase.length / RATE, phase.activity.side) for phase in holds(section)] == [
        (row.hold[end], side) for side in sides
    ]
    parts = {(phase.activity.set, phase.activity.reps) for phase in holds(section)}
    assert sum(count or 0 for _, count in parts) == row.sets * reps
    assert len(parts) == (reps // 10 if identity == "pelvic-tilt" and reps >= 20 else row.sets)


@pytest.mark.parametrize("identity", ROWS)
def test_name_muscles_and_position_are_the_rows(identity: str) -> None:
    row, exercise = ROWS[identity], LIBRARY.exercise(identity)

    assert exercise.name == row.name
    assert row.targets <= set(exercise.targets)
    assert exercise.position is not None
    position = exercise.position.on(Side.RIGHT)
    assert posture_of(position) is row.posture


@pytest.mark.parametrize("identity", RESTS_BETWEEN_SETS)
def test_a_rest_between_sets_is_at_least_as_long_as_said(identity: str) -> None:
    section = alone(identity)
    rests = [
        before.length / RATE
        for before, after in pairwise(section.phases)
        if before.kind is PhaseKind.REST and before.activity.set != after.activity.set
    ]

    assert len(rests) == ROWS[identity].sets - 1
    assert all(rest >= RESTS_BETWEEN_SETS[identity] for rest in rests)


@pytest.mark.parametrize("identity", ALL)
def test_a_rest_between_reps_is_at_least_as_long_as_said(identity: str) -> None:
    exercise = LIBRARY.exercise(identity)
    rests = [
        phase.length / RATE
        for phase in alone(identity).phases
        if phase.kind in {PhaseKind.REST, PhaseKind.SWITCH} and phase.activity.rep
    ]

    assert all(rest >= (exercise.dose.rest or 0.0) for rest in rests)


@pytest.mark.parametrize(
    ("identity", "doses"),
    [
        ("rotational-stretch", {1: (5, 2), 4: (6, 2), 16: (10, 2), 22: (10, 2), 23: (10, 3), 400: (10, 3)}),
        ("seated-rotation", {1: (10, 3), 8: (10, 4), 15: (10, 5), 400: (10, 5)}),
        ("hamstring-stretch", {1: (20, 1), 4: (22, 1), 13: (28, 1), 16: (30, 1), 400: (30, 1)}),
        ("knee-to-chest", {1: (5, 2), 7: (5, 2), 8: (5, 3), 400: (5, 3)}),
    ],
)
def test_a_range_grows_with_the_days_first_its_hold_then_its_reps(
    identity: str, doses: dict[int, tuple[int, int]]
) -> None:
    for day, dose in doses.items():
        done = holds(alone(identity, Choices(day=day)))
        assert {(phase.length / RATE, phase.activity.reps) for phase in done} == {dose}


def test_the_pelvic_tilt_grows_by_one_rep_a_day_up_to_thirty() -> None:
    reps = {
        day: len(holds(alone("pelvic-tilt", Choices(day=day)))) // 2 for day in (1, 2, 3, 25, 26, 27, 400)
    }

    assert reps == {1: 5, 2: 6, 3: 7, 25: 29, 26: 30, 27: 30, 400: 30}


@pytest.mark.parametrize(("level", "reps"), [(None, 3), (0.0, 3), (1.0, 5)])
def test_the_cat_rounds_sinks_and_comes_back_in_its_own_time(level: float | None, reps: int) -> None:
    section = alone("cat-stretch", Choices(level=level))
    moves = [phase for phase in section.phases if phase.kind is PhaseKind.MOVE]
    known = [phase for phase in moves if phase.activity.rep != 1]

    assert seconds(known) == [4, 4, 3] * (reps - 1)
    assert len(moves) == 3 * reps
    assert all(phase.length / RATE >= least for phase, least in zip(moves, (4, 4, 3), strict=False))


@pytest.mark.parametrize(
    ("identity", "role", "least", "most"),
    [
        ("warm-up", Role.WARM_UP, 120, 180),
        ("cool-down", Role.COOL_DOWN, 120, 180),
        ("seated-warm-up", Role.WARM_UP, 60, 60),
        ("seated-cool-down", Role.COOL_DOWN, 45, 45),
    ],
)
def test_warm_up_and_cool_down_last_as_long_as_they_should(
    identity: str, role: Role, least: float, most: float
) -> None:
    moves = [phase for phase in alone(identity).phases if phase.kind is PhaseKind.MOVE]

    assert LIBRARY.exercise(identity).role is role
    assert least <= sum(seconds(moves)) <= most


# --- how they are taught ---------------------------------------------------------------------------------

CAUTIONS = {
    "superman": "bending backwards",
    "partial-curl": "weak bones",
    "hamstring-stretch": "weak bones",
    "rotational-stretch": "weak bones",
    "seated-rotation": "weak bones",
    "piriformis-stretch": "replaced hip",
    "knee-to-chest": "replaced hip",
    "bridge": "back does the work",
    "psoas-stretch": "hold on",
}
EASIER = {
    "superman": "one arm and the opposite leg",
    "psoas-stretch": "standing",
    "cat-stretch": "hands on a chair",
    "bridge": "half the height",
}


@pytest.mark.parametrize("identity", CAUTIONS)
def test_a_caution_is_heard_once_before_anybody_moves(identity: str) -> None:
    exercise, section = LIBRARY.exercise(identity), alone(identity)
    sentences, heard = spoken(exercise.caution), said(section)

    assert exercise.caution is not None
    assert CAUTIONS[identity] in exercise.caution.text.lower()
    assert all(heard.count(sentence) == 1 for sentence in sentences)
    before = heard[1 : heard.index(sentences[0])]
    assert set(before) <= {*spoken(exercise.prepare), *offered(exercise)}


@pytest.mark.parametrize("identity", ALL)
def test_a_caution_has_at_most_twelve_words(identity: str) -> None:
    caution = LIBRARY.exercise(identity).caution

    assert len(caution.text.split() if caution else []) <= 12


def offered(exercise: Exercise) -> list[str]:
    """The easier way, as the coach offers it."""
    first, *others = spoken(exercise.easier.say if exercise.easier else None) or [""]
    return [phrases.offer(first), *others] if first else []


@pytest.mark.parametrize("identity", EASIER)
def test_what_is_hard_for_some_has_an_easier_way(identity: str) -> None:
    easier = LIBRARY.exercise(identity).easier

    assert easier is not None
    assert easier.say
    assert EASIER[identity] in easier.say.text.lower()


@pytest.mark.parametrize("identity", ROWS)
def test_where_it_is_felt_and_a_fault_are_each_heard_once(identity: str) -> None:
    exercise, heard = LIBRARY.exercise(identity), said(alone(identity))

    for words in (exercise.feel, exercise.fault):
        assert words is not None
        assert all(heard.count(sentence) == 1 for sentence in spoken(words))


@pytest.mark.parametrize("identity", ROWS)
def test_an_easier_way_is_offered_by_the_second_rep_to_both_sides_alike(identity: str) -> None:
    exercise, section = LIBRARY.exercise(identity), alone(identity)
    at = [
        next(phase.activity for phase in section.phases if phase.start <= cue.start < phase.end)
        for cue in section.cues
        if cue.content == offered(exercise)[0]
    ]

    assert at
    assert all((activity.rep or 0) <= 2 for activity in at)
    sides = [activity.side for activity in at]
    assert sides == (["right", "left"] if exercise.dose.sides is Sides.EACH and at[0].rep else sides[:1])


@pytest.mark.parametrize("identity", ALL)
def test_sentences_are_short_and_plain(identity: str) -> None:
    exercise = LIBRARY.exercise(identity)
    sentences = [sentence for words in written(exercise) for sentence in spoken(words)]

    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []
    jargon = (
        "gluteal",
        "transvers",
        "lumbar",
        "supine",
        "prone",
        "abduct",
        "piriform",
        "extensor",
        "flexion",
    )
    assert [sentence for sentence in sentences if any(word in sentence.lower() for word in jargon)] == []


def taught(exercise: Exercise) -> str:
    """The last sentence of the full instruction for the first hold."""
    first = next((move for move in exercise.moves if move.hold), None)
    return spoken(first.say if first and first.say else exercise.setup)[-1]


def is_rhythm(identity: str) -> bool:
    return ROWS[identity].hold[0] < 4


@pytest.mark.parametrize("identity", [one for one in ROWS if not is_rhythm(one)])
def test_a_hold_begins_three_seconds_and_more_after_its_last_word_on_both_sides_alike(identity: str) -> None:
    section = alone(identity)
    words = [cue for cue in section.cues if cue.kind is CueKind.SPEECH]
    waits = {
        (hold.activity.rep, hold.activity.side): (hold.start - end) / RATE
        for hold in reversed(holds(section))
        for end in [max(cue.end for cue in words if cue.end <= hold.start)]
    }
    end = next(cue.end for cue in section.cues if cue.content == taught(LIBRARY.exercise(identity)))

    assert holds(section)[0].start - end >= 3 * RATE
    for (rep, side), wait in waits.items():
        assert rep != 1 or wait >= 3
        assert side is None or wait == pytest.approx(waits[rep, "right"], abs=0.01)


@pytest.mark.parametrize("session", SESSIONS)
def test_in_a_session_nobody_is_hurried_into_a_hold_either(session: str) -> None:
    for section in of_session(session).sections:
        if section.exercise_id in ROWS:
            wanted = taught(LIBRARY.exercise(section.exercise_id))
            ends = [cue.end for cue in section.cues if cue.content == wanted]
            assert ends, f"{wanted} is not said"
            assert holds(section)[0].start - ends[0] >= 3 * RATE
