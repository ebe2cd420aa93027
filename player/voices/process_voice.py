"""A voice whose engine lives in a process that may hang, crash or lie without harm.

A late, broken or empty answer costs a new process and one more try; the next cue comes a moment later. A text
that fails twice is an error that names it.
"""

from __future__ import annotations

import io
import logging
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import numpy as np

from player.errors import SoundError, SpeechError, UnspokenError
from player.sound.load import decode
from player.speech.voice import RawSpeech, fit
from player.voices.worker import WorkerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from player.voices.process import VoiceProcess

TRIES = 2
SECONDS_AT_LEAST = 2.0
SECONDS_A_WORD = 0.1
"""Time limit for each word; a voice is tens of times faster, so a slower one has hung."""
NATIVE_RATE = 22_050
"""The rate of a text without sound."""

_log = logging.getLogger(__name__)


class ProcessVoice(ABC):
    """Speaks with one process, which starts with the first cue.

    Args:
        name: The voice's id, for messages.
        process: Where its engine lives.
        seconds_at_least: The minimum time limit for a cue.
    """

    def __init__(self, name: str, process: VoiceProcess, seconds_at_least: float = SECONDS_AT_LEAST) -> None:
        self._name, self._process, self._seconds_at_least = name, process, seconds_at_least

    @property
    @abstractmethod
    def identity(self) -> str:
        """Everything that changes the sound; see `Voice`."""

    @abstractmethod
    def request(self, text: str) -> Mapping[str, Any]:
        """What to ask the process for.

        Raises:
            UnspokenError: The engine cannot say such a text.
        """

    def explain_unknown(self, voices: bytes) -> Exception:
        """The error for a voice that the engine does not know, from its list of voices."""
        del voices
        return WorkerError("unknown voice")

    def explain_failure(self, text: str, failure: Exception | None) -> Exception:
        """The error for a text at which it failed again and again."""
        return SpeechError(f"the voice {self._name} failed {TRIES} times at “{text}”: {failure}")

    @property
    def pid(self) -> int | None:
        """The process number; None if none is running."""
        return self._process.pid

    def speak(self, text: str) -> RawSpeech:
        """Speak one cue, and return the engine's raw speech; see `Voice`."""
        plain = fit(text)
        if not plain:
            return RawSpeech(np.zeros(0, np.float32), NATIVE_RATE)
        request = self.request(plain)
        seconds = max(self._seconds_at_least, SECONDS_A_WORD * len(plain.split()))
        failure: Exception | None = None
        for _ in range(TRIES):
            try:
                return self._try(plain, request, seconds)
            except (WorkerError, SoundError) as error:
                failure = error
                _log.info("%d words were not spoken: %s", len(plain.split()), error)
                self._process.close()
        raise self.explain_failure(plain, failure) from failure

    def close(self) -> None:
        """End the process, if there is one."""
        self._process.close()

    def _try(self, text: str, request: Mapping[str, Any], seconds: float) -> RawSpeech:
        kind, answer = self._process.ask(request, seconds)
        if kind == b"N":
            message = f"the voice {self._name} cannot say “{text}”"
            raise UnspokenError(message)
        if kind == b"U":
            raise self.explain_unknown(answer)
        if kind != b"S":
            raise WorkerError(answer.decode(errors="replace"))
        return RawSpeech(*decode(io.BytesIO(answer), "the voice's answer"))
