"""The port that every voice fills, real or fake, and the care that every voice takes of its text.

A voice may be a C library that asserts on an empty string, stops at a NUL, and takes a control character
for a command that changes the speed of all later cues. Text arrives fit to be spoken; `fit` is the boundary's
own defence, for what arrives otherwise.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNSPEAKABLE = {"Cc", "Cs", "Co", "Cn"}
"""Unicode categories: control characters, surrogates, private use, unassigned."""


@dataclass(frozen=True, slots=True, eq=False)
class RawSpeech:
    """What a voice made of a text, before it is trimmed, levelled and brought to the engine's rate."""

    samples: NDArray[np.float32]
    """Mono, -1..1, shape (frames,)."""
    rate: int
    """Frames per second, as the voice makes them."""


class Voice(Protocol):
    """Text to raw speech. Used by one thread at a time."""

    @property
    def identity(self) -> str:
        """Everything that changes the sound: library, data, voice, rate, pitch. Starts no process."""

    def speak(self, text: str) -> RawSpeech:
        """Say one cue; a text without a letter or digit gives no frames and never reaches the engine.

        Raises:
            SpeechError: There is no engine, or it failed twice.
            UserError: The engine does not know the voice that was asked for.
        """

    def close(self) -> None:
        """Let go of the process, if there is one; a later `speak` starts it again."""


@lru_cache(maxsize=4096)
def fit(text: str) -> str:
    """The text as a voice may be given it: one line, no control characters; empty if nothing can be said."""
    plain = "".join(" " if unicodedata.category(c) in UNSPEAKABLE else c for c in text)
    plain = " ".join(plain.split())
    return plain if any(c.isalnum() for c in plain) else ""
