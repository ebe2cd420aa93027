"""What runs beside a session on this computer: media keys, and a screen that stays awake."""

from __future__ import annotations

from player.app.ports import Surroundings
from player.remotes import media_keys, screen_awake, seconds_asleep


def surroundings() -> Surroundings:
    """Media keys, keeping awake, and how long the machine slept, as this system has them."""
    return Surroundings(
        beside=(media_keys, lambda engine, _title, _cover: screen_awake(engine)), slept=seconds_asleep
    )
