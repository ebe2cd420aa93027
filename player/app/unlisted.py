"""Files in the user's folders that no list shows, each with the reason: a mistyped ending is no lost script.

Only what may be meant as a script counts: hidden files, backups of editors, other documents are left alone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from player.shelves import SCRIPT_ENDINGS, is_script, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.shelves import Shelf

DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pages")
LOOK_LIKE_SCRIPTS = (".txt", ".json", ".yaml.txt", ".yml.txt", ".yaml.yaml")
MOST_TOLD = 10
"""Files that a list names."""
KNOWN_FOLDERS = frozenset({"exercises", "talks", "schema"})


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A file that may be meant as a script."""

    path: Path
    why: str
    """What is wrong, and what to do."""


def find_unlisted(shelf: Shelf) -> Iterator[Unlisted]:
    """The files of a shelf's folders for scripts, exercises and talks that no list shows."""
    if shelf.scripts is None:
        return
    yield from _elsewhere(shelf.scripts.parent, shelf.scripts)
    for folder in _folders(shelf.scripts):
        if folder.name not in KNOWN_FOLDERS:
            yield from _elsewhere(folder, shelf.scripts)
    for folder in (shelf.scripts, shelf.exercises, shelf.talks):
        yield from _left_out(folder)


def _elsewhere(folder: Path, where: Path) -> Iterator[Unlisted]:
    for entry in _entries(folder):
        if is_script(entry.name) and entry.is_file():
            yield Unlisted(
                folder / entry.name, f"no scripts are read from this folder; move it to {shown(where)}"
            )


def _left_out(folder: Path) -> Iterator[Unlisted]:
    seen: dict[str, str] = {}
    for entry in _entries(folder):
        path, stem = folder / entry.name, Path(entry.name).stem
        if is_script(entry.name):
            if not entry.name.isprintable():
                yield Unlisted(path, "its name contains a hidden character; rename it")
            elif not entry.is_file():
                if not entry.is_dir():
                    yield Unlisted(path, "it is not a regular file; put the script itself there")
            elif stem in seen:
                yield Unlisted(path, f"{seen[stem]} has the same id; rename one of them")
            else:
                seen[stem] = entry.name
        elif entry.name.lower().endswith(DOCUMENTS) and entry.is_file():
            better = f"{entry.name.partition('.')[0]}{SCRIPT_ENDINGS[0]}"
            yield Unlisted(path, f"it is a word processor's; save it as plain text, with the name {better}")
        elif entry.name.lower().endswith(LOOK_LIKE_SCRIPTS) and entry.is_file():
            plain = entry.name.partition(".")[0]
            yield Unlisted(
                path, f"the name of a script ends in .yaml; rename it to {plain}{SCRIPT_ENDINGS[0]}"
            )


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """The files in a folder, by name; hidden ones are ignored."""
    try:
        with os.scandir(folder) as entries:
            return sorted((one for one in entries if not one.name.startswith(".")), key=lambda one: one.name)
    except OSError:
        return []


def _folders(folder: Path) -> list[Path]:
    return [folder / entry.name for entry in _entries(folder) if entry.is_dir()]
