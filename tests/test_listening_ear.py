"""What `cuemat check` warns of in a script that is right: what nobody can follow with closed eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from player.app.ear import hard_to_bear, hard_to_follow
from player.script import parse_session
from player.session import Choices

from tests.commands import CHECKOUT, User
from tests.content import LIBRARY, laid
from tests.scripting import exercise, session

if TYPE_CHECKING:
    from pathlib import Path


def of_exercise(text: str) -> list[str]:
    return [f"{one.source.line}: {one.message}" for one in hard_to_follow(exercise(text))]


def of_session(text: str) -> list[str]:
    found = session(text)
    pace = hard_to_bear(laid(found), found, "≈ ")
    return [f"{one.source.line}: {one.message}" for one in (*hard_to_follow(found), *pace)]


@pytest.mark.parametrize("name", sorted(LIBRARY.scripts))
def test_a_bundled_session_can_be_followed(name: str) -> None:
    found = LIBRARY.load(name).session

    assert hard_to_follow(found) == []
    assert list(hard_to_bear(laid(found, Choices()), found, "≈ ")) == []


@pytest.mark.parametrize("identity", sorted(LIBRARY.exercises))
def test_a_bundled_exercise_can_be_followed(identity: str) -> None:
    assert hard_to_follow(LIBRARY.exercise(identity)) == []


def test_two_things_in_one_breath_are_named() -> None:
    assert of_exercise("name: A\nsetup: Bend your knees, and cross your arms.\nsay: Lift.\nhold: 5s\n") == [
        "2: two things in one breath: 'Bend your knees' and 'and cross your arms'; write two sentences"
    ]


@pytest.mark.parametrize(
    "one_thing",
    [
        "Bend your knees, feet flat.",
        "Fold the towel, and lay it on the mat.",
        "Lift your heels, and lower them again.",
        "Breathe out, and lift your head.",
        "Keep your shoulders down, and breathe.",
    ],
)
def test_two_short_imperatives_about_one_thing_are_one(one_thing: str) -> None:
    assert of_exercise(f"name: A\nneeds: [towel, mat]\nsetup: {one_thing}\nsay: Lift.\nhold: 5s\n") == []


def test_a_thing_that_nobody_has_fetched_is_named() -> None:
    band = "name: A\nsay: Pull the band apart.\nhold: 5s\n"

    assert of_exercise(band) == ["2: 'band' is needed here, and nobody has fetched it; write 'needs: [band]'"]
    assert (
        of_exercise(
            f"needs: [a long band]\n{band}".replace("name: A\n", "", 1).replace("needs", "name: A\nneeds", 1)
        )
        == []
    )
    assert (
        of_session(
            "title: T\nneeds: [band]\nsteps:\n  - exercise: {name: A, say: Pull the band., hold: 5s}\n"
        )
        == []
    )


def test_a_caution_that_only_says_ask_helps_nobody_on_the_floor() -> None:
    asks = of_exercise("name: A\ncaution: With weak bones, ask your doctor first.\nsay: Lift.\nhold: 5s\n")

    assert asks == [
        "2: a listener on the floor can ask nobody; say what to do now, for example 'skip this one'"
    ]
    assert (
        of_exercise("name: A\ncaution: Weak bones, ask first, or skip this one.\nsay: Up.\nhold: 5s\n") == []
    )


def test_a_side_that_brief_coaching_leaves_out_is_named() -> None:
    text = "name: A\nsay: Draw it to your <other side> shoulder.\ncue: {cue}\nhold: 5s\nsides: each\n"

    assert of_exercise(text.format(cue="Draw it in.")) == [
        "2: brief coaching says only 'cue', so nobody hears this side; write it there, too"
    ]
    assert of_exercise(text.format(cue="To your <other side> shoulder.")) == []


def test_a_position_that_is_not_known_is_named_with_what_is_made_of_it() -> None:
    assert of_exercise("name: A\nposition: on the moon\nsay: Lift.\nhold: 5s\n") == [
        "2: unknown position 'on the moon'; the coach says it as written, and takes it for standing"
    ]


def test_a_long_wait_with_nothing_to_do_is_named() -> None:
    found = of_session(
        "title: T\nsteps:\n  - exercise: {name: A, position: standing, say: Up., hold: 5s, get_ready: 60s}\n"
    )

    (wait,) = [one for one in found if "nothing to do" in one]
    assert wait.startswith("3: at ")


def test_too_many_words_in_a_minute_are_named_once() -> None:
    talk = " ".join(["This is a long lecture about the back, and nobody can follow it."] * 14)
    found = of_session(f"title: T\nsteps:\n  - say: {talk}\n  - exercise: {{name: A, say: Up., hold: 5s}}\n")

    (dense,) = [one for one in found if "words in the minute" in one]
    assert dense.startswith("3: ≈ ")


def test_the_command_prints_the_warnings_with_their_lines_and_accepts_the_file(tmp_path: Path) -> None:
    user = User(tmp_path)
    user.write("a.yaml", "title: T\nsteps:\n  - say: Bend your knees, and cross your arms.\n")
    outcome = user.cuemat("check", "a.yaml")

    assert outcome.code == 0
    assert "a.yaml:3:10: warning: two things in one breath" in outcome.stderr


def test_a_transcript_is_printed_a_line_an_action(tmp_path: Path) -> None:
    outcome = User(tmp_path).cuemat(
        "show", CHECKOUT / "scripts/breathing-breaks.yaml", "--transcript", "--voice", "en-us"
    )

    assert outcome.code == 0
    assert "    Breathe in.  (3 s)" in outcome.stdout
    assert "  BREATHING" in outcome.stdout


def test_one_more_thing_to_fetch_and_closing_the_eyes_are_no_second_action() -> None:
    text = "name: A\nneeds: [towel, strap]\nprepare: {}\nsay: Lift.\nhold: 5s\n"

    assert of_exercise(text.format("Get a towel and a strap.")) == []
    assert of_exercise(text.format('"Lie down on your back, and close your eyes."')) == []


def test_a_chair_that_only_the_position_names_is_needed_too() -> None:
    assert of_exercise("name: A\nposition: sitting on a chair\nsay: Lift.\nhold: 5s\n") == [
        "2: 'chair' is needed here, and nobody has fetched it; write 'needs: [chair]'"
    ]


def test_a_thing_that_a_talk_asks_for_is_needed_and_one_that_it_only_mentions_is_not() -> None:
    steps = "title: T\nsteps:\n  - say: {}\n"

    assert of_session(steps.format("Pick up the towel.")) == [
        "3: 'towel' is needed here, and nobody has fetched it; write 'needs: [towel]'"
    ]
    assert of_session(steps.format("A towel is a good friend.")) == []


def test_who_lies_on_a_sofa_is_taken_to_be_on_the_floor_and_the_author_hears_of_it() -> None:
    found = of_exercise("name: A\nposition: lying on the sofa\nsay: Lift.\nhold: 5s\n")

    assert "2: the coach takes 'sofa' for the floor; write 'bed', if that is not safe" in found


def test_a_session_that_says_it_ends_lying_must_do_so() -> None:
    text = """\
title: T
closing: lying
needs: [chair]
steps:
  - exercise: {{name: A, position: {}, say: Lift., hold: 5s}}
"""
    assert of_session(text.format("sitting on a chair")) == [
        "1: 'closing: lying', but the session ends 'sitting on a chair'; leave 'closing' out"
    ]
    assert of_session(text.format("on your back")) == []


def test_a_side_that_only_this_sessions_dose_makes_hard_is_named_at_its_step() -> None:
    text = "title: T\nsteps:\n  - exercise: psoas-stretch\n    sides: alternating\n"
    found = parse_session(text, "t.yaml", "t", LIBRARY).session

    message = "the listener changes this with every rep; write 'sides: each'"
    places = [str(one.source) for one in hard_to_follow(found) if one.message == message]
    assert places == ["t.yaml:3:5"]
