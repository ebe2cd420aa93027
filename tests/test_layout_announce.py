"""How an exercise is announced and ended: what is said in which order, and how long it takes at least."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import Any

import pytest
from player.layout import Outline, Span, plan
from player.session import (
    Choices,
    Coaching,
    Defaults,
    Dose,
    Easier,
    Exercise,
    Move,
    Range,
    Role,
    SayStep,
    Session,
    Sides,
)
from player.timeline import PhaseKind

from tests.sessions import HERE, exercise, hold_for, session, words

TILT = exercise(hold_for(5, "Tilt.", "Tilt."), name="Tilt", position=None)
EACH = Dose(reps=(Range(2, 2),), sides=Sides.EACH)
BRIEF = Choices(coaching=Coaching.BRIEF)


def outlines(what: Session, choices: Choices | None = None) -> list[Outline]:
    return [one for one in plan(what, choices or Choices()) if one.exercise_id]


def ready(what: Exercise, choices: Choices | None = None, **more: object) -> Span:
    """The announcement of an exercise that is alone in its session."""
    (outline,) = outlines(session(what, **more), choices)
    return outline.spans[0]


def says(span: Span) -> list[str]:
    return [line.text for line in span.lines]


def pauses(span: Span) -> dict[str, float]:
    return {line.text: line.pause for line in span.lines}


# --- what is said, in which order ------------------------------------------------------------------------


def test_an_announcement_says_name_caution_way_setup_dose_and_side_in_this_order() -> None:
    bridge = exercise(
        hold_for(5, "Lift."),
        name="Bridge",
        position="on your back",
        caution=words("Ask first."),
        setup=words("Bend your knees. Arms down."),
        dose=EACH,
    )

    assert says(ready(bridge)) == [
        "Bridge.",
        "Ask first.",
        "Now come down to the floor, holding on to something firm.",
        "One knee down first.",
        "Then the other.",
        "Hands on the floor.",
        "Sink onto your side.",
        "In one piece, roll onto your back.",
        "Bend your knees.",
        "Arms down.",
        "Twice on each side, five seconds each.",
        "In a hold, one sound says hold, and the next says let go.",
        "Right side first.",
    ]


def test_things_are_fetched_standing_before_the_position_is_taken() -> None:
    bridge = exercise(hold_for(5), prepare=words("Fold the towel."), caution=words("Ask first."))

    assert says(ready(bridge))[:4] == [
        "Bridge.",
        "Fold the towel.",
        "Ask first.",
        "Now come down to the floor, holding on to something firm.",
    ]


def test_whoever_lies_gets_up_before_fetching_anything() -> None:
    reach = exercise(hold_for(5), name="Reach", position="standing", prepare=words("Fetch the chair."))
    _, second = outlines(session(exercise(hold_for(5)), reach))

    heard = says(second.spans[0])
    assert heard.index("And stand up.") < heard.index("Fetch the chair.")


def test_nobody_holds_a_leg_up_while_the_dose_is_told() -> None:
    stretch = exercise(
        hold_for(20), position="standing", setup=words("Feet apart. Put your <side> foot up."), dose=EACH
    )
    lifted = exercise(hold_for(20), position="standing", setup=words("Feet apart. Lift one foot. Stay tall."))

    sounds = [
        "In a hold, one sound says hold, and the next says let go.",
        "Three soft ticks come before the end of a long hold.",
    ]
    assert says(ready(stretch))[-5:] == [
        "Feet apart.",
        "Twice on each side, twenty seconds each.",
        *sounds,
        "Put your right foot up.",
    ]
    assert says(ready(lifted))[-5:] == ["Once, for twenty seconds.", *sounds, "Lift one foot.", "Stay tall."]


def test_each_step_to_the_floor_and_each_step_of_a_setup_get_their_time() -> None:
    bridge = exercise(
        hold_for(5),
        caution=words("Ask first."),
        setup=words("Put a towel under your head. Bend your knees. Your back is long."),
    )
    found = pauses(ready(bridge))

    assert found == {
        "Bridge.": 0.5,
        "Ask first.": 2.0,
        "Now come down to the floor, holding on to something firm.": 4.0,
        "One knee down first.": 6.0,
        "Then the other.": 4.0,
        "Hands on the floor.": 4.0,
        "Sink onto your side.": 6.0,
        "In one piece, roll onto your back.": 6.0,
        "Put a towel under your head.": 5.0,
        "Bend your knees.": 2.0,
        "Your back is long.": 1.0,
        "Once, for five seconds.": 1.0,
        "In a hold, one sound says hold, and the next says let go.": 0.7,
    }


def test_in_brief_only_a_setup_with_a_side_or_a_needed_thing_is_heard() -> None:
    setup = words("Bend your knees. Rest your head on the pillow. Put your <side> foot up. Arms down.")
    bridge = exercise(hold_for(5), setup=setup, needs=("small pillow",), dose=EACH)

    heard = says(ready(bridge, BRIEF))
    assert "Rest your head on the pillow." in heard
    assert "Put your right foot up." in heard
    assert not {"Bend your knees.", "Arms down."} & set(heard)


@pytest.mark.parametrize(
    ("text", "said"),
    [("Bend the <side> knee.", False), ("Bend.", True)],
)
@pytest.mark.parametrize("where", ["setup", "say"])
def test_the_side_that_begins_is_said_unless_the_author_names_it(
    text: str, where: str, *, said: bool
) -> None:
    plain = hold_for(5, text if where == "say" else "Lift.", "Lift the <side> knee.")
    one = exercise(plain, dose=EACH, setup=words(text) if where == "setup" else None)

    assert ("Right side first." in says(ready(one))) is said


def test_only_exercises_are_dosed_and_rested_from() -> None:
    (outline,) = outlines(session(exercise(hold_for(5), role=Role.WARM_UP)))

    assert not any("five seconds" in line.text for line in outline.spans[0].lines)
    assert says(outline.spans[-1]) == []


def test_the_dose_names_holds_of_four_seconds_and_more() -> None:
    assert says(ready(exercise(hold_for(3.9), hold_for(4.0)), BRIEF))[-1] == "Once, for four seconds."


def test_a_rep_of_two_holds_is_dosed_by_its_cues() -> None:
    tilt = exercise(hold_for(5, "Hollow your back.", "Hollow."), hold_for(6, "Now flatten it.", "Flatten."))

    assert says(ready(tilt, BRIEF))[-1] == "Once: hollow for five seconds, then flatten for six seconds."


def test_nothing_is_lectured_before_a_quick_movement() -> None:
    quick = exercise(
        Move(words("Nod."), None, move=Range(2.0, 2.0)),
        feel=words("Feel your neck."),
        fault=words("Not too far."),
        position=None,
        dose=Dose(reps=(Range(5, 5),)),
    )
    (outline,) = outlines(session(quick))

    assert says(outline.spans[0]) == ["Bridge.", "Five times."]
    assert [
        (span.activity.rep, says(span)) for span in outline.spans[1:-1] if span.kind is PhaseKind.REST
    ] == [
        (3, ["Feel your neck."]),
        (4, ["Not too far."]),
    ]


# --- an easier way ---------------------------------------------------------------------------------------


def test_an_easier_way_in_another_position_is_offered_before_the_position_is_taken() -> None:
    chair = Easier(words("If your knees hurt, stand."), words("standing"), ())
    cat = exercise(hold_for(5), position="on hands and knees", easier=chair, dose=Dose(reps=(Range(3, 3),)))
    (outline,) = outlines(session(cat))

    assert says(outline.spans[0])[1:3] == [
        "If your knees hurt, stand.",
        "Now come down to the floor, holding on to something firm.",
    ]
    assert outline.texts().count("If your knees hurt, stand.") == 1


def test_an_easier_way_that_needs_a_thing_is_offered_before_it_too() -> None:
    step = Easier(words("Take a low step."), None, ("low step",))

    assert says(ready(exercise(hold_for(20), easier=step, dose=EACH)))[1] == (
        "If this one is hard for you: take a low step."
    )


def test_of_a_single_rep_the_easier_way_is_offered_with_the_dose_or_in_a_hold_with_room() -> None:
    less = Easier(words("Lift less."), None, ())
    offered = "If that is too much: lift less."

    assert says(ready(exercise(hold_for(20), easier=less)))[-1] == offered
    (long,) = outlines(session(exercise(hold_for(50), easier=less, dose=Dose(sides=Sides.EACH))))
    holds = [span.asides for span in long.spans if span.kind is PhaseKind.HOLD and span.asides]
    assert offered not in says(long.spans[0])
    assert [offered in [line.text for line in one.early] for one in holds] == [True, True]


def test_of_several_reps_the_easier_way_is_offered_after_the_first_on_both_sides() -> None:
    less = Easier(words("Lift less."), None, ())
    (outline,) = outlines(
        session(exercise(hold_for(5), easier=less, dose=Dose(reps=(Range(3, 3),), sides=Sides.EACH)))
    )

    offers = [
        (span.activity.rep, span.activity.side)
        for span in outline.spans
        if "If that is too much: lift less." in says(span)
    ]
    assert offers == [(1, "right"), (1, "left")]


# --- a rhythm --------------------------------------------------------------------------------------------


def test_a_rhythm_is_taught_before_it_and_time_is_given_to_act() -> None:
    nod = exercise(hold_for(2, "Lift your head. It stays in line."), position=None, feel=words("Feel it."))
    span = ready(nod)

    assert says(span)[-5:] == ["Once.", "Listen first.", "Lift your head.", "It stays in line.", "With me."]
    assert [line.pause for line in span.lines[-3:]] == [3.0, 1.0, 1.0]


def test_a_rhythm_that_is_known_begins_at_once() -> None:
    nod = exercise(hold_for(2, "Nod."), position=None)

    assert says(ready(nod, BRIEF)) == ["Bridge.", "Once.", "With me."]


# --- how long it takes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("position", "quiet"), [(None, 1.0), ("standing", 1.5)])
def test_there_are_eight_seconds_to_get_ready_and_a_little_without_a_word_at_the_end(
    position: str | None, quiet: float
) -> None:
    span = ready(exercise(hold_for(5), position=position))

    assert (span.kind, span.length, span.quiet) == (PhaseKind.GET_READY, 8.0, quiet)


def test_exercise_before_session_before_coach_says_how_long_one_gets_ready() -> None:
    own = exercise(hold_for(5), get_ready=3.0)

    assert ready(own, defaults=Defaults(get_ready=12.0)).length == 3.0
    assert ready(TILT, defaults=Defaults(get_ready=12.0)).length == 12.0


def test_extra_time_comes_after_the_words_too() -> None:
    span = ready(TILT, Choices(extra_get_ready=5.0))

    assert (span.length, span.quiet) == (13.0, 6.0)


@pytest.mark.parametrize(("asked", "seconds"), [(None, [3.0, 5.0]), (20.0, [3.0, 15.0]), (5.0, [3.0, 3.0])])
def test_the_time_between_exercises_holds_the_rest_and_the_announcement(
    asked: float | None, seconds: list[float]
) -> None:
    one, two = (exercise(hold_for(5), name=name, get_ready=3.0) for name in ("One", "Two"))
    found = outlines(session(one, two, defaults=Defaults(between_exercises=asked)))

    assert [outline.spans[0].length for outline in found] == seconds


# --- the end ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hold", "sets", "earcon"),
    [(5.0, 1, "hold-ends"), (5.0, 2, "set-ends"), (2.0, 1, None), (2.0, 2, "set-ends")],
)
def test_an_exercise_ends_with_the_sound_that_means_most(hold: float, sets: int, earcon: str | None) -> None:
    one = exercise(
        Move(words("Up."), words("Up."), hold=Range(hold, hold), into=0.0, back=None),
        dose=Dose(sets=Range(sets, sets)),
        position=None,
    )
    (outline,) = outlines(session(one, defaults=Defaults(back=0.0)), Choices(ticks=True))
    end = outline.spans[-1]

    assert (end.kind, end.length, end.earcon) == (PhaseKind.REST, 5.0, earcon)


def test_after_an_exercise_there_are_four_quiet_seconds_and_the_next_name_is_said_once() -> None:
    dead_bug = exercise(hold_for(5), name="Dead Bug")
    first, second = outlines(session(exercise(hold_for(5)), dead_bug))

    assert says(first.spans[-1]) == ["Now rest."]
    assert first.spans[-1].quiet == 4.0
    heard = [text for one in (first, second) for span in one.spans for text in says(span)]
    assert [text for text in heard if "Dead Bug" in text] == ["Dead Bug. Two of two."]
    assert heard.count("Stay as you are.") == 1


def test_what_has_a_role_ends_without_a_word_and_as_quietly() -> None:
    (outline,) = outlines(session(exercise(hold_for(5), name="Cool-down", role=Role.COOL_DOWN)))

    assert (says(outline.spans[-1]), outline.spans[-1].length) == ([], 4.0)


# --- what is still true ----------------------------------------------------------------------------------


def test_in_the_same_position_the_listener_stays_unless_something_new_is_to_be_set_up() -> None:
    same = exercise(hold_for(5), name="Same", setup=words("Bend your knees."))
    more = exercise(hold_for(5), name="More", setup=words("Bend your knees. Arms down."))
    first, second, third = outlines(
        session(exercise(hold_for(5), setup=words("Bend your knees.")), same, more)
    )

    assert "Bend your knees." in says(first.spans[0])
    assert says(second.spans[0])[1] == "Stay as you are."
    assert says(third.spans[0])[1:2] == ["Arms down."]


def test_in_brief_the_listener_stays_only_if_nothing_is_to_be_set_up() -> None:
    new = exercise(hold_for(5), name="New", setup=words("Arms down."))
    first, second, third = outlines(
        session(exercise(hold_for(5)), new, exercise(hold_for(5), name="Old", setup=words("Arms down."))),
        BRIEF,
    )

    assert "Stay as you are." not in says(first.spans[0]) + says(second.spans[0])
    assert says(third.spans[0])[1] == "Stay as you are."


def test_a_setup_has_to_be_done_again_after_a_change_of_position() -> None:
    knees = words("Bend your knees.")
    places = ("on your back", "standing", "on your back")
    found = outlines(
        session(
            *(exercise(hold_for(5), name=str(n), position=one, setup=knees) for n, one in enumerate(places))
        )
    )

    assert ["Bend your knees." in says(outline.spans[0]) for outline in found] == [True, True, True]


def test_a_talk_may_leave_the_listener_somewhere_else() -> None:
    up = SayStep(HERE, words("Stand up now."), position=words("standing"))
    knees = words("Soft knees.")
    lies, stands = (
        exercise(hold_for(5), name=place, position=place, setup=knees)
        for place in ("on your back", "standing")
    )
    _, after = outlines(session(lies, up, stands))

    assert says(after.spans[0]) == ["Standing. Two of two.", "Soft knees.", "Once, for five seconds."]


def test_who_lies_where_the_first_side_begins_stays_there() -> None:
    clam = exercise(hold_for(5), name="Clam", position="on your <other side> side", dose=EACH)
    _, second = outlines(session(exercise(hold_for(5), position="on your left side"), clam))

    assert says(second.spans[0])[1] == "Stay as you are."
    assert second.spans[0].activity.position == "on your left side"


def test_who_has_turned_over_for_the_second_side_is_where_that_side_works() -> None:
    side = exercise(hold_for(5), position="on your <other side> side", dose=EACH)
    stays = exercise(hold_for(5), name="Stays", position="on your right side")
    first, second = outlines(session(side, stays))

    assert first.spans[-1].activity.position == "on your right side"
    assert says(second.spans[0])[1] == "Stay as you are."


def test_an_exercise_without_a_position_is_done_where_the_listener_is() -> None:
    _, second = outlines(session(exercise(hold_for(5)), TILT))

    assert [span.activity.position for span in second.spans] == ["on your back"] * len(second.spans)
    assert says(second.spans[0])[1] == "Once, for five seconds."


def test_an_exercise_that_comes_again_is_named_once_more_and_coached_in_brief() -> None:
    full = exercise(hold_for(5, "Lift your hips. Slowly."), position=None)
    first, second = outlines(session(full, full))

    assert "Slowly." in first.texts()
    assert says(second.spans[0])[0] == "Bridge, once more. Two of two."
    assert "Slowly." not in second.texts()


@pytest.mark.parametrize(
    "change",
    [
        {"moves": (hold_for(5, "Lift your hips. Quickly."),)},
        {"position": words("standing")},
        {"setup": words("Feet apart.")},
        {"fault": words("Do not hurry.")},
        {"feel": words("You feel your seat.")},
        {"easier": Easier(words("Lift less."), None, ())},
    ],
)
def test_another_exercise_of_the_same_name_is_taught_in_full(change: dict[str, Any]) -> None:
    bridge = exercise(hold_for(5, "Lift your hips. Slowly."))
    _, second = outlines(session(bridge, replace(bridge, **change)))

    assert says(second.spans[0])[0] == "Bridge. Two of two."
    assert any("Lift your hips." in text for text in second.texts())


def test_another_dose_is_still_the_same_exercise() -> None:
    bridge = exercise(hold_for(5, "Lift your hips. Slowly."))
    _, second = outlines(session(bridge, replace(bridge, dose=Dose(reps=(Range(9, 9),)))))

    assert says(second.spans[0])[0] == "Bridge, once more. Two of two."


# --- the side that begins --------------------------------------------------------------------------------


def before_the_hold(what: Exercise, choices: Choices | None = None) -> list[str]:
    outline = outlines(session(what), choices)[0]
    spans = list(takewhile(lambda span: span.kind is not PhaseKind.HOLD, outline.spans))
    return [text for span in spans for text in says(span)]


def test_brief_coaching_names_the_side_that_a_full_text_would_have_named() -> None:
    leg = exercise(hold_for(5, "Lift your <side> leg as high as you can."), dose=EACH)

    assert "Right side first." not in before_the_hold(leg)
    assert "Right side first." in before_the_hold(leg, BRIEF)


def test_an_exercise_that_comes_again_names_its_first_side_again() -> None:
    leg = exercise(hold_for(5, "Lift your <side> leg as high as you can.", "Lift."), dose=EACH)
    _, second = outlines(session(leg, leg))

    assert "Right side first." in says(second.spans[0])


def test_a_side_named_only_in_a_later_move_or_in_advice_is_named_before_the_first() -> None:
    two = replace(
        exercise(hold_for(5, "Breathe in and lift the ribs a little.", "In."), dose=EACH),
        moves=(hold_for(5, "Breathe in and lift the ribs."), hold_for(5, "Now lift your <side> leg.")),
    )
    advised = exercise(
        hold_for(5, "Lift the leg as high as it goes."), dose=EACH, fault=words("<Side> hip still.")
    )

    assert "Right side first." in before_the_hold(two)
    assert "Right side first." in before_the_hold(advised)


def test_a_setup_with_a_side_is_said_again_although_the_exercise_before_had_the_same() -> None:
    setup = words("Cross your <side> leg over.")
    one = exercise(hold_for(5, "Press down with the hand, slowly and gently."), dose=EACH, setup=setup)
    first, second = outlines(session(one, replace(one, name="Other")))

    for outline in (first, second):
        assert "Cross your right leg over." in says(outline.spans[0])


def test_the_other_side_alone_does_not_say_which_works() -> None:
    reach = exercise(
        hold_for(5, "Look to the <other side> hand.", "Look to the <other side> hand."), dose=EACH
    )
    alternating = replace(reach, dose=replace(EACH, sides=Sides.ALTERNATING))

    assert "Right side first." in before_the_hold(reach)
    assert "Right side first." in before_the_hold(alternating)


# --- ticks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listener", "author", "script", "ticks"),
    [
        (None, None, None, True),
        (None, None, False, False),
        (None, True, False, True),
        (None, False, None, False),
        (True, False, False, True),
        (False, True, True, False),
    ],
)
def test_listener_before_exercise_before_session_chooses_ticks(
    *, listener: bool | None, author: bool | None, script: bool | None, ticks: bool
) -> None:
    what = session(exercise(hold_for(30), ticks=author), ticks=script)
    (outline,) = outlines(what, Choices(ticks=listener))

    assert ("tick" in outline.sounds()) is ticks


# --- numbers ---------------------------------------------------------------------------------------------


def test_exercises_are_numbered_and_what_has_a_role_is_not() -> None:
    warm_up = exercise(hold_for(5), name="Warm-up", role=Role.WARM_UP)
    found = outlines(session(warm_up, TILT, exercise(hold_for(5))))

    assert [says(outline.spans[0])[0] for outline in found] == [
        "Warm-up.",
        "Tilt. One of two.",
        "Bridge. Two of two.",
    ]
    assert [(one.spans[0].activity.n, one.spans[0].activity.of) for one in found] == [
        (None, None),
        (1, 2),
        (2, 2),
    ]


def test_how_much_is_left_is_said_at_a_change_of_position_in_between() -> None:
    places = ("on your back", "on your back", "standing", "on your back")
    found = outlines(
        session(*(exercise(hold_for(5), name=f"E{n}", position=one) for n, one in enumerate(places)))
    )

    assert ["more after this" in " ".join(says(outline.spans[0])[1:2]) for outline in found] == [
        False,
        False,
        True,
        False,
    ]
