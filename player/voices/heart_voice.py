"""`heart`, the natural voice: hibari-tts, in its own process.

Its model is checked by its digest before each start, because what speaks to somebody on the floor must be
what was chosen: the packaged model against the package's own list, a file of the user's against what it was
when it was first read. A file from elsewhere gets the same guards as any stranger's: a size, no network, a
limit on memory, and a process that can be ended.
"""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from player.errors import SpeechError, UnspokenError, UserError
from player.files.plain import open_plain
from player.speech.manner import PITCH
from player.voices.engines import EXTRA, HEART, natural_is_installed, natural_is_missing
from player.voices.pace import HEART as PACE
from player.voices.process import SERVE, Launch, VoiceProcess
from player.voices.process_voice import SECONDS_AT_LEAST, ProcessVoice
from player.voices.spelling import RULES, spell, unreadable
from player.words import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from player.speech.manner import Manner
    from player.speech.voice import RawSpeech

GAINS: Mapping[str, float] = {
    "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8": 6.8,
}
"""The gain in dB of models that are known, by SHA-256: the first word need not wait until it is measured."""
LARGEST = 200_000_000
"""Bytes of a model; those known have 8 MB."""
OCTAVE = 60
"""Steps of pitch in an octave, as in eSpeak."""


class HeartVoice(ProcessVoice):
    """Speaks in one manner; see `ProcessVoice`.

    Args:
        manner: Voice, rate and pitch; the voice is `heart`, or the path of a model.
        model: The model; None: the package's, or the file that the manner names.
        script: The script that the process runs.
        seconds_at_least: The minimum time limit for a cue.

    Raises:
        UserError: The natural voice is not installed, or the file is not a voice.
    """

    def __init__(
        self,
        manner: Manner,
        model: Path | None = None,
        script: Path = SERVE,
        seconds_at_least: float = SECONDS_AT_LEAST,
    ) -> None:
        if not natural_is_installed():
            raise UserError(natural_is_missing(manner.voice))
        self._has_spoken = False
        self._own = manner.voice != HEART
        self._model = model or (
            Path(manner.voice).expanduser() if self._own else _assets() / _packaged().get("file", "gone")
        )
        if self._own:
            self._refuse_strange()
        self._speed = round(PACE.setting(manner.rate), 3)
        self._pitch = round(2 ** ((manner.pitch - PITCH) / OCTAVE), 4)
        super().__init__(manner.voice, VoiceProcess([self._launch()], script), seconds_at_least)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the model; empty if it cannot be read."""
        found = sha256()
        try:
            with open_plain(self._model) as file:
                while piece := file.read(1 << 20):
                    found.update(piece)
        except OSError:
            return ""
        return found.hexdigest()

    @property
    def gain(self) -> float | None:
        """The gain that brings it to the usual loudness, in dB; None: not known yet."""
        return GAINS.get(self.digest)

    @cached_property
    def identity(self) -> str:
        """The engine's version, what it computes with, the model's digest, the text's rules, speed, pitch."""
        engine = f"hibari {_version('hibari-tts')} {_version('onnxruntime')} {np.__version__}"
        return f"{engine} {self.digest} {RULES} {self._speed} {self._pitch}"

    def request(self, text: str) -> Mapping[str, Any]:
        """See `workers/by_hibari.py`."""
        if letters := unreadable(text):
            message = f"the voice {self._name} cannot read {quoted(letters)} in “{text}”"
            raise UnspokenError(message)
        if self._is_damaged():
            message = (
                f"the voice {self._name} is damaged or missing: {self._model}; install it again: {EXTRA}"
            )
            raise SpeechError(message)
        return {"text": spell(text), "speed": self._speed, "pitch": self._pitch}

    def speak(self, text: str) -> RawSpeech:
        """Speak one cue, and return the engine's raw speech; see `Voice`."""
        speech = super().speak(text)
        self._has_spoken = True
        return speech

    def explain_failure(self, text: str, failure: Exception | None) -> Exception:
        """A file that never spoke is the user's mistake; otherwise the voice has failed."""
        if self._own and not self._has_spoken:
            return UserError(f"{quoted(self._name)} is not a voice that can speak here: {failure}")
        return super().explain_failure(text, failure)

    def _launch(self) -> Launch:
        known = next((one for one in _known().values() if one["sha256"] == self.digest), None)
        accent = "british" if known and known["british"] else ""
        return Launch("by_hibari", (str(self._model), self.digest, accent))

    def _is_damaged(self) -> bool:
        return not self.digest or (not self._own and self.digest != _packaged().get("sha256"))

    def _refuse_strange(self) -> None:
        """Check what can be checked of a file without loading it.

        Raises:
            UserError: It is not there, is not a regular file, or has not the size of a voice.
        """
        try:
            with open_plain(self._model) as file:
                size = file.seek(0, 2)
        except OSError as error:
            message = f"no voice file {quoted(str(self._model))}: {error.strerror or error}"
            raise UserError(message) from error
        if not 0 < size <= LARGEST:
            message = f"{quoted(str(self._model))} is not a voice: {size:,} bytes"
            raise UserError(message)


def _assets() -> Path:
    spec = find_spec("hibari")
    for place in (spec and spec.submodule_search_locations) or ():
        return Path(place, "assets")
    message = f"the natural voice is not installed: {EXTRA}"
    raise UserError(message)


def _known() -> dict[str, dict[str, Any]]:
    """The voices that the package knows, by name, with the digests of their models; none if it is damaged."""
    try:
        known: dict[str, dict[str, Any]] = json.loads((_assets() / "voices.json").read_bytes())
    except (OSError, ValueError):  # told when it is to speak, so that another voice can stand in
        return {}
    return known


def _packaged() -> dict[str, Any]:
    return _known().get(HEART, {})


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
