"""Compares what an editor says of a value (by the schema) with what `check` says, for a great many values.

    python -m tests.agreeing --count 50000 --seed 1

An editor resolves scalars as YAML 1.2 does: `null` is nothing, `1e1` is ten, `1:30` is text. What no schema
can say, such as whether an exercise exists, is left out.
"""

from __future__ import annotations

import argparse
import random
import re
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft202012Validator
from player.errors import ScriptError
from player.script import parse_exercise, parse_session, schema

from tests.scripting import Catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VALUES = """
null ~ Null 2.0 1e1 0x10 0o7 +5 .5 5. .inf -.inf 1_000 010 0 0.0 -0 true false True off on yes no On 1:30
1:5 90 5s 5 5-10s 2-3 3x10 +1 +1s 1.5s every_day 2_days a_week day 30% '' '5' "5s" 'null' 2026-01-01 none
each left full brief ½ 1e400 1e-3 99999999999 0.1 1. 5_s 5_Sec. 1_min_30_s 500_ms 1h daily - -- ... x a .
20:74 1:00:00 [] {} [5] 1h30m 30s1m twice_a_day Every_two_hours 3x/week once_or_twice_a_week every_other_day
weekly twice 50% 50_% half 0.6 ticks numbers lying hip floor [hip] stretch leg left_leg [5s,_9s] [5s,_0]
""".split()  # noqa: SIM905  "_" becomes a space
LETTERS = "0123456789.:-+esxm ½/tn~"
OF_EXERCISES = """
name position setup say cue hold move into back reps sets rest rest_between_sets sides first switch
get_ready ticks feel fault easier caution reference role targets needs
holding prepare harder kind avoid_if works tones announce count every work rounds
""".split()  # noqa: SIM905  easier to read
OF_SESSIONS = """
title about language tags needs music ticks coaching safety opening closing schedule
""".split()  # noqa: SIM905  easier to read
OF_STEPS = ["rest", "silence", "repeat", "say", "sound", "exercise", "talk", "walk"]
OF_BREATHS = ["in", "out", "times", "hold", "rest"]
OF_INTERVALS = ["work", "rest", "rounds", "exercises"]
OF_EASIER = ["say", "position", "needs", "exercise", "hold", "reps"]
OF_GROWTH = ["reps", "sets", "hold", "every", "up_to"]
BEYOND_A_SCHEMA = re.compile(
    r"^unknown (?:exercise|sound|talk)|too much|too little|runs backwards|is a path|is below the start|many"
    r"|not a file in|sides|characters|has mistakes|lists each set|placeholder|cannot be 0"
)


class Editor(yaml.SafeLoader):
    """Resolves scalars by YAML 1.2's core schema."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  as in the base class


_INT, _FLOAT = "tag:core:int", "tag:core:float"
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"null|Null|NULL|~|", [*"nN~", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    (_INT, r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    (
        _FLOAT,
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)",
        [*"-+0123456789."],
    ),
):
    Editor.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _first)


def _whole(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0 if text[:2] in {"0o", "0x"} else 10)


def _real(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(str(loader.construct_scalar(node)).lower().replace(".inf", "inf"))


Editor.add_constructor(_INT, _whole)
Editor.add_constructor(_FLOAT, _real)


def disagreements(seed: int, count: int) -> Iterator[str]:
    """The texts about which the two disagree, each with what `check` says."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    validators = {which: Draft202012Validator(schema(which)) for which in ("exercise", "session")}
    for _ in range(count):
        which, text = _text(chance)
        try:
            data = yaml.load(text, Loader=Editor)  # noqa: S506  a safe one
        except yaml.YAMLError:
            continue
        mistakes = _mistakes(which, text)
        told = [mistake for mistake in mistakes if not BEYOND_A_SCHEMA.search(mistake)]
        valid = validators[which].is_valid(data)
        if (valid and told) or (not valid and not mistakes):
            yield f"{text!r}: the schema says {'yes' if valid else 'no'}, check says {told[:1] or 'ok'}"


def _mistakes(which: str, text: str) -> list[str]:
    try:
        if which == "exercise":
            parse_exercise(text, "e.yaml", "e")
        else:
            parse_session(text, "s.yaml", "s", Catalogue())
    except ScriptError as problem:
        return [mistake.message for mistake in problem.mistakes]
    return []


def _text(chance: random.Random) -> tuple[str, str]:
    kinds: tuple[tuple[Callable[[random.Random, str], str], str, int], ...] = (
        (_exercise, "exercise", 6), (_session, "session", 2), (_step, "session", 2),
        (_breaths, "session", 1), (_intervals, "session", 1), (_easier, "exercise", 1),
        (_growth, "exercise", 2), (_schedule, "session", 1),
    )  # fmt: skip
    make, which, _ = chance.choices(kinds, [weight for *_, weight in kinds])[0]
    return which, make(chance, _value(chance))


def _value(chance: random.Random) -> str:
    if chance.random() < 0.7:
        return chance.choice(VALUES).replace("_", " ")
    return "".join(chance.choices(LETTERS, k=chance.randint(1, 5))).strip() or "~"


def _lines(values: dict[str, str], indent: str = "") -> str:
    return "".join(f"{indent}{key}: {value}\n" for key, value in values.items())


def _exercise(chance: random.Random, value: str) -> str:
    key = chance.choice(OF_EXERCISES)
    base = {"name": "N", "sides": "each", "say": "Go."} | ({} if key == "move" else {"hold": "5s"})
    return _lines(base | {key: value})


def _session(chance: random.Random, value: str) -> str:
    return _lines({"title": "T"} | {chance.choice(OF_SESSIONS): value}) + "steps: [{rest: 5s}]\n"


def _step(chance: random.Random, value: str) -> str:
    key = chance.choice(OF_STEPS)
    more = "    steps: [{rest: 5s}]\n" if key == "repeat" else ""
    return f"title: T\nsteps:\n  - {key}: {value}\n{more}"


def _breaths(chance: random.Random, value: str) -> str:
    breaths = {"in": "4s", "out": "4s", "times": "3"} | {chance.choice(OF_BREATHS): value}
    return "title: T\nsteps:\n  - breathe:\n" + _lines(breaths, " " * 6)


def _intervals(chance: random.Random, value: str) -> str:
    own = {"work": "20s", "rest": "10s", "rounds": "8", "exercises": "[bridge]"}
    lines = _lines(own | {chance.choice(OF_INTERVALS): value}, " " * 6)
    return f"title: T\nsteps:\n  - intervals:\n{lines}"


def _easier(chance: random.Random, value: str) -> str:
    return "name: N\nhold: 5s\nreps: 5\neasier:\n" + _lines({chance.choice(OF_EASIER): value}, "  ")


def _growth(chance: random.Random, value: str) -> str:
    key = chance.choice(OF_GROWTH)
    what = {} if key in {"reps", "sets", "hold"} else {chance.choice(["reps", "sets"]): "+1"}
    rule = {**what, "every": "1 day", "up_to": "30"} | {key: value}
    return "name: N\nhold: 5s\nprogress:\n" + _lines(rule, "  ")


def _schedule(chance: random.Random, value: str) -> str:
    key = chance.choice(["times_per_day", "days_per_week", "every_hours"])
    return f"title: T\nschedule:\n  {key}: {value}\nsteps: [{{rest: 5s}}]\n"


def main() -> int:
    """Print every disagreement; the exit code is 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.agreeing")
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    found = list(dict.fromkeys(disagreements(chosen.seed, chosen.count)))
    print(*found, f"{len(found)} disagreements in {chosen.count:,} values, seed {chosen.seed}", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
