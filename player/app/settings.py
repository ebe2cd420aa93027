"""The listener's own settings, from a TOML file: voice, rate, pitch, and how they like to be coached.

They stand between the script and the coach's defaults: an option on the command line wins over a script, a
script over this file. A file with a mistake is said so, with what to write; it is never half used.
"""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.errors import UserError
from player.files.own import own_folder
from player.script import quoted
from player.session import Coaching, Safety
from player.speech.manner import PITCHES, RATES, Manner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEYS: dict[str, dict[str, type]] = {
    "voice": {"name": str, "rate": int, "pitch": int},
    "sound": {"output": str, "volume": int, "music": bool},
    "coaching": {"detail": str, "ticks": bool, "safety": str, "extra_get_ready": float},
    "screen": {"theme": str},
}
MOST_BYTES = 1_000_000
"""No configuration comes near it."""
MOST_EXTRA = 600
"""Seconds: ten minutes are time enough to get ready."""
LONGEST_SAID = 40
"""Signs of a value that a message repeats."""
THEMES = ("dark", "light")
_WORDS: dict[str, tuple[str, ...]] = {
    "coaching.detail": tuple(Coaching),
    "coaching.safety": tuple(Safety),
    "screen.theme": THEMES,
}
_RANGES = {
    "voice.rate": ("a number", RATES[0], RATES[-1]),
    "voice.pitch": ("a number", PITCHES[0], PITCHES[-1]),
    "sound.volume": ("a number", 0, 100),
    "coaching.extra_get_ready": ("seconds", 0, MOST_EXTRA),
}
"""What to write, at least and at most."""


class ConfigurationError(UserError):
    """Everything that is wrong with the file, at once.

    Attributes:
        each: All of it, in the order of the file.
    """

    def __init__(self, each: list[UserError]) -> None:
        self.each = tuple(each)
        super().__init__(each)

    def __str__(self) -> str:
        return "\n".join(map(str, self.each))


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the file says; None where it is silent."""

    voice: str | None = None
    rate: int | None = None
    pitch: int | None = None
    output: str | None = None
    volume: int | None = None
    """In percent."""
    music: bool | None = None
    """False: none under any session, whatever its script says; how loud it is, is the listener's, too."""
    coaching: Coaching | None = None
    ticks: bool | None = None
    safety: Safety | None = None
    extra_get_ready: float | None = None
    theme: str | None = None


def configuration_path() -> Path:
    """Where the file is looked for: `CUEMAT_CONFIG`, or the system's place for settings."""
    if path := os.environ.get("CUEMAT_CONFIG"):
        return Path(path)
    import platformdirs  # noqa: PLC0415  costs 10 ms that `--help` does not need

    return platformdirs.user_config_path("cuemat", appauthor=False) / "config.toml"


def read_configuration(path: Path) -> Configuration:
    """What the file says; an empty configuration if there is none.

    Raises:
        UserError: It cannot be read, or says something that means nothing here.
    """
    try:
        text = _text(path)
    except FileNotFoundError:
        return Configuration()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise UserError(message) from error
    try:
        tables = tomllib.loads(text)
    except ValueError as error:  # a number with thousands of figures is no TOMLDecodeError
        message = f"{path}: {error}"
        raise UserError(message) from error
    except RecursionError:
        message = f"{path}: it is nested too deeply; write tables of plain settings"
        raise UserError(message) from None
    return _configured(path, tables)


def write_configuration(path: Path, changes: Mapping[tuple[str, str], object]) -> None:
    """Change some settings in the file; comments, order and everything else stay as they are.

    Args:
        path: Made if it is not there, with its folder.
        changes: By table and key; None takes a setting out.

    Raises:
        UserError: It cannot be read or written.
    """
    import tomlkit  # noqa: PLC0415  only whoever writes needs it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(_text(path) if path.exists() else "")
        for (table, key), value in changes.items():
            entries = document.setdefault(table, tomlkit.table())
            if value is None:
                entries.pop(key, None)
            else:
                entries[key] = value
        own_folder(path.parent)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
        fresh.replace(path.resolve())
    except (OSError, ValueError, RecursionError, TOMLKitError) as error:
        message = f"{path}: cannot be changed: {error}"
        raise UserError(message) from error


def _text(path: Path) -> str:
    """The text without its byte-order mark. A device or a pipe is never opened: it could wait for ever.

    Raises:
        OSError: It cannot be read.
        UnicodeDecodeError: It is not UTF-8.
        UserError: It is no regular file, or absurdly large.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        message = f"{path}: it is no regular file; take it away, or write a new one"
        raise UserError(message)
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        message = f"{path}: it is larger than 1 MB; a configuration is never so long"
        raise UserError(message)
    return content.decode("utf-8-sig")


def _configured(path: Path, tables: dict[str, Any]) -> Configuration:
    if wrong := [UserError(f"{path}: {mistake}") for mistake in _mistakes(tables)]:
        raise ConfigurationError(wrong)
    voice, sound, coaching, screen = (tables.get(name, {}) for name in _KEYS)
    return Configuration(
        voice=voice.get("name"),
        rate=voice.get("rate"),
        pitch=voice.get("pitch"),
        output=sound.get("output"),
        volume=sound.get("volume"),
        music=sound.get("music"),
        coaching=Coaching(coaching["detail"]) if "detail" in coaching else None,
        ticks=coaching.get("ticks"),
        safety=Safety(coaching["safety"]) if "safety" in coaching else None,
        extra_get_ready=coaching.get("extra_get_ready"),
        theme=screen.get("theme"),
    )


def manner(configuration: Configuration, voice: str | None, rate: int | None, pitch: int | None) -> Manner:
    """The voice to speak with: options first, then the file, then the default."""
    default = Manner()
    return Manner(
        voice or configuration.voice or default.voice,
        next(value for value in (rate, configuration.rate, default.rate) if value is not None),
        next(value for value in (pitch, configuration.pitch, default.pitch) if value is not None),
    )


def _mistakes(tables: dict[str, Any]) -> Iterator[str]:
    for table, entries in tables.items():
        if wrong := _unknown(table, _KEYS, "table"):
            yield wrong
        elif not isinstance(entries, dict):
            yield f"'{table}' is a table; write it as '[{table}]' with its settings below"
        else:
            for key, value in entries.items():
                known, name = _KEYS[table], f"{table}.{key}"
                wrong = _unknown(key, known, f"setting in [{table}]")
                if wrong := wrong or _mistyped(name, value, known[key]) or _beyond(name, value):
                    yield wrong


def _unknown(name: str, known: dict[str, Any], what: str) -> str:
    if name in known:
        return ""
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"there are: {', '.join(known)}"
    return f"unknown {what} {quoted(name)}; {hint}"


def _mistyped(name: str, value: object, kind: type) -> str:
    fits = isinstance(value, (int, float)) if kind is float else isinstance(value, kind)
    if fits and (kind is bool or not isinstance(value, bool)):
        return ""
    wanted = {
        str: "a text in quotes",
        int: "a whole number",
        bool: "true or false",
        float: "a number of seconds",
    }
    return f"{name} is {_said(value)}; write {wanted[kind]}"


def _beyond(name: str, value: Any) -> str:  # noqa: ANN401  it is of the kind that it should be
    if name in _WORDS and value not in _WORDS[name]:
        return f"{name} is {_said(value)}; write one of: {', '.join(_WORDS[name])}"
    if name in _RANGES:
        what, low, high = _RANGES[name]
        if not low <= value <= high:
            return f"{name} is {_said(value)}; write {what} from {low} to {high}"
    return ""


def _said(value: object) -> str:
    """What the file says, as a message repeats it: not longer than a message should be."""
    try:
        said = repr(value)
    except ValueError:  # thousands of figures, written as hexadecimal ones
        return "a huge number"
    return said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID]}…"
