"""How a dose grows with the days of practice, without a rule of its own, and with the level."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.layout.dose import prescribe, sets_grow
from player.session import Choices, Dose, Exercise, Growing, Kind, Move, Progress, Range

from tests.sessions import exercise, words


def holding(
    low: float, high: float, reps: tuple[int, int] = (1, 1), progress: Progress | None = None
) -> Exercise:
    move = Move(words("Lean."), words("Lean."), hold=Range(low, high))
    return exercise(move, dose=Dose(reps=(Range(*reps),)), progress=progress)


def strong(sets: tuple[int, int] = (2, 3), reps: tuple[int, int] = (10, 10)) -> Exercise:
    move = Move(words("Lift."), words("Lift."), hold=Range(2.0, 2.0))
    return exercise(move, dose=Dose(sets=Range(*sets), reps=(Range(*reps),)), kind=Kind.STRENGTH)


def on(day: int, what: Exercise, turn: tuple[int, int] = (0, 1)) -> tuple[tuple[int, ...], float | None]:
    """The reps of each set, and the hold, on a day."""
    found = prescribe(what, Choices(day=day), turn)
    return found.reps, found.holds[0]


# --- a hold, then its reps -------------------------------------------------------------------------------


def test_a_hold_grows_by_a_second_every_third_day_to_its_high_end() -> None:
    stretch = holding(5, 10)

    found = [on(day, stretch)[1] for day in (1, 3, 4, 6, 7, 15, 16, 400)]
    assert found == [5, 5, 6, 6, 7, 9, 10, 10]


def test_from_twenty_seconds_on_it_grows_by_two() -> None:
    assert [on(day, holding(20, 30))[1] for day in (1, 4, 7, 13, 16, 400)] == [20, 22, 24, 28, 30, 30]
    assert [on(day, holding(18, 25))[1] for day in (1, 4, 7, 10, 13, 16)] == [18, 19, 20, 22, 24, 25]


def test_reps_grow_by_one_every_seventh_day_once_the_hold_is_grown() -> None:
    stretch = holding(5, 10, reps=(2, 4))

    assert [on(day, stretch)[0] for day in (16, 22, 23, 29, 30, 400)] == [(2,), (2,), (3,), (3,), (4,), (4,)]
    assert [on(day, holding(5, 5, reps=(2, 3)))[0] for day in (1, 7, 8, 400)] == [(2,), (2,), (3,), (3,)]


@given(st.integers(3, 60), st.integers(0, 60), st.integers(1, 9), st.integers(0, 9), st.integers(1, 400))
def test_no_dose_shrinks_from_day_to_day_or_leaves_its_range(
    low: int, more: int, reps: int, added: int, day: int
) -> None:
    stretch = holding(low, low + more, reps=(reps, reps + added))
    (before, hold), (after, longer) = (on(one, stretch) for one in (day, day + 1))

    assert low <= (hold or 0) <= (longer or 0) <= low + more
    assert reps <= before[0] <= after[0] <= reps + added
    assert longer == int(longer or 0)


# --- strength --------------------------------------------------------------------------------------------


def test_strength_gets_a_set_after_four_days() -> None:
    assert [len(on(day, strong())[0]) for day in (1, 4, 5, 400)] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    ("day", "sets"),
    [
        (4, (1, 1, 1)),
        (5, (2, 1, 1)),
        (9, (2, 2, 1)),
        (13, (2, 2, 2)),
        (17, (3, 2, 2)),
        (21, (3, 3, 2)),
        (25, (3, 3, 3)),
        (400, (3, 3, 3)),
    ],
)
def test_every_four_days_another_exercise_of_a_session_has_its_turn(
    day: int, sets: tuple[int, int, int]
) -> None:
    assert tuple(len(on(day, strong((1, 3)), (turn, 3))[0]) for turn in range(3)) == sets


def test_where_the_sets_stay_the_reps_take_their_turn() -> None:
    assert [on(day, strong((1, 1), (5, 7)))[0] for day in (4, 5, 9, 400)] == [(5,), (6,), (7,), (7,)]


def test_while_the_sets_grow_the_reps_wait_at_their_low_end() -> None:
    assert on(5, strong((2, 3), (8, 12)))[0] == (8, 8, 8)


def test_only_strength_without_a_rule_of_its_own_takes_turns() -> None:
    rule = Progress(Growing.REPS, 1, 1, 30)

    assert sets_grow(strong())
    assert not sets_grow(strong((3, 3)))
    assert not sets_grow(replace(strong(), progress=rule))
    assert not sets_grow(replace(strong(), kind=Kind.STRETCH))


# --- tens, and levels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "reps", "tens"),
    [(15, (19,), False), (16, (10, 10), True), (20, (10, 10, 4), True), (26, (10, 10, 10), True)],
)
def test_a_set_that_has_grown_to_twenty_is_done_in_tens(
    day: int, reps: tuple[int, ...], *, tens: bool
) -> None:
    tilt = holding(5, 5, reps=(5, 5), progress=Progress(Growing.REPS, 1, 1, 30))
    found = prescribe(tilt, Choices(day=day))

    assert (found.reps, found.in_tens) == (reps, tens)


def test_an_authors_own_twenty_reps_stay_one_set() -> None:
    assert on(1, holding(5, 5, reps=(25, 25)))[0] == (25,)


@pytest.mark.parametrize(("level", "hold", "reps"), [(0.0, 5, 2), (0.5, 8, 3), (1.0, 10, 3)])
def test_a_level_is_a_place_within_each_range_in_whole_seconds(level: float, hold: float, reps: int) -> None:
    found = prescribe(holding(5, 10, reps=(2, 3)), Choices(level=level))

    assert (found.holds, found.reps) == ((hold,), (reps,))


def test_only_an_authors_own_half_seconds_stay() -> None:
    assert prescribe(holding(2.5, 2.5), Choices()).holds == (2.5,)
    assert prescribe(holding(2.5, 4.5), Choices(level=0.5)).holds == (3.5,)


def test_a_level_counts_more_than_the_day() -> None:
    assert prescribe(holding(5, 10), Choices(level=0.0, day=100)).holds == (5,)
