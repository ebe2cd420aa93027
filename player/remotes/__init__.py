"""What reaches the engine from outside the terminal, and what it asks of the desktop meanwhile.

A listener lies on the floor: the button on their headset is nearer than any key, and a screen that goes dark
in the middle of a hold cannot be woken from there. All of it is a convenience. Where the desktop has no such
thing, or loses it, the session goes on without it, and without a message.
"""

from __future__ import annotations

from player.remotes.awake import screen_awake
from player.remotes.keys import media_keys
from player.remotes.sleep import seconds_asleep

__all__ = ["media_keys", "screen_awake", "seconds_asleep"]
