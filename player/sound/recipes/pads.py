"""The music beds, made by code: `python -m player.sound.recipes.pads sounds` writes them into `sounds/`.

The files are committed, so nothing here runs while a session plays. The recipe ships with the code so that a
change of music is a change of numbers that can be reviewed. A bed must not draw attention: no beat, no
melody, only chords that breathe. Each tone is a narrow band of sine waves with random phases, which sounds
like many voices at once. Each wave has a whole number of periods, so the loop has no seam.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 48_000
"""The engine's frames per second."""
PEAK = 10 ** (-12 / 20)
"""Peak, well within 16 bits; the level in a session is set on loading."""
WIDTH = 0.0035
"""Width of a tone's band, relative to its pitch; a wider band breathes faster."""
BANDS = 4
"""Widths of a band to fill on each side."""


@dataclass(frozen=True, slots=True)
class Pad:
    """A chord that loops."""

    seconds: int
    """Length of the loop in whole seconds, so every wave has a whole number of periods."""
    pitches: tuple[tuple[float, float], ...]
    """Pitches in Hz, each with its level in dB."""
    overtones: tuple[float, ...]
    """Levels in dB of the pitch itself, its double, its triple …"""
    seed: int


PADS: dict[str, Pad] = {
    # D and A in three octaves, with the ninth above: open, like a wide lake.
    "still-water": Pad(
        48,
        ((73.42, -6), (110.00, -5), (146.83, 0), (220.00, -3), (293.66, -7), (329.63, -11), (440.00, -16)),
        (0, -13, -19, -27, -33),
        seed=11,
    ),
    # F with its sixth and ninth: warmer, and a little darker.
    "evening-air": Pad(
        54,
        ((87.31, -4), (130.81, -4), (174.61, 0), (220.00, -5), (261.63, -7), (293.66, -10), (392.00, -15)),
        (0, -11, -22, -26, -36),
        seed=23,
    ),
}
"""Every bed by the stem of its file."""


def pad(name: str) -> NDArray[np.int16]:
    """Make a bed.

    Returns:
        Shape (frames, 2), at `RATE`.

    Raises:
        KeyError: The name is unknown.
    """
    recipe = PADS[name]
    chance = np.random.default_rng(recipe.seed)
    sides = np.stack([_side(recipe, chance) for _ in ("left", "right")], axis=1)
    scaled: NDArray[np.int16] = np.rint(sides * (PEAK * 32_767 / np.abs(sides).max())).astype(np.int16)
    return scaled


def write_pads(folder: Path) -> None:
    """Write every bed as `<stem>.flac`, 48 kHz, stereo, 16 bits.

    Raises:
        OSError: A file cannot be written.
    """
    import soundfile  # noqa: PLC0415  nothing else here needs it

    for name in PADS:
        soundfile.write(folder / f"{name}.flac", pad(name), RATE, subtype="PCM_16", compression_level=1.0)


def _side(recipe: Pad, chance: np.random.Generator) -> NDArray[np.float64]:
    """One channel, made from a spectrum with a whole number of periods for each line."""
    frames = recipe.seconds * RATE
    lines = np.zeros(frames // 2 + 1, np.complex128)
    for pitch, level in recipe.pitches:
        for number, below in enumerate(recipe.overtones, 1):
            middle = pitch * number * recipe.seconds
            spread = pitch * number**0.5 * WIDTH * recipe.seconds
            at = np.arange(int(middle - BANDS * spread), int(middle + BANDS * spread) + 2)
            shape = np.exp(-0.5 * ((at - middle) / spread) ** 2)
            shape *= 10 ** ((level + below) / 20) / np.sqrt(np.sum(shape**2))
            lines[at] += shape * np.exp(2j * np.pi * chance.random(len(at)))
    return np.fft.irfft(lines, frames)


if __name__ == "__main__":
    write_pads(Path(sys.argv[1]))
