"""What the bundled exercises and sessions teach: row by row, on the timeline that is heard."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from player.layout.positions import Place, Position
from player.session import Choices, Coaching, Role, Safety, Sides
from player.timeline import CueKind, PhaseKind

from tests.content import LIBRARY, RATE, alone, holds, of_session, said, seconds, spoken, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.session import Exercise
    from player.timeline import Section

ALL = sorted(LIBRARY.exercises)
SESSIONS = sorted(LIBRARY.scripts)


@dataclass(frozen=True)
class Row:
    """One row of the catalogue: at the starting dose, and where the growing ends."""

    name: str
    targets: set[str]
    place: Place
    hold: tuple[float, float]
    reps: tuple[int, int]
    sets: int = 1
    sides: Sides = Sides.NONE
    holds_a_rep: int = 1


ROWS = {
    "rotational-stretch": Row(
        "Lower-back rotational stretch",
        {"lower back", "core"},
        Place.BACK,
        (5, 10),
        (2, 3),
        sides=Sides.ALTERNATING,
    ),
    "knee-to-chest": Row(
        "Knee to chest", {"lower back", "gluteals"}, Place.BACK, (5, 5), (2, 3), sides=Sides.ALTERNATING
    ),
    "draw-in": Row("Draw-in manoeuvre", {"transversus abdominis"}, Place.BACK, (5, 5), (5, 5)),
    "pelvic-tilt": Row(
        "Pelvic tilt", {"lower back", "abdominals"}, Place.BACK, (5, 5), (5, 30), holds_a_rep=2
    ),
    "side-leg-raise": Row(
        "Lying side leg raise",
        {"hip abductors", "core", "lower back"},
        Place.SIDE,
        (2, 2),
        (10, 10),
        sets=3,
        sides=Sides.EACH,
    ),
    "superman": Row("Superman", {"spinal extensors"}, Place.FRONT, (2, 2), (5, 10)),
    "seated-rotation": Row(
        "Seated rotational stretch",
        {"core", "lower back"},
        Place.SEATED,
        (10, 10),
        (3, 5),
        sides=Sides.ALTERNATING,
    ),
    "partial-curl": Row("Partial curl", {"abdominals"}, Place.BACK, (5, 5), (10, 10), sets=3),
    "bridge": Row("Bridge", {"gluteals", "lower back", "hips"}, Place.BACK, (2, 2), (15, 15), sets=3),
    "glute-squeeze": Row("Gluteus stretch", {"gluteals"}, Place.SEATED, (5, 5), (10, 10)),
    "hamstring-stretch": Row(
        "Hamstring stretch", {"hamstrings"}, Place.STANDING, (20, 30), (1, 1), sides=Sides.EACH
    ),
    "piriformis-stretch": Row(
        "Piriformis stretch", {"piriformis"}, Place.BACK, (20, 30), (1, 1), sides=Sides.EACH
    ),
    "psoas-stretch": Row(
        "Psoas stretch", {"psoas major"}, Place.KNEELING, (30, 30), (1, 1), sides=Sides.EACH
    ),
}
MOVING = {"cat-stretch", "warm-up", "cool-down", "seated-warm-up", "seated-cool-down"}
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
    assert set(ALL) == {*ROWS, *MOVING}


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
    position = exercise.position.text.replace("<other side>", "left").replace("<side>", "right")
    assert Position(position).place is row.place


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
    assert EASIER[identity] in easier.text.lower()


@pytest.mark.parametrize("identity", ROWS)
def test_where_it_is_felt_a_fault_and_an_easier_way_are_each_heard_once(identity: str) -> None:
    exercise, heard = LIBRARY.exercise(identity), said(alone(identity))

    for words in (exercise.feel, exercise.fault, exercise.easier):
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
        before, place = place, Position(section.phases[0].activity.position or "").place
        if section.exercise_id not in ROWS:
            continue
        moved = place is not before
        wanted = taught(LIBRARY.exercise(section.exercise_id))
        ends = [cue.end for cue in section.cues if cue.content == wanted]
        assert ends, f"{wanted} is not said"
        assert holds(section)[0].start - ends[0] >= (8 if moved else 4) * RATE


# --- the sessions ----------------------------------------------------------------------------------------

CONTENT = {
    "first-time": (11, ["pelvic-tilt", "knee-to-chest", "rotational-stretch"]),
    "morning-stretch": (11, ["cat-stretch", "pelvic-tilt", "knee-to-chest", "rotational-stretch"]),
    "evening-stretch": (
        14,
        ["hamstring-stretch", "cat-stretch", "knee-to-chest", "rotational-stretch", "piriformis-stretch"],
    ),
    "five-stretches": (
        14,
        ["hamstring-stretch", "glute-squeeze", "psoas-stretch", "rotational-stretch", "piriformis-stretch"],
    ),
    "core-strength": (26, ["draw-in", "partial-curl", "bridge", "side-leg-raise", "superman"]),
    "desk-break": (8, ["seated-rotation", "glute-squeeze", "hamstring-stretch"]),
    "full-back-care": (50, [*sorted({*ROWS, "cat-stretch"})]),
}


def counted(session: str) -> list[str]:
    """The exercises of a session that count in "two of four"."""
    sections = of_session(session).sections
    return [
        section.exercise_id
        for section in sections
        if section.exercise_id and section.phases[0].activity.n is not None
    ]


def test_every_bundled_session_has_its_row() -> None:
    assert set(SESSIONS) == set(CONTENT)


@pytest.mark.parametrize("session", CONTENT)
def test_a_session_has_its_exercises_in_their_order(session: str) -> None:
    done = counted(session)

    expected = CONTENT[session][1]
    assert (sorted(done) if session == "full-back-care" else done) == expected


@pytest.mark.parametrize("session", CONTENT)
def test_a_session_is_about_as_long_as_promised(session: str) -> None:
    minutes = of_session(session).length / RATE / 60

    assert minutes == pytest.approx(CONTENT[session][0], rel=0.15)


def test_core_strength_grows_from_two_sets_to_three() -> None:
    for level, sets, minutes in ((0.0, 2, 26), (1.0, 3, 35)):
        timeline = of_session("core-strength", Choices(level=level))
        found = {
            phase.activity.exercise_id: phase.activity.sets
            for phase in timeline.phases
            if phase.kind is PhaseKind.HOLD
        }
        assert {name: found[name] for name in ("partial-curl", "bridge", "side-leg-raise")} == {
            "partial-curl": sets,
            "bridge": sets,
            "side-leg-raise": sets,
        }
        assert timeline.length / RATE / 60 == pytest.approx(minutes, rel=0.15)


def test_core_strength_ends_with_both_knees_hugged_for_twenty_seconds_on_the_back() -> None:
    timeline = of_session("core-strength")
    last = [phase for phase in timeline.phases if phase.kind is PhaseKind.HOLD][-1]

    assert (last.activity.exercise, last.activity.position, last.length) == (
        "Knee hug",
        "on your back",
        20 * RATE,
    )
    assert "Roll over and lie on your back." in said(timeline)


@pytest.mark.parametrize("session", CONTENT)
def test_no_position_is_taken_twice(session: str) -> None:
    places = [
        Position(section.phases[0].activity.position or "").place
        for section in of_session(session).sections
        if section.exercise_id in ROWS or section.exercise_id == "cat-stretch"
    ]
    stays = [place for place, before in zip(places, [None, *places], strict=False) if place is not before]

    assert len(stays) == len(set(stays))


def test_a_break_at_the_desk_never_goes_to_the_floor() -> None:
    places = {
        Position(phase.activity.position or "").place
        for phase in of_session("desk-break").phases
        if phase.activity.exercise
    }

    assert places == {Place.SEATED, Place.STANDING}
    assert "mat" not in LIBRARY.load("desk-break").session.needs


@pytest.mark.parametrize("coaching", Coaching)
@pytest.mark.parametrize("session", CONTENT)
def test_nothing_is_silent_for_a_minute(session: str, coaching: Coaching) -> None:
    timeline = of_session(session, Choices(coaching=coaching))
    edges = [(0, 0), *((cue.start, cue.end) for cue in timeline.cues), (timeline.length, timeline.length)]

    assert max(after[0] - before[1] for before, after in pairwise(edges)) <= 60 * RATE


@pytest.mark.parametrize("session", CONTENT)
def test_every_sentence_of_a_session_is_short(session: str) -> None:
    heard = said(of_session(session, Choices(safety=Safety.FULL)))

    assert [text for text in heard if len(text.split()) > 20] == []


@pytest.mark.parametrize("session", CONTENT)
def test_everything_fits(session: str) -> None:
    assert [of_session(session, Choices(level=level)).misfits for level in (None, 1.0)] == [(), ()]


@pytest.mark.parametrize("session", CONTENT)
def test_a_session_begins_warm_and_ends_calm_and_says_what_to_gather(session: str) -> None:
    loaded = LIBRARY.load(session)
    sections = [section.exercise_id for section in of_session(session).sections if section.exercise_id]

    assert "warm-up" in sections[0]
    assert "cool-down" in sections[-1]
    assert loaded.session.needs
    assert [warning for warning in loaded.warnings if "music" not in warning.message] == []
    assert any(text.startswith("You will need ") for text in said(of_session(session)))


def test_the_first_time_teaches_every_tone_before_it_is_used() -> None:
    timeline = of_session("first-time")
    tones = [cue for cue in timeline.cues if cue.kind in {CueKind.EARCON, CueKind.SOUND, CueKind.TICK}]
    taught_here = {cue.content: cue.start for cue in tones if cue.kind is CueKind.SOUND}
    used = {cue.content: cue.start for cue in reversed(tones) if cue.kind is not CueKind.SOUND}

    assert set(used) - {"session-ends"} <= set(taught_here)
    assert all(taught_here[name] < used[name] for name in taught_here)
    assert "Ask first if you are pregnant, have weak bones, or have had surgery." in said(timeline)


def test_the_evening_has_music_and_no_ticks() -> None:
    session = LIBRARY.load("evening-stretch").session
    kinds = {cue.kind for cue in of_session("evening-stretch").cues}

    assert (session.music, session.ticks) == ("still-water", False)
    assert CueKind.TICK not in kinds


def test_each_day_has_its_own_point_of_posture() -> None:
    points = LIBRARY.talk("posture").points
    closing = [
        [text for text in said(of_session("desk-break", Choices(day=day))) if text.startswith("For today, ")]
        for day in range(1, 9)
    ]

    assert len(points) == 7
    assert closing == [spoken(points[index % 7])[:1] for index in range(8)]


def last_of(section: Section) -> str:
    return said(section)[-1]


@pytest.mark.parametrize("session", CONTENT)
def test_an_exercise_ends_with_what_comes_next(session: str) -> None:
    sections = [section for section in of_session(session).sections if section.exercise_id]

    for before, after in pairwise(sections):
        if after.exercise_id in ROWS:
            name = LIBRARY.exercise(after.exercise_id).name
            assert last_of(before).startswith(f"Next, {name[0].lower()}{name[1:]}.")
