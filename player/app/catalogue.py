"""The exercises that sessions can use, searched by muscle, position or equipment; and both as plain data.

A search word matches anywhere in a text, so "back" finds "on your back". A broken exercise shows its first
mistake and does not hide the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.errors import ScriptError
from player.library import Library, shown
from player.wording.en import paper

if TYPE_CHECKING:
    from player.app.request import Request
    from player.errors import Mistake
    from player.library import Entry, Summary
    from player.session import Exercise


@dataclass(frozen=True, slots=True)
class ExerciseEntry:
    """An exercise of the catalogue, or why it cannot be read."""

    entry: Entry
    exercise: Exercise | None
    mistakes: tuple[Mistake, ...] = ()

    def fits(self, target: str | None, position: str | None, need: str | None) -> bool:
        """Whether it matches the muscle, the position and the equipment; None matches anything."""
        if self.exercise is None:
            return target is position is need is None
        return (
            _contain(self.exercise.targets, target)
            and _contain((starting_position(self.exercise),), position)
            and _contain(self.exercise.needs, need)
        )


def find_exercises(target: str | None, position: str | None, need: str | None) -> list[ExerciseEntry]:
    """The exercises that match, ordered by id; for the arguments see `ExerciseEntry.fits`."""
    library = Library.found()
    every = [_read(library, entry) for entry in library.exercises.values()]
    return [one for one in every if one.fits(target, position, need)]


def exercise_as_json(one: ExerciseEntry) -> dict[str, object]:
    """An exercise as plain data, for other programs."""
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


def session_as_json(summary: Summary, seconds: float | None, request: Request) -> dict[str, object]:
    """A session as plain data; `seconds` is None if its length is unknown."""
    head = summary.head
    return {
        "id": summary.entry.id,
        "origin": summary.entry.origin,
        "path": shown(summary.entry.path),
        "title": head.title if head else None,
        "about": head.about if head else None,
        "seconds_estimated": seconds,
        "day": request.wishes.day or 1,
        "level": request.wishes.level,
        "tags": head.tags if head else [],
        "needs": head.needs if head else [],
        "mistakes": [str(mistake) for mistake in summary.mistakes],
    }


def starting_position(exercise: Exercise) -> str:
    """The starting position of the side that begins; empty if the author does not say."""
    return exercise.position.on(exercise.dose.first) if exercise.position else ""


def _contain(texts: tuple[str, ...], word: str | None) -> bool:
    return word is None or any(word.casefold() in text.casefold() for text in texts)


def _read(library: Library, entry: Entry) -> ExerciseEntry:
    try:
        return ExerciseEntry(entry, library.exercise(entry.id))
    except ScriptError as problem:
        return ExerciseEntry(entry, None, problem.mistakes)
