"""The authors' page: every key is on it, and every example is correct."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from player.script import (
    forms,
    holds_exercise,
    holds_talk,
    model,
    movement,
    parse_exercise,
    parse_session,
    parse_talk,
)
from player.script.lexicon import parse_lexicon
from player.session import Choices
from player.timeline import PhaseKind

from tests.commands import CHECKOUT, User
from tests.content import LIBRARY, laid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from player.script.forms import Form

PAGE = (CHECKOUT / "scripts" / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \| `(.+)` \|$", re.MULTILINE)

STEP = forms.Form(
    "a step", "", tuple({key.name: key for f in model.STEP_FORMS.values() for key in f.keys}.values())
)


def in_session(line: str) -> str:
    rest = "" if line.startswith("title") else "title: T\n"
    return f"{rest}{line}\n{'' if line.startswith('steps') else 'steps: [{say: Hello.}]'}\n"


WITH_SIDES = {"sides": "sides: each", "hold": "hold: 5s"}
NEIGHBOURS: dict[str, dict[str, str]] = {
    **dict.fromkeys(("first", "switch", "works"), WITH_SIDES),
    **{key: {} for key in ("move", "moves")},
    "work": {"rounds": "rounds: 8"},
    "rounds": {"work": "work: 20s"},
    "every": {"reps": "reps: 10"},
    "easier": {"hold": "hold: 5s", "reps": "reps: 10"},
}
"""What else an exercise needs, for a key that is not satisfied with a hold."""


def in_exercise(line: str) -> str:
    key = line.partition(":")[0]
    lines = {"name": "name: Slide", **NEIGHBOURS.get(key, {"hold": "hold: 5s"}), key: line}
    return "\n".join(lines.values()) + "\n"


def in_move(line: str) -> str:
    key = line.partition(":")[0]
    lines = {key: line} if key in {"hold", "move"} else {"hold": "hold: 5s", key: line}
    return f"name: Slide\nmoves: [{{{', '.join(lines.values())}}}]\n"


def in_easier(line: str) -> str:
    lines = {"say": "say: Sit down.", line.partition(":")[0]: line}
    return in_exercise(f"easier: {{{', '.join(lines.values())}}}")


def in_progress(line: str) -> str:
    lines = {"every": "every: 1 day", "up_to": "up_to: 10", line.partition(":")[0]: line}
    if set(lines) == {"every", "up_to"}:
        lines["reps"] = "reps: +1"
    return f"name: Slide\nhold: 5s\nreps: 5\nsets: 2\nprogress: {{{', '.join(lines.values())}}}\n"


def in_breathe(line: str) -> str:
    lines = {"in": "in: 4s", "out": "out: 6s", "times": "times: 5", line.partition(":")[0]: line}
    return f"title: T\nsteps: [{{breathe: {{{', '.join(lines.values())}}}}}]\n"


def in_intervals(line: str) -> str:
    lines = {
        "work": "work: 20s",
        "rest": "rest: 10s",
        "rounds": "rounds: 8",
        "exercises": "exercises: [bridge]",
    }
    lines[line.partition(":")[0]] = line
    return f"title: T\nsteps: [{{intervals: {{{', '.join(lines.values())}}}}}]\n"


def in_steps(line: str) -> str:
    return f"title: T\nsteps:\n  - {line}\n"


def in_talk(line: str) -> str:
    lines = {"title": "title: T", "points": "points: [Stand tall.]", line.partition(":")[0]: line}
    return "\n".join(lines.values()) + "\n"


SECTIONS: dict[str, tuple[Form, Callable[[str], str]]] = {
    "A session": (model.SESSION, in_session),
    "Schedule": (model.SCHEDULE_FORM, lambda line: in_session(f"schedule: {{{line}}}")),
    "Defaults": (model.DEFAULTS_FORM, lambda line: in_session(f"defaults: {{{line}}}")),
    "Steps": (STEP, in_steps),
    "Intervals": (model.INTERVALS_FORM, in_intervals),
    "Breathe": (model.BREATHE_FORM, in_breathe),
    "An exercise": (model.EXERCISE, in_exercise),
    "A move": (movement.MOVE, in_move),
    "Back": (movement.BACK_FORM, lambda line: in_exercise(f"back: {{{line}}}")),
    "Switch": (movement.SWITCH_FORM, lambda line: in_exercise(f"switch: {{{line}}}")),
    "Easier": (model.EASIER_FORM, in_easier),
    "Progress": (movement.PROGRESS_FORM, in_progress),
    "A talk": (model.TALK_FILE, in_talk),
}


def section(title: str) -> str:
    return PAGE.partition(f"\n### {title}\n")[2].partition("\n##")[0]


def rows(title: str) -> dict[str, str]:
    """The example of each key of a section."""
    return {match[1]: match[5] for match in ROW.finditer(section(title))}


def read(text: str) -> None:
    """Parse a file of any kind; a mistake is an error."""
    if text.startswith("words:"):
        parse_lexicon(text, "page.yaml")
    elif holds_exercise(text, "page.yaml"):
        parse_exercise(text, "page.yaml", "page")
    elif holds_talk(text, "page.yaml"):
        parse_talk(text, "page.yaml", "page")
    else:
        laid(parse_session(text, "page.yaml", "page", LIBRARY).session)


@pytest.mark.parametrize("title", SECTIONS)
def test_every_key_of_the_language_is_on_the_page(title: str) -> None:
    form, _ = SECTIONS[title]
    whole_steps = {"name", "position", "setup", "hold", "into", "back", "feel", "fault", "easier", "caution"}
    below_an_exercise = {key.name for key in model.EXERCISE_STEP.keys} - {"exercise", "rest", "until"}
    elsewhere = (whole_steps | below_an_exercise) if title == "Steps" else set()

    assert set(rows(title)) == {key.name for key in form.keys} - elsewhere
    if title == "An exercise":
        assert {key.name for key in model.INTERVAL_EXERCISE.keys} <= set(rows(title))


def test_what_a_session_may_change_of_an_exercise_is_told() -> None:
    told = set(
        re.findall(r"`(\w+)`", section("Steps").partition("Below `exercise`")[2].partition("Below")[0])
    )

    assert told == {key.name for key in model.EXERCISE_STEP.keys} - {"exercise"}


def test_every_form_of_the_language_has_a_section() -> None:
    every = {
        id(one): name
        for name, one in {**vars(model), **vars(movement)}.items()
        if isinstance(one, forms.Form)
    }
    told = {id(form) for form, _ in SECTIONS.values()} | {id(model.EXERCISE_STEP), id(model.REPEAT_STEP)}
    told.add(id(model.INTERVAL_EXERCISE))  # keys of an exercise, all of them

    assert [name for identity, name in every.items() if identity not in told] == []


@pytest.mark.parametrize(("title", "key"), [(title, key) for title in SECTIONS for key in rows(title)])
def test_the_example_of_every_key_is_right(title: str, key: str) -> None:
    line = rows(title)[key]

    assert f"{key}:" in line
    read(SECTIONS[title][1](line))


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_right(text: str) -> None:
    read(text)


def test_a_key_has_a_unit_and_what_happens_without_it() -> None:
    cells = [match.groups() for match in ROW.finditer(PAGE)]

    assert len(cells) > 70
    assert all(cell.strip() for row in cells for cell in row)


def test_the_tutorial_ends_with_the_hand_out_that_it_began_with() -> None:
    texts = [text for text in EXAMPLES if text.startswith("title: Neck and calves")]
    assert [len(before) < len(after) for before, after in pairwise(texts)] == [True, True]

    timeline = laid(parse_session(texts[-1], "neck.yaml", "neck", LIBRARY).session, Choices())
    holds = [
        (phase.activity.exercise, phase.length / timeline.rate)
        for phase in timeline.phases
        if phase.kind is PhaseKind.HOLD
    ]
    assert holds == [("Chin tucks", 5)] * 10 + [("Calf stretch", 30)] * 4


def test_what_the_tutorial_says_that_check_says(tmp_path: Path) -> None:
    user = User(tmp_path)
    user.write("neck.yaml", [text for text in EXAMPLES if text.startswith("title: Neck and calves")][-1])
    outcome = user.cuemat("check", "neck.yaml")
    told = re.findall(r"`cuemat check` says `(.+?)`", PAGE)

    assert (outcome.stdout, outcome.stderr) == (f"neck.yaml: {told[0]}\n", "")
