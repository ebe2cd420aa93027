"""In which order an exercise is taught, and what is left out because it is still true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from player.session import (
    Choices,
    Coaching,
    Dose,
    ExerciseStep,
    Move,
    Range,
    RepeatStep,
    Role,
    Sides,
    Switch,
)
from player.timeline import Cue, PhaseKind, Section

from tests.sessions import HERE, exercise, hold_for, session, words
from tests.test_layout_coaching import ADVICE, RATE, exercise_section, find, laid, reps_of, said

OFFER = "If that is too much: less is fine."
ADVISED = {"You feel it here.", "Do not arch.", OFFER}


QUICK = Move(words("Circle your <side> arm."), words("<Side> arm."), move=Range(4.0, 4.0))


def side_at(section: Section, cue: Cue) -> str | None:
    """The working side while something is said."""
    return next(phase for phase in section.phases if phase.start <= cue.start < phase.end).activity.side


def rep_at(section: Section, cue: Cue) -> int | None:
    """The rep in which something is said."""
    return next(phase for phase in section.phases if phase.start <= cue.start < phase.end).activity.rep


def test_a_caution_comes_before_anybody_moves() -> None:
    bridge = exercise(hold_for(5), caution=words("Ask first."), setup=words("Bend your knees."))
    heard = [cue.content for cue in exercise_section(laid(session(bridge))).cues]

    assert heard[:2] == ["Bridge.", "Ask first."]
    assert heard.index("Ask first.") < heard.index("In one piece, roll onto your back.")
    assert heard.index("In one piece, roll onto your back.") < heard.index("Bend your knees.")


def test_a_caution_is_heard_once_however_often_the_exercise_comes() -> None:
    bridge = exercise(hold_for(5), caution=words("Weak bones: skip this one."))
    heard = said(laid(session(RepeatStep(HERE, 3, (ExerciseStep(HERE, bridge),)))))

    assert heard.count("Weak bones: skip this one.") == 1


def test_a_rhythm_is_advised_in_the_pauses_of_its_first_reps_never_before_it() -> None:
    bridge = exercise(hold_for(2), dose=Dose(reps=(Range(6, 6),)), **ADVICE)
    section = exercise_section(laid(session(bridge)))
    heard = [cue.content for cue in section.cues]

    assert heard[heard.index("Lift your hips.") :] == [
        *("Lift your hips.", "With me."),
        *("One. Lift.", "And hold.", "And back."),
        *("Two. Lift.", "Hold.", "And back.", OFFER, "From here on, a falling sound says back."),
        *("Three.", "glide", "You feel it here.", "Four.", "glide", "Do not arch."),
        *("Five.", "glide", "Last one.", "glide", "Now rest."),
    ]


def test_quick_movements_are_advised_in_their_pauses_too() -> None:
    move = Move(words("Round your back."), None, move=Range(4.0, 4.0))
    cat = exercise(move, dose=Dose(reps=(Range(3, 3),)), **ADVICE)
    section = exercise_section(laid(session(cat)))
    advice = [(cue.content, rep_at(section, cue)) for cue in section.cues if cue.content in ADVISED]

    assert advice == [(OFFER, 1), ("You feel it here.", 1), ("Do not arch.", 2)]


@pytest.mark.parametrize("move", [hold_for(2, "Lift your <side> arm.", "<Side> arm."), QUICK])
@pytest.mark.parametrize(
    ("sides", "side"), [(Sides.NONE, None), (Sides.EACH, "right"), (Sides.ALTERNATING, "left")]
)
def test_a_rhythm_is_advised_once_whatever_its_sides(move: Move, sides: Sides, side: str | None) -> None:
    dog = exercise(move, name="Bird dog", dose=Dose(reps=(Range(6, 6),), sides=sides), **ADVICE)
    section = exercise_section(laid(session(dog)))
    told = [cue for cue in section.cues if cue.content in ADVISED - {OFFER}]

    assert [(cue.content, rep_at(section, cue), side_at(section, cue)) for cue in told] == [
        ("You feel it here.", 3, side),
        ("Do not arch.", 4, side),
    ]


def test_a_movement_with_room_is_advised_meanwhile() -> None:
    move = Move(words("March on the spot, gently."), None, move=Range(40.0, 40.0))
    section = exercise_section(laid(session(exercise(move, **ADVICE))))
    advice = [(cue.content, rep_at(section, cue)) for cue in section.cues if cue.content in ADVISED]

    assert advice == [(OFFER, None), ("You feel it here.", 1), ("Do not arch.", 1)]


def test_advice_is_for_those_who_hear_the_exercise_in_full() -> None:
    bridge = exercise(hold_for(2), dose=Dose(reps=(Range(4, 4),)), **ADVICE)
    heard = said(laid(session(bridge), Choices(coaching=Coaching.BRIEF)))

    assert not ADVISED & set(heard)


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
        "8 hold-starts",
    ]


def test_a_movement_that_waits_for_its_words_is_no_mistake_of_its_author() -> None:
    turn = exercise(
        Move(words("Turn your foot out a little."), words("Turn that foot out."), move=Range(3.0, 3.0)),
        hold_for(30),
        dose=Dose(sides=Sides.EACH),
    )

    assert laid(session(turn), second=3.5).misfits == ()
    again = replace(turn, dose=Dose(reps=(Range(2, 2),), sides=Sides.EACH))
    assert [misfit.message for misfit in laid(session(again), second=3.5).misfits] == [
        "'Last time. Turn that foot out.' takes 3.5 s and has 3 s; the movement waits for it"
    ] * 2


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

    assert "In one piece, roll onto your back." in heard
    assert "In one piece, roll onto your left side." in heard


def test_whoever_only_kneels_keeps_the_hands_free() -> None:
    kneeling = exercise(hold_for(5), position="kneeling on your right knee")
    heard = said(laid(session(kneeling)))

    assert "Kneel on your right knee." in heard
    assert not {"Then the other.", "Hands on the floor."} & set(heard)


def test_a_switch_that_names_the_side_is_not_named_twice() -> None:
    switch = Switch(8.0, words("Now put up your <side> foot."))
    stretch = exercise(hold_for(20), dose=Dose(sides=Sides.EACH), switch=switch)
    section = exercise_section(laid(session(stretch)))
    heard = [cue.content for cue in section.cues]
    put_up = find(section, "Now put up your left foot.")

    assert "Left side next." not in heard
    assert min(cue.start for cue in section.cues if cue.start > put_up.start) - put_up.end >= 8 * RATE
