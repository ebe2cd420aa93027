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


class KeyScreen(StrEnum):
    """Where a key works."""

    CHOOSING = "choosing"
    PLAYING = "playing"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One action and its keys."""

    name: str
    """Its name in `[keys]` of the settings."""
    keys: tuple[str, ...]
    """The first is shown where there is room for only one."""
    short: str
    """A word or two, for the footer."""
    long: str
    """A phrase for the page of keys and the palette."""
    screen: KeyScreen = KeyScreen.PLAYING
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
    KeyRow("toggle", ("space", "p", "k"), "Pause", "pause, and resume after a short lead-in"),
    KeyRow("done", ("enter",), "Done", "go on, where the session waits until you are done"),
    KeyRow("back", ("b", "<"), "Back", "start of this exercise; again: the one before"),
    KeyRow("next", ("n", ">"), "Next", "next exercise"),
    KeyRow("earlier", ("left", "j"), "10 s", "ten seconds back"),
    KeyRow("later", ("right", "l"), "10 s", "ten seconds ahead"),
    KeyRow("go_to", ("g", "/"), "Go to", "go to an exercise"),
    KeyRow("help", ("?",), "Keys", "show the page of keys"),
    KeyRow("end", ("q", "escape"), "End", "end the session, after a question"),
    KeyRow("more", ("t",), "More", "ten more seconds for this rest or get-ready"),
    KeyRow("again", ("r",), "Again", "repeat the instruction"),
    KeyRow("where", ("w",), "Where am I?", "hear where you are: exercise, side, time left", footer=False),
    KeyRow("louder", ("+", "=", "0"), "Louder", "turn the volume up", footer=False),
    KeyRow("softer", ("-", "9"), "Softer", "turn the volume down", footer=False),
    KeyRow("mute", ("m",), "Mute", "mute, and unmute", footer=False),
    KeyRow("resume", ("c",), "Resume", "resume where this session stopped, if it did", footer=False),
    KeyRow("export", ("e",), "Export", "export as a sound file while playing", footer=False),
    KeyRow("play", ("enter",), "Play", "play the session", KeyScreen.CHOOSING),
    KeyRow("resume_last", ("c",), "Resume", "resume the unfinished session", KeyScreen.CHOOSING),
    KeyRow("find", ("/",), "Find", "find a session by part of its name", KeyScreen.CHOOSING),
    KeyRow("export_this", ("e",), "Export", "export as a sound file", KeyScreen.CHOOSING),
    KeyRow("open", ("o",), "Open", "open the script in your editor", KeyScreen.CHOOSING),
    KeyRow("settings", ("s",), "Settings", "change the settings", KeyScreen.CHOOSING),
    KeyRow("all_keys", ("?",), "Keys", "show this page of keys", KeyScreen.CHOOSING),
    KeyRow("quit", ("q",), "Quit", "quit Cuemat", KeyScreen.CHOOSING),
    KeyRow("down", ("j",), "Down", "down the list", KeyScreen.CHOOSING, footer=False),
    KeyRow("up", ("k",), "Up", "up the list", KeyScreen.CHOOSING, footer=False),
)
"""All actions, in reading order."""
TOLD_ALOUD = {"toggle": "space", "next": "n", "done": "enter"}
"""The keys that the coach names, by what they do."""
NAMES = tuple(one.name for one in KEYS)
"""What can be set in `[keys]`."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One key has two actions on the same screen.

    Attributes:
        name: The action in `[keys]` that was given the key.
        key: The key.
        other: The action that already has it.
    """

    name: str
    key: str
    other: str


def sign_of(key: str) -> str:
    """A key's name or sign on the screen."""
    return _SIGNS.get(key, key.replace("ctrl+", "^"))


def keys_of(screen: KeyScreen, changed: Mapping[str, tuple[str, ...]] | None = None) -> tuple[KeyRow, ...]:
    """The keys of a screen, with the listener's changes."""
    changed = changed or {}
    return tuple(replace(one, keys=changed.get(one.name, one.keys)) for one in KEYS if one.screen is screen)


def are_as_told(changed: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the keys that the coach names do what the coach says, with the listener's changes."""
    return all(key in changed.get(name, (key,)) for name, key in TOLD_ALOUD.items())


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


def clashes(changed: Mapping[str, tuple[str, ...]]) -> Iterator[Clash]:
    """Every key that would have two actions on one screen."""
    for screen in KeyScreen:
        owners: dict[str, str] = {}
        every = sorted(keys_of(screen, changed), key=lambda one: one.name in changed)
        for one in every:
            for key in one.keys:
                if key in owners:
                    yield Clash(one.name, key, owners[key])
                owners.setdefault(key, one.name)


def _is_a_key(key: str) -> bool:
    single = len(key) == 1 and key.isprintable() and not key.isspace() and key != ","
    return single or key in NAMED or key in RESERVED or _MODIFIED.fullmatch(key) is not None
