"""Times, ranges and counts: the spellings of hand-outs."""

from __future__ import annotations

import pytest
import yaml
from player.script import nodes, values
from player.script.values import Limits, Unreadable
from player.session import Range

from tests.scripting import mistakes

HOLD = Limits(0.1, 1800, "hold")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5s", 5),
        ("90", 90),
        ("1.5s", 1.5),
        (".5s", 0.5),
        ("500 ms", 0.5),
        ("1:30", 90),
        ("0:00:45", 45),
        ("1m30s", 90),
        ("1 min 30 s", 90),
        ("1 minute and 30 seconds", 90),
        ("1 Min., 30 Sec.", 90),
        ("2 min", 120),
        ("1 minute", 60),
        ("30 seconds", 30),
        ("20 secs", 20),
        ("20 S", 20),
    ],
)
def test_times(text: str, seconds: float) -> None:
    assert values.seconds(text, HOLD) == seconds


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5-10s", 5, 10),
        ("5s-10s", 5, 10),
        ("5 - 10 s", 5, 10),
        ("5 to 10 seconds", 5, 10),
        ("5–10s", 5, 10),
        ("5−10s", 5, 10),
        ("5s-10", 5, 10),
        ("1-2 min", 60, 120),
        ("30s-1:30", 30, 90),
        ("5", 5, 5),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    assert values.seconds_range(text, HOLD) == Range(low, high)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not a time"),
        ("nan", "'nan' is not a time"),
        (".inf", "'.inf' is not a time"),
        ("1e400", "'1e400' is not a time"),
        ("five seconds", "'five seconds' is not a time"),
        ("5s5s", "'5s5s' is not a time"),
        ("5x", "'5x' is not a time"),
        ("1:5", "'1:5' is not a time"),
        ("1:75", "'1:75': numbers after a colon go up to 59"),
        ("-5s", "a time cannot be negative"),
        ("−5s", "a time cannot be negative"),
        ("0", "a hold cannot be 0"),
        ("0:00", "a hold cannot be 0"),
        ("1 h", "'1 h' is too much; the limit is 30 minutes"),
        ("9" * 400, f"'{'9' * 39}…' is too much; the limit is 30 minutes"),
        ("1 ms", "'1 ms' is too little; the minimum is 0.1 seconds"),
        ("5 secnds", "unknown unit 'secnds' in '5 secnds'; did you mean 'seconds'?"),
        ("5 fortnights", "unknown unit 'fortnights' in '5 fortnights'"),
        ("10-5s", "the range '10-5s' runs backwards; write the smaller end first"),
        ("1m-2", "the range '1m-2' lacks a unit; write it at both ends, as in '1m-2m'"),
    ],
)
def test_what_is_no_time(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        values.seconds_range(text, HOLD)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "days"), [("1 day", 1), ("day", 1), ("every 2 days", 2), ("a week", 7), ("2w", 14)]
)
def test_days(text: str, days: int) -> None:
    assert values.days(text) == days


@pytest.mark.parametrize("text", ["daily", "0 days", "400 days", "1", "-1 day"])
def test_what_is_no_number_of_days(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a number of days or weeks"):
        values.days(text)


def test_the_pure_parser_fails_as_calmly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)

    assert mistakes('title: "\\UFFFFFFFF"') == [
        "s.yaml:1:1: a '\\U…' in double quotes is not a character; use single quotes"
    ]
