"""The mistakes that `tests.mutate` puts into a module."""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random

import pytest

from tests.mutants import mutants_of
from tests.mutate import SPEAK_FOR
from tests.survivors import KNOWN, reason_for

LOOKED_AT = 60
"""Mutants of each module that are read here, always the same; `tests.mutate` runs them all."""


def changed(source: str) -> list[str]:
    return [mutant.source for mutant in mutants_of(source)]


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("x = 3", ["x = 4", "x = 2"]),
        ("x = 1.5", ["x = 3.0", "x = 0.75"]),
        ("x = True", ["x = False"]),
        ("x = a < b", ["x = a <= b", "x = a > b"]),
        ("x = a is b", ["x = a is not b"]),
        ("x = a and b", ["x = a or b"]),
        ("x = not a", ["x = (a)"]),
        ("x = 'é' + a", ["x = 'é' - a"]),
        ("x = max(a, b)", ["x = min(a, b)"]),
        ("x = a if b else c", ["x = a if (not (b)) else c"]),
        ("A = B = 'a'\nx = A", ["A = B = 'a'\nx = B"]),
        ("x = Kind.A, Kind.B", ["x = Kind.B, Kind.B", "x = Kind.A, Kind.A"]),
        ("a.append(b)", ["pass"]),
        ("a.b = c", ["pass"]),
        ("_log.info('%d', 3)", []),
        (
            "@dataclass(frozen=True)\nclass A:\n    b: int = 1",
            [
                "@dataclass(frozen=True)\nclass A:\n    b: int = 2",
                "@dataclass(frozen=True)\nclass A:\n    b: int = 0",
            ],
        ),
        ("'''A docstring of 3 lines.'''\nx: Literal[3]\ny = f'{3}'", []),
    ],
)
def test_each_mutant_has_one_mistake(source: str, mutants: list[str]) -> None:
    assert changed(source) == mutants


@pytest.mark.parametrize("module", SPEAK_FOR)
def test_every_mutant_is_python_and_differs(module: str) -> None:
    root = Path(__file__).parents[1]
    source = (root / module).read_text("utf-8")
    mutants = changed(source)

    assert len(mutants) > 10
    assert source not in mutants
    some = Random(module).sample(mutants, min(LOOKED_AT, len(mutants)))  # noqa: S311  chance that can be had again
    assert all(ast.parse(mutant) for mutant in some)


@pytest.mark.parametrize("module", SPEAK_FOR)
def test_the_tests_that_speak_for_a_module_exist(module: str) -> None:
    root = Path(__file__).parents[1]

    assert all((root / tests).is_file() for tests in SPEAK_FOR[module])


@pytest.mark.parametrize("module", KNOWN)
def test_each_reason_to_survive_stands_for_one_mutant(module: str) -> None:
    mutants = mutants_of((Path(__file__).parents[1] / module).read_text("utf-8"))
    reasons = [reason for one in mutants if (reason := reason_for(module, one))]

    assert sorted(reasons) == sorted(KNOWN[module].values())
