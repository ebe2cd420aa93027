"""`spoken`: the name of an exercise as the coach says it; lists, marks and paper show the written one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from player.layout import Outline, plan, remarks
from player.pictures.handout import as_page
from player.script import parse_session
from player.session import Choices, Exercise, ExerciseStep, IntervalsStep, Session
from player.timeline import Activity
from player.wording import ENGLISH

from tests.content import LIBRARY, alone, laid, said
from tests.scripting import exercise as parsed
from tests.scripting import exercise_mistakes
from tests.sessions import HERE, exercise, hold_for, session, words

TEXT = "{name: Psoas stretch, spoken: Front of the hip, say: Lean forward., hold: 30s}"
HIP = exercise(hold_for(30), name="Psoas stretch", spoken=words("Front of the hip"))


def outline(what: Session) -> Outline:
    return next(one for one in plan(what, Choices()) if one.exercise_id)


def texts(what: Session) -> list[str]:
    return [text for one in plan(what, Choices()) for text in one.texts()]


def renamed(text: str) -> Exercise:
    """An exercise of the catalogue, as a session changes it."""
    script = f"title: T\nsteps:\n  - exercise: psoas-stretch\n    {text}\n"
    (step,) = parse_session(script, "s.yaml", "s", LIBRARY).session.steps
    assert isinstance(step, ExerciseStep)
    return step.exercise


def test_a_script_says_how_its_name_is_spoken() -> None:
    one = parsed(TEXT)

    assert (one.name, one.spoken and one.spoken.text) == ("Psoas stretch", "Front of the hip")
    assert parsed(TEXT.replace("spoken: Front of the hip, ", "")).spoken is None


def test_what_cannot_be_spoken_is_a_mistake() -> None:
    assert exercise_mistakes(TEXT.replace("Front of the hip", '"..."')) != []


def test_the_coach_announces_the_spoken_name_and_never_says_the_written_one() -> None:
    heard = texts(session(HIP, exercise(hold_for(5)), HIP))

    assert "Front of the hip. One of three." in heard
    assert "Front of the hip, once more. Three of three." in heard
    assert not any("soas" in text for text in heard)


def test_the_mark_the_phases_and_the_list_show_the_written_name() -> None:
    found = outline(session(HIP))
    timeline = laid(session(HIP))

    assert found.title == "Psoas stretch"
    assert {span.activity.exercise for span in found.spans} == {"Psoas stretch"}
    assert "Psoas stretch" in [mark.title for mark in timeline.marks]


def test_paper_shows_the_written_name() -> None:
    page = as_page(session(HIP), lambda _: None)

    assert "Psoas stretch" in page
    assert "Front of the hip" not in page


def test_intervals_name_their_exercises_as_spoken() -> None:
    step = IntervalsStep(HERE, 20.0, 10.0, 4, (HIP, exercise(hold_for(5), name="Squat")))
    heard = texts(session(step))

    assert "In turn: front of the hip and squat." in heard
    assert outline(session(step)).title == "Psoas stretch · Squat"


def test_whoever_asks_where_they_are_hears_the_spoken_name() -> None:
    remark = remarks.whereabouts(outline(session(HIP)), Activity(exercise="Psoas stretch"), 60.0, ENGLISH)

    assert remark.texts()[0] == "Front of the hip."


def test_a_session_that_renames_an_exercise_is_heard_with_its_new_name() -> None:
    assert renamed("name: Long lunge").spoken is None
    both = renamed("name: Long lunge\n    spoken: The long lunge")
    assert (both.name, both.spoken and both.spoken.text) == ("Long lunge", "The long lunge")
    kept = renamed("sets: 2").spoken
    assert kept is not None
    assert kept.text == "Front of the hip"


def test_the_spoken_name_is_no_part_of_what_is_taught() -> None:
    assert replace(HIP, spoken=words("Hip")).lesson == HIP.lesson


@pytest.mark.parametrize("identity", ["psoas-stretch", "glute-squeeze", "piriformis-stretch", "draw-in"])
def test_a_muscles_name_that_nobody_knows_is_not_spoken(identity: str) -> None:
    exercise = LIBRARY.exercise(identity)

    assert exercise.spoken is not None
    assert said(alone(identity))[0] == f"{exercise.spoken.text}."
    assert not any(exercise.name in text for text in said(alone(identity)))
