"""Media keys that control the engine, and the request to keep the screen awake.

A listener lies on the floor: the button on their headset is nearer than any key, and a screen that goes dark
during a hold cannot be woken from there. All of this is a convenience. If the desktop lacks it, or loses it,
the session continues without it and without a message.
"""

from __future__ import annotations

from player.remotes.awake import screen_awake
from player.remotes.keys import media_keys
from player.remotes.sleep import seconds_asleep

__all__ = ["media_keys", "screen_awake", "seconds_asleep"]
