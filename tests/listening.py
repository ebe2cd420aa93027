"""Finds known sounds in a file by measurement.

It uses normalised cross-correlation: 1.0 is an exact copy at any level, whatever surrounds it. So a test can
compare what a file really plays with what the timeline promises.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import soundfile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

ALIKE = 0.9
"""Correlation from which it is that sound; speech and other earcons stay far below."""

_FFT = 1 << 16
_QUIETEST = 0.05
_THINNING = 8
_PROMISING = 0.7


def load(path: Path) -> NDArray[np.int16]:
    """All frames of a mono sound file of 48 kHz."""
    samples, rate = soundfile.read(path, dtype="int16")
    assert (rate, samples.ndim) == (48_000, 1)

    heard: NDArray[np.int16] = samples
    return heard


def likeness(samples: NDArray[np.int16], sound: NDArray[np.int16]) -> NDArray[np.float64]:
    """Likeness to `sound` at each frame: -1 to 1, shape (frames - len(sound) + 1,).

    Where almost nothing is heard (5 % of the sound's amplitude) it is 0.
    """
    blocks = [alike for _, _, alike in _likenesses(samples, {"": sound})]
    return np.concatenate([np.zeros(0), *blocks])


def _likenesses(
    samples: NDArray[np.int16], sounds: Mapping[str, NDArray[np.int16]]
) -> Iterator[tuple[str, int, NDArray[np.float64]]]:
    """Block by block for each sound: its name, the block's first frame, and the likeness from there on."""
    longest = max(map(len, sounds.values()))
    size = max(_FFT, 1 << (2 * longest).bit_length())
    spectra = {}
    for name, sound in sounds.items():
        template = sound.astype(np.float32) / np.linalg.norm(sound.astype(np.float32))
        spectra[name] = np.conj(np.fft.rfft(template, size))
    step = size - longest + 1
    for start in range(0, len(samples), step):
        block = samples[start : start + size].astype(np.float32)
        sums = np.concatenate(([0], np.cumsum(block.astype(np.float64) ** 2)))
        spectrum = np.fft.rfft(block, size)
        for name, sound in sounds.items():
            power = (sums[len(sound) :] - sums[: -len(sound)])[:step]
            audible = power > float(np.sum(sound.astype(np.float64) ** 2)) * _QUIETEST**2
            alike = np.zeros(len(power))
            if audible.any():
                products = np.fft.irfft(spectrum * spectra[name], size)[: len(power)]
                alike[audible] = products[audible] / np.sqrt(power[audible])
            yield name, start, alike


def hear(samples: NDArray[np.int16], sound: NDArray[np.int16], threshold: float = ALIKE) -> list[int]:
    """The frames at which `sound` begins, in order, at least the sound's length apart."""
    return hear_each(samples, {"": sound}, threshold)[""]


def hear_each(
    samples: NDArray[np.int16], sounds: Mapping[str, NDArray[np.int16]], threshold: float = ALIKE
) -> dict[str, list[int]]:
    """The same for several sounds.

    Long files are searched at an eighth of the rate first, then to the frame where that was promising.
    """
    thin = {name: _thinned(sound)[:-1] for name, sound in sounds.items()}
    promising: dict[str, list[NDArray[np.intp]]] = {name: [np.zeros(0, np.intp)] for name in sounds}
    for name, start, alike in _likenesses(_thinned(samples), thin):
        promising[name].append((start + np.flatnonzero(alike >= _PROMISING)) * _THINNING)
    return {
        name: _hear(samples, sound, np.concatenate(promising[name]), threshold)
        for name, sound in sounds.items()
    }


def _hear(
    samples: NDArray[np.int16], sound: NDArray[np.int16], promising: NDArray[np.intp], threshold: float
) -> list[int]:
    found: list[int] = []
    for places in np.split(promising, np.flatnonzero(np.diff(promising) > 2 * len(sound)) + 1):
        if not len(places):
            continue
        start = max(int(places[0]) - _THINNING, 0)
        alike = likeness(samples[start : int(places[-1]) + _THINNING + len(sound)], sound)
        for frame in np.flatnonzero(alike >= threshold):
            if not found or start + frame - found[-1] >= len(sound):
                found.append(start + int(frame))
            elif alike[frame] > alike[found[-1] - start]:
                found[-1] = start + int(frame)
    return found


def loudness(samples: NDArray[np.int16]) -> float:
    """Integrated loudness in LUFS, measured by ffmpeg; shape (frames,) or (frames, 2), 48 kHz."""
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", _ebur128(samples, ""))[-1])


def true_peak(samples: NDArray[np.int16]) -> float:
    """True peak in dBTP, measured by ffmpeg."""
    return float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", _ebur128(samples, "=peak=true"))[-1])


def _ebur128(samples: NDArray[np.int16], options: str) -> str:
    channels = str(samples.ndim)
    given = ["-f", "s16le", "-ar", "48000", "-ac", channels, "-i", "-"]
    done = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostats", *given, "-af", f"ebur128{options}", "-f", "null", "-"],
        input=samples.astype("<i2").tobytes(),
        capture_output=True,
        check=True,
    )
    return done.stderr.decode()


def _thinned(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    whole = np.pad(samples, (0, _THINNING + -len(samples) % _THINNING))
    thinned: NDArray[np.int16] = whole.reshape(-1, _THINNING).mean(axis=1).astype(np.int16)
    return thinned
