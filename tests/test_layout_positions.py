"""The listener's positions, and how they get from one to another."""

from __future__ import annotations

import pytest
from player.layout.positions import Position, change
from player.session import Coaching
from player.wording import ENGLISH
from player.wording.en.positions import DOWN_BRIEF, DOWN_FULL, UP_BRIEF, UP_FULL, get_into, posture_of
from player.wording.posture import Posture


def at(text: str) -> Position:
    return Position(text, posture_of(text))


def way(before: str | None, after: str, coaching: Coaching = Coaching.FULL) -> tuple[tuple[str, ...], float]:
    found = change(at(before) if before else None, at(after), coaching, ENGLISH)
    return found.words, found.pause


@pytest.mark.parametrize(
    ("text", "posture", "instruction"),
    [
        ("on your back", Posture.BACK, "Lie on your back."),
        ("lying on your back, knees bent", Posture.BACK, "Lie on your back, knees bent."),
        ("Lying, face up", Posture.BACK, "Lie, face up."),
        ("supine", Posture.BACK, "Supine."),
        ("face down", Posture.FRONT, "Lie face down."),
        ("lying on your front", Posture.FRONT, "Lie on your front."),
        ("prone on the mat", Posture.FRONT, "Prone on the mat."),
        ("on your left side", Posture.SIDE, "Roll onto your left side."),
        ("lying on your side", Posture.SIDE, "Roll onto your side."),
        ("side-lying", Posture.SIDE, "Side-lying."),
        ("lying prone", Posture.FRONT, "Lie prone."),
        ("lying on your stomach", Posture.FRONT, "Lie on your stomach."),
        ("lying supine", Posture.BACK, "Lie supine."),
        ("hands and knees", Posture.HANDS_AND_KNEES, "Come onto hands and knees."),
        ("on all fours", Posture.HANDS_AND_KNEES, "Come onto all fours."),
        ("kneeling on your right knee", Posture.KNEELING, "Kneel on your right knee."),
        ("standing", Posture.STANDING, "Stand."),
        ("Standing, a hand on a chair", Posture.STANDING, "Stand, a hand on a chair."),
        ("sitting upright", Posture.SEATED, "Sit upright."),
        ("on a chair", Posture.SEATED, "Sit on a chair."),
        ("on the moon", Posture.ELSEWHERE, "On the moon."),
    ],
)
def test_a_position_is_recognised_and_becomes_an_instruction(
    text: str, posture: Posture, instruction: str
) -> None:
    assert (posture_of(text), get_into(text)) == (posture, instruction)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("on your back", "lying, face up", True),
        ("standing", "standing tall", True),
        ("on your back", "face down", False),
        ("on your left side", "on your left side", True),
        ("on your left side", "on your right side", False),
        ("kneeling", "kneeling on one knee", False),
        ("on the moon", "on Mars", False),
    ],
)
def test_positions_are_the_same_where_nobody_has_to_move(before: str, after: str, *, same: bool) -> None:
    assert at(after).same_as(at(before)) is same


def test_nobody_is_where_they_have_to_be_before_a_first_position_is_known() -> None:
    assert not at("standing").same_as(None)


@pytest.mark.parametrize("before", [None, "standing", "on a chair", "on the moon"])
def test_the_way_to_the_floor_takes_twenty_seconds_and_is_shown_step_by_step(before: str | None) -> None:
    hands, lie = "Hands on the floor.", "From there, sink onto your side, and lie down."

    assert way(before, "on your back") == (
        (*DOWN_FULL, hands, lie, "Lie on your back.", "Take your time."), 20.0,
    )  # fmt: skip
    assert way(before, "hands and knees") == (
        (*DOWN_FULL, hands, "Come onto hands and knees.", "Take your time."), 20.0,
    )  # fmt: skip
    assert way(before, "kneeling") == ((*DOWN_FULL, "Kneel.", "Take your time."), 20.0)
    assert way(before, "on your back", Coaching.BRIEF) == (
        (*DOWN_BRIEF, "Lie on your back.", "Take your time."), 20.0,
    )  # fmt: skip


@pytest.mark.parametrize("before", ["on your back", "face down", "kneeling", "hands and knees"])
def test_the_way_up_takes_twenty_seconds_and_ends_on_the_feet(before: str) -> None:
    assert way(before, "standing") == ((*UP_FULL, "Take your time."), 20.0)
    assert way(before, "on a chair") == ((*UP_FULL, "Sit on a chair.", "Take your time."), 20.0)
    assert way(before, "standing", Coaching.BRIEF) == ((*UP_BRIEF, "Take your time."), 20.0)


def test_turning_from_side_to_side_takes_twelve_seconds() -> None:
    assert way("on your left side", "on your right side") == (
        ("Roll onto your right side.", "Take your time."), 12.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("on your back", "face down", "Roll over and lie face down."),
        ("on your back", "on your left side", "Roll onto your left side."),
        ("on your left side", "on your back", "Roll over and lie on your back."),
        ("on your back", "kneeling", "Kneel."),
        ("kneeling", "on your back", "Lie on your back."),
        ("standing", "on a chair", "Sit on a chair."),
        (None, "standing", "Stand."),
    ],
)
def test_every_other_change_is_one_sentence_and_six_seconds(
    before: str | None, after: str, words: str
) -> None:
    assert way(before, after) == ((words,), 6.0)
