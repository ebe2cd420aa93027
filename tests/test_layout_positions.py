"""The listener's positions: how they are recognised, and how one gets from one to another, step by step."""

from __future__ import annotations

import pytest
from player.layout.positions import Step, is_same, is_same_place, position_of, roll_over, way, way_up
from player.wording import ENGLISH
from player.wording.en.positions import adds, get_into, posture_of, surface_of
from player.wording.posture import Position, Posture, Surface


def at(text: str) -> Position:
    position = position_of(text, ENGLISH)
    assert position
    return position


def steps(before: str | None, after: str, *, full: bool = True) -> list[str]:
    """The steps of a way, each with its seconds."""
    return told(way(at(before) if before else None, at(after), ENGLISH, full=full))


def told(found: tuple[Step, ...]) -> list[str]:
    return [f"{step.text} {step.seconds:g}" for step in found]


DOWN = [
    "Now come down to the floor, by a chair if you like. 4",
    "One knee down first. 6",
    "Then the other. 4",
]
UP = [
    "Rest there a moment. If you are dizzy, stay. 7",
    "One foot forward, and a hand on the chair. 4",
    "And stand up. 6",
    "Wait a moment before you walk. 4",
]
OUT_OF_BED = [
    "Let your legs over the edge, and push yourself up to sit. 6",
    "Sit there a moment. If you are dizzy, stay. 6",
]


# --- what a text describes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "posture", "instruction"),
    [
        ("on your back", Posture.BACK, "Lie on your back."),
        ("lying on your back, knees bent", Posture.BACK, "Lie on your back, knees bent."),
        ("Lying, face up", Posture.BACK, "Lie, face up."),
        ("supine", Posture.BACK, "Lie on your back."),
        ("face down", Posture.FRONT, "Lie face down."),
        ("lying on your front", Posture.FRONT, "Lie on your front."),
        ("prone on the mat", Posture.FRONT, "Lie face down on the mat."),
        ("on your left side", Posture.SIDE, "Roll onto your left side."),
        ("lying on your side", Posture.SIDE, "Roll onto your side."),
        ("side-lying", Posture.SIDE, "Roll onto your side."),
        ("lying prone", Posture.FRONT, "Lie face down."),
        ("lying on your stomach", Posture.FRONT, "Lie on your stomach."),
        ("lying supine", Posture.BACK, "Lie supine."),
        ("hands and knees", Posture.HANDS_AND_KNEES, "Come onto hands and knees."),
        ("on all fours", Posture.HANDS_AND_KNEES, "Come onto all fours."),
        ("kneeling on your right knee", Posture.KNEELING, "Kneel on your right knee."),
        ("standing", Posture.STANDING, "Stand up."),
        ("Standing, a hand on a chair", Posture.STANDING, "Stand up, a hand on a chair."),
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
    ("text", "posture", "surface"),
    [
        ("standing by your bed", Posture.STANDING, Surface.FLOOR),
        ("sitting on a chair, feet flat on the floor", Posture.SEATED, Surface.CHAIR),
        ("sitting, both feet on the floor", Posture.SEATED, Surface.CHAIR),
        ("cross-legged on a chair", Posture.SEATED, Surface.CHAIR),
        ("sitting on the floor", Posture.SITTING_LOW, Surface.FLOOR),
        ("sitting on the floor, back against the sofa", Posture.SITTING_LOW, Surface.FLOOR),
        ("sitting cross-legged on the mat", Posture.SITTING_LOW, Surface.FLOOR),
        ("seated on the mat", Posture.SITTING_LOW, Surface.FLOOR),
        ("long sitting", Posture.SITTING_LOW, Surface.FLOOR),
        ("sitting on the edge of the bed", Posture.SEATED, Surface.BED),
        ("on the edge of your bed", Posture.SEATED, Surface.BED),
        ("sitting up in bed", Posture.SITTING_LOW, Surface.BED),
        ("in bed", Posture.BACK, Surface.BED),
        ("lying in bed, knees bent", Posture.BACK, Surface.BED),
        ("on your left side in bed", Posture.SIDE, Surface.BED),
        ("face down on the bed", Posture.FRONT, Surface.BED),
        ("lying on the mat", Posture.BACK, Surface.FLOOR),
    ],
)
def test_the_place_is_read_before_the_posture(text: str, posture: Posture, surface: Surface) -> None:
    assert posture_of(text) is posture
    assert surface_of(text, posture) is surface


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        ("sitting on a chair", "on a chair", False),
        ("sitting on a chair", "sitting on a chair without arms", True),
        ("sitting on a chair without arms", "sitting on a chair without arms", False),
        ("lying on your back, knees bent", "on your back", False),
        ("on your back", "lying on your back, knees bent", True),
        ("", "lying flat on the floor", False),
    ],
)
def test_words_add_something_if_they_say_more_than_the_posture_and_the_words_before(
    before: str, after: str, *, more: bool
) -> None:
    assert adds(before, after) is more


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("on your back", "lying, face up", True),
        ("standing", "standing upright", True),
        ("standing", "standing, feet wide apart", False),
        ("sitting on a chair", "sitting on a chair without arms", False),
        ("on your back", "face down", False),
        ("on your left side", "on your left side", True),
        ("on your left side", "on your right side", False),
        ("on your left side", "on your left side, head resting on an arm", False),
        ("kneeling on your right knee", "kneeling on your left knee", False),
        ("lying on the mat", "lying in bed", False),
        ("lying in bed", "on your left side in bed", False),
        ("sitting on the edge of the bed", "sitting cross-legged on the mat", False),
        ("sitting on the edge of the bed", "sitting on a chair", False),
        ("on the moon", "on Mars", False),
        ("on the moon", "on the moon", True),
    ],
)
def test_listeners_stay_as_they_are_only_where_place_and_words_are_the_same(
    before: str, after: str, *, same: bool
) -> None:
    assert is_same(at(before), at(after), ENGLISH) is same


def test_nobody_is_where_they_have_to_be_before_a_first_position_is_known() -> None:
    assert not is_same(None, at("standing"), ENGLISH)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("standing", "standing, feet apart", "Stay standing, feet apart. 3"),
        ("sitting on a chair", "sitting on a chair without arms", "Sit on a chair without arms. 3"),
        ("on your back", "on your back, knees bent", "Stay on your back, knees bent. 3"),
        ("on your left side", "on your left side, knees bent", "Stay on your left side, knees bent. 3"),
    ],
)
def test_of_the_same_place_only_what_the_words_change_is_asked_for(
    before: str, after: str, words: str
) -> None:
    assert is_same_place(at(before), at(after), ENGLISH)
    assert steps(before, after) == [words]


# --- down and up -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [None, "standing", "on the moon"])
def test_the_way_to_the_floor_is_one_step_at_a_time_with_the_time_for_each(before: str | None) -> None:
    hands = "Hands on the floor. 4"

    assert steps(before, "on your back") == [
        *DOWN,
        hands,
        "Sink onto your side. 6",
        "In one piece, roll onto your back. 6",
    ]
    assert steps(before, "on your left side") == [*DOWN, hands, "Sink onto your left side. 6"]
    assert steps(before, "face down") == [*DOWN, hands, "Slide down, and lie face down. 6"]
    assert steps(before, "sitting on the floor") == [*DOWN, hands, "Sit on the floor. 6"]
    assert steps(before, "hands and knees") == [*DOWN, "Come onto hands and knees. 4"]
    assert steps(before, "kneeling on your right knee") == ["Kneel on your right knee. 8"]


def test_from_a_chair_the_listener_stands_up_before_the_way_to_the_floor() -> None:
    assert steps("on a chair", "on your back")[:2] == ["Stand up. 3", DOWN[0]]
    assert steps("on a chair", "kneeling on your right knee") == [
        "Stand up. 3",
        "Kneel on your right knee. 8",
    ]


def test_in_brief_every_way_is_one_sentence_and_takes_as_long() -> None:
    over = "Now come up slowly, over your side."

    assert steps("standing", "on your back", full=False) == [
        "Now come down to the floor, step by step. 14",
        "In one piece, roll onto your back. 6",
    ]
    assert steps("on your back", "standing", full=False) == [f"{over} 20"]
    assert steps("on your back", "on a chair", full=False) == [f"{over} 14", "Sit on a chair. 6"]
    assert steps("kneeling on your right knee", "on your back", full=False) == ["Lie on your back. 14"]
    assert steps("standing", "lying in bed", full=False) == ["Lie in bed. 14"]


@pytest.mark.parametrize("before", ["kneeling", "hands and knees"])
def test_nobody_on_their_knees_comes_up_over_a_side(before: str) -> None:
    assert steps(before, "standing", full=False) == ["When you are ready, come up slowly. 20"]
    assert told(way_up(at(before), ENGLISH, full=False))[0] == "When you are ready, come up slowly. 20"


@pytest.mark.parametrize(
    ("before", "first"),
    [
        (
            "on your back",
            ["In one piece, roll onto your side. 12", "Push up with your hands, onto hands and knees. 6"],
        ),
        ("face down", ["Push up with your hands, onto hands and knees. 6"]),
        ("on your left side", ["Push up with your hands, onto hands and knees. 6"]),
        ("sitting on the floor", ["Turn over onto hands and knees. 6"]),
    ],
)
def test_the_way_up_rests_on_hands_and_knees_and_ends_on_the_feet(before: str, first: list[str]) -> None:
    up = ["When you are ready, come up slowly. 1", *first, *UP]

    assert steps(before, "standing") == up
    assert steps(before, "on a chair") == [*up, "Sit on a chair. 6"]


@pytest.mark.parametrize("before", ["kneeling", "hands and knees"])
def test_whoever_is_on_their_knees_gets_up_from_there(before: str) -> None:
    assert steps(before, "standing") == ["When you are ready, come up slowly. 1", *UP[1:]]


@pytest.mark.parametrize(
    "before", ["on your back", "face down", "on your left side", "hands and knees", "sitting on the floor"]
)
def test_the_end_of_a_session_takes_the_same_way_up_as_its_middle(before: str) -> None:
    end = told(way_up(at(before), ENGLISH, full=True))

    assert end == [*steps(before, "standing")[:-1], "Wait a moment before you walk. 1.5"]


def test_at_the_end_in_brief_one_still_waits_before_walking() -> None:
    assert told(way_up(at("on your back"), ENGLISH, full=False)) == [
        "Now come up slowly, over your side. 20",
        "Wait a moment before you walk. 1.5",
    ]


def test_into_bed_and_out_of_it_one_sits_on_its_edge() -> None:
    sink = "Sink onto your side, and let your legs come up. 6"
    roll = "In one piece, roll onto your side. 12"

    assert steps("standing", "lying in bed") == ["Sit down on the edge of the bed. 6", sink, "Lie in bed. 6"]
    assert steps("sitting on the edge of the bed", "lying in bed") == [sink, "Lie in bed. 6"]
    assert steps("lying in bed", "standing") == [
        "When you are ready, come up slowly. 1",
        roll,
        *OUT_OF_BED,
        *UP[2:],
    ]
    assert steps("lying in bed", "sitting on the edge of the bed")[:4] == [
        "When you are ready, come up slowly. 1",
        roll,
        *OUT_OF_BED,
    ]
    assert "And stand up. 6" not in steps("lying in bed", "sitting on the edge of the bed")


def test_from_the_edge_of_the_bed_one_sinks_onto_a_side_and_rolls_only_from_lying() -> None:
    assert steps("standing", "on your left side in bed") == [
        "Sit down on the edge of the bed. 6",
        "Sink onto your left side in bed. 6",
    ]
    assert steps("sitting on the edge of the bed", "on your right side in bed") == [
        "Sink onto your right side in bed. 6"
    ]


def test_who_sits_on_the_floor_is_down_already() -> None:
    assert steps("hands and knees", "sitting on the floor") == ["Sit on the floor. 6"]
    assert steps("sitting on the floor", "on your back") == [
        "Sink onto your side. 6",
        "In one piece, roll onto your back. 6",
    ]


# --- rolling over and other changes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("on your back", "on your left side", "In one piece, roll onto your left side. 12"),
        ("on your left side", "on your right side", "In one piece, roll onto your right side. 12"),
        ("on your back", "face down", "In one piece, roll over, face down. 12"),
        ("face down", "on your back", "In one piece, roll onto your back. 12"),
        ("on your left side", "on your back", "In one piece, roll onto your back. 6"),
        ("lying in bed", "on your left side in bed", "In one piece, roll onto your left side in bed. 12"),
    ],
)
def test_one_rolls_over_in_one_piece_with_twelve_seconds_and_six_from_the_side_to_the_back(
    before: str, after: str, words: str
) -> None:
    assert steps(before, after) == [words]


def test_the_turn_to_the_other_side_is_in_the_words_of_the_position() -> None:
    assert told((roll_over(at("on your left side, knees bent"), ENGLISH),)) == [
        "In one piece, roll over onto your left side, knees bent. 12"
    ]
    assert told((roll_over(None, ENGLISH),)) == ["In one piece, roll over onto your other side. 12"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            "kneeling on your right knee",
            "on your back",
            [
                "Bring both knees down. 4",
                "Hands on the floor. 4",
                "Sink onto your side. 6",
                "In one piece, roll onto your back. 6",
            ],
        ),
        (
            "hands and knees",
            "on your back",
            ["Sink onto your side. 6", "In one piece, roll onto your back. 6"],
        ),
        ("hands and knees", "face down", ["Slide down, and lie face down. 6"]),
        (
            "on your back",
            "hands and knees",
            ["In one piece, roll onto your side. 12", "Come onto hands and knees. 4"],
        ),
        (
            "on your back",
            "kneeling",
            [
                "In one piece, roll onto your side. 12",
                "Push up with your hands, onto hands and knees. 6",
                "Kneel. 6",
            ],
        ),
    ],
)
def test_down_there_every_change_is_shown_step_by_step(before: str, after: str, words: list[str]) -> None:
    assert steps(before, after) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("standing", "on a chair", "Sit on a chair. 6"),
        ("on a chair", "standing", "Stand up. 4"),
        (None, "standing", "Stand up. 2"),
        ("standing", "on the moon", "On the moon. 4"),
    ],
)
def test_every_other_change_is_one_sentence(before: str | None, after: str, words: str) -> None:
    assert steps(before, after) == [words]
