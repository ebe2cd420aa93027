"""How the states of the engine look, and what keys do in them.

It is separate from the phases, so the list opens without loading an engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.app.commands import COMMANDS
from player.app.keys import KeyScreen, keys_of
from player.engine import State
from player.ui import glyphs
from player.ui.looks import PHASES, Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from player.engine import Snapshot

STATES = {
    State.PREPARING: Look("still", "One moment", glyphs.DOTS),
    State.WAITING: Look("rest", "Waiting", glyphs.RING),
    State.PAUSED: Look("still", "Paused", glyphs.BARS),
    State.LOST: Look("still", "No sound", glyphs.CROSS),
    State.FAILED: Look("still", "Stopped", glyphs.CROSS),
    State.ENDED: Look("talk", "Done", glyphs.CHECK),
}


def action_while_playing(name: str) -> str:
    """Textual's action for a key: a command for the engine, or an action of the screen."""
    return f"command('{name}')" if name in COMMANDS else {"end": "leave"}.get(name, name)


def offers_of(changed: Mapping[str, tuple[str, ...]]) -> dict[State, str]:
    """What the listener can do in each state.

    Args:
        changed: The listener's own keys, by what they do.
    """
    keys = {one.name: one.shown for one in keys_of(KeyScreen.PLAYING, changed)}
    return {
        State.WAITING: f"Press {keys['done']} when you are done",
        State.PAUSED: f"{keys['toggle']} resumes",
        State.LOST: f"resumes when the sound is back · {keys['toggle']} waits · {keys['end']} ends",
        State.FAILED: f"{keys['end']} goes back",
    }


def look_of(now: Snapshot) -> Look:
    """The look of the current state or phase."""
    return STATES.get(now.state) or PHASES[now.phase]
