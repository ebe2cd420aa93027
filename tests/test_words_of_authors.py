"""Placeholders for sides in an author's texts, and how they are filled in."""

from __future__ import annotations

import pytest
from player.session import Side, Words

from tests.sessions import words


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("To the <side>.", "To the right."),
        ("<Side>. Your <other side> leg stays.", "Right. Your left leg stays."),
        ("<Other side> hand up.", "Left hand up."),
        ("<SIDE> and < side > are no placeholders.", "<SIDE> and < side > are no placeholders."),
    ],
)
def test_both_sides_are_filled_in_with_the_capital_that_was_written(written: str, right: str) -> None:
    assert words(written).on(Side.RIGHT) == right


def test_without_a_working_side_the_text_stays_as_it_is() -> None:
    assert words("To the <side>.").on(None) == "To the <side>."


def test_a_side_is_called_what_the_language_calls_it() -> None:
    names = {Side.LEFT: "links", Side.RIGHT: "rechts"}

    assert words("<Side>, von <other side>.").on(Side.LEFT, names.__getitem__) == "Links, von rechts."


@pytest.mark.parametrize(
    ("text", "working", "any_side"),
    [
        (words("To the <side>."), True, True),
        (words("<Side>."), True, True),
        (words("On your <other side> side."), False, True),
        (words("On one side>."), False, False),
    ],
)
def test_a_text_knows_which_sides_it_names(text: Words, working: bool, any_side: bool) -> None:  # noqa: FBT001  a table
    assert (text.names_side, text.names_any_side) == (working, any_side)
