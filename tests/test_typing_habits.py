"""The commonest mistakes of typing are told by their own line and cause, not by what they lead to."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.scripting import exercise_mistakes, mistakes, session, warnings

HEAD = "title: T\nsteps:\n  - exercise: warm-up\n"
TAIL = "  - exercise: cool-down\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  – exercise: bridge", "4:3: a list entry begins with '-', not '–'; write '- exercise: bridge'"),
        ("  — exercise: bridge", "4:3: a list entry begins with '-', not '—'; write '- exercise: bridge'"),
        ("  − exercise: bridge", "4:3: a list entry begins with '-', not '−'; write '- exercise: bridge'"),
        ("  • exercise: bridge", "4:3: a list entry begins with '-', not '•'; write '- exercise: bridge'"),
        ("  * exercise: bridge", "4:3: a list entry begins with '-', not '*'; write '- exercise: bridge'"),
        ("  2. exercise: bridge", "4:3: a list entry begins with '-', not '2.'; write '- exercise: bridge'"),
        ("  -exercise: bridge", "4:3: a space is missing after '-'; write '- exercise: bridge'"),
        ("  -\texercise: bridge", "4:4: a tab stands after '-'; type an ordinary space"),
        ("  -\u00a0exercise: bridge", "4:4: a non-breaking space stands after '-'; type an ordinary space"),
        (
            "\u00a0 - exercise: bridge",
            "4:1: a non-breaking space stands at the start of the line; type an ordinary space",
        ),
        ("  - exercise:bridge", "4:5: a space is missing after 'exercise:'; write 'exercise: bridge'"),
        (
            "  - exercise:\u00a0bridge",
            "4:14: a non-breaking space stands after 'exercise:'; type an ordinary space",
        ),
        (
            "  - exercise： bridge",
            "4:13: a full-width colon stands after 'exercise'; write 'exercise: bridge'",
        ),
        ("  - exercise = bridge", "4:14: '=' stands after 'exercise'; write 'exercise: bridge'"),
        ("  - exercise bridge", "4:5: a ':' is missing after 'exercise'; write 'exercise: bridge'"),
        (
            "  - say: #1 is the best",
            '4:10: a text after # is a comment; put it in quotes: say: "#1 is the best"',
        ),
        (
            "  - say: “Hello”: she said",
            "4:10: curly quotes are part of the text; type straight ones: \"…\" or '…'",
        ),
        ("  - rest:30s", "4:5: a space is missing after 'rest:'; write 'rest: 30s'"),
    ],
)
def test_a_line_is_told_as_it_was_typed(line: str, told: str) -> None:
    assert mistakes(f"{HEAD}{line}\n{TAIL}") == [f"s.yaml:{told}"]


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("title:Morning", "1:1: a space is missing after 'title:'; write 'title: Morning'"),
        ("title Morning", "1:1: a ':' is missing after 'title'; write 'title: Morning'"),
        ("title：Morning", "1:6: a full-width colon stands after 'title'; write 'title: Morning'"),
        ("title; Morning", "1:6: ';' stands after 'title'; write 'title: Morning'"),
        ("title: #1 stretch", '1:8: a text after # is a comment; put it in quotes: title: "#1 stretch"'),
    ],
)
def test_the_first_line_is_named_although_the_parser_stops_at_the_second(first: str, told: str) -> None:
    assert mistakes(f"{first}\nsteps:\n  - exercise: warm-up\n{TAIL}") == [f"s.yaml:{told}"]


def test_several_are_told_at_once_with_other_mistakes_of_a_readable_file() -> None:
    script = """\
        title: T
        steps:
          -exercise: warm-up
          -exercise: bridge
        """

    assert [told.partition("; ")[0] for told in mistakes(script)] == [
        "s.yaml:3:3: a space is missing after '-'",
        "s.yaml:4:3: a space is missing after '-'",
    ]


def test_within_an_exercise_and_in_braces() -> None:
    assert exercise_mistakes("name: A\nsay: Go.\nhold:5s\nreps: 2\n") == [
        "e.yaml:3:1: a space is missing after 'hold:'; write 'hold: 5s'"
    ]
    assert mistakes(f"{HEAD}  - exercise: {{name:A, say: Go., hold: 5s}}\n{TAIL}") == [
        "s.yaml:4:16: a space is missing after 'name:'; write 'name: A'"
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("3x10", "'3x10' is sets and reps; write 'sets: 3' and 'reps: 10'"),
        ("3 × 10 reps", "'3 × 10 reps' is sets and reps; write 'sets: 3' and 'reps: 10'"),
        ("3 sets of 10", "'3 sets of 10' is sets and reps; write 'sets: 3' and 'reps: 10'"),
        ("10/side", "'10/side' is for each side; write 10, and 'sides: each'"),
        ("10 each side", "'10 each side' is for each side; write 10, and 'sides: each'"),
        ("10 times", "'10 times' has a word after the number; write 10 alone"),
        ("10x", "'10x' has a word after the number; write 10 alone"),
    ],
)
def test_a_dose_as_on_paper_is_told_how_to_write_it(value: str, told: str) -> None:
    (mistake,) = exercise_mistakes(f"name: A\nsay: Go.\nhold: 5s\nreps: {value}\n")

    assert mistake == f"e.yaml:4:7: {told}"


def test_a_text_cut_short_by_a_comment_is_a_warning() -> None:
    steps = "  - say: Pain below #4 only.\n  - {exercise: bridge}  #the bridge\n"

    assert warnings(f"{HEAD}{steps}{TAIL}") == [
        "s.yaml:4:21: what follows ' #' is a comment and is not read; put the whole text in quotes"
    ]


@pytest.mark.parametrize(
    ("typed", "meant"), [("repetitions", "reps"), ("pause", "rest"), ("warning", "caution")]
)
def test_the_words_of_hand_outs_lead_to_the_keys(typed: str, meant: str) -> None:
    (mistake,) = exercise_mistakes(f"name: A\nsay: Go.\nhold: 5s\n{typed}: 2\n")

    assert mistake == f"e.yaml:4:1: unknown key '{typed}'; did you mean '{meant}'?"


def test_what_only_looks_like_such_a_mistake_is_none() -> None:
    script = dedent("""\
        title: T
        steps:   # the steps:none glued here
          - say: |
              rest:less minds
              • exercise: daily
          - exercise: warm-up
          - exercise: cool-down
        """)

    assert session(script).title == "T"


def test_the_continuation_of_a_text_is_no_key_without_its_colon() -> None:
    script = f"{HEAD}  - say: Breathe and\n      rest a little\n  - hold: 5\n{TAIL}"

    assert not any("':' is missing" in told for told in mistakes(script))
