"""`cuemat exercises`: the catalogue, and what in it is for a muscle, a position, or what is at hand.

A search word counts wherever it stands in a text, so that `--position back` finds "on your back". A broken
exercise shows its first mistake and hides no other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.errors import Mistake, ScriptError
from player.library import Library, Origin, shown
from player.wording.en import paper

if TYPE_CHECKING:
    import argparse

    from player.library import Entry
    from player.session import Exercise


@dataclass(frozen=True, slots=True)
class Found:
    """An exercise of the catalogue, or why it cannot be read."""

    entry: Entry
    exercise: Exercise | None
    mistakes: tuple[Mistake, ...] = ()

    def fits(self, target: str | None, position: str | None, need: str | None) -> bool:
        """Whether it is for this muscle, in this position, with this at hand; None: whichever."""
        if self.exercise is None:
            return target is position is need is None
        return (
            _anywhere(target, self.exercise.targets)
            and _anywhere(position, (starts(self.exercise),))
            and _anywhere(need, self.exercise.needs)
        )


def run(options: argparse.Namespace) -> int:
    """Print one line an exercise."""
    library = Library.found()
    every = [_found(library, entry) for entry in library.exercises.values()]
    chosen = [one for one in every if one.fits(options.target, options.position, options.need)]
    if options.json:
        print(json.dumps([_as_json(one) for one in chosen], ensure_ascii=False, indent=1))
        return 0
    if not chosen:
        print("None of the exercises is like that; `cuemat exercises` lists all.")
    width = max((len(one.entry.id) for one in chosen), default=0)
    for origin, heading in ((Origin.USER, "Yours"), (Origin.BUNDLED, "Bundled")):
        lines = [_line(one, width) for one in chosen if one.entry.origin is origin]
        if lines:
            print("\n".join([f"{heading}:", *lines]))
    return 0


def starts(exercise: Exercise) -> str:
    """The starting position of the side that begins; empty if the author does not say."""
    return exercise.position.on(exercise.dose.first) if exercise.position else ""


def _anywhere(word: str | None, texts: tuple[str, ...]) -> bool:
    return word is None or any(word.casefold() in text.casefold() for text in texts)


def _found(library: Library, entry: Entry) -> Found:
    try:
        return Found(entry, library.exercise(entry.id))
    except ScriptError as problem:
        return Found(entry, None, problem.mistakes)


def _line(one: Found, width: int) -> str:
    name, exercise = f"  {one.entry.id:<{width}}", one.exercise
    if exercise is None:
        return f"{name}  {one.mistakes[0]}"
    wins = " (in place of the bundled one)" if one.entry.replaces_bundled else ""
    parts = (starts(exercise), paper.dose(exercise), ", ".join(exercise.targets))
    needs = f". Needs: {', '.join(exercise.needs)}" if exercise.needs else ""
    return f"{name}  {exercise.name}{wins}: {'; '.join(part for part in parts if part)}{needs}."


def _as_json(one: Found) -> dict[str, object]:
    exercise = one.exercise
    return {
        "id": one.entry.id,
        "origin": one.entry.origin,
        "path": shown(one.entry.path),
        "name": exercise.name if exercise else None,
        "position": starts(exercise) if exercise else None,
        "dose": paper.dose(exercise) if exercise else None,
        "targets": exercise.targets if exercise else [],
        "needs": exercise.needs if exercise else [],
        "role": exercise.role if exercise else None,
        "mistakes": [str(mistake) for mistake in one.mistakes],
    }
