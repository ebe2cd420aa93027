"""Gains that change in small steps, so neither a change of level nor the end of the sound clicks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RAMP = 0.03
"""Seconds from silence to full level; smaller changes take less."""

FALL = 0.01
"""Seconds in which the sound ends when it is cut."""


def fall(samples: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    """The end of the sound: its next samples, shape (frames, channels), falling to silence."""
    length = min(len(samples), round(FALL * rate))
    gains = (1 + np.cos(np.pi * np.arange(1, length + 1) / max(1, length))) / 2
    falling: NDArray[np.int16] = np.rint(samples[:length] * gains[:, np.newaxis]).astype(np.int16)
    return falling


class Fader:
    """One level, from 0 to 1.

    Args:
        rate: Frames per second.
    """

    def __init__(self, rate: int) -> None:
        self.target = 1.0
        """The gain to reach, from 0 to 1."""
        self._gain = 1.0
        self._step = 1.0 / (RAMP * rate)

    def settle(self) -> None:
        """Jump to the target, while nothing sounds."""
        self._gain = self.target

    def gains(self, frames: int) -> NDArray[np.float32] | None:
        """The gain of each of the next frames; None if it is 1 for all of them."""
        target = self.target  # read once, because another thread may set it
        if self._gain == target == 1.0 or not frames:
            return None
        gains = np.full(frames, target, np.float32)
        distance = target - self._gain
        count = min(frames, math.ceil(abs(distance) / self._step))
        if count:
            low, high = sorted((self._gain, target))
            moving = self._gain + math.copysign(self._step, distance) * np.arange(1, count + 1)
            gains[:count] = np.clip(moving, low, high)
            self._gain = float(gains[count - 1]) if count == frames else target
        return gains
