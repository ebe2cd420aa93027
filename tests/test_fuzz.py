"""Any file and any keys are either used or calmly refused; nothing else fails.

The long run is `python -m tests.fuzz`.
"""

from __future__ import annotations

import asyncio
import string
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.engine_model import EngineAgainstModel
from tests.fuzzing import from_nothing, mutated, used
from tests.pressing import press_at_random
from tests.scripting import PELVIC_TILT
from tests.test_script import MORNING

if TYPE_CHECKING:
    from collections.abc import Callable

bounded = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
few = settings(bounded, max_examples=6, phases=[Phase.generate])
"""For tests that take a second: a number repeats a failure, and none is shrunk."""
chances = st.randoms(use_true_random=False)
signs = st.text(alphabet=string.printable + "\x00\x1b\x85\u2028\ufeff🙂é", max_size=200)


@bounded
@given(signs)
def test_random_text(text: str) -> None:
    used(text.encode())


@bounded
@given(st.binary(max_size=200))
def test_random_bytes(data: bytes) -> None:
    used(data)


@bounded
@given(chances)
def test_random_yaml(chance: Random) -> None:
    used(from_nothing(chance))


@bounded
@given(chances)
def test_a_bundled_script_with_a_few_changes(chance: Random) -> None:
    used(mutated(chance))


@few
@given(st.integers(0, 2**32))
def test_random_keys_against_the_panel(seed: int) -> None:
    asyncio.run(press_at_random(Random(seed), 15))  # noqa: S311  chance that can be had again


EngineAgainstModel.TestCase.settings = settings(bounded, max_examples=30, stateful_step_count=25)
TestRandomCommandsAgainstTheModelOfAnEngine = EngineAgainstModel.TestCase


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

        used("\n".join(broken).encode())
