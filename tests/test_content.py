"""What the bundled exercises teach, row by row of their table, on the timeline."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from player.session import Choices, Role, Side, Sides
from player.timeline import PhaseKind
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
    assert {(phase.activity.sets, phase.activity.reps) for phase in holds(section)} == {(row.sets, reps)}


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
    sentences = spoken(exercise.caution)

    assert exercise.caution is not None
    assert CAUTIONS[identity] in exercise.caution.text.lower()
    assert said(section)[1 : 1 + len(sentences)] == sentences
    assert all(said(section).count(sentence) == 1 for sentence in sentences)


@pytest.mark.parametrize("identity", ALL)
def test_a_caution_has_at_most_twelve_words(identity: str) -> None:
    caution = LIBRARY.exercise(identity).caution

    assert len(caution.text.split() if caution else []) <= 12


@pytest.mark.parametrize("identity", EASIER)
def test_what_is_hard_for_some_has_an_easier_way(identity: str) -> None:
    easier = LIBRARY.exercise(identity).easier

    assert easier is not None
    assert easier.say
    assert EASIER[identity] in easier.say.text.lower()


@pytest.mark.parametrize("identity", ROWS)
def test_where_it_is_felt_a_fault_and_an_easier_way_are_each_heard_once(identity: str) -> None:
    exercise, heard = LIBRARY.exercise(identity), said(alone(identity))

    for words in (exercise.feel, exercise.fault, exercise.easier.say if exercise.easier else None):
        assert words is not None
        assert all(heard.count(sentence) == 1 for sentence in spoken(words))


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


@pytest.mark.parametrize("identity", ROWS)
def test_there_is_time_between_the_instruction_and_its_hold(identity: str) -> None:
    section = alone(identity)
    end = next(cue.end for cue in section.cues if cue.content == taught(LIBRARY.exercise(identity)))

    assert holds(section)[0].start - end >= 8 * RATE


@pytest.mark.parametrize("session", SESSIONS)
def test_in_a_session_too_there_is_time_more_of_it_after_a_change_of_position(session: str) -> None:
    place = None
    for section in of_session(session).sections:
        before, place = place, posture_of(section.phases[0].activity.position or "")
        if section.exercise_id not in ROWS:
            continue
        moved = place is not before
        wanted = taught(LIBRARY.exercise(section.exercise_id))
        ends = [cue.end for cue in section.cues if cue.content == wanted]
        assert ends, f"{wanted} is not said"
        assert holds(section)[0].start - ends[0] >= (8 if moved else 4) * RATE
