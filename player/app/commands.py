"""The engine command of each key, by name; keys that first ask a question belong to a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.engine.commands import (
    Again,
    Back,
    Done,
    MoreTime,
    Mute,
    Next,
    SeekBy,
    Toggle,
    Volume,
    Whereabouts,
)

if TYPE_CHECKING:
    from player.engine.commands import Command

COMMANDS: dict[str, Command] = {
    "toggle": Toggle(),
    "done": Done(),
    "next": Next(),
    "back": Back(),
    "earlier": SeekBy(-10),
    "later": SeekBy(10),
    "again": Again(),
    "more": MoreTime(),
    "where": Whereabouts(),
    "louder": Volume(0.1, by=True),
    "softer": Volume(-0.1, by=True),
    "mute": Mute(),
}
