"""`cuemat exercises`: the catalogue, and what in it is for a muscle, a position, or what is at hand.

A search word counts wherever it stands in a text, so that `--position back` finds "on your back". A broken
exercise shows its first mistake and hides no other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from player.cli.command import command
from player.cli.rows import print_rows

if TYPE_CHECKING:
    from player.errors import Mistake
    from player.library import Entry, Library
    from player.session import Exercise


@dataclass(frozen=True, slots=True)
class ExerciseEntry:
    """An exercise of the catalogue, or why it cannot be read."""

    entry: Entry
    exercise: Exercise | None
    mistakes: tuple[Mistake, ...] = ()

    def fits(self, target: str | None, position: str | None, need: str | None) -> bool:
        """Whether it is for this muscle, in this position, with this at hand; None: whichever."""
        if self.exercise is None:
            return target is position is need is None
        return (
            _contain(self.exercise.targets, target)
            and _contain((starting_position(self.exercise),), position)
            and _contain(self.exercise.needs, need)
        )


@command(
    "exercises",
    "A search word counts wherever it stands.",
    examples=(
        ("exercises --target 'lower back'", "for a muscle"),
        ("exercises --position standing --need wall", "standing, with a wall"),
    ),
)
@click.option("--target", metavar="WORD", help="for a muscle, as in: lower back")
@click.option("--position", metavar="WORD", help="in a position, as in: standing")
@click.option("--need", metavar="WORD", help="with something at hand, as in: chair")
@click.option("--json", "as_json", is_flag=True, help="for other programs")
def exercises(target: str | None, position: str | None, need: str | None, *, as_json: bool) -> int:
    """Print one line an exercise."""
    from player.library import Library

    library = Library.found()
    every = [_read(library, entry) for entry in library.exercises.values()]
    chosen = [one for one in every if one.fits(target, position, need)]
    if as_json:
        print(json.dumps([_as_json(one) for one in chosen], ensure_ascii=False, indent=1))
        return 0
    if not chosen:
        print("No exercise matches; `cuemat exercises` lists all.")
    print_rows([(one.entry.origin, one.entry.id, _line(one)) for one in chosen])
    return 0


def starting_position(exercise: Exercise) -> str:
    """The starting position of the side that begins; empty if the author does not say."""
    return exercise.position.on(exercise.dose.first) if exercise.position else ""


def _contain(texts: tuple[str, ...], word: str | None) -> bool:
    return word is None or any(word.casefold() in text.casefold() for text in texts)


def _read(library: Library, entry: Entry) -> ExerciseEntry:
    from player.errors import ScriptError

    try:
        return ExerciseEntry(entry, library.exercise(entry.id))
    except ScriptError as problem:
        return ExerciseEntry(entry, None, problem.mistakes)


def _line(one: ExerciseEntry) -> str:
    from player.wording.en import paper

    exercise = one.exercise
    if exercise is None:
        return str(one.mistakes[0])
    wins = " (in place of the bundled one)" if one.entry.replaces_bundled else ""
    parts = (starting_position(exercise), paper.dose(exercise), ", ".join(exercise.targets))
    needs = f". Needs: {', '.join(exercise.needs)}" if exercise.needs else ""
    return f"{exercise.name}{wins}: {'; '.join(part for part in parts if part)}{needs}."


def _as_json(one: ExerciseEntry) -> dict[str, object]:
    from player.library import shown
    from player.wording.en import paper

    exercise = one.exercise
    return {
        "id": one.entry.id,
        "origin": one.entry.origin,
        "path": shown(one.entry.path),
        "name": exercise.name if exercise else None,
        "position": starting_position(exercise) if exercise else None,
        "dose": paper.dose(exercise) if exercise else None,
        "targets": exercise.targets if exercise else [],
        "needs": exercise.needs if exercise else [],
        "role": exercise.role if exercise else None,
        "mistakes": [str(mistake) for mistake in one.mistakes],
    }


COMMAND = exercises
