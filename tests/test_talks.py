"""Talks: each day says the next point."""

from __future__ import annotations

import pytest
from player.errors import ScriptError
from player.script import holds_talk, parse_session, parse_talk
from player.session import Choices, Session, TalkStep

from tests.content import laid, said
from tests.scripting import Catalogue, lines, mistakes

ENDS_WITH_A_TALK = "title: T\nsteps:\n  - exercise: warm-up\n  - exercise: cool-down\n  - talk: posture\n"


def closing(choices: Choices) -> list[str]:
    session = parse_session(ENDS_WITH_A_TALK, "s.yaml", "s", Catalogue()).session
    heard = said(laid(session, choices))
    return heard[heard.index("Well done. That is all.") - 1 :][:1]


def test_each_day_says_the_next_point_and_then_they_begin_again() -> None:
    heard = [closing(Choices(day=day)) for day in (1, 2, 3, 4)]

    assert heard == [["Stand tall."], ["Do not slouch."], ["Stand tall."], ["Do not slouch."]]


def test_a_level_is_no_day_and_says_the_first_point() -> None:
    assert closing(Choices(level=1.0)) == ["Stand tall."]


def test_a_session_names_a_talk() -> None:
    session: Session = parse_session(ENDS_WITH_A_TALK, "s.yaml", "s", Catalogue()).session
    step = session.steps[-1]

    assert isinstance(step, TalkStep)
    assert (step.talk.title, step.source.line) == ("Posture", 5)
    assert [point.text for point in step.talk.points] == ["Stand tall.", "Do not slouch."]


def test_a_talk_that_is_not_there() -> None:
    assert mistakes("title: T\nsteps:\n  - talk: postur\n") == [
        "s.yaml:3:11: unknown talk 'postur'; did you mean 'posture'?"
    ]
    assert mistakes("title: T\nsteps:\n  - talk: diet\n") == [
        "s.yaml:3:11: unknown talk 'diet'; write the name of a file in scripts/talks/, without its ending"
    ]


def test_a_talk_with_mistakes_of_its_own() -> None:
    (found,) = mistakes("title: T\nsteps:\n  - talk: empty\n")

    assert found.startswith("talks/empty.yaml:1:24: 'points' needs a list, with each entry on its own line")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("points: [Stand tall.]", ["t.yaml:1:1: 'title' is missing; write for example 'title: Posture'"]),
        (
            "title: Posture",
            ["t.yaml:1:1: 'points' is missing; write for example 'points: [Change your position often.]'"],
        ),
        (
            "title: T\npoints: [Turn to the <side>.]",
            ["t.yaml:2:10: '<side>' means nothing without sides; write 'left' or 'right'"],
        ),
    ],
)
def test_mistakes_of_talks(text: str, expected: list[str]) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_talk(text, "t.yaml", "t")

    assert lines(caught.value.mistakes) == expected


def test_a_file_with_points_is_a_talk_and_no_session() -> None:
    assert holds_talk("title: T\npoints: [A.]", "t.yaml")
    assert not holds_talk("title: T\nsteps: []", "t.yaml")
