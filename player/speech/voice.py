"""The port that every voice fills, real or fake, and the clean-up of its text.

A voice may be a C library that asserts on an empty string, stops at a NUL, and takes a control character for
a command that changes the speed of all later cues. Text should arrive ready to speak; `fit` guards the
boundary in case it does not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from player.speech.manner import Manner

UNSPEAKABLE = {"Cc", "Cs", "Co", "Cn"}
"""Unicode categories: control characters, surrogates, private use, unassigned."""


@dataclass(frozen=True, slots=True, eq=False)
class RawSpeech:
    """A voice's speech before trimming, levelling and resampling."""

    samples: NDArray[np.float32]
    """Mono, -1..1, shape (frames,)."""
    rate: int
    """The voice's frames per second."""


@runtime_checkable
class Voice(Protocol):
    """Text to raw speech. Used by one thread at a time.

    A voice that speaks every word as a beep:

        class Beeps:
            identity = "beeps 1"

            def speak(self, text):
                words = len(fit(text).split())
                samples = np.sin(np.arange(words * 9_600) * 0.1).astype(np.float32)
                return RawSpeech(samples, 48_000)

            def close(self):
                pass

    Loudness and rate do not matter: silence at both ends is cut off, and the samples are resampled and
    brought to the usual loudness. `player.testing.voice_contract` has the tests that every voice must pass.
    """

    @property
    def identity(self) -> str:
        """Everything that changes the sound: library, data, voice, rate, pitch. Starts no process."""

    def speak(self, text: str) -> RawSpeech:
        """Speak one cue; a text without a letter or digit gives no frames and never reaches the engine.

        Raises:
            SpeechError: There is no engine, or it failed twice.
            UserError: The engine does not know the chosen voice.
        """

    def close(self) -> None:
        """End the process, if there is one; a later `speak` starts it again."""


class VoicePlugin(Protocol):
    """The object behind an entry point of the group `cuemat.voices`: the voices that a package adds.

    It can be a module, or any object with these two functions. In the package's `pyproject.toml`:

        [project.entry-points."cuemat.voices"]
        beeps = "cuemat_beeps"

    and in `cuemat_beeps.py`, beside the class `Beeps` above:

        def voices():
            return {"": "Beeps", "low": "Low beeps"}

        def make(manner):
            if manner.voice not in voices():
                raise UserError(f"beeps have no voice '{manner.voice}'")
            return Beeps()

    A module that reads more than Latin letters says so: `alphabets = ("CYRILLIC",)`, named as in the Unicode
    names of the letters. Words in other letters are refused before anything plays.

    The listener then chooses `--voice beeps` or `--voice beeps:low`. Plug-ins with a name that looks like a
    language (`en`, `pt-br`) or contains a colon are skipped.
    """

    def voices(self) -> Mapping[str, str]:
        """The names of all voices by id; the package's default voice has an empty id."""

    def make(self, manner: Manner) -> Voice:
        """Make the voice; `manner.voice` is one of the ids, or whatever the listener wrote.

        Raises:
            SpeechError: It cannot speak here; the message says what to do.
            UserError: The voice does not exist.
        """


@lru_cache(maxsize=4096)
def fit(text: str) -> str:
    """The text in a form safe for voices: one line, no control characters; empty if it has nothing to say."""
    plain = "".join(" " if unicodedata.category(c) in UNSPEAKABLE else c for c in text)
    plain = " ".join(plain.split())
    return plain if any(c.isalnum() for c in plain) else ""
