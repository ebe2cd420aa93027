"""What each bundled exercise does for the listener, who leaves it out, and what is easier and harder."""

from __future__ import annotations

import pytest
from player.layout.positions import position_of
from player.session import Avoid, Kind, Side
from player.wording import ENGLISH
from player.wording.posture import Surface

from tests.content import LIBRARY

STRENGTH = {"partial-curl", "bridge", "side-leg-raise", "superman", "sit-to-stand"}
ACTIVATION = {"draw-in", "pelvic-tilt", "glute-squeeze"}
MOBILITY = {"marching", "seated-cat"}
HIP = {
    *("piriformis-stretch", "knee-to-chest", "knee-hug", "hamstring-stretch", "psoas-stretch"),
    *("rotational-stretch", "seated-rotation", "seated-hamstring-stretch"),
}
BONES = {
    *(
        "partial-curl",
        "hamstring-stretch",
        "rotational-stretch",
        "seated-rotation",
        "knee-to-chest",
        "knee-hug",
    ),
    "seated-hamstring-stretch",
}
AROUND = {"warm-up", "cool-down", "seated-warm-up", "seated-cool-down"}
ALL = sorted(LIBRARY.exercises)


def those(reason: Avoid) -> set[str]:
    return {one for one in ALL if reason in LIBRARY.exercise(one).avoid_if}


def test_each_exercise_has_its_kind() -> None:
    kinds = {one: LIBRARY.exercise(one).kind for one in ALL}

    assert {one for one, kind in kinds.items() if kind is Kind.STRENGTH} == STRENGTH
    assert {one for one, kind in kinds.items() if kind is Kind.ACTIVATION} == ACTIVATION
    assert {one for one, kind in kinds.items() if kind is Kind.MOBILITY} == MOBILITY
    assert {one for one, kind in kinds.items() if kind is None} == AROUND


def test_each_exercise_says_who_leaves_it_out() -> None:
    assert those(Avoid.HIP) == HIP
    assert those(Avoid.BONES) == BONES
    assert those(Avoid.PREGNANT) == {"superman", "partial-curl"}
    assert those(Avoid.OPERATED) == STRENGTH
    assert those(Avoid.KNEELING) == {"cat-stretch", "psoas-stretch"}
    assert those(Avoid.BALANCE) == set()  # who stands on one leg here holds on to something


@pytest.mark.parametrize("identity", ALL)
def test_whoever_cannot_get_down_is_kept_from_the_floor(identity: str) -> None:
    exercise = LIBRARY.exercise(identity)
    assert exercise.position
    position = position_of(exercise.position.on(Side.RIGHT), ENGLISH)
    assert position

    assert (Avoid.FLOOR in exercise.avoid_if) == (
        position.posture.is_low and position.surface is Surface.FLOOR
    )


@pytest.mark.parametrize("identity", ALL)
def test_what_is_easier_or_harder_exists_and_is_not_itself(identity: str) -> None:
    exercise = LIBRARY.exercise(identity)
    rungs = [exercise.harder, exercise.easier.exercise if exercise.easier else None]

    for rung in filter(None, rungs):
        assert rung != identity
        assert LIBRARY.exercise(rung).id == rung


def test_a_chair_session_needs_no_floor() -> None:
    for name in ("on-a-chair", "desk-break", "tabata-gentle", "breathing-breaks"):
        steps = LIBRARY.load(name).session.steps
        used = [getattr(step, "exercise", None) for step in steps]
        assert not [one for one in used if one and Avoid.FLOOR in one.avoid_if]
