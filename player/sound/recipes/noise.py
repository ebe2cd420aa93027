"""The noise that keeps loudspeakers awake: `python -m player.sound.recipes.noise sounds` writes it.

The file is committed, so nothing here runs while a session plays, and every machine has the same noise,
although the last bits of a Fourier transform differ between them. It is a spectrum with random phases and a
whole number of periods for each line, so the loop has no seam. It is where a voice is, which every
loudspeaker and every encoder keeps.
"""

from __future__ import annotations

import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 48_000
"""The engine's frames per second."""
SECONDS = 10
"""Length of the loop: too long for an ear to notice that it comes again."""
LOWEST, HIGHEST = 60, 4_000
"""Hz."""
FALL = 0.75
"""The level falls with this power of the frequency: 4.5 dB an octave. With less, the noise would be above
-70 LUFS, from where on meters count a silence as part of the session, which would measure 0.3 LU softer."""
LEVEL = -70.0
"""RMS in dBFS: enough for the device, and 50 dB below speech."""
SEED = 18
"""Of sixty, the one whose loudest 400 ms are the softest."""
NAME = "keep-awake.wav"


def noise() -> NDArray[np.int16]:
    """Make the loop; its samples are from -52 to 52."""
    frames = SECONDS * RATE
    lines = np.zeros(frames // 2 + 1, np.complex128)
    at = np.arange(LOWEST * SECONDS, HIGHEST * SECONDS + 1)
    phases = 2 * np.pi * np.random.default_rng(SEED).random(len(at))
    lines[at] = np.exp(1j * phases) / at**FALL
    wave_ = np.fft.irfft(lines, frames)
    scaled = wave_ * (32_768 * 10 ** (LEVEL / 20) / np.sqrt(np.mean(wave_**2)))
    loop: NDArray[np.int16] = np.rint(scaled).astype(np.int16)
    return loop


def write_noise(folder: Path) -> None:
    """Write the loop as 48 kHz, mono, int16, beneath the sounds that scripts can name.

    Raises:
        OSError: The file cannot be written.
    """
    with wave.open(str(folder / "beneath" / NAME), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(noise().astype("<i2").tobytes())


if __name__ == "__main__":
    write_noise(Path(sys.argv[1]))
