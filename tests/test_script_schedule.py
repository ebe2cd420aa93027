"""How often to do a session: in keys, and in the words of hand-outs."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from player.script import schema
from player.session import Schedule
from player.wording.en.paper import often

from tests.scripting import mistakes, session

STEPS = "steps: [{rest: 5s}]"
EDITOR = Draft202012Validator(schema("session"))

IN_WORDS = [
    ("twice a day", Schedule(times_per_day=2), "twice a day"),
    ("Twice a day.", Schedule(times_per_day=2), "twice a day"),
    ("8 times a day", Schedule(times_per_day=8), "8 times a day"),
    ("3x/day", Schedule(times_per_day=3), "3 times a day"),
    ("three times per day", Schedule(times_per_day=3), "3 times a day"),
    ("2-3 times a day", Schedule(times_per_day=3), "3 times a day"),
    ("daily", Schedule(times_per_day=1), "once a day"),
    ("once a day", Schedule(times_per_day=1), "once a day"),
    ("every day", Schedule(times_per_day=1), "once a day"),
    ("every two hours", Schedule(every_hours=2), "every two hours"),
    ("every 2 hours", Schedule(every_hours=2), "every two hours"),
    ("every hour", Schedule(every_hours=1), "every hour"),
    ("hourly", Schedule(every_hours=1), "every hour"),
    ("3 times a week", Schedule(days_per_week=3), "3 days a week"),
    ("twice a week", Schedule(days_per_week=2), "2 days a week"),
    ("once or twice a week", Schedule(days_per_week=2), "2 days a week"),
    ("weekly", Schedule(days_per_week=1), "one day a week"),
    ("5 days a week", Schedule(days_per_week=5), "5 days a week"),
    ("every other day", Schedule(days_per_week=4), "4 days a week"),
    ("every 2 days", Schedule(days_per_week=4), "4 days a week"),
    ("twice a day, 5 days a week", Schedule(2, 5), "twice a day, 5 days a week"),
    ("twice a day, every other day", Schedule(2, 4), "twice a day, 4 days a week"),
    ("every two hours, 5 days a week", Schedule(None, 5, 2), "every two hours, 5 days a week"),
]


@pytest.mark.parametrize(("written", "meant", "printed"), IN_WORDS)
def test_how_often_in_the_words_of_hand_outs(written: str, meant: Schedule, printed: str) -> None:
    read = session(f"title: T\nschedule: {written}\n{STEPS}")

    assert read.schedule == meant
    assert often(meant) == printed
    assert EDITOR.is_valid({"title": "T", "schedule": written, "steps": [{"rest": "5s"}]})


def test_how_often_in_keys() -> None:
    read = session(f"title: T\nschedule: {{every_hours: 2, days_per_week: 5}}\n{STEPS}")

    assert read.schedule == Schedule(days_per_week=5, every_hours=2)


EXAMPLES = "write for example 'twice a day', 'every two hours' or '3 times a week'"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("often", f"2:11: 'often' does not say how often; {EXAMPLES}"),
        ("2", f"2:11: '2' does not say how often; {EXAMPLES}"),
        ("twice a month", f"2:11: 'twice a month' does not say how often; {EXAMPLES}"),
        ("25 times a day", "2:11: '25' is too much; the limit is 24"),
        ("every 13 hours", "2:11: '13' is too much; the limit is 12"),
        ("8 days a week", "2:11: '8' is too much; the limit is 7"),
        ("0 times a week", "2:11: '0' is too little; the minimum is 1"),
        (
            "[twice a day]",
            "2:11: expected a schedule, not a list; write for example 'schedule: twice a day, 5 days a week'",
        ),
        (
            "{times_per_day: 2, every_hours: 2}",
            "2:12: 'times_per_day' has no place beside 'every_hours'; keep one",
        ),
        ("{every_hours: 13}", "2:25: '13' is too much; the limit is 12"),
    ],
)
def test_mistakes_about_how_often(written: str, expected: str) -> None:
    assert mistakes(f"title: T\nschedule: {written}\n{STEPS}") == [f"s.yaml:{expected}"]
