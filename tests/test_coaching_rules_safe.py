"""Right and safe: what the coach must never get wrong for somebody who cannot see the screen."""

from __future__ import annotations

import re

import pytest
from player.session import Choices, Coaching

from tests.content import RATE, heard
from tests.listener import (
    BRIEF,
    EVERY_SESSION,
    FULL,
    first,
    holds,
    inside,
    of_script,
    part,
    place,
    texts,
    words,
)

SIDE_PLANK = """
  - exercise:
      name: Side plank
      position: on your <side> side, knees bent
      say: Lift your hips.
      hold: 10s
      reps: 3
      sides: {sides}
"""


# --- onto which side the listener turns --------------------------------------------------------------------


@pytest.mark.parametrize("sides", ["each", "blocks"])
def test_the_listener_turns_onto_the_side_that_the_position_names(sides: str) -> None:
    plank = part(of_script(SIDE_PLANK.format(sides=sides)), "side-plank")

    assert place(texts(plank), "onto your right side, knees bent") < place(texts(plank), "Lift your hips")
    turns = [text for text in texts(plank) if "roll" in text]
    assert turns == ["In one piece, roll over onto your left side, knees bent."]
    lying = {phase.activity.position for phase in plank.phases if phase.activity.side == "left"}
    assert lying == {"on your left side, knees bent"}


def test_after_a_clam_the_side_plank_leaves_the_listener_on_the_side_that_it_names() -> None:
    clam = "{name: Clam, position: on your <other side> side, say: Lift your knee., hold: 5s, sides: each}"
    plank = part(of_script(f"  - exercise: {clam}\n{SIDE_PLANK.format(sides='each')}"), "side-plank")

    assert place(texts(plank), "Stay on your right side, knees bent") >= 0  # the clam ended there
    assert not [text for text in texts(plank)[: place(texts(plank), "Lift")] if "roll" in text]


def test_a_position_that_names_no_side_turns_onto_the_other_side() -> None:
    timeline = of_script(
        "  - exercise: {name: Clam, position: on your side, say: Lift., hold: 5s, sides: each}\n"
    )

    assert "In one piece, roll over onto your other side." in texts(timeline)


def test_the_working_limb_is_named_and_not_the_side_lain_on() -> None:
    raises = part(heard("core-strength", FULL), "side-leg-raise")

    assert place(texts(raises), "^Right leg first") < place(texts(raises), "^One. Up")
    assert place(texts(raises), "over onto your right side") < place(texts(raises), "^Left leg next")
    assert not [text for text in texts(raises) if re.search(r"(left|right) side (next|first)", text.lower())]


# --- brief coaching ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("choices", [FULL, BRIEF])
@pytest.mark.parametrize("name", EVERY_SESSION)
def test_the_side_is_heard_before_its_first_hold_in_every_coaching(name: str, choices: Choices) -> None:
    for section in heard(name, choices).sections:
        for side in ("left", "right"):
            moving = [p for p in section.phases if p.activity.side == side and p.kind in {"hold", "move"}]
            begins = [p.start for p in section.phases if p.activity.side == side]
            if moving:
                said = [
                    one
                    for one in words(section)
                    if side in one.text.lower().replace("-", " ").split(" ")
                    or re.search(rf"\b{side}\b", one.text.lower())
                ]
                first_hold = next((p.start for p in moving if p.kind == "hold"), moving[0].end)
                assert [one for one in said if one.start * RATE < first_hold], (section.mark.title, begins)


def test_brief_coaching_keeps_the_chair_the_foot_and_the_side() -> None:
    brief = part(heard("five-stretches", BRIEF), "hamstring-stretch")
    said = texts(brief)

    assert place(said, "and face it") < place(said, "Put your right foot up on the chair")
    assert place(said, "Put your right foot up") < place(said, "push your hips back")
    psoas = texts(part(heard("five-stretches", BRIEF), "psoas-stretch"))
    assert place(psoas, "towel") < place(psoas, "Kneel on your right knee")
    assert place(psoas, "chair") < place(psoas, "Kneel on your right knee")


# --- an easier way -----------------------------------------------------------------------------------------

WITH_EASIER = (
    *(
        "cat-stretch",
        "pelvic-tilt",
        "knee-to-chest",
        "rotational-stretch",
        "hamstring-stretch",
        "glute-squeeze",
    ),
    *(
        "psoas-stretch",
        "draw-in",
        "piriformis-stretch",
        "partial-curl",
        "bridge",
        "side-leg-raise",
        "superman",
    ),
)


@pytest.mark.parametrize("identity", WITH_EASIER)
def test_an_easier_way_is_an_offer_and_comes_in_time(identity: str) -> None:
    section = part(heard("full-back-care", FULL), identity)
    offers = [one for one in words(section) if re.match("If ", one.text)]

    assert offers, texts(section)
    for offer in offers:
        phase = next(p for p in section.phases if p.start <= offer.start * RATE < p.end)
        assert phase.kind in {"get_ready", "rest", "hold"}
        assert (phase.activity.rep or 1) <= 2
        assert (phase.activity.set or 1) == 1


def test_an_easier_way_with_another_position_comes_before_the_way_into_the_position() -> None:
    timeline = heard("full-back-care", FULL)

    cat, psoas = texts(part(timeline, "cat-stretch")), texts(part(timeline, "psoas-stretch"))
    assert place(cat, "wrists or knees hurt") < place(cat, "hands and knees")
    assert place(psoas, "If kneeling hurts") < place(psoas, "Kneel on")


def test_a_careful_listener_does_the_same_on_both_sides() -> None:
    raises = part(heard("core-strength", FULL), "side-leg-raise")

    assert [p for p in texts(raises) if p.startswith("If that is too much")] == [
        "If that is too much: lift the leg only a little."
    ] * 2


# --- down to the floor, and up -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["first-time", "five-stretches", "core-strength", "evening-stretch"])
def test_each_step_to_the_floor_and_up_has_the_time_that_it_takes(name: str) -> None:
    needs = {
        "Now come down to the floor": 4,
        "One knee down first": 6,
        "Then the other.": 4,
        "Hands on the floor": 4,
        "Sink onto": 6,
        "In one piece, roll onto your side": 12,
        "Push up with your hands": 6,
        "Rest there": 7,
        "One foot forward": 4,
        "And stand up": 6,
    }
    for one in words(heard(name, FULL)):
        for step, seconds in needs.items():
            if one.text.startswith(step):
                assert one.wait >= seconds, one


def test_the_way_up_in_the_middle_is_the_way_up_at_the_end() -> None:
    steps = """
  - exercise: {name: A, position: on your back, say: Breathe., move: 5s}
  - exercise: {name: B, position: standing, say: March., move: 5s}
  - exercise: {name: C, position: on your back, say: Breathe., move: 5s}
"""
    said = texts(of_script(steps))
    middle = said[place(said, "come up slowly") : place(said, "^March")]
    end = said[len(said) - said[::-1].index("When you are ready, come up slowly.") - 1 :]

    assert [text for text in middle if text in end] == end[: len([t for t in middle if t in end])]
    assert "In one piece, roll onto your side." in middle
    assert "Rest there a moment. If you are dizzy, stay." in middle


@pytest.mark.parametrize(
    ("before", "after", "seconds"),
    [
        ("on your back", "on your left side", 12),
        ("on your left side", "on your right side", 12),
        ("on your back", "face down", 12),
        ("on your left side", "on your back", 6),
    ],
)
def test_rolling_over_is_in_one_piece_and_takes_its_time(before: str, after: str, seconds: float) -> None:
    steps = f"""
  - exercise: {{name: A, position: {before}, say: Breathe., move: 5s}}
  - exercise: {{name: B, position: {after}, say: Breathe., move: 5s}}
"""
    roll = first(part(of_script(steps), "b"), "In one piece, roll")

    assert roll.wait >= seconds


# --- things, and where the listener is ---------------------------------------------------------------------


def test_things_are_placed_before_the_position_is_taken() -> None:
    psoas = texts(part(heard("five-stretches", FULL), "psoas-stretch"))
    hamstring = texts(part(heard("five-stretches", FULL), "hamstring-stretch"))

    assert place(psoas, "Fold the towel") < place(psoas, "Kneel on your right knee")
    assert place(psoas, "Put the chair beside it") < place(psoas, "Kneel on your right knee")
    assert place(hamstring, "Once on each leg") < place(hamstring, "Put your right foot up")
    assert first(part(heard("five-stretches", FULL), "psoas-stretch"), "Fold the towel").wait >= 5


@pytest.mark.parametrize("name", [name for name in EVERY_SESSION if name != "breathing-breaks"])
def test_what_is_needed_is_fetched_before_anybody_lies_down(name: str) -> None:
    said = words(heard(name, FULL))
    found = [one.text for one in said]
    waits = said[place(found, "I will wait")]

    assert waits.wait >= 10
    lying = [i for i, text in enumerate(found) if re.search("come down|Lie down|Lie on", text)]
    assert not lying or place(found, "I will wait") < lying[0]


def test_the_properties_of_the_chair_are_said_before_it_is_used() -> None:
    desk = texts(heard("desk-break", FULL))

    assert place(desk, "a firm chair without arms") < place(desk, "^Sit on a chair")
    assert "It must neither roll nor turn." not in desk
    rotation = texts(part(heard("full-back-care", BRIEF), "seated-rotation"))
    assert place(rotation, "without arms, that neither rolls nor turns") < place(rotation, "^Turn right")


@pytest.mark.parametrize(
    ("before", "after", "coming", "not_coming"),
    [
        ("on hands and knees", "sitting on the floor", "Sit on the floor", "stand up"),
        ("sitting on the floor", "on your back", "Sink onto your side", "come down to the floor"),
        ("lying in bed", "lying in bed, knees bent", "knees bent", "come down to the floor"),
        (
            "sitting on the edge of the bed",
            "sitting cross-legged on the mat",
            "cross-legged on the mat",
            "Stay as",
        ),
        ("standing", "lying in bed", "edge of the bed", "come down to the floor"),
    ],
)
def test_a_position_is_what_its_words_say(before: str, after: str, coming: str, not_coming: str) -> None:
    steps = f"""
  - exercise: {{name: A, position: {before}, say: Breathe., move: 5s}}
  - exercise: {{name: B, position: "{after}", say: Breathe., move: 5s}}
"""
    said = texts(part(of_script(steps), "b"))

    assert place(said, coming) >= 0
    assert not [text for text in said if not_coming in text]


# --- time that is told -------------------------------------------------------------------------------------

PLANK = "  - exercise: {{name: Plank, position: face down, say: Lift your hips., hold: {hold}}}\n"


@pytest.mark.parametrize("hold", [50, 59, 60, 75, 120, 150, 300])
def test_no_sign_of_life_lies_about_the_time(hold: int) -> None:
    section = part(of_script(PLANK.format(hold=hold)), "plank")
    (phase,) = holds(section)
    numbers = {"One": 1, "Two": 2, "Three": 3, "Four": 4, "Five": 5}
    told = 0
    for one in words(section):
        if not phase.start <= one.start * RATE < phase.end:
            continue
        left = phase.end / RATE - one.end
        if one.text.startswith("Nearly there"):
            assert phase.end / RATE - one.start <= hold / 5
        elif match := re.match(r"(\w+) minutes? left", one.text):
            told += 1
            assert abs(left - 60 * numbers[match[1]]) <= 1.5, one
    assert told == (hold - 15) // 60 if hold >= 60 else told == 0


def test_a_long_hold_is_never_silent_for_long() -> None:
    section = part(of_script(PLANK.format(hold=300)), "plank")
    (phase,) = holds(section)
    spoken = [one for one in words(section) if phase.start <= one.start * RATE < phase.end]

    assert max(one.wait for one in spoken) <= 20.5
    assert "You are doing well." not in [one.text for one in spoken]
    assert len(inside(section, phase)) == len(spoken)


def test_full_safety_has_three_levels_before_anything_moves() -> None:
    said = texts(heard("first-time", Choices(coaching=Coaching.BRIEF)))

    order = ["ambulance", "emergency department", "See your doctor first", "gets worse", "^March"]
    places = [place(said, pattern) for pattern in order]
    assert places == sorted(places)


# --- up before fetching, and up again for each rep ---------------------------------------------------------


KNEEL = "{name: Lean, needs: [towel], prepare: Fold the towel., position: kneeling, say: Forward., hold: 5s}"


def test_who_sits_on_the_chair_stands_up_before_the_towel_is_laid_and_kneels_last() -> None:
    sit = "{name: Sit, needs: [chair], position: sitting on a chair, say: Press., hold: 5s}"
    said = texts(part(of_script(f"  - exercise: {sit}\n  - exercise: {KNEEL}\n"), "lean"))

    assert place(said, "^Stand up") < place(said, "Fold the towel") < place(said, "^Kneel")


@pytest.mark.parametrize("choices", [FULL, BRIEF])
def test_who_lies_is_on_hands_and_knees_before_a_thing_is_laid(choices: Choices) -> None:
    lie = "{name: Lie, position: on your back, say: Press., hold: 5s}"
    said = texts(part(of_script(f"  - exercise: {lie}\n  - exercise: {KNEEL}\n", choices), "lean"))

    assert place(said, "hands and knees") < place(said, "Fold the towel") < place(said, "^Kneel")


@pytest.mark.parametrize("choices", [FULL, BRIEF])
def test_a_foot_that_the_way_back_puts_down_is_put_up_again_for_every_rep_on_each_side(
    choices: Choices,
) -> None:
    stretch = """
  - exercise:
      name: Hamstring
      needs: [chair]
      position: standing
      setup: Put your <side> foot up on the chair.
      say: Bend forward.
      hold: 10s
      back: {for: 4s, say: "Come up, and put your foot down."}
      reps: 3
      sides: each
"""
    said = texts(part(of_script(stretch, choices), "hamstring"))

    for side in ("right", "left"):
        assert said.count(f"Put your {side} foot up on the chair.") == 3


def test_after_the_way_up_nobody_is_told_to_stand_up_again() -> None:
    lie = "{name: Lie, position: on your back, say: Press., hold: 5s}"
    stand = "{name: Wall, position: 'standing, facing the wall', say: Lean., hold: 5s}"
    said = texts(part(of_script(f"  - exercise: {lie}\n  - exercise: {stand}\n"), "wall"))

    assert [text for text in said if "stand" in text.lower()] == ["And stand up.", "Stand, facing the wall."]


def test_a_caution_that_says_who_leaves_it_out_comes_before_anybody_gets_up_or_fetches() -> None:
    head = "  - exercise: {{name: Curl, needs: [towel], prepare: Fold the towel."
    text = f"{head}, caution: {{}}, say: Up., hold: 5s}}}}\n"
    skip = texts(part(of_script(text.format('"With weak bones, skip this one."')), "curl"))
    hold_on = texts(part(of_script(text.format("Hold on to the wall.")), "curl"))

    assert place(skip, "skip") < place(skip, "Fold")
    assert place(hold_on, "Fold") < place(hold_on, "Hold on")


# --- rhythms -----------------------------------------------------------------------------------------------


def test_a_rhythm_is_listened_to_before_it_is_done() -> None:
    said = texts(
        part(of_script("  - exercise: {name: Lift, say: Raise your arm., hold: 2s, reps: 5}\n"), "lift")
    )

    assert place(said, "^Listen first") + 1 == place(said, "Raise your arm") == place(said, "^With me") - 1
