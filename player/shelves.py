"""The folders of scripts, exercises and sounds, and the files in them; no file is read here.

A name is looked up in a list of files, never turned into a path, so no name can escape its folder. Files with
invisible characters in their names are ignored, because the name becomes an id, which is shown and typed. In
the folder of a script given by its path, only regular files that are really inside it count, because such
folders may come from strangers.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from player.words import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

HOME_VARIABLE = "CUEMAT_HOME"
"""The environment variable for another folder of the user's scripts, exercises and sounds."""
SCRIPT_ENDINGS = (".yaml", ".yml")
LEXICON = "lexicon.yaml"
"""The listener's spellings for voices, in the folder of scripts; it is no script."""
DRAWING_ENDINGS = (".svg",)
SOUND_ENDINGS = (".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3")


class Origin(StrEnum):
    """Where something was found."""

    BESIDE = "beside"
    """In the folder of a script given by its path."""
    USER = "user"
    BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders of one origin; missing folders count as empty."""

    origin: Origin
    scripts: Path | None
    exercises: Path
    talks: Path
    sounds: tuple[Path, ...]
    root: Path | None = None
    """Files outside this folder do not count, even through links."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file found on a shelf."""

    id: str
    path: Path
    origin: Origin
    replaces_bundled: bool = False
    """Whether it is the user's own and replaces a bundled one with the same id."""


def composed(name: str) -> str:
    """Return a name with composed letters: macOS writes an accent as a sign of its own, keyboards do not."""
    return unicodedata.normalize("NFC", name)


def is_script(name: str) -> bool:
    """Return whether a file's name is that of a script, in capital letters or not."""
    return name.lower().endswith(SCRIPT_ENDINGS)


def shown(path: Path) -> str:
    """Return a path as the user would type it: relative to the current folder if it is inside."""
    try:
        return printable(str(path.absolute().relative_to(Path.cwd())))
    except (ValueError, OSError):
        return printable(str(path))


def may_be_script(name: str) -> bool:
    """Return whether a file's name says nothing against its being a script."""
    return not Path(name).suffix or name.lower().endswith((*SCRIPT_ENDINGS, ".json", ".txt"))


def is_path(session: str) -> bool:
    """Return whether a user means a file: a separator or the ending of a script says so."""
    separators = {os.sep, os.altsep or os.sep}
    return any(separator in session for separator in separators) or is_script(session)


def entry_given(path: Path) -> Entry:
    """Return the entry of a script given by its path."""
    name = path.with_suffix("") if is_script(path.stem) else path  # as in session.yaml.txt
    return Entry(printable(composed(name.stem)), path, Origin.BESIDE)


def shelf_of(origin: Origin, home: Path) -> Shelf:
    """Return the shelf of a folder that contains scripts/ and sounds/."""
    scripts = home / "scripts"
    return Shelf(origin, scripts, scripts / "exercises", scripts / "talks", (home / "sounds",))


def users_home() -> Path:
    """Return the folder of the user's own scripts/, sounds/ and so on; it may not exist yet."""
    named = os.environ.get(HOME_VARIABLE)
    return path_of(named) if named else platformdirs.user_data_path("cuemat")


def path_of(typed: str) -> Path:
    """Return a typed path, with "~" expanded."""
    return Path(os.path.expanduser(typed))  # noqa: PTH111  never fails, unlike `Path.expanduser`


def bundled() -> Path:
    """Return the folder of the bundled scripts/ and sounds/: in a wheel, or else in a checkout."""
    package = Path(__file__).parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent


def both_shelves(home: Path | None = None) -> tuple[Shelf, Shelf]:
    """Return the user's shelf and the bundled one; the first wins.

    Args:
        home: The user's folder; None: the usual one.
    """
    return shelf_of(Origin.USER, home or users_home()), shelf_of(Origin.BUNDLED, bundled())


def listed(shelves: Iterable[tuple[Shelf, tuple[Path, ...]]], endings: tuple[str, ...]) -> dict[str, Entry]:
    """Return the files in the folders of some shelves, by id; the first with an id wins."""
    entries: dict[str, Entry] = {}
    for shelf, folders in shelves:
        for folder in folders:
            for path in _files(folder, endings, shelf.root):
                identity = composed(path.stem)
                first = entries.setdefault(identity, Entry(identity, path, shelf.origin))
                if first.origin is not Origin.BUNDLED and shelf.origin is Origin.BUNDLED:
                    entries[identity] = replace(first, replaces_bundled=True)
    return dict(sorted(entries.items()))


def left_out(shelves: Iterable[tuple[Shelf, tuple[Path, ...]]], endings: tuple[str, ...]) -> set[str]:
    """Return the names in strangers' folders that do not count: links that lead out, pipes."""
    rooted = [(shelf, folder) for shelf, folders in shelves if shelf.root for folder in folders]
    names = {name for _, folder in rooted for name in _names(folder, endings)}
    return names - {
        composed(path.stem) for shelf, folder in rooted for path in _files(folder, endings, shelf.root)
    }


def _names(folder: Path, endings: tuple[str, ...]) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [
                composed(Path(entry.name).stem)
                for entry in entries
                if entry.name.lower().endswith(endings) and _has_a_name(entry)
            ]
    except OSError:
        return []


def _files(folder: Path, endings: tuple[str, ...], root: Path | None) -> list[Path]:
    """Return the regular files in a folder with these endings, by name; hidden files are ignored."""
    try:
        with os.scandir(folder) as entries:
            paths = [
                folder / entry.name
                for entry in entries
                if entry.name.lower().endswith(endings) and _has_a_name(entry) and _is_file(entry)
            ]
        if root is not None:
            inside = root.resolve()
            paths = [path for path in paths if path.resolve().is_relative_to(inside)]
    except (OSError, RuntimeError):  # RuntimeError: circular links
        return []
    return sorted(paths)


def _has_a_name(entry: os.DirEntry[str]) -> bool:
    return entry.name.isprintable() and not entry.name.startswith(".") and entry.name.lower() != LEXICON


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False
