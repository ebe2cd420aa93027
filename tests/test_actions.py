"""What a sentence asks a listener to do, and how long that takes."""

from __future__ import annotations

import pytest
from player.wording.en.actions import actions, holds_up, seconds_for, things_in


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Bend your knees, feet flat.", ("Bend your knees",)),
        (
            "Bend your knees, and rest your arms by your sides.",
            ("Bend your knees", "and rest your arms by your sides."),
        ),
        (
            "Lie on your back, bend your knees, and cross your arms on your chest.",
            ("Lie on your back", "bend your knees", "and cross your arms on your chest."),
        ),
        ("Now gently lift your head.", ("Now gently lift your head.",)),
        ("When you are ready, lift your head.", ("lift your head.",)),
        (
            "Slide your feet apart until they touch the mat.",
            ("Slide your feet apart until they touch the mat.",),
        ),
    ],
)
def test_each_clause_that_begins_with_a_verb_of_action_is_one(sentence: str, found: tuple[str, ...]) -> None:
    assert actions(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Fold the towel, and lay it on the mat.",
        "Put a hand on your right buttock, and tighten it.",
        "Press your hands together, and hold.",
    ],
)
def test_two_short_ones_about_the_same_thing_or_limb_are_one(sentence: str) -> None:
    assert len(actions(sentence)) == 1


def test_a_clause_without_a_verb_goes_on_with_the_last_one_if_it_moves_a_thing_too() -> None:
    assert actions("Put the folded towel under that knee, and the chair beside you.") == (
        "Put the folded towel under that knee",
        "and the chair beside you.",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Your back is long.",
        "Keep your shoulders down.",
        "Feel your feet.",
        "Breathe in.",
        "Let your eyes close.",
        "You feel it at the front of that hip.",
        "As you turn, your hips stay still.",
        "",
    ],
)
def test_keeping_feeling_breathing_and_remarks_ask_for_nothing(sentence: str) -> None:
    assert actions(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "seconds"),
    [
        ("Your back is long.", 1.0),
        ("Bend your knees, feet flat.", 2.0),
        ("Rest your head on the pillow.", 2.0),
        ("Lean your back against the wall.", 2.0),
        ("Put your right foot up on the chair.", 3.0),
        ("Draw one knee towards your chest.", 3.0),
        ("Stand on one leg.", 3.0),
        ("Take the band.", 5.0),
        ("Fold the towel, and lay it on the mat.", 5.0),
        ("Face the chair, its back to a wall.", 5.0),
        ("Walk to the door.", 5.0),
        ("Bend your knees, and put the pillow under your head.", 7.0),
        ("Roll over onto your other side.", 12.0),
    ],
)
def test_a_remark_a_limb_a_leg_held_up_a_thing_and_a_roll_each_have_their_time(
    sentence: str, seconds: float
) -> None:
    assert seconds_for(sentence) == seconds


@pytest.mark.parametrize(
    ("sentence", "up"),
    [
        ("Lift your left leg.", True),
        ("Put your foot up on the chair.", True),
        ("Bring your right knee up.", True),
        ("Stand on one leg.", True),
        ("Put your foot down.", False),
        ("Bend your knees.", False),
        ("Rest the knee on the towel.", False),
    ],
)
def test_a_limb_in_the_air_and_standing_on_one_leg_are_held_up(sentence: str, *, up: bool) -> None:
    assert holds_up(sentence) is up


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("a firm chair without arms", ("chair",)),
        ("Fold the towel, and lay it on the mat.", ("towel", "mat")),
        ("Two pillows, and another pillow.", ("pillow",)),
        ("Light dumb-bells or bottles.", ("dumb-bell", "bottle")),
        ("Bend your knees.", ()),
        ("You feel stretched and matted.", ()),
    ],
)
def test_things_are_found_each_once_in_the_singular(text: str, things: tuple[str, ...]) -> None:
    assert things_in(text) == things
