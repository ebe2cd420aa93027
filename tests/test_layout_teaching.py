"""In which order an exercise is taught, and what is left out because it is still true."""

from __future__ import annotations

from typing import Any

from player.session import Choices, Coaching, Dose, Move, Range, Role, Sides, Switch
from player.timeline import PhaseKind

from tests.sessions import exercise, hold_for, session, words
from tests.test_layout_coaching import RATE, exercise_section, find, hold_of, laid, reps_of, said

ADVICE: dict[str, Any] = {
    "feel": words("You feel it here."),
    "fault": words("Do not arch."),
    "easier": words("Less is fine."),
}


def test_a_caution_comes_before_anybody_moves() -> None:
    bridge = exercise(hold_for(5), caution=words("Ask first."), setup=words("Bend your knees."))
    heard = [cue.content for cue in exercise_section(laid(session(bridge))).cues]

    assert heard[:2] == ["Bridge.", "Ask first."]
    assert heard.index("Ask first.") < heard.index("Lie on your back.") < heard.index("Bend your knees.")


def test_a_rhythm_has_no_room_so_its_advice_comes_before_it() -> None:
    bridge = exercise(hold_for(2), dose=Dose(reps=(Range(4, 4),)), **ADVICE)
    section = exercise_section(laid(session(bridge)))
    heard = [cue.content for cue in section.cues]

    assert heard[heard.index("Lift your hips.") :][:5] == [
        "Lift your hips.",
        *("You feel it here.", "Do not arch.", "Less is fine."),
        "With me.",
    ]
    assert hold_of(section).start - find(section, "Less is fine.").end >= 8 * RATE


def test_quick_movements_have_no_room_either() -> None:
    cat = exercise(Move(words("Round your back."), None, move=Range(4.0, 4.0)), **ADVICE)
    section = exercise_section(laid(session(cat)))
    before = [cue.content for cue in section.cues if cue.start < section.phases[0].length]

    assert {"You feel it here.", "Do not arch.", "Less is fine."} <= set(before)


def test_advice_is_for_those_who_hear_the_exercise_in_full() -> None:
    bridge = exercise(hold_for(2), dose=Dose(reps=(Range(4, 4),)), **ADVICE)
    heard = said(laid(session(bridge), Choices(coaching=Coaching.BRIEF)))

    assert not {"You feel it here.", "Do not arch.", "Less is fine."} & set(heard)


def test_a_setup_is_said_again_once_another_one_has_come_between() -> None:
    arms = [
        exercise(hold_for(5), name=name, setup=words(setup))
        for name, setup in (("A", "Arms down."), ("B", "Cross your arms."), ("C", "Arms down."))
    ]

    assert said(laid(session(*arms))).count("Arms down.") == 2


def test_a_move_that_is_only_a_cue_follows_its_words_at_once() -> None:
    curl = exercise(
        Move(words("Breathe in."), words("In."), move=Range(3.0, 3.0)),
        Move(None, words("Out, and lift."), hold=Range(5.0, 5.0)),
        name="Curl",
    )

    assert reps_of(exercise_section(laid(session(curl))))[:3] == [
        "0 Breathe in.",
        "4 Out, and lift.",
        "6 hold-starts",
    ]


def test_a_long_movement_lasts_what_the_script_says_words_and_all() -> None:
    march = exercise(
        Move(words("March on the spot, gently and easily."), None, move=Range(30.0, 30.0)),
        name="Warm-up",
        role=Role.WARM_UP,
    )
    for coaching in Coaching:
        section = exercise_section(laid(session(march), Choices(coaching=coaching)))
        assert [phase.length for phase in section.phases if phase.kind is PhaseKind.MOVE] == [30 * RATE]
        assert "March on the spot, gently and easily." in [cue.content for cue in section.cues]


def test_from_one_lying_position_to_another_one_rolls() -> None:
    places = ("face down", "on your back", "on your left side")
    heard = said(laid(session(*(exercise(hold_for(5), name=place, position=place) for place in places))))

    assert "Roll over and lie on your back." in heard
    assert "Roll onto your left side." in heard


def test_whoever_only_kneels_keeps_the_hands_free() -> None:
    kneeling = exercise(hold_for(5), position="kneeling on your right knee")
    heard = said(laid(session(kneeling)))

    assert "One knee down, then the other." in heard
    assert "Hands on the floor." not in heard


def test_a_switch_that_names_the_side_is_not_named_twice() -> None:
    switch = Switch(8.0, words("Now put up your <side> foot."))
    stretch = exercise(hold_for(20), dose=Dose(sides=Sides.EACH), switch=switch)
    section = exercise_section(laid(session(stretch)))
    heard = [cue.content for cue in section.cues]
    put_up = find(section, "Now put up your left foot.")

    assert "Left side next." not in heard
    assert min(cue.start for cue in section.cues if cue.start > put_up.start) - put_up.end >= 8 * RATE
