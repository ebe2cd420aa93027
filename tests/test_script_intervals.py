"""Work and rest in turn: of one exercise, and of several in a step of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from player.session import Dose, ExerciseStep, IntervalsStep, Move, Range, Words

from tests.scripting import exercise, exercise_mistakes, mistakes, session

if TYPE_CHECKING:
    from player.session import Exercise

HEAD = "title: T\nsteps:\n"
NO_SIDES = "and intervals have none; write it in place, once for each side"
CAT = "{exercise: cat-stretch, work: 20s, rest: 10s, rounds: 8}"


def times(amount: int) -> tuple[Range[int]]:
    return (Range(amount, amount),)


def step(intervals: str) -> IntervalsStep:
    (one,) = session(f"{HEAD}  - intervals: {intervals}").steps
    assert isinstance(one, IntervalsStep)
    return one


def changed(text: str) -> Exercise:
    (one,) = session(f"{HEAD}  - {text}").steps
    assert isinstance(one, ExerciseStep)
    return one.exercise


def test_work_is_one_movement_of_its_length_and_rounds_are_its_reps() -> None:
    one = exercise("{name: March, say: March on the spot., work: 20s, rest: 10s, rounds: 8}")
    (move,) = one.moves

    assert (move.hold, move.move) == (None, Range(20, 20))
    assert one.dose == Dose(reps=times(8), rest=10, intervals=True)


def test_a_session_makes_intervals_of_an_exercise_with_one_movement() -> None:
    one = changed(CAT)

    assert one.dose == Dose(reps=times(8), rest=10, intervals=True)
    assert [move.move for move in one.moves] == [Range(20, 20)]


def test_intervals_end_the_growing_of_reps() -> None:
    assert changed("{exercise: bridge, work: 20s, rest: 10s, rounds: 8}").progress is None


def test_a_session_gives_an_exercise_in_intervals_its_own_numbers() -> None:
    assert changed("{exercise: march, rounds: 4}").dose == Dose(reps=times(4), rest=10, intervals=True)
    assert changed("{exercise: march, work: 30s, rest: 15s}").dose == Dose(
        reps=times(8), rest=15, intervals=True
    )
    assert changed("{exercise: march, work: 30s}").moves[0].move == Range(30, 30)


def test_a_step_takes_its_exercises_in_turn() -> None:
    read = step("{work: 20s, rest: 10s, rounds: 5, exercises: [bridge, {name: Star, say: Jump.}]}")
    bridge, star = read.exercises

    assert (read.work, read.rest, read.rounds, read.until_done) == (20, 10, 5, False)
    assert bridge.id == "bridge"
    assert [move.say.text for move in bridge.moves if move.say] == ["Lift."]
    assert star.id == "s#star"
    assert star.moves == (Move(Words("Jump.", star.moves[0].say.source), None, move=Range(20, 20)),)  # type: ignore[union-attr]
    assert [one.moves[0].move for one in read.exercises] == [Range(20, 20)] * 2


def test_each_exercise_of_a_step_has_its_own_share_of_the_rounds() -> None:
    read = step("{work: 20s, rest: 10s, rounds: 5, exercises: [bridge, cat-stretch]}")

    assert [one.dose for one in read.exercises] == [
        Dose(reps=times(3), rest=10, intervals=True),
        Dose(reps=times(2), rest=10, intervals=True),
    ]
    assert [one.progress for one in read.exercises] == [None, None]


def test_a_step_may_wait_at_its_end() -> None:
    text = "  - intervals: {work: 20s, rest: 10s, rounds: 5, exercises: [bridge]}\n    until: done"
    (read,) = session(HEAD + text).steps

    assert isinstance(read, IntervalsStep)
    assert read.until_done


def test_left_and_right_in_turn_are_in_balance_if_the_rounds_are() -> None:
    turns = "exercises: [{name: Left plank, say: Lift.}, {name: Right plank, say: Lift.}]}"

    assert step(f"{{work: 20s, rest: 10s, rounds: 8, {turns}").rounds == 8
    assert mistakes(f"{HEAD}  - intervals: {{work: 20s, rest: 10s, rounds: 7, {turns}") == [
        "s.yaml:3:5: 'Right plank' and 'Left plank' differ in dose; give both sides the same"
    ]


def test_intervals_count_for_the_length_and_the_cues_of_a_session() -> None:
    half_an_hour = "  - intervals: {work: 5 min, rest: 5 min, rounds: 4, exercises: [bridge]}\n"

    assert mistakes(HEAD + half_an_hour * 6) == [
        "s.yaml:8:5: the session takes more than 3 hours; shorten its doses or split it"
    ]


OF_EXERCISES = [
    ("work: 20s", ["'work' makes no sense without 'rounds'; write for example 'rounds: 8'"], 11),
    (
        "hold: 5s, rounds: 8",
        ["'rounds' makes no sense without 'work'; write for example 'work: 20s'"],
        21,
    ),
    (
        "work: 20s, rounds: 8, reps: 5, sets: 2",
        [
            "'reps' has no place beside 'work'; write 'rounds: 8'",
            "'sets' has no place beside 'work'; write 'rounds: 8'",
        ],
        33,
    ),
    (
        "work: 20s, rounds: 8, rest_between_sets: 5s",
        ["'rest_between_sets' has no place beside 'work'; write 'rest: 10s'"],
        33,
    ),
    (
        "work: 20s, rounds: 8, sides: each",
        ["'sides' has no place beside 'work'; write an 'intervals' step with one exercise for each side"],
        33,
    ),
    ("work: 20s, rounds: 8, hold: 5s", ["'hold' and 'work' exclude each other; keep one"], 11),
    (
        "work: 20s, rounds: 8, into: 2s",
        ["'into' makes no sense without 'hold'; write for example 'hold: 5s'"],
        33,
    ),
    ("work: 0, rounds: 8", ["a time of work cannot be 0; write for example 'work: 20s'"], 17),
    ("work: 20s, rounds: 0", ["'0' is too little; the minimum is 1"], 30),
    (
        "work: 20s, rounds: 8, progress: {sets: +1, every: 1 day, up_to: 5}",
        ["'sets' cannot grow if there are rounds; write 'reps', which are the rounds"],
        43,
    ),
]


@pytest.mark.parametrize(("keys", "expected", "column"), OF_EXERCISES)
def test_mistakes_of_exercises_in_intervals(keys: str, expected: list[str], column: int) -> None:
    found = exercise_mistakes(f"{{name: N, {keys}}}")

    assert [line.partition(": ")[2] for line in found] == expected
    assert found[0].startswith(f"e.yaml:1:{column}: ")


OF_STEPS = [
    (
        "exercise: bridge\n    work: 20s",
        "4:11: 'work' makes no sense without 'rounds'; write for example 'rounds: 8'",
    ),
    (
        "exercise: bridge\n    rounds: 8",
        "4:13: 'rounds' makes no sense without 'work'; write for example 'work: 20s'",
    ),
    (
        "exercise: march\n    reps: 8",
        "4:11: 'reps' has no place here: 'march' works in rounds; write 'rounds: 8'",
    ),
    (
        "exercise: march\n    hold: 8s",
        "4:11: 'hold' changes nothing, because no move of 'march' holds; delete it",
    ),
    (
        "exercise: pelvic-tilt\n    work: 20s\n    rounds: 8",
        "4:11: 'pelvic-tilt' has several movements, and intervals one; write it in place",
    ),
    (
        "exercise: rotational-stretch\n    work: 20s\n    rounds: 8",
        f"4:11: 'rotational-stretch' has sides, {NO_SIDES}",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 8}",
        "3:16: 'exercises' is missing; write for example 'exercises: [bridge, superman]'",
    ),
    (
        "intervals: {work: 20s, rounds: 8, exercises: [bridge]}",
        "3:16: 'rest' is missing; write for example 'rest: 10s'",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 1, exercises: [bridge, cat-stretch]}",
        "3:47: 'rounds: 1' reaches only 1 of the 2 exercises; write 'rounds: 2' or more",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [brige]}",
        "3:62: unknown exercise 'brige'; did you mean 'bridge'?",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [rotational-stretch]}",
        f"3:62: 'rotational-stretch' has sides, {NO_SIDES}",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [pelvic-tilt]}",
        "3:62: 'pelvic-tilt' has several movements, and intervals one; write it in place",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [{name: N, hold: 5s}]}",
        "3:72: 'hold' has no place here; in intervals, 'work' says how long; delete it",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [{name: N, sides: each}]}",
        "3:72: 'sides' has no place here; write the exercise twice, once for each side",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [{name: N, say: To the <side>.}]}",
        "3:77: '<side>' means nothing without sides; write 'sides: each', or name the side itself",
    ),
    (
        "intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [{say: Jump.}]}",
        "3:62: 'name' is missing; write for example 'name: Pelvic tilt'",
    ),
    (
        "intervals: bridge",
        (
            "3:16: expected intervals with its keys; write for example "
            "'intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [bridge, superman]}'"
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), OF_STEPS)
def test_mistakes_of_steps_with_intervals(text: str, expected: str) -> None:
    assert mistakes(f"{HEAD}  - {text}") == [f"s.yaml:{expected}"]
