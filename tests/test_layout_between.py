"""What comes between two reps: its length, its sounds and its words."""

from __future__ import annotations

import pytest
from player.layout import Span, plan
from player.session import (
    Choices,
    Coaching,
    Defaults,
    Dose,
    Exercise,
    Growing,
    Progress,
    Range,
    Sides,
    Switch,
)
from player.timeline import PhaseKind

from tests.sessions import exercise, hold_for, session, words

SILENT = hold_for(5, "Stay.", "Stay.")


def dose(sides: Sides = Sides.NONE, reps: int = 1, sets: int = 1, **more: float) -> Dose:
    return Dose(Range(sets, sets), (Range(reps, reps),), sides=sides, **more)  # type: ignore[arg-type]


def spans(what: Exercise, choices: Choices | None = None, **more: object) -> list[Span]:
    """The spans between the reps of an exercise, without announcement, movements, holds and end."""
    outline = next(one for one in plan(session(what, **more), choices or Choices()) if one.exercise_id)
    around = {PhaseKind.GET_READY, PhaseKind.MOVE, PhaseKind.HOLD}
    return [span for span in outline.spans[:-1] if span.kind not in around]


def says(span: Span) -> list[str]:
    """What a span says, and the seconds without a word after each line."""
    return [f"{line.text} {line.pause:g}" for line in span.lines]


def closing(span: Span) -> list[str]:
    return [line.text for line in span.closing]


# --- changing sides --------------------------------------------------------------------------------------


def test_there_are_six_seconds_to_change_sides_after_the_side_is_named() -> None:
    (switch,) = spans(exercise(SILENT, dose=dose(Sides.EACH)))

    assert (switch.kind, switch.length, switch.earcon) == (PhaseKind.SWITCH, 6.0, "switch-sides")
    assert says(switch) == ["Left side next. 6"]
    assert closing(switch) == []
    assert switch.activity.side == "left"


@pytest.mark.parametrize(
    ("position", "way"),
    [
        ("on your <other side> side", "In one piece, roll over onto your right side. 0.35"),
        (
            "on your <other side> side, knees bent",
            "In one piece, roll over onto your right side, knees bent. 0.35",
        ),
        ("lying on your side", "In one piece, roll over onto your other side. 0.35"),
    ],
)
def test_there_are_twelve_seconds_to_turn_over_in_one_piece_in_the_authors_words(
    position: str, way: str
) -> None:
    (switch,) = spans(exercise(SILENT, dose=dose(Sides.EACH), position=position, works="leg"))

    assert switch.length == 12.0
    assert says(switch) == [way, "Left leg next. 12"]


def test_whoever_lies_on_the_working_side_turns_onto_the_next_one() -> None:
    (switch,) = spans(exercise(SILENT, dose=dose(Sides.EACH), position="on your <side> side, knees bent"))

    assert says(switch) == ["In one piece, roll over onto your left side, knees bent. 12"]
    assert switch.activity.position == "on your left side, knees bent"


def test_whoever_lies_on_the_same_side_for_both_does_not_turn() -> None:
    (switch,) = spans(exercise(SILENT, dose=dose(Sides.EACH), position="on your left side"))

    assert says(switch) == ["Left side next. 12"]


def test_a_position_or_a_setup_with_a_side_in_it_is_said_again_for_the_other() -> None:
    (kneels,) = spans(exercise(SILENT, dose=dose(Sides.EACH), position="kneeling on your <side> knee"))
    setup = words("Bend your knees. Cross your <side> ankle over your other knee.")
    (crosses,) = spans(exercise(SILENT, dose=dose(Sides.EACH), setup=setup))

    assert says(kneels) == ["Kneel on your left knee. 6"]
    assert kneels.activity.position == "kneeling on your left knee"
    assert says(crosses) == ["Cross your left ankle over your other knee. 6"]


@pytest.mark.parametrize("position", ["on your <other side> side", "on your back", None])
def test_an_author_says_how_and_how_long_sides_are_changed(position: str | None) -> None:
    own = Switch(8.0, words("Swing your legs round."))
    (switch,) = spans(exercise(SILENT, dose=dose(Sides.EACH), position=position, switch=own))

    assert switch.length == 8.0
    assert says(switch) == ["Swing your legs round. 0.35", "Left side next. 8"]


def test_authors_words_that_name_the_side_are_enough() -> None:
    own = Switch(8.0, words("Swing round. Now the <side> foot."))
    (switch,) = spans(exercise(SILENT, dose=dose(Sides.EACH), switch=own))

    assert says(switch) == ["Swing round. 2", "Now the left foot. 6"]


def test_authors_words_that_name_the_other_side_are_joined_by_the_limb_never_by_a_bare_side() -> None:
    own = Switch(8.0, words("Rest the <other side> foot."))
    (bare,) = spans(exercise(SILENT, dose=dose(Sides.EACH), switch=own))
    (limb,) = spans(exercise(SILENT, dose=dose(Sides.EACH), switch=own, works="leg"))

    assert says(bare) == ["Rest the right foot. 8"]
    assert says(limb) == ["Rest the right foot. 0.35", "Left leg next. 8"]


@pytest.mark.parametrize(("position", "length"), [("on your <other side> side", 12.0), ("standing", 6.0)])
def test_authors_words_without_a_time_get_the_coachs(position: str, length: float) -> None:
    own = Switch(None, words("Swing round."))
    (switch,) = spans(exercise(SILENT, dose=dose(Sides.EACH), position=position, switch=own))

    assert switch.length == length


def test_an_authors_time_alone_still_says_how_to_turn_over_and_never_hurries_it() -> None:
    (switch,) = spans(
        exercise(SILENT, dose=dose(Sides.EACH), position="on your <other side> side", switch=Switch(0.0))
    )

    assert says(switch) == ["In one piece, roll over onto your right side. 0.35", "Left side next. 12"]


def test_with_several_sets_turning_over_is_the_rest_and_begins_with_four_quiet_seconds() -> None:
    found = spans(exercise(SILENT, dose=dose(Sides.EACH, reps=2, sets=2, rest=0.0)))

    assert [span.kind for span in found] == [PhaseKind.SWITCH] * 3
    assert [span.earcon for span in found] == ["set-ends"] * 3
    assert says(found[0]) == ["That sound ends a set. 0.35", "Rest. 4", "Left side next. 6"]
    assert says(found[1]) == ["Rest. 4", "Right side next. 6"]
    assert [closing(span) for span in found] == [
        ["Set one of two."], ["Last set."], ["Last set."],
    ]  # fmt: skip


def test_a_rest_that_an_author_asks_for_ends_with_turning_over() -> None:
    found = spans(exercise(SILENT, dose=dose(Sides.EACH, sets=2, rest_between_sets=40.0)))

    assert [(span.kind, span.length, span.earcon) for span in found] == [
        (PhaseKind.SWITCH, 6.0, "set-ends"),
        (PhaseKind.SWITCH, 40.0, "set-ends"),
        (PhaseKind.SWITCH, 6.0, "set-ends"),
    ]
    assert says(found[1]) == ["Rest. Forty seconds. 0.35"]
    assert closing(found[1]) == ["Right side next.", "Last set."]


def test_a_side_at_a_time_rests_between_its_sets_and_changes_sides_without_another_rest() -> None:
    found = spans(exercise(SILENT, dose=dose(Sides.BLOCKS, sets=2, rest_between_sets=20.0)))

    assert [(span.kind, span.length) for span in found] == [
        (PhaseKind.REST, 20.0),
        (PhaseKind.SWITCH, 6.0),
        (PhaseKind.REST, 20.0),
    ]
    assert closing(found[0]) == ["Last set."]
    assert says(found[1]) == ["Rest. 4", "Left side next. 6"]
    assert found[1].earcon == "set-ends"
    assert closing(found[1]) == ["Set one of two."]


# --- alternating sides -----------------------------------------------------------------------------------


def test_alternating_sides_change_with_a_sound_once_and_rest_between_all_reps() -> None:
    found = spans(exercise(SILENT, dose=dose(Sides.ALTERNATING, reps=2, sets=2, rest=2.0)))

    assert [(span.kind, span.length, span.earcon, span.activity.side) for span in found] == [
        (PhaseKind.SWITCH, 2.0, "switch-sides", "left"),
        (PhaseKind.REST, 2.0, None, "left"),
        (PhaseKind.SWITCH, 2.0, None, "left"),
        (PhaseKind.REST, 30.0, "set-ends", "left"),
        (PhaseKind.SWITCH, 2.0, None, "left"),
        (PhaseKind.REST, 2.0, None, "left"),
        (PhaseKind.SWITCH, 2.0, None, "left"),
    ]
    assert closing(found[3]) == ["Last set."]
    assert all(span.lines == () for span in found if span.earcon != "set-ends")


def test_alternating_sides_without_a_rest_flow_into_each_other_after_the_first_change() -> None:
    found = spans(exercise(SILENT, dose=dose(Sides.ALTERNATING, reps=3, rest=0.0)))

    assert [(span.kind, span.length, span.earcon) for span in found] == [
        (PhaseKind.SWITCH, 0.0, "switch-sides")
    ]


# --- reps and sets ---------------------------------------------------------------------------------------


def test_reps_without_a_rest_flow_into_each_other() -> None:
    assert spans(exercise(SILENT, dose=dose(reps=3, rest=0.0))) == []


def test_between_reps_there_is_a_rest_without_a_word() -> None:
    (pause,) = spans(exercise(SILENT, dose=dose(reps=2, rest=4.0)))

    assert (pause.kind, pause.length, pause.earcon, pause.lines) == (PhaseKind.REST, 4.0, None, ())
    assert pause.activity.rep == 1


def test_between_sets_there_are_thirty_seconds_unless_somebody_says_otherwise() -> None:
    def rests(defaults: Defaults) -> list[float]:
        return [span.length for span in spans(exercise(SILENT, dose=dose(sets=3)), defaults=defaults)]

    assert rests(Defaults()) == [30.0, 30.0]
    assert rests(Defaults(rest_between_sets=45.0)) == [45.0, 45.0]


def test_a_rest_between_sets_says_how_long_it_is_and_which_set_comes() -> None:
    first, second = spans(exercise(SILENT, dose=dose(sets=3)))

    assert (first.kind, first.earcon) == (PhaseKind.REST, "set-ends")
    assert [says(span)[-1] for span in (first, second)] == ["Rest. Thirty seconds. 0.35"] * 2
    assert [closing(span) for span in (first, second)] == [["Set two of three."], ["Last set."]]
    assert [span.activity.set for span in (first, second)] == [1, 2]


def test_the_sound_that_ends_a_set_is_explained_once_and_not_in_brief() -> None:
    sets = exercise(SILENT, dose=dose(sets=3))
    brief = spans(sets, Choices(coaching=Coaching.BRIEF))

    assert [len(says(span)) for span in spans(sets)] == [2, 1]
    assert says(spans(sets)[0])[0] == "That sound ends a set. 0.35"
    assert [says(span) for span in brief] == [["Rest. Thirty seconds. 0.35"]] * 2


def test_many_reps_are_done_in_tens_with_a_short_rest_after_each() -> None:
    grows = Progress(Growing.REPS, 1, 1, 30)
    found = spans(exercise(SILENT, dose=dose(reps=5, rest=0.0), progress=grows), Choices(day=20))

    assert [(span.kind, span.length) for span in found] == [(PhaseKind.REST, 20.0)] * 2
    assert [says(span)[-1] for span in found] == ["Ten done. Rest. 0.35", "Twenty done. Rest. 0.35"]
    assert [closing(span) for span in found] == [["The next ten."], ["The last four."]]


def test_a_rhythm_is_told_what_its_falling_sound_means_before_it_takes_the_place_of_words() -> None:
    found = spans(exercise(hold_for(2, "Up.", "Up."), dose=dose(reps=5)))

    assert [(span.activity.rep, says(span)) for span in found if span.lines] == [
        (2, ["From here on, a falling sound says back. 0.35"])
    ]


@pytest.mark.parametrize(
    ("seconds", "notice", "signs"),
    [(29.0, None, 0), (30.0, "Ten seconds.", 0), (59.0, "Ten seconds.", 0), (60.0, "Ten seconds.", 2)],
)
def test_a_long_rest_announces_its_end_and_a_very_long_one_keeps_company(
    seconds: float, notice: str | None, signs: int
) -> None:
    (rest,) = spans(exercise(SILENT, dose=dose(sets=2, rest_between_sets=seconds)))

    assert rest.asides is not None
    assert (rest.asides.notice.text if rest.asides.notice else None) == notice
    assert len(rest.asides.signs) == signs
    assert rest.asides.silence == 30.0


# --- half of them ----------------------------------------------------------------------------------------


def halves(what: Exercise, choices: Choices | None = None) -> list[tuple[int | None, str | None]]:
    """After which rep, of which side, "half of them" is said."""
    return [
        (span.activity.rep, span.activity.side)
        for span in spans(what, choices)
        if "Half of them done." in [line.text for line in span.lines]
    ]


@pytest.mark.parametrize(("reps", "after"), [(14, []), (15, [(8, None)]), (20, [(10, None)])])
def test_the_middle_of_fifteen_reps_and_more_is_said(reps: int, after: list[tuple[int, None]]) -> None:
    assert halves(exercise(SILENT, dose=dose(reps=reps))) == after


def test_the_middle_is_said_in_the_first_set_alone_and_on_the_first_side_alone() -> None:
    assert halves(exercise(SILENT, dose=dose(reps=16, sets=2))) == [(8, None)]
    assert halves(exercise(SILENT, dose=dose(Sides.EACH, reps=16, sets=2))) == [(8, "right")]
    assert halves(exercise(SILENT, dose=dose(Sides.ALTERNATING, reps=16))) == [(8, "left")]


def test_the_middle_is_said_even_where_reps_flow_into_each_other() -> None:
    assert halves(exercise(SILENT, dose=dose(reps=16, rest=0.0))) == [(8, None)]


def test_the_middle_is_not_said_in_brief() -> None:
    assert halves(exercise(SILENT, dose=dose(reps=16)), Choices(coaching=Coaching.BRIEF)) == []
