"""How the coach speaks. It is the listener's choice; a script cannot set it."""

from __future__ import annotations

from dataclasses import dataclass

from player.errors import UserError

RATES = range(100, 451)
"""Words a minute; a voice that cannot go as slow or as fast goes as far as it can."""
PITCHES = range(100)
PITCH = 45
DEFAULT_VOICE = "en-us"
"""The voice that needs nothing but this program."""


@dataclass(frozen=True, slots=True)
class Manner:
    """A voice and how it speaks; its defaults were the easiest to understand, in quiet and in noise.

    Raises:
        UserError: Rate or pitch is out of range.
    """

    voice: str = DEFAULT_VOICE
    """An id from `cuemat voices`, with or without a variant: `en-us`, `en-us+f2`."""
    rate: int | None = None
    """Words a minute, as they are heard; None: the voice's own pace."""
    pitch: int = PITCH
    """Pitch, from 0 to 99."""

    def __post_init__(self) -> None:
        for name, value, allowed in (("rate", self.rate, RATES), ("pitch", self.pitch, PITCHES)):
            if value is not None and value not in allowed:
                message = f"the voice's {name} cannot be {value}; choose {allowed[0]} to {allowed[-1]}"
                raise UserError(message)
