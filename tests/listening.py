"""Hears a file by measurement: where in it does a known sound stand?

A known sound is looked for by normalised cross-correlation: 1.0 is an exact copy at any level, whatever
stands beside it. So a test can compare what a file really plays with what the timeline promised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soundfile

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ALIKE = 0.9
"""From here on it is that sound; speech and other earcons stay far below."""

_FFT = 1 << 17
_QUIETEST = 0.05


def load(path: Path) -> NDArray[np.int16]:
    """All frames of a mono sound file of 48 kHz."""
    samples, rate = soundfile.read(path, dtype="int16")
    assert (rate, samples.ndim) == (48_000, 1)

    heard: NDArray[np.int16] = samples
    return heard


def likeness(samples: NDArray[np.int16], sound: NDArray[np.int16]) -> NDArray[np.float64]:
    """How much what begins at each frame is like `sound`: -1 to 1, shape (frames - len(sound) + 1,).

    Where there is nearly nothing to hear (5 % of the sound's amplitude) the answer is 0.
    """
    places = max(len(samples) - len(sound) + 1, 0)
    alike = np.zeros(places)
    size = max(_FFT, 1 << (2 * len(sound)).bit_length())
    spectrum = np.conj(np.fft.rfft(sound.astype(np.float64), size))
    sound_power = float(np.sum(sound.astype(np.float64) ** 2))
    for start in range(0, places, size - len(sound) + 1):
        block = samples[start : start + size].astype(np.float64)
        sums = np.concatenate(([0], np.cumsum(block**2)))
        power = sums[len(sound) :] - sums[: -len(sound)]
        audible = power > sound_power * _QUIETEST**2
        if audible.any():
            products = np.fft.irfft(np.fft.rfft(block, size) * spectrum, size)[: len(power)]
            loudness = np.sqrt(power * sound_power, where=audible, out=np.ones_like(power))
            alike[start : start + len(power)] = np.where(audible, products / loudness, 0.0)
    return alike


def hear(samples: NDArray[np.int16], sound: NDArray[np.int16], threshold: float = ALIKE) -> list[int]:
    """The frames at which `sound` begins, in order; two cannot stand closer than the sound is long."""
    alike = likeness(samples, sound)
    found: list[int] = []
    for frame in np.flatnonzero(alike >= threshold):
        if found and frame - found[-1] < len(sound):
            if alike[frame] > alike[found[-1]]:
                found[-1] = int(frame)
        else:
            found.append(int(frame))
    return found
