"""Whatever stands in a script: a session, or its mistakes with their places; never another failure."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from player.errors import ScriptError
from player.script import model, parse_exercise, parse_head, parse_session
from player.script.files import decode
from player.session import Exercise, Session

from tests.scripting import PELVIC_TILT, Catalogue
from tests.test_script import MORNING

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.errors import Mistake

bounded = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = sorted(
    {key.name for form in (model.SESSION, model.EXERCISE, *model.STEP_FORMS.values()) for key in form.keys}
    | {"for", "in", "out", "times", "every", "up_to"}
)
VALUES = [
    "5s",
    "0",
    "-1",
    "1e400",
    ".nan",
    "2-3",
    "bridge",
    "bell",
    "on",
    "each",
    "left",
    "<side>",
    "",
    "+1",
    "🙂",
]

scalars = st.sampled_from([*WORDS, *VALUES]) | st.text(max_size=8)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | scalars, inner, max_size=5)
    ),
    max_leaves=25,
)
steps = st.lists(st.dictionaries(st.sampled_from(WORDS), trees, max_size=4) | trees, max_size=5)
sessions = st.fixed_dictionaries(
    {"title": scalars, "steps": steps}, optional={"defaults": trees, "schedule": trees}
)
signs = st.text(alphabet=string.printable + "\x00\x1b\x85\u2028\ufeff🙂é", max_size=200)


def read(text: str) -> None:
    """Read a text as everything that it could be."""
    for reading in (_session, _exercise, _head):
        for mistake in _mistakes(reading, text):
            assert mistake.source.line >= 1
            assert mistake.source.column >= 1
            assert mistake.message.isprintable()


def _mistakes(reading: Callable[[str], None], text: str) -> tuple[Mistake, ...]:
    try:
        reading(text)
    except ScriptError as problem:
        return problem.mistakes or pytest.fail("a ScriptError without a mistake")
    return ()


def _session(text: str) -> None:
    assert isinstance(parse_session(text, "s.yaml", "s", Catalogue()).session, Session)


def _exercise(text: str) -> None:
    assert isinstance(parse_exercise(text, "e.yaml", "e"), Exercise)


def _head(text: str) -> None:
    assert parse_head(text, "s.yaml").title


@bounded
@given(signs)
def test_random_text(text: str) -> None:
    read(text)


@bounded
@given(st.binary(max_size=200))
def test_random_bytes(data: bytes) -> None:
    try:
        text = decode(data, "s.yaml")
    except ScriptError:
        return
    read(text)


@bounded
@given(trees | sessions)
def test_random_yaml(tree: object) -> None:
    read(yaml.safe_dump(tree, allow_unicode=True))


@bounded
@given(st.sampled_from([MORNING, PELVIC_TILT]), st.data())
def test_a_script_with_a_few_signs_changed(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        width = data.draw(st.integers(0, 6))
        text = text[:at] + data.draw(signs.map(lambda found: found[:6])) + text[at + width :]
    read(text)


def _without(line: str) -> str:
    return line[:0]


def _doubled(line: str) -> str:
    return f"{line}\n{line}"


BREAKS: dict[str, Callable[[str], str]] = {
    "taken out": _without,
    "twice": _doubled,
    "cut off": lambda line: line[: len(line) // 2],
    "moved in": lambda line: f"  {line}",
    "moved out": lambda line: line.removeprefix("  "),
    "a tab": lambda line: f"\t{line}",
    "no colon": lambda line: line.replace(":", "", 1),
    "two colons": lambda line: line.replace(": ", ": : ", 1),
    "a quote": lambda line: line.replace(": ", ': "', 1),
    "a brace": lambda line: line.replace(": ", ": {", 1),
    "a sign": lambda line: line.replace(": ", ": @", 1),
    "an escape": lambda line: f"{line}\x1b[31m",
}


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("script", [MORNING, PELVIC_TILT], ids=["session", "exercise"])
def test_a_script_broken_at_each_of_its_lines(script: str, how: str) -> None:
    lines = script.split("\n")
    for number in range(len(lines)):
        broken = [*lines[:number], BREAKS[how](lines[number]), *lines[number + 1 :]]

        read("\n".join(broken))
