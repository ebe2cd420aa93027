"""The earcons, made by code: `python -m player.sound.recipes.earcons sounds` writes them into `sounds/`.

The files are committed, so nothing here runs while a session plays. The recipe ships with the code so that a
change of sound is a change of numbers that can be reviewed; a test regenerates every file and compares its
bytes. A listener with closed eyes recognises the contour (rising means begin, falling means let go), so the
contours differ first, and the pitches second. Tones swell in over 30 ms or more and stay about 6 dB below
speech: a sound after half a minute of silence must not startle.
"""

from __future__ import annotations

import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from player.sound.clip import Clip

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 48_000
"""The engine's frames per second."""

G4, C5, D5, E5, F5, G5 = 392.00, 523.25, 587.33, 659.26, 698.46, 783.99
A5, B5, C6, D6 = 880.00, 987.77, 1046.50, 1174.66
"""Pitches in Hz. The tick and the end of a set have pitches of their own."""

WARM = ((1.0, 0.0), (2.0, -12.0), (3.0, -22.0))
"""Overtones of a tone: multiple of the pitch, level in dB."""
PURE = ((1.0, 0.0), (2.0, -24.0))
"""Overtones of a tick: soft as a fingertip on wood."""
BELL = ((1.0, 0.0), (2.0, -8.0), (2.76, -16.0), (5.40, -30.0))
"""Overtones of a bell, which are not whole multiples."""


@dataclass(frozen=True, slots=True)
class Tone:
    """One tone of an earcon; times in seconds."""

    start: float
    length: float
    pitch: float
    """Pitch in Hz."""
    fall_to: float | None = None
    """The pitch to glide to; None: it stays."""
    attack: float = 0.035
    """The time from silence to the peak."""
    decay: float = 0.14
    """The time in which it falls to 37 %."""
    overtones: tuple[tuple[float, float], ...] = WARM


@dataclass(frozen=True, slots=True)
class Earcon:
    """A short sound with one meaning."""

    peak: float
    """Peak in dBFS."""
    tones: tuple[Tone, ...]


EARCONS: dict[str, Earcon] = {
    "tick": Earcon(-15.5, (Tone(0, 0.08, D6, attack=0.008, decay=0.026, overtones=PURE),)),
    "hold-starts": Earcon(-15, (Tone(0, 0.26, E5), Tone(0.18, 0.38, B5))),
    "hold-ends": Earcon(-15, (Tone(0, 0.26, B5), Tone(0.20, 0.42, E5))),
    "halfway": Earcon(-16, (Tone(0, 0.18, G5, decay=0.07), Tone(0.18, 0.19, G5, decay=0.07))),
    "rest": Earcon(-16, (Tone(0, 0.70, C5, attack=0.09, decay=0.20),)),
    "switch-sides": Earcon(-15, (Tone(0, 0.22, E5), Tone(0.16, 0.22, G5), Tone(0.32, 0.24, E5))),
    "set-ends": Earcon(-16, (Tone(0, 0.34, A5), Tone(0.26, 0.36, F5), Tone(0.54, 0.50, D5, decay=0.18))),
    "session-ends": Earcon(
        -15,
        (Tone(0, 0.50, C5), Tone(0.34, 0.50, E5), Tone(0.68, 0.50, G5), Tone(1.02, 0.62, C6, decay=0.20)),
    ),
    "glide": Earcon(-18, (Tone(0, 0.50, G5, fall_to=G4, attack=0.10, decay=0.40),)),
    "bell": Earcon(-16, (Tone(0, 2.50, G4, decay=0.60, overtones=BELL),)),
}
"""Every earcon by the stem of its file."""


def earcon(name: str) -> Clip:
    """Make an earcon.

    Raises:
        KeyError: The name is unknown.
    """
    recipe = EARCONS[name]
    frames = max(round((tone.start + tone.length) * RATE) for tone in recipe.tones)
    mix = np.zeros(frames)
    for tone in recipe.tones:
        start = round(tone.start * RATE)
        sound = _sound(tone)
        mix[start : start + len(sound)] += sound
    mix *= 32_767 * 10 ** (recipe.peak / 20) / np.abs(mix).max()
    return Clip(np.trunc(mix).astype(np.int16), RATE)


def write_earcons(folder: Path) -> None:
    """Write every earcon as `<stem>.wav`, 48 kHz, mono, int16.

    Raises:
        OSError: A file cannot be written.
    """
    for name in EARCONS:
        clip = earcon(name)
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(clip.rate)
            file.writeframes(clip.samples.astype("<i2").tobytes())


def _sound(tone: Tone) -> NDArray[np.float64]:
    frames = round(tone.length * RATE)
    time = np.arange(frames) / RATE
    pitch = tone.pitch * ((tone.fall_to or tone.pitch) / tone.pitch) ** (time / tone.length)
    turns = (np.cumsum(pitch) - pitch[0]) / RATE
    sound = np.zeros(frames)
    for multiple, level in tone.overtones:
        sound += 10 ** (level / 20) * np.sin(2 * np.pi * multiple * turns)
    return sound * _envelope(tone, time)


def _envelope(tone: Tone, time: NDArray[np.float64]) -> NDArray[np.float64]:
    """Raised cosine up, exponential down, exactly zero at the last frame."""
    rise = (1 - np.cos(np.pi * np.minimum(time / tone.attack, 1))) / 2
    fall = np.exp(-np.maximum(time - tone.attack, 0) / tone.decay)
    left = (time[-1] - time) / (0.3 * tone.length)
    close = (1 - np.cos(np.pi * np.minimum(left, 1))) / 2
    envelope: NDArray[np.float64] = rise * fall * close
    return envelope


if __name__ == "__main__":
    write_earcons(Path(sys.argv[1]))
