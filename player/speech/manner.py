"""How the coach speaks. It is the listener's choice; a script cannot set it."""

from __future__ import annotations

from dataclasses import dataclass

from player.errors import UserError

RATES = range(80, 451)
"""Words a minute that espeak accepts."""
PITCHES = range(100)


@dataclass(frozen=True, slots=True)
class Manner:
    """A voice and how it speaks; the defaults were the easiest to understand, in quiet and in noise.

    Raises:
        UserError: Rate or pitch is out of range.
    """

    voice: str = "en-us"
    """An id from `cuemat voices`, with or without a variant: `en-us`, `en-us+f2`."""
    rate: int = 165
    """Words a minute."""
    pitch: int = 45
    """Pitch, from 0 to 99."""

    def __post_init__(self) -> None:
        for name, value, allowed in (("rate", self.rate, RATES), ("pitch", self.pitch, PITCHES)):
            if value not in allowed:
                message = f"the voice's {name} cannot be {value}; choose {allowed[0]} to {allowed[-1]}"
                raise UserError(message)
