"""The listener's defaults, from `config.toml`: read and checked with the table of what can be chosen.

They rank between the script and Cuemat's own defaults: an option wins over a script, a script over this file.
If the file has mistakes, Cuemat names every one with its line and says what to write; it never applies half a
file. A listener on the floor wants their session all the same, so everything but what is about the settings
goes on with the defaults, and says so. The TOML parser keeps no line numbers, so they are looked up in the
text afterwards.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from player.app.keys import NAMES, clashes, read_keys
from player.app.kinds import RefusedError
from player.app.request import SETTINGS, Wishes
from player.errors import UserError
from player.files.own import own_folder
from player.files.plain import IrregularFileError, OversizedFileError, read_text
from player.files.whole import write_text
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from player.app.keys import Clash

MOST_BYTES = 1_000_000
"""Far more than any settings file needs."""
KEYS = "keys"
"""The table that assigns keys to actions."""
PLACES: dict[str, dict[str, str]] = {}
"""The name of a setting, by its table and key in the file."""
for _setting in SETTINGS.values():
    if _setting.key:
        PLACES.setdefault(_setting.key[0], {})[_setting.key[1]] = _setting.name

_HEADER = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_ENTRY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*(\.\s*(?:"[^"]+"|'[^']+'|[\w-]+)\s*)?=""")


@dataclass(frozen=True, slots=True)
class Settings:
    """The contents of the file; empty where it says nothing."""

    wishes: Wishes = field(default_factory=Wishes)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The listener's keys, by what they do."""


class SettingsError(UserError):
    """Everything that is wrong with the file, at once.

    Attributes:
        each: One pair for each mistake, in file order: where it is (`config.toml:3:1`), and what is wrong.
        discreet: The same mistakes without the owner's own words, for a report that strangers read.
    """

    def __init__(self, each: list[tuple[str, str]], discreet: list[str]) -> None:
        self.each, self.discreet = tuple(each), tuple(discreet)
        super().__init__(each)

    def __str__(self) -> str:
        return "\n".join(f"{where}: {what}" for where, what in self.each)

    def in_short(self) -> SettingsError:
        """The first mistake, and that there are no settings until it is corrected."""
        where, what = self.each[0]
        more = f" (and {len(self.each) - 1} more)" if len(self.each) > 1 else ""
        return SettingsError([(where, f"{what}{more}; until then, the defaults apply")], list(self.discreet))


@dataclass(frozen=True, slots=True)
class _Mistake:
    """One mistake, and where it is."""

    table: str
    key: str
    what: str
    nameless: str
    """The same without the owner's own words."""
    instead: str
    """What to write instead."""


def usable_settings(path: Path, tell: Callable[[SettingsError], None] = lambda _: None) -> Settings:
    """Read the file; if it cannot be used, there are no settings.

    Args:
        path: The file.
        tell: Gets one line that says why not.
    """
    try:
        return read_settings(path)
    except SettingsError as error:
        tell(error.in_short())
        return Settings()


def read_settings(path: Path) -> Settings:
    """Read the file; if it does not exist, or nothing can exist there, there are no settings.

    Raises:
        SettingsError: It cannot be read, or has mistakes.
    """
    if str(path) == os.devnull:
        return Settings()
    try:
        text = read_text(path, MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except IrregularFileError as error:
        instead = "name a file in it" if path.is_dir() else "remove it, or write a new one"
        raise _unreadable(path, f"{error.strerror}; {instead}") from None
    except OversizedFileError as error:
        raise _unreadable(path, f"{error.strerror}; remove it, or write a shorter one") from None
    except UnicodeDecodeError:
        raise _unreadable(path, "not UTF-8 text; save the file as UTF-8") from None
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror or error}") from None
    try:
        tables = tomllib.loads(text)
    except ValueError as error:  # for a number with thousands of digits, not a TOMLDecodeError
        raise _not_toml(path, str(error)) from None
    except RecursionError:
        raise _unreadable(path, "nested too deeply; write plain settings in tables") from None
    return _settings(path, text, tables)


def write_settings(path: Path, changes: Mapping[str, object]) -> None:
    """Change some settings in the file; comments, order, mode and everything else stay as they are.

    Args:
        path: Created if needed, with its folder. If it is a link, its target is written.
        changes: New values, by the settings' names; None removes a setting.

    Raises:
        UserError: It cannot be read or written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(read_text(path, MOST_BYTES) if path.exists() else "")
        for name, value in changes.items():
            setting = SETTINGS[name]
            table, key = setting.key or ("", "")
            entries = document.setdefault(table, tomlkit.table())
            if value is None:
                entries.pop(key, None)
            else:
                entries[key] = setting.kind.plain(value)
        text = tomlkit.dumps(document)
        own_folder(path.parent)
    except (OSError, ValueError, RecursionError, TOMLKitError) as error:
        message = f"{path}: cannot be changed: {error}"
        raise UserError(message) from error
    write_text(path, text, force=True)


def _unreadable(path: Path, what: str) -> SettingsError:
    return SettingsError([(str(path), what)], [what])


def _not_toml(path: Path, what: str) -> SettingsError:
    """Move the place from the TOML parser's message to the front, as in all our messages."""
    found = re.search(r" \(at line (\d+), column (\d+)\)$", what)
    where = f"{path}:{found[1]}:{found[2]}" if found else str(path)
    said = what[: found.start()] if found else what.removesuffix(" (at end of document)")
    at = f", in line {found[1]}, column {found[2]}" if found else ""
    return SettingsError([(where, f"not TOML: {said}")], [f"not TOML{at}; correct it, or remove the file"])


def _settings(path: Path, text: str, tables: dict[str, Any]) -> Settings:
    wishes: dict[str, object] = {}
    keys: dict[str, tuple[str, ...]] = {}
    mistakes = list(_fill(tables, wishes, keys))
    if not mistakes:
        mistakes = [_clash(one) for one in clashes(keys)]
    if mistakes:
        raise _refused(path, text, mistakes)
    return Settings(Wishes(**wishes), keys)  # type: ignore[arg-type]  # checked by their kinds


def _fill(
    tables: dict[str, Any], wishes: dict[str, object], keys: dict[str, tuple[str, ...]]
) -> Iterator[_Mistake]:
    """Read every setting, and yield the mistakes."""
    for table, entries in tables.items():
        if table not in PLACES and table != KEYS:
            yield _unknown(table, "", "table", (*PLACES, KEYS))
        elif not isinstance(entries, dict):
            what = f"{quoted(table)} must be a table"
            yield _Mistake(table, "", what, what, f"write it as '[{table}]' with its settings below")
        else:
            for key, value in entries.items():
                yield from _read(table, key, value, wishes, keys)


def _read(
    table: str, key: str, value: object, wishes: dict[str, object], keys: dict[str, tuple[str, ...]]
) -> Iterator[_Mistake]:
    try:
        known = NAMES if table == KEYS else tuple(PLACES[table])
        if key not in known:
            yield _unknown(table, key, "setting", known)
        elif table == KEYS:
            keys[key] = read_keys(value)
        else:
            name = PLACES[table][key]
            wishes[name] = SETTINGS[name].kind.take(value)
    except RefusedError as refused:
        name = f"{table}.{key}"
        yield _Mistake(table, key, f"{name} {refused.what}", f"{name} …", f"write {refused.instead}")


def _unknown(table: str, key: str, what: str, known: Sequence[str]) -> _Mistake:
    name = key or table
    hint = did_you_mean(name, known).removeprefix("; ") or f"there are: {', '.join(known)}"
    where = f" in [{table}]" if key else ""
    return _Mistake(table, key, f"unknown {what} {quoted(name)}{where}", f"unknown {what} …{where}", hint)


def _clash(one: Clash) -> _Mistake:
    name, what = f"{KEYS}.{one.name}", f"cannot be {quoted(one.key)}, which already means {one.other}"
    return _Mistake(KEYS, one.name, f"{name} {what}", f"{name} …", "choose another key")


def _refused(path: Path, text: str, mistakes: list[_Mistake]) -> SettingsError:
    lines = _lines(text)
    each = []
    for one in mistakes:
        line, column = lines.get((one.table, one.key)) or lines.get((one.table, "")) or (1, 1)
        each.append((line, column, f"{one.what}; {one.instead}", f"{one.nameless}; {one.instead}"))
    each.sort()
    return SettingsError(
        [(f"{path}:{line}:{column}", what) for line, column, what, _ in each],
        [nameless for *_, nameless in each],
    )


def _lines(text: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Line and column of each table and setting that has its own line."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = header[1]
            found.setdefault((table, ""), (number, line.index("[") + 1))
        elif entry := _ENTRY.match(line):
            name = entry[1] or entry[2] or entry[3]
            column = len(line) - len(line.lstrip()) + 1
            if not table and entry[4]:  # voice.rate = 165
                rest = entry[4].strip(" .\t\"'")
                found.setdefault((name, rest), (number, column))
                found.setdefault((name, ""), (number, column))
            else:
                found.setdefault((table, name) if table else (name, ""), (number, column))
    return found
