"""`cuemat exercises`: the catalogue, one line for each exercise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from player.cli.command import command
from player.cli.rows import print_rows

if TYPE_CHECKING:
    from player.app.catalogue import ExerciseEntry


@command(
    "exercises",
    "A search word matches anywhere in the text.",
    examples=(
        ("exercises --target 'lower back'", "for a muscle"),
        ("exercises --position standing --need wall", "standing, with a wall"),
    ),
)
@click.option("--target", metavar="WORD", help="for a muscle, for example: lower back")
@click.option("--position", metavar="WORD", help="in a position, for example: standing")
@click.option("--need", metavar="WORD", help="with something at hand, for example: chair")
@click.option("--json", "as_json", is_flag=True, help="print JSON, for other programs")
def exercises(target: str | None, position: str | None, need: str | None, *, as_json: bool) -> int:
    """Print one line for each exercise."""
    from player.app.catalogue import exercise_as_json, find_exercises

    chosen = find_exercises(target, position, need)
    if as_json:
        print(json.dumps([exercise_as_json(one) for one in chosen], ensure_ascii=False, indent=1))
        return 0
    if not chosen:
        print("No exercise matches; `cuemat exercises` lists all.")
    print_rows([(one.entry.origin, one.entry.id, _line(one)) for one in chosen])
    return 0


def _line(one: ExerciseEntry) -> str:
    from player.app.catalogue import starting_position
    from player.wording.en import paper

    exercise = one.exercise
    if exercise is None:
        return str(one.mistakes[0])
    wins = " (replaces the bundled one)" if one.entry.replaces_bundled else ""
    parts = (starting_position(exercise), paper.dose(exercise), ", ".join(exercise.targets))
    needs = f". Needs: {', '.join(exercise.needs)}" if exercise.needs else ""
    return f"{exercise.name}{wins}: {'; '.join(part for part in parts if part)}{needs}."


COMMAND = exercises
