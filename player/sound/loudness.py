"""Perceived loudness by ITU-R BS.1770: LUFS, and the peak between samples.

It measures block by block, so memory does not grow with the input. The two short filters are applied as a
spectrum: importing a filter library would take most of the second that a listener is willing to wait for the
first sound. The tests compare it with such a library.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from player.sound.level import true_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOP = 0.1
"""Seconds; four of them are a block, and blocks overlap by three."""
HOPS = 4
SHORTEST = HOP * HOPS
"""Seconds; a shorter sound has to be padded to be measured."""
SHELF, PASS = (4.0, 0.5**0.5, 1500.0), (0.0, 0.5, 38.0)
"""Gain in dB, steepness and Hz of the two filters that model head and ear."""
MEMORY = 0.5
"""Seconds after which a sound has decayed in these filters."""
OFFSET = -0.691
ABSOLUTE_GATE = -70.0
"""LUFS; softer blocks are silence."""
RELATIVE_GATE = -10.0
"""LU; blocks this much softer than the rest are pauses."""
FULL_SCALE = 32_768
REACH = 64
"""Samples on each side that affect a peak between two samples."""


class Meter:
    """Measures all added blocks together.

    Args:
        rate: Frames per second.
        channels: Channels of every block.
        peaks: Whether to measure peaks too, which takes longer.
    """

    def __init__(self, rate: int, channels: int, *, peaks: bool = True) -> None:
        self._rate, self._measures_peaks = rate, peaks
        self._heard = np.zeros((round(MEMORY * rate), channels), np.float32)
        self._hop = round(HOP * rate)
        self._rest = np.zeros((0, channels))
        self._energies: list[NDArray[np.float64]] = []
        self._before = np.zeros((2 * REACH, channels), np.float32)
        self._peak = 0.0

    def add(self, block: NDArray[np.int16]) -> None:
        """Add a block: shape (frames,) or (frames, channels), int16."""
        sound = (block.reshape(len(block), self._before.shape[1]) / np.float32(FULL_SCALE)).astype(np.float32)
        if self._measures_peaks:
            self._add_peaks(sound)
        heard = np.concatenate((self._rest, self._weigh(sound)))
        hops = len(heard) // self._hop
        whole, self._rest = np.split(heard, [hops * self._hop])
        self._energies.append(
            np.mean(whole.reshape(hops, self._hop, whole.shape[1]) ** 2, axis=1).sum(axis=1)
        )

    @property
    def loudness(self) -> float:
        """Integrated loudness in LUFS; minus infinity for silence, or for less than 0.4 s."""
        energies = self._blocks()
        loud = energies[energies > _energy(ABSOLUTE_GATE)]
        if len(loud):
            loud = loud[loud > loud.mean() * 10 ** (RELATIVE_GATE / 10)]
        return OFFSET + 10 * float(np.log10(loud.mean())) if len(loud) else -np.inf

    @property
    def loudest(self) -> float:
        """Loudness of the loudest 0.4 s in LUFS; minus infinity for silence, or for less than 0.4 s."""
        most = float(self._blocks().max(initial=0.0))
        return OFFSET + 10 * float(np.log10(most)) if most else -np.inf

    def _blocks(self) -> NDArray[np.float64]:
        hops = np.concatenate(self._energies) if self._energies else np.zeros(0)
        return np.convolve(hops, np.full(HOPS, 1 / HOPS), "valid") if len(hops) >= HOPS else np.zeros(0)

    @property
    def true_peak(self) -> float:
        """True peak of all channels in dBTP; minus infinity for silence."""
        self._add_peaks(np.zeros((2 * REACH, self._before.shape[1]), np.float32))
        return 20 * float(np.log10(self._peak)) if self._peak else -np.inf

    def _weigh(self, sound: NDArray[np.float32]) -> NDArray[np.float64]:
        """Weigh the sound like an ear, including the decay of the sound before."""
        before = len(self._heard)
        whole = np.concatenate((self._heard, sound))
        self._heard = whole[-before:]
        size = 1 << (len(whole) + before - 1).bit_length()
        spectrum = np.fft.rfft(whole, size, axis=0) * _response(self._rate, size)[:, np.newaxis]
        return np.asarray(np.fft.irfft(spectrum, size, axis=0)[before : before + len(sound)], np.float64)

    def _add_peaks(self, sound: NDArray[np.float32]) -> None:
        """Add peaks whose neighbours are known; those at the end wait for the next block."""
        whole = np.concatenate((self._before, sound))
        self._before = whole[-2 * REACH :]
        if np.abs(whole).max() > self._peak / 2:
            for channel in whole.T:
                peaks = true_peaks(np.ascontiguousarray(channel))[REACH:-REACH]
                self._peak = max(self._peak, float(peaks.max(initial=0.0)))


@lru_cache(maxsize=4)
def _response(rate: int, size: int) -> NDArray[np.complex128]:
    """The frequency response of both filters; shape (size // 2 + 1,)."""
    late = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(len(late), np.complex128)
    for above, below in (_high_shelf(rate), _high_pass(rate)):
        response *= np.polyval(above[::-1], late) / np.polyval(below[::-1], late)
    return response


def _high_shelf(rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coefficients, by R. Bristow-Johnson's Cookbook formulae for audio equalizer biquad filters."""
    gain, steepness, hertz = SHELF
    a, turn = 10 ** (gain / 40), 2 * np.pi * hertz / rate
    c, slope = np.cos(turn), 2 * np.sqrt(a) * np.sin(turn) / (2 * steepness)
    above = a * np.array(
        [(a + 1) + (a - 1) * c + slope, -2 * ((a - 1) + (a + 1) * c), (a + 1) + (a - 1) * c - slope]
    )
    below = np.array(
        [(a + 1) - (a - 1) * c + slope, 2 * ((a - 1) - (a + 1) * c), (a + 1) - (a - 1) * c - slope]
    )
    return above, below


def _high_pass(rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coefficients from the same source."""
    _, steepness, hertz = PASS
    turn = 2 * np.pi * hertz / rate
    c, slope = np.cos(turn), np.sin(turn) / (2 * steepness)
    return np.array([(1 + c) / 2, -(1 + c), (1 + c) / 2]), np.array([1 + slope, -2 * c, 1 - slope])


def _energy(loudness: float) -> float:
    return float(10 ** ((loudness - OFFSET) / 10))
