"""The ONE table of keys: what each does, in a word and in a sentence.

The footer, the page of keys, the palette, `--plain` and the README are made from it, and `[keys]` in the
settings changes it. It imports no engine and no screen, so the list of sessions appears at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from player.app.kinds import RefusedError
from player.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMED = (
    *("space", "enter", "escape", "left", "right", "up", "down", "home", "end", "pageup", "pagedown"),
    *("insert", "delete", "backspace", *(f"f{number}" for number in range(1, 13))),
)
"""Names of keys that are not a single character."""
RESERVED = {"tab", "ctrl+c", "ctrl+q", "ctrl+z", "ctrl+p"}
"""Keys for quitting, suspending, the palette and moving between fields, which cannot be changed."""
_MODIFIED = re.compile(r"ctrl\+[a-z]")
_SIGNS = {"left": "←", "right": "→", "up": "↑", "down": "↓", "escape": "esc", "-": "−"}


class Screen(StrEnum):
    """Where a key works."""

    CHOOSING = "choosing"
    PLAYING = "playing"


@dataclass(frozen=True, slots=True)
class Key:
    """One action and its keys."""

    name: str
    """Its name in `[keys]` of the settings."""
    keys: tuple[str, ...]
    """The first is shown where there is room for only one."""
    short: str
    """A word or two, for the footer."""
    long: str
    """A phrase for the page of keys and the palette."""
    screen: Screen = Screen.PLAYING
    footer: bool = True

    @property
    def shown(self) -> str:
        """The key that the footer shows."""
        return sign_of(self.keys[0])

    @property
    def all_shown(self) -> str:
        """All its keys, for the page of keys."""
        return "  ".join(map(sign_of, self.keys))


KEYS = (
    Key("toggle", ("space", "p", "k"), "Pause", "pause, and resume after a short lead-in"),
    Key("back", ("b", "<"), "Back", "back to the start of this exercise; pressed again, to the one before"),
    Key("next", ("n", ">"), "Next", "next exercise"),
    Key("earlier", ("left", "j"), "10 s", "ten seconds back"),
    Key("later", ("right", "l"), "10 s", "ten seconds ahead"),
    Key("go_to", ("g", "/"), "Go to", "go to an exercise"),
    Key("help", ("?",), "Keys", "all keys"),
    Key("end", ("q", "escape"), "End", "end the session, after a question"),
    Key("more", ("t",), "More", "ten more seconds for this rest or get-ready"),
    Key("again", ("r",), "Again", "repeat the instruction"),
    Key("where", ("w",), "Where am I?", "hear where you are: exercise, side, time left", footer=False),
    Key("louder", ("+", "=", "0"), "Louder", "louder", footer=False),
    Key("softer", ("-", "9"), "Softer", "softer", footer=False),
    Key("mute", ("m",), "Mute", "mute", footer=False),
    Key("resume", ("c",), "Resume", "resume where this session stopped, if it did", footer=False),
    Key("export", ("e",), "Export", "export as a sound file while playing", footer=False),
    Key("play", ("enter",), "Play", "play the session", Screen.CHOOSING),
    Key("resume_last", ("c",), "Resume", "resume the unfinished session", Screen.CHOOSING),
    Key("find", ("/",), "Find", "find a session by part of its name", Screen.CHOOSING),
    Key("export_this", ("e",), "Export", "export as a sound file", Screen.CHOOSING),
    Key("open", ("o",), "Open", "open the script in your editor", Screen.CHOOSING),
    Key("settings", ("s",), "Settings", "settings", Screen.CHOOSING),
    Key("all_keys", ("?",), "Keys", "all keys", Screen.CHOOSING),
    Key("quit", ("q",), "Quit", "quit", Screen.CHOOSING),
    Key("down", ("j",), "Down", "down", Screen.CHOOSING, footer=False),
    Key("up", ("k",), "Up", "up", Screen.CHOOSING, footer=False),
)
"""All actions, in reading order."""
NAMES = tuple(one.name for one in KEYS)
"""What can be set in `[keys]`."""


@dataclass(frozen=True, slots=True)
class ClashError(ValueError):
    """One key has two actions on the same screen.

    Attributes:
        name: The action in `[keys]` that was given the key.
        key: The key.
        other: The action that already has it.
    """

    name: str
    key: str
    other: str

    def __str__(self) -> str:
        return f"cannot be {quoted(self.key)}, which already means {self.other}; choose another key"


def sign_of(key: str) -> str:
    """A key's name or sign on the screen."""
    return _SIGNS.get(key, key.replace("ctrl+", "^"))


def keys_of(screen: Screen, changed: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Key, ...]:
    """The keys of a screen, with the listener's changes."""
    changed = changed or {}
    return tuple(replace(one, keys=changed.get(one.name, one.keys)) for one in KEYS if one.screen is screen)


def read_keys(value: object) -> tuple[str, ...]:
    """Read the keys that a setting gives to an action.

    Args:
        value: From TOML: one key, or a list.

    Raises:
        RefusedError: Not a key, or a reserved one.
    """
    keys = [value] if isinstance(value, str) else value
    if not isinstance(keys, list) or not keys:
        raise RefusedError(value, "a key in quotes, or a list of them")
    for key in keys:
        if not isinstance(key, str) or not _is_a_key(key):
            raise RefusedError(key, "one character, ctrl+ and a letter, or a name such as space, left or f5")
        if key in RESERVED:
            raise RefusedError(key, "another key, because Cuemat needs this one")
    return tuple(dict.fromkeys(keys))


def clashes(changed: Mapping[str, tuple[str, ...]]) -> Iterator[ClashError]:
    """Every key that would have two actions on one screen."""
    for screen in Screen:
        owners: dict[str, str] = {}
        every = sorted(keys_of(screen, changed), key=lambda one: one.name in changed)
        for one in every:
            for key in one.keys:
                if key in owners:
                    yield ClashError(one.name, key, owners[key])
                owners.setdefault(key, one.name)


def _is_a_key(key: str) -> bool:
    single = len(key) == 1 and key.isprintable() and not key.isspace() and key != ","
    return single or key in NAMED or key in RESERVED or _MODIFIED.fullmatch(key) is not None
