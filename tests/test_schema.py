"""The JSON Schema: made from the reader's own model, and in agreement with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from player.errors import ScriptError
from player.library import Library
from player.script import parse_exercise, parse_session, schema

from tests.agreeing import disagreements
from tests.commands import CHECKOUT
from tests.scripting import EXERCISES, PELVIC_TILT, Catalogue, mistakes
from tests.test_script import MORNING

EITHER = Draft202012Validator(schema())
SESSION = Draft202012Validator(schema("session"))
EXERCISE = Draft202012Validator(schema("exercise"))


class Raw(yaml.BaseLoader):
    """Every scalar as its text."""


class Resolved(yaml.SafeLoader):
    """Scalars as an editor sees them: `5` is a number, `off` a boolean."""


def seen(text: str) -> list[Any]:
    """Return what editors of either habit see."""
    return [yaml.load(text, Loader=loader) for loader in (Raw, Resolved)]  # noqa: S506 - both are safe


def readable(text: str, *, exercise: bool) -> bool:
    try:
        if exercise:
            parse_exercise(text, "e.yaml", "e")
        else:
            parse_session(text, "s.yaml", "s", Catalogue())
    except ScriptError:
        return False
    return True


GOOD_EXERCISES = [
    *(text for name, text in EXERCISES.items() if name != "broken"),
    "{name: N, move: 2s}",
    "{name: N, hold: 5}",
    "{name: 7, hold: '1:30'}",
    "{name: N, hold: 5 - 10 Sec.}",
    "{name: N, hold: 1 min 30 s, rest: 0, ticks: off, reps: 10, sets: 2-3}",
    "{name: N, hold: 1.5s, ticks: 'Yes', reps: [5, 3, 1], back: {say: Relax.}}",
    "{name: N, hold: 5s, back: {for: 2s}, into: 3, sides: blocks, first: left, switch: {for: 9s, say: Go.}}",
    "{name: N, hold: 5s, progress: {hold: +1s, every: 2 days, up_to: 10s}}",
    "{name: N, hold: 5s, progress: {sets: 1, every: a week, up_to: 3}}",
    "{name: N, moves: [{say: A., hold: 5s, into: 1s}, {cue: B., move: 2s}], easier: Less., targets: back}",
    "{name: N, say: A., work: 20s, rest: 10s, rounds: 8}",
    "{name: N, say: A., every: 2s, reps: 10}",
    "{name: N, every: 4s, hold: 2s, reps: 10}",
    "{name: N, hold: [10s, 20, 5-8s], holding: Go on., sets: 3}",
    "{name: N, hold: 5s, reps: 5, needs: [], easier: {hold: 50%, reps: 0.6}, harder: x, kind: stretch}",
    "{name: N, hold: 5s, reps: 5, easier: {hold: half, reps: .5}, avoid_if: hip, tones: off, count: on}",
    "{name: N, hold: 5s, sides: each, works: leg, count: ticks, prepare: A., announce: off}",
    "{name: N, hold: 5s, avoid_if: [hip, floor], easier: {exercise: x, position: sitting, needs: chair}}",
]
BAD_EXERCISES = [
    "{hold: 5s}",
    "{name: N}",
    "{name: N, hold: 5s, move: 2s}",
    "{name: N, hold: 5s, moves: [{move: 2s}]}",
    "{name: N, say: A., moves: [{move: 2s}]}",
    "{name: N, moves: []}",
    "{name: N, moves: [{say: A.}]}",
    "{name: N, moves: [{move: 2s, into: 1s}]}",
    "{name: N, move: 2s, back: 1s}",
    "{name: N, hold: 0}",
    "{name: N, hold: -5}",
    "{name: N, hold: 5 lightyears}",
    "{name: N, hold: 2000}",
    "{name: N, hold: []}",
    "{name: N, hold: 5s, reps: 0}",
    "{name: N, hold: 5s, reps: 2.5}",
    "{name: N, hold: 5s, reps: ten}",
    "{name: N, hold: 5s, sides: both}",
    "{name: N, hold: 5s, first: left}",
    "{name: N, hold: 5s, switch: 3s}",
    "{name: N, hold: 5s, ticks: maybe}",
    "{name: N, hold: 5s, role: warmup}",
    "{name: N, hold: 5s, rep: 5}",
    "{name: N, hold: 5s, easier: {}}",
    "{name: N, hold: 5s, progress: {reps: +1}}",
    "{name: N, hold: 5s, progress: {reps: +1, sets: +1, every: 1 day, up_to: 5}}",
    "{name: N, hold: 5s, progress: {reps: +1, every: daily, up_to: 5}}",
    "{name: N, work: 20s}",
    "{name: N, hold: 5s, rounds: 3}",
    "{name: N, work: 20s, rounds: 3, reps: 4}",
    "{name: N, work: 20s, rounds: 3, hold: 4}",
    "{name: N, every: 2s}",
    "{name: N, every: 2s, reps: 3, move: 1s}",
    "{name: N, every: 2s, reps: 3, rest: 1s}",
    "{name: N, move: 5s, holding: A.}",
    "{name: N, hold: 5s, easier: {position: sitting}}",
    "{name: N, hold: 5s, reps: 4, easier: {hold: 0.5, exercise: x}}",
    "{name: N, hold: 5s, easier: {hold: 1.5}}",
    "{name: N, hold: 5s, easier: {hold: 0%}}",
    "{name: N, hold: 5s, works: leg}",
    "{name: N, hold: 5s, sides: each, works: left leg}",
    "{name: N, hold: 5s, kind: x}",
    "{name: N, hold: 5s, avoid_if: []}",
    "{name: N, hold: 5s, count: loud}",
    "[]",
    "text",
]
GOOD_SESSIONS = [
    MORNING,
    "{title: T, steps: [{say: Hi., position: standing}, {rest: 30}, {silence: 1 min}, {sound: bell}]}",
    "{title: T, steps: [{exercise: bridge, reps: 5, progress: {reps: +1, every: day, up_to: 9}}]}",
    "{title: T, steps: [{exercise: bridge, rest: 2s, setup: Slowly., back: 1s, hold: 3s}]}",
    "{title: T, ticks: on, coaching: full, music: sea, steps: [{repeat: 2, steps: [{rest: 5s}]}]}",
    "{title: T, needs: [], opening: off, closing: lying, schedule: twice a day, steps: [{walk: 10 min}]}",
    "{title: T, closing: on, schedule: {every_hours: 2}, steps: [{walk: 10, until: done}]}",
    "{title: T, defaults: {tones: off, announce: on, count: off}, steps: [{say: A., until: done}]}",
    "{title: T, steps: [{breathe: {in: 4s, hold: 7s, out: 8s, rest: 0, times: 4}}]}",
    "{title: T, steps: [{rest: 5s, until: done}, {talk: posture, lead: A.}]}",
    "{title: T, steps: [{exercise: bridge, needs: [], kind: stretch, until: done, hold: [1s, 2s]}]}",
    "{title: T, steps: [{exercise: march, rounds: 4}, {exercise: cat-stretch, every: 3s}]}",
    "{title: T, steps: [{intervals: {work: 20s, rest: 10s, rounds: 8, exercises: [bridge, {name: N}]}}]}",
]
BAD_SESSIONS = [
    "{title: T, schedule: often, steps: [{rest: 5s}]}",
    "{title: T, schedule: {times_per_day: 2, every_hours: 2}, steps: [{rest: 5s}]}",
    "{title: T, closing: sitting, steps: [{rest: 5s}]}",
    "{title: T, steps: [{walk: 10 min, until: over}]}",
    "{title: T, steps: [{silence: 5s, until: done}]}",
    "{title: T, steps: [{intervals: {work: 20s, rounds: 8, exercises: [bridge]}}]}",
    "{title: T, steps: [{intervals: {work: 20s, rest: 5s, rounds: 8, exercises: [{name: N, hold: 5s}]}}]}",
    "{title: T, steps: [{exercise: bridge, work: 20s, rounds: 8, reps: 5}]}",
    "{title: T}",
    "{steps: [{rest: 5s}]}",
    "{title: T, steps: []}",
    "{title: T, steps: {rest: 5s}}",
    "{title: T, steps: [rest]}",
    "{title: T, steps: [{}]}",
    "{title: T, steps: [{say: A., sound: bell}]}",
    "{title: T, steps: [{rest: 0s}]}",
    "{title: T, steps: [{repeat: 2}]}",
    "{title: T, steps: [{repeat: 101, steps: [{rest: 1s}]}]}",
    "{title: T, steps: [{breathe: {in: 4s, out: 6s}}]}",
    "{title: T, steps: [{exercise: bridge, moves: [{move: 2s}]}]}",
    "{title: T, steps: [{exercise: {name: N}}]}",
    "{title: T, language: de, steps: [{rest: 1s}]}",
    "{title: T, schedule: {days_per_week: 8}, steps: [{rest: 1s}]}",
    "{title: T, defaults: {hold: 5s}, steps: [{rest: 1s}]}",
    "{title: '...', steps: [{rest: 1s}]}",
]


@pytest.mark.parametrize("which", [None, "session", "exercise"])
def test_it_is_a_schema(which: Any) -> None:  # noqa: ANN401 - a literal
    Draft202012Validator.check_schema(schema(which))


@pytest.mark.parametrize("text", GOOD_EXERCISES)
def test_good_exercises(text: str) -> None:
    assert readable(text, exercise=True)
    for data in seen(text):
        assert list(EXERCISE.iter_errors(data)) == []
        assert EITHER.is_valid(data)
        assert not SESSION.is_valid(data)


@pytest.mark.parametrize("text", BAD_EXERCISES)
def test_bad_exercises(text: str) -> None:
    assert not readable(text, exercise=True)
    for data in seen(text)[1:]:
        assert not EXERCISE.is_valid(data)


@pytest.mark.parametrize("text", GOOD_SESSIONS)
def test_good_sessions(text: str) -> None:
    assert readable(text, exercise=False)
    for data in seen(text):
        assert list(SESSION.iter_errors(data)) == []
        assert EITHER.is_valid(data)
        assert not EXERCISE.is_valid(data)


@pytest.mark.parametrize("text", BAD_SESSIONS)
def test_bad_sessions(text: str) -> None:
    assert not readable(text, exercise=False)
    for data in seen(text)[1:]:
        assert not SESSION.is_valid(data)


@pytest.mark.parametrize("which", ["session", "exercise", "talk"])
def test_the_files_for_editors_are_what_the_command_prints(which: Any) -> None:  # noqa: ANN401 - a literal
    printed = json.dumps(schema(which), ensure_ascii=False, indent=2) + "\n"

    assert (CHECKOUT / "scripts" / "schema" / f"{which}.json").read_text("utf-8") == printed


def test_every_key_says_what_it_means() -> None:
    for name, definition in schema()["$defs"].items():
        assert definition["description"], name
        assert definition["additionalProperties"] is False, name
        for key, described in definition["properties"].items():
            assert described["description"], f"{name}.{key}"


def test_what_is_bundled_follows_it() -> None:
    library = Library.found()
    for entry in library.scripts.values():
        assert list(SESSION.iter_errors(seen(entry.path.read_text(encoding="utf-8"))[1])) == []
    for entry in library.exercises.values():
        assert list(EXERCISE.iter_errors(seen(entry.path.read_text(encoding="utf-8"))[1])) == []


def test_an_editor_and_check_agree_about_any_value() -> None:
    assert list(disagreements(seed=1, count=4_000)) == []


@pytest.mark.parametrize("nothing", ["null", "Null", "NULL", "~", ""])
def test_what_yaml_calls_nothing_is_missing(nothing: str) -> None:
    assert mistakes(f"title: {nothing}\nsteps: [{{rest: 5s}}]\n")[0].startswith(
        "s.yaml:1:8: the text is missing"
    ) or (nothing == "")
    assert not readable(f"{{name: {nothing}, hold: 5s}}", exercise=True)
    assert not readable(f"{{name: A, say: Go., hold: {nothing}}}", exercise=True)
    assert readable(f"{{name: '{nothing or 'a'}b', say: Go., hold: 5s}}", exercise=True)


@pytest.mark.parametrize(
    ("written", "reps"), [("2.0", 2), ("1e1", 10), ("+5", 5), ("0x10", 16), ("0o7", 7), ("5.", 5)]
)
def test_a_number_in_any_notation_of_yaml_is_its_value(written: str, reps: int) -> None:
    one = parse_exercise(f"{{name: N, say: Go., hold: 5s, reps: {written}}}", "e.yaml", "e")

    assert one.dose.reps[0].low == reps
    assert not readable(f"{{name: N, say: Go., hold: 5s, reps: '{written}'}}", exercise=True)


def test_the_example_of_the_language_follows_it() -> None:
    assert EITHER.is_valid(seen(PELVIC_TILT)[1])
