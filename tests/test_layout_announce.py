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
        "Now come down to the floor. Use a chair if you like.",
        "One knee down, then the other.",
        "Hands on the floor.",
        "From there, sink onto your side, and lie down.",
        "Lie on your back.",
        "Take your time.",
        "Bend your knees.",
        "Arms down.",
        "Twice on each side, each for five seconds.",
        "Right side first.",
    ]


def test_a_change_of_position_and_each_step_of_a_setup_get_their_time() -> None:
    bridge = exercise(hold_for(5), setup=words("Bend your knees. Arms down."))
    found = pauses(ready(bridge))

    assert [found["Take your time."], found["Bend your knees."], found["Arms down."]] == [20.0, 1.0, 1.0]
    assert found["Lie on your back."] == found["Bridge."] == 0.35


def test_in_brief_nobody_hears_how_to_set_up() -> None:
    bridge = exercise(hold_for(5), setup=words("Bend your knees."))

    assert "Bend your knees." not in says(ready(bridge, BRIEF))


@pytest.mark.parametrize(
    ("text", "said"),
    [("Bend the <side> knee.", False), ("Rest the <other side> knee.", True), ("Bend.", True)],
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
    assert says(ready(exercise(hold_for(3.9), hold_for(4.0))))[-1] == "Once, for four seconds."


def test_without_any_movement_in_words_advice_comes_before_the_dose() -> None:
    quick = exercise(
        Move(words("Nod."), None, move=Range(2.0, 2.0)), feel=words("Feel your neck."), position=None
    )

    assert says(ready(quick)) == ["Bridge.", "Feel your neck.", "Once."]


# --- a rhythm --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("position", "seconds"), [("standing", 8.0), (None, 4.0)])
def test_a_rhythm_is_taught_before_it_and_time_is_given_to_act(position: str | None, seconds: float) -> None:
    nod = exercise(hold_for(2, "Nod. Slowly."), position=position, feel=words("Feel it."))
    span = ready(nod)

    assert says(span)[-4:] == ["Nod.", "Slowly.", "Feel it.", "With me."]
    assert [line.pause for line in span.lines[-4:]] == [0.35, 0.35, seconds, 1.0]


def test_a_rhythm_that_is_known_begins_at_once() -> None:
    nod = exercise(hold_for(2, "Nod."), position=None)

    assert says(ready(nod, BRIEF)) == ["Bridge.", "Once.", "With me."]


# --- how long it takes -----------------------------------------------------------------------------------


def test_there_are_eight_seconds_to_get_ready_and_one_without_a_word_at_the_end() -> None:
    span = ready(TILT)

    assert (span.kind, span.length, span.quiet) == (PhaseKind.GET_READY, 8.0, 1.0)


def test_exercise_before_session_before_coach_says_how_long_one_gets_ready() -> None:
    own = exercise(hold_for(5), get_ready=3.0)

    assert ready(own, defaults=Defaults(get_ready=12.0)).length == 3.0
    assert ready(TILT, defaults=Defaults(get_ready=12.0)).length == 12.0


def test_extra_time_comes_after_the_words_too() -> None:
    span = ready(TILT, Choices(extra_get_ready=5.0))

    assert (span.length, span.quiet) == (13.0, 6.0)


@pytest.mark.parametrize(("asked", "seconds"), [(None, [3.0, 7.0]), (20.0, [3.0, 17.0]), (5.0, [3.0, 3.0])])
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

    assert (end.kind, end.length, end.earcon) == (PhaseKind.REST, 3.0, earcon)


def test_after_an_exercise_its_rest_says_what_comes_next() -> None:
    other = exercise(hold_for(5), name="Cat", position="on hands and knees")
    first, second, third = outlines(
        session(exercise(hold_for(5)), exercise(hold_for(5), name="Dead Bug"), other)
    )

    assert says(first.spans[-1]) == ["Now rest.", "Next, Dead Bug. Same position."]
    assert says(second.spans[-1]) == ["Now rest.", "Next, cat."]
    assert says(third.spans[-1]) == ["Now rest."]


def test_what_comes_next_is_judged_by_the_side_that_begins_it() -> None:
    left = exercise(hold_for(5), position="on your left side")
    first, _ = outlines(
        session(left, exercise(hold_for(5), name="Clam", position="on your <other side> side", dose=EACH))
    )

    assert says(first.spans[-1])[-1] == "Next, clam. Same position."


def test_a_cool_down_is_not_announced_in_advance() -> None:
    first, _ = outlines(session(TILT, exercise(hold_for(5), name="Cool-down", role=Role.COOL_DOWN)))

    assert says(first.spans[-1]) == ["Now rest."]


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

    assert says(first.spans[-1])[-1] == "Next, stays. Same position."
    assert "Stay as you are." in says(second.spans[0])


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
        {"easier": words("Lift less.")},
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


def test_a_setup_that_was_said_before_names_no_side() -> None:
    setup = words("Cross your <side> leg over.")
    one = exercise(hold_for(5, "Press down with the hand, slowly and gently."), dose=EACH, setup=setup)
    first, second = outlines(session(one, replace(one, name="Other")))

    assert "Right side first." not in says(first.spans[0])
    assert "Right side first." in says(second.spans[0])


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

    assert ["more exercise" in " ".join(says(outline.spans[0])[1:2]) for outline in found] == [
        False,
        False,
        True,
        False,
    ]
