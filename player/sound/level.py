"""Trims and levels each clip once, so the renderer does not have to analyse sound.

One gain for all clips of a voice keeps its natural rise and fall; only peaks above the ceiling are lowered,
by a gain that falls before the peak arrives and so never clicks. With speech below -3 dBTP and no earcon over
it, a session needs no final limiter, so live sound and the exported file are the same samples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from player.sound.resample import resample

if TYPE_CHECKING:
    from numpy.typing import NDArray

SILENCE = 10 ** (-50 / 20)
"""Sound below -50 dBFS at both ends of a clip is cut off …"""
MARGIN_BEFORE = 0.005
"""… except these seconds before the sound …"""
MARGIN_AFTER = 0.020
"""… and these after it, where the voice dies away."""
FADE = 0.003
"""Seconds; shorter than the margins, so it only touches silence."""
SOFT = 10 ** (-15 / 20)
"""The peak of everything that is not speech: about 6 dB below it."""
CEILING = 10 ** (-3.1 / 20)
"""True peak: -3 dBTP, minus what a moving gain may add between two samples."""
LOOK_AHEAD = 0.010
"""Seconds; longer than one period of a low voice, so the gain does not follow single pulses."""
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
    """The greatest absolute value around each sample, including between samples; shape (frames,)."""
    fine = np.zeros(len(samples) * OVERSAMPLING, np.float32)
    resampled = resample(samples, 1, OVERSAMPLING)[: len(fine)]
    np.abs(resampled, out=fine[: len(resampled)])
    # The values between two samples count for both.
    after = fine[1::OVERSAMPLING].copy()
    for offset in range(2, OVERSAMPLING):
        np.maximum(after, fine[offset::OVERSAMPLING], out=after)
    peaks: NDArray[np.float32] = np.maximum(after, np.abs(samples))
    np.maximum(peaks[1:], after[:-1], out=peaks[1:])
    return peaks


def limit(samples: NDArray[np.float32], rate: int, ceiling: float = CEILING) -> NDArray[np.float32]:
    """Lower peaks above `ceiling`, with look-ahead; everything else stays unchanged."""
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
    # Every window averaged here includes the sample's own required gain, so the mean cannot exceed it.
    gain = (total[width:] - total[:-width]) / width
    limited: NDArray[np.float64] = samples * gain
    return limited.astype(np.float32)


def fade_ends(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Fade both ends to 0 over a few milliseconds, so no clip clicks."""
    length = min(round(FADE * rate), len(samples) // 2)
    if length == 0:
        return np.zeros_like(samples)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    faded = samples.copy()
    faded[:length] *= ramp
    faded[-length:] *= ramp[::-1]
    return faded


def soften(samples: NDArray[np.float32], ceiling: float = SOFT) -> NDArray[np.float32]:
    """Turn a sound down so it never startles; a soft one stays the same, bit for bit."""
    peak = float(np.max(np.abs(samples), initial=0.0))
    return samples if peak <= ceiling else (samples * np.float32(ceiling / peak)).astype(np.float32)


def _lowest(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The lowest of each `width` neighbours, by doubling, which takes few passes for any width."""
    span = 1
    while span * 2 <= width:
        values = np.minimum(values[:-span], values[span:])
        span *= 2
    rest = width - span
    return np.minimum(values[: len(values) - rest], values[rest:])
