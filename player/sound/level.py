"""Trimming and levelling, done once for each clip, so that nothing in the renderer has to listen.

A fixed gain for all clips of a voice keeps its natural rise and fall; only peaks above the ceiling are
lowered, by a gain that begins to fall before the peak arrives and so never clicks. With speech below
-3 dBTP and no earcon over it, a session needs no limiter at its end: that is what lets live sound and the
exported file be the same samples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from player.sound.resample import resample

if TYPE_CHECKING:
    from numpy.typing import NDArray

SILENCE = 10 ** (-50 / 20)
"""What stays below -50 dBFS at both ends of a clip is cut off …"""
MARGIN_BEFORE = 0.005
"""… but for these seconds before the sound …"""
MARGIN_AFTER = 0.020
"""… and these after it, where the voice dies away."""
FADE = 0.003
"""Seconds; shorter than what is kept around the sound, so that it touches silence only."""
SOFT = 10 ** (-15 / 20)
"""The peak of everything that is not speech: about 6 dB below it."""
CEILING = 10 ** (-3.1 / 20)
"""True peak: -3 dBTP, less what a moving gain may add between two samples."""
LOOK_AHEAD = 0.010
"""Seconds; longer than one period of a low voice, so that the gain does not follow single pulses."""
OVERSAMPLING = 4


def trim(samples: NDArray[np.float32], rate: int, threshold: float = SILENCE) -> NDArray[np.float32]:
    """Cut off silence at both ends.

    Args:
        samples: Shape (frames,).
        rate: Frames per second.
        threshold: The greatest absolute value that counts as silence.

    Returns:
        A view of `samples`; empty if all of it is silence.
    """
    loud = np.flatnonzero(np.abs(samples) > threshold)
    if len(loud) == 0:
        return samples[:0]
    first = max(0, int(loud[0]) - round(MARGIN_BEFORE * rate))
    last = int(loud[-1]) + round(MARGIN_AFTER * rate)
    return samples[first : last + 1]


def true_peaks(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The greatest absolute value around each sample, between samples too; shape (frames,)."""
    fine = np.zeros(len(samples) * OVERSAMPLING, np.float32)
    resampled = resample(samples, 1, OVERSAMPLING)[: len(fine)]
    np.abs(resampled, out=fine[: len(resampled)])
    # After each sample come those between it and the next: they count for both.
    after = fine[1::OVERSAMPLING].copy()
    for offset in range(2, OVERSAMPLING):
        np.maximum(after, fine[offset::OVERSAMPLING], out=after)
    peaks: NDArray[np.float32] = np.maximum(after, np.abs(samples))
    np.maximum(peaks[1:], after[:-1], out=peaks[1:])
    return peaks


def limit(samples: NDArray[np.float32], rate: int, ceiling: float = CEILING) -> NDArray[np.float32]:
    """Lower what is above `ceiling`, looking ahead; everything else stays as it is."""
    if len(samples) == 0 or np.abs(samples).max() <= ceiling / 2:
        return samples
    peaks = true_peaks(samples)
    if peaks.max() <= ceiling:
        return samples
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    reach = round(LOOK_AHEAD * rate)
    width = 2 * reach + 1
    lowest = _lowest(np.pad(wanted, 2 * reach, constant_values=1.0), width)
    total = np.cumsum(np.concatenate(([0.0], lowest)))
    # Every window that is averaged here holds the sample's own wanted gain: the mean cannot exceed it.
    gain = (total[width:] - total[:-width]) / width
    limited: NDArray[np.float64] = samples * gain
    return limited.astype(np.float32)


def fade_ends(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Let the first and the last sample be 0, over a few milliseconds, so that no clip clicks."""
    length = min(round(FADE * rate), len(samples) // 2)
    if length == 0:
        return np.zeros_like(samples)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    faded = samples.copy()
    faded[:length] *= ramp
    faded[-length:] *= ramp[::-1]
    return faded


def soften(samples: NDArray[np.float32], ceiling: float = SOFT) -> NDArray[np.float32]:
    """Turn a sound down so that it never startles; one that is soft enough stays bit for bit as it is."""
    peak = float(np.max(np.abs(samples), initial=0.0))
    return samples if peak <= ceiling else (samples * np.float32(ceiling / peak)).astype(np.float32)


def _lowest(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The lowest of each `width` neighbours, by doubling: a handful of passes for any width."""
    span = 1
    while span * 2 <= width:
        values = np.minimum(values[:-span], values[span:])
        span *= 2
    rest = width - span
    return np.minimum(values[: len(values) - rest], values[rest:])
