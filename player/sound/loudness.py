"""How loud something is for an ear, by ITU-R BS.1770: LUFS, and the peak between the samples.

It listens block by block, so that memory does not grow with what it hears. The filters come from the library
that measures voices, too; the library itself wants to have the whole sound at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from player.sound.level import true_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOP = 0.1
"""Seconds; four of them are a block, and blocks overlap by three."""
HOPS = 4
SHELF, PASS = (4.0, 0.5**0.5, 1500.0), (0.0, 0.5, 38.0)
"""Gain in dB, steepness and Hz of the two filters that stand for a head and an ear."""
OFFSET = -0.691
ABSOLUTE_GATE = -70.0
"""LUFS; what is softer is silence."""
RELATIVE_GATE = -10.0
"""LU; what is so much softer than the rest is a pause."""
FULL_SCALE = 32_768
REACH = 64
"""Samples on each side that a peak between two of them depends on."""


class Meter:
    """Measures what it is given, all of it together.

    Args:
        rate: Frames per second.
        channels: Of every block.
    """

    def __init__(self, rate: int, channels: int) -> None:
        from pyloudnorm.iirfilter import IIRfilter  # noqa: PLC0415  SciPy takes a second to import

        kinds = ((SHELF, "high_shelf"), (PASS, "high_pass"))
        self._filters = [IIRfilter(*what, rate, kind) for what, kind in kinds]
        self._states = [np.zeros((2, channels)) for _ in self._filters]
        self._hop = round(HOP * rate)
        self._left = np.zeros((0, channels))
        self._energies: list[NDArray[np.float64]] = []
        self._before = np.zeros((2 * REACH, channels), np.float32)
        self._peak = 0.0

    def add(self, block: NDArray[np.int16]) -> None:
        """Listen on: shape (frames,) or (frames, channels), int16."""
        from scipy.signal import lfilter  # type: ignore[import-untyped]  # noqa: PLC0415

        sound = (block.reshape(len(block), self._before.shape[1]) / np.float32(FULL_SCALE)).astype(np.float32)
        self._add_peaks(sound)
        heard = sound.astype(np.float64)
        for number, step in enumerate(self._filters):
            heard, self._states[number] = lfilter(step.b, step.a, heard, axis=0, zi=self._states[number])
        heard = np.concatenate((self._left, heard))
        hops = len(heard) // self._hop
        whole, self._left = np.split(heard, [hops * self._hop])
        self._energies.append(
            np.mean(whole.reshape(hops, self._hop, whole.shape[1]) ** 2, axis=1).sum(axis=1)
        )

    @property
    def loudness(self) -> float:
        """Integrated, in LUFS; minus infinity for silence, or for less than 0.4 s."""
        hops = np.concatenate(self._energies) if self._energies else np.zeros(0)
        if len(hops) < HOPS:
            return -np.inf
        energies = np.convolve(hops, np.full(HOPS, 1 / HOPS), "valid")
        loud = energies[energies > _energy(ABSOLUTE_GATE)]
        if len(loud):
            loud = loud[loud > loud.mean() * 10 ** (RELATIVE_GATE / 10)]
        return OFFSET + 10 * float(np.log10(loud.mean())) if len(loud) else -np.inf

    @property
    def true_peak(self) -> float:
        """In dBTP, of all channels; minus infinity for silence."""
        self._add_peaks(np.zeros((2 * REACH, self._before.shape[1]), np.float32))
        return 20 * float(np.log10(self._peak)) if self._peak else -np.inf

    def _add_peaks(self, sound: NDArray[np.float32]) -> None:
        """Peaks whose surroundings are known; those at the end are looked at with the next block."""
        whole = np.concatenate((self._before, sound))
        self._before = whole[-2 * REACH :]
        if np.abs(whole).max() > self._peak / 2:
            for channel in whole.T:
                peaks = true_peaks(np.ascontiguousarray(channel))[REACH:-REACH]
                self._peak = max(self._peak, float(peaks.max(initial=0.0)))


def _energy(loudness: float) -> float:
    return float(10 ** ((loudness - OFFSET) / 10))
