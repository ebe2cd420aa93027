"""A voice for tests: no process, no library, and the same samples for a text on every machine.

A person can compute a text's length, and no sample is silent, so trimming removes nothing: at the default
rate a clip is exactly as long as `FakeVoice.frames` says.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np

from player.speech.voice import RawSpeech, fit

SECONDS_BEFORE = 0.2
SECONDS_A_CHARACTER = 0.06
LOUDNESS = 0.3


class FakeVoice:
    """Hums each text at its own pitch.

    Attributes:
        spoken: Every requested text, in order.
    """

    def __init__(self, rate: int = 48_000, name: str = "fake") -> None:
        self.rate = rate
        self.name = name
        self.spoken: list[str] = []

    @property
    def identity(self) -> str:
        """Its name and rate."""
        return f"fake 1 {self.name} {self.rate}"

    def frames(self, text: str) -> int:
        """The length of a text: 0.2 s, and 0.06 s a character; 0 if there is nothing to say."""
        plain = fit(text)
        return round((SECONDS_BEFORE + SECONDS_A_CHARACTER * len(plain)) * self.rate) if plain else 0

    def speak(self, text: str) -> RawSpeech:
        """A hum of `frames(text)` frames."""
        self.spoken.append(text)
        hertz = 150 + crc32(f"{self.name} {fit(text)}".encode()) % 200
        seconds = np.arange(self.frames(text)) / self.rate
        samples = LOUDNESS * np.sin(2 * np.pi * hertz * seconds)
        return RawSpeech(samples.astype(np.float32), self.rate)

    def close(self) -> None:
        """Do nothing, as there is nothing to release."""
