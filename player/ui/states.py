"""How the engine's states look; apart from the phases, because a browser starts sooner without an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.engine import State
from player.ui import glyphs
from player.ui.looks import PHASES, Look

if TYPE_CHECKING:
    from player.engine import Snapshot

STATES = {
    State.PREPARING: Look("still", "One moment", glyphs.DOTS),
    State.PAUSED: Look("still", "Paused", glyphs.BARS),
    State.LOST: Look("still", "No sound", glyphs.CROSS),
    State.FAILED: Look("still", "Stopped", glyphs.CROSS),
    State.ENDED: Look("talk", "Done", glyphs.CHECK),
}
OFFERS = {
    State.PAUSED: "space goes on",
    State.LOST: "it goes on when the sound is back · space waits · q ends",
    State.FAILED: "q goes back",
}
"""What the listener can do about it."""


def look_of(now: Snapshot) -> Look:
    """What the screen shows large."""
    return STATES.get(now.state) or PHASES[now.phase]
