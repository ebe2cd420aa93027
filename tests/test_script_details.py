"""For whom an exercise is, what is easier, how it is coached; how a session begins and ends."""

from __future__ import annotations

import pytest
from player.library import Library
from player.session import Avoid, Closing, Counting, Easier, ExerciseStep, Kind, Words

from tests.scripting import exercise, exercise_mistakes, mistakes, session, warnings

HEAD = "title: T\nsteps:\n"
SLIDE = "name: N, say: Slide., hold: 5s, reps: 10"
STEPS = "steps: [{rest: 5s}]"


def changed(text: str) -> ExerciseStep:
    (one,) = session(f"{HEAD}  - {text}").steps
    assert isinstance(one, ExerciseStep)
    return one


def test_for_whom_an_exercise_is() -> None:
    one = exercise(f"{{{SLIDE}, sides: each, kind: strength, avoid_if: [hip, bones], works: leg}}")

    assert (one.kind, one.avoid_if, one.works) == (Kind.STRENGTH, (Avoid.HIP, Avoid.BONES), "leg")
    assert exercise(f"{{{SLIDE}, avoid_if: floor}}").avoid_if == (Avoid.FLOOR,)


@pytest.mark.parametrize("kind", Kind)
def test_kinds(kind: Kind) -> None:
    assert exercise(f"{{{SLIDE}, kind: {kind}}}").kind is kind


def test_a_session_may_say_for_whom_and_what_to_fetch() -> None:
    one = changed(
        """exercise: rotational-stretch
    kind: mobility
    avoid_if: pregnant
    works: leg
    needs: []
    prepare: Put a pillow beside you.
    harder: bridge
    """
    ).exercise

    assert (one.kind, one.avoid_if, one.works) == (Kind.MOBILITY, (Avoid.PREGNANT,), "leg")
    assert (one.needs, one.harder) == ((), "bridge")
    assert one.prepare == Words("Put a pillow beside you.", one.prepare.source if one.prepare else one.source)


def test_a_session_may_need_less_or_more_for_an_exercise_than_the_catalogue() -> None:
    assert changed("exercise: {name: N, say: Lift., hold: 5s, needs: [mat]}").exercise.needs == ("mat",)
    assert (
        changed("{exercise: {name: N, say: Lift., hold: 5s, needs: [mat]}, needs: []}").exercise.needs == ()
    )
    assert changed("{exercise: bridge, needs: [mat, towel]}").exercise.needs == ("mat", "towel")
    assert exercise(f"{{{SLIDE}, needs: []}}").needs == ()


@pytest.mark.parametrize(
    ("written", "counting"),
    [
        ("numbers", Counting.NUMBERS),
        ("on", Counting.NUMBERS),
        ("ticks", Counting.TICKS),
        ("off", Counting.OFF),
        ("no", Counting.OFF),
    ],
)
def test_how_reps_are_counted(written: str, counting: Counting) -> None:
    assert exercise(f"{{{SLIDE}, count: {written}}}").counting is counting
    assert changed(f"{{exercise: bridge, count: {written}}}").exercise.counting is counting
    assert session(f"{{title: T, defaults: {{count: {written}}}, {STEPS}}}").defaults.counting is counting


def test_tones_and_announcements_are_switches() -> None:
    one = exercise(f"{{{SLIDE}, tones: off, announce: off}}")
    two = changed("{exercise: bridge, tones: off, announce: on}").exercise
    read = session(f"{{title: T, defaults: {{tones: off, announce: on}}, {STEPS}}}").defaults

    assert (one.tones, one.announce) == (False, False)
    assert (two.tones, two.announce) == (False, True)
    assert (read.tones, read.announce) == (False, True)
    assert (exercise(f"{{{SLIDE}}}").tones, exercise(f"{{{SLIDE}}}").announce) == (None, None)


def test_a_session_needs_nothing_if_its_author_says_so() -> None:
    assert session(f"{{title: T, needs: [], {STEPS}}}").needs_nothing
    assert session(f"{{title: T, needs: [], {STEPS}}}").needs == ()
    assert not session(f"{{title: T, needs: [mat], {STEPS}}}").needs_nothing
    assert not session(f"{{title: T, {STEPS}}}").needs_nothing


@pytest.mark.parametrize(
    ("written", "closing"), [("on", Closing.ON), ("off", Closing.OFF), ("lying", Closing.LYING)]
)
def test_how_a_session_begins_and_ends(written: str, closing: Closing) -> None:
    read = session(f"{{title: T, opening: off, closing: {written}, {STEPS}}}")

    assert (read.opening, read.closing) == (False, closing)


def test_an_easier_way_is_words_an_exercise_or_a_part_of_the_dose() -> None:
    in_words = exercise(f"{{{SLIDE}, easier: {{say: Sit., position: sitting, needs: [chair]}}}}").easier
    another = exercise(f"{{{SLIDE}, easier: {{exercise: bridge}}, harder: superman}}")

    assert in_words is not None
    assert in_words.position is not None
    assert (in_words.position.text, in_words.needs) == ("sitting", ("chair",))
    assert another.easier == Easier(exercise="bridge")
    assert another.harder == "superman"


@pytest.mark.parametrize("half", ["0.5", ".5", "50%", "50 %", "half"])
def test_parts_of_a_dose(half: str) -> None:
    assert exercise(f"{{{SLIDE}, easier: {{hold: {half}, reps: 0.6}}}}").easier == Easier(hold=0.5, reps=0.6)


def test_an_easier_way_of_the_session_takes_the_place_of_the_catalogues() -> None:
    assert changed("{exercise: bridge, easier: {reps: 0.6}}").exercise.easier == Easier(reps=0.6)


OF_EXERCISES = [
    (
        "kind: strenght",
        "50: unknown value 'strenght'; did you mean 'strength'?",
    ),
    (
        "avoid_if: [hip, knees]",
        "60: unknown value 'knees'; did you mean 'kneeling'?",
    ),
    ("avoid_if: []", "54: the list is empty; write for example 'avoid_if: [hip, bones]'"),
    ("works: leg", "44: 'works' makes no sense without 'sides'; write for example 'sides: each'"),
    (
        "sides: each, works: left leg",
        "64: 'left leg' is not one word of letters; write for example 'works: leg'",
    ),
    (
        "prepare: On the <side>.",
        "53: '<side>' means nothing without sides; write 'sides: each', or name the side itself",
    ),
    ("tones: loud", "51: 'loud' is neither 'on' nor 'off'; write for example 'tones: off'"),
    ("announce: maybe", "54: 'maybe' is neither 'on' nor 'off'; write for example 'announce: off'"),
    ("count: aloud", "51: unknown value 'aloud'; write 'on' or 'off' or 'numbers' or 'ticks'"),
    (
        "easier: {hold: 0.5, exercise: bridge}",
        "53: 'hold' has no place beside 'exercise'; the other exercise has its own dose",
    ),
    (
        "easier: {position: sitting}",
        (
            "52: 'say', 'exercise', 'hold' or 'reps' is missing; "
            "write for example 'say: Make the movement smaller.'"
        ),
    ),
    ("easier: {hold: 2}", "59: '2' is not between 0 and 1 (or 0% and 100%); write for example 'hold: 0.5'"),
    ("easier: {hold: 0}", "59: '0' is not between 0 and 1 (or 0% and 100%); write for example 'hold: 0.5'"),
    (
        "easier: {reps: 100%}",
        "59: '100%' is not between 0 and 1 (or 0% and 100%); write for example 'reps: 0.6'",
    ),
    (
        "easier: {reps: 5 s}",
        "59: '5 s' is not a part, such as 0.5, '50%' or 'half'; write for example 'reps: 0.6'",
    ),
]


@pytest.mark.parametrize(("keys", "expected"), OF_EXERCISES)
def test_mistakes_of_details(keys: str, expected: str) -> None:
    assert exercise_mistakes(f"{{{SLIDE}, {keys}}}") == [f"e.yaml:1:{expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{name: N, move: 2s, reps: 5, easier: {hold: 0.5}}",
            "45: no move here holds, so there is no part of it; write 'reps: 0.5', or 'say'",
        ),
        (
            "{name: N, hold: 2s, easier: {reps: 0.5}}",
            "36: it is done once, so there is no part of its reps; write 'hold: 0.5', or 'say'",
        ),
    ],
)
def test_a_part_of_nothing(text: str, expected: str) -> None:
    assert exercise_mistakes(text) == [f"e.yaml:1:{expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            HEAD + "  - exercise: bridge\n    easier: {exercise: bridg}",
            "4:24: unknown exercise 'bridg'; did you mean 'bridge'?",
        ),
        (
            HEAD + "  - exercise: bridge\n    harder: bridg",
            "4:13: unknown exercise 'bridg'; did you mean 'bridge'?",
        ),
        (
            HEAD + f"  - exercise: {{{SLIDE}, easier: {{exercise: bridg}}}}",
            "3:77: unknown exercise 'bridg'; did you mean 'bridge'?",
        ),
        (
            HEAD + "  - intervals: {work: 9s, rest: 9s, rounds: 2, exercises: [{name: N, harder: bridg}]}",
            "3:78: unknown exercise 'bridg'; did you mean 'bridge'?",
        ),
        (
            f"title: T\nclosing: sitting\n{STEPS}",
            "2:10: unknown value 'sitting'; write 'on' or 'off' or 'lying'",
        ),
        (
            f"title: T\nopening: short\n{STEPS}",
            "2:10: 'short' is neither 'on' nor 'off'; write for example 'opening: off'",
        ),
        (
            f"title: T\ndefaults: {{count: aloud}}\n{STEPS}",
            "2:19: unknown value 'aloud'; write 'on' or 'off' or 'numbers' or 'ticks'",
        ),
    ],
)
def test_mistakes_of_sessions(text: str, expected: str) -> None:
    assert mistakes(text) == [f"s.yaml:{expected}"]


def test_a_ladder_of_the_catalogue_that_leads_nowhere_is_warned_of() -> None:
    text = "title: T\nopening: off\nclosing: off\nsteps:\n  - exercise: lonely"

    assert warnings(text) == [
        "s.yaml:5:15: 'lonely' has a harder exercise 'nowhere', which is not there; correct its file",
        "s.yaml:5:15: 'lonely' has an easier exercise 'nothing', which is not there; correct its file",
    ]


@pytest.mark.parametrize(
    ("written", "key"),
    [("tempo: 2s", "every"), ("contraindications: hip", "avoid_if"), ("type: stretch", "kind")],
)
def test_words_of_hand_outs_lead_to_their_keys(written: str, key: str) -> None:
    (line,) = exercise_mistakes(f"{{{SLIDE}, {written}}}")

    assert line.endswith(f"; did you mean '{key}'?")


def test_the_ladders_of_the_catalogue_lead_somewhere() -> None:
    library = Library.found()
    for identity in library.exercises:
        one = library.exercise(identity)
        steps = [one.easier.exercise if one.easier else None, one.harder]

        assert [step for step in steps if step is not None and step not in library.exercises] == []
