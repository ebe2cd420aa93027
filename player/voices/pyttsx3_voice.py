"""The built-in voice: pyttsx3, in a process that may hang, crash or lie without harm.

A late, broken or empty answer costs a new process and one more try; the next cue comes a tenth of a second
later. A text that fails twice is an error that names it.
"""

from __future__ import annotations

import io
import logging
import platform
from typing import TYPE_CHECKING

import numpy as np

from player.errors import SoundError, SpeechError, UserError
from player.sound.load import decode
from player.speech.manner import Manner
from player.speech.voice import RawSpeech, fit
from player.voices.catalogue import VoiceList
from player.voices.pyttsx3_process import SCRIPT, Pyttsx3Process
from player.voices.worker import WorkerError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from player.voices.espeak import Espeak

TRIES = 2
SECONDS_AT_LEAST = 2.0
SECONDS_A_WORD = 0.1
"""Time limit for each word; a voice is hundreds of times faster, so a slower one has hung."""
NATIVE_RATE = 22_050

_log = logging.getLogger(__name__)


class Pyttsx3Voice:
    """Speaks in one manner; the process starts with the first cue.

    Args:
        manner: Voice, rate and pitch.
        espeaks: The espeaks to try, the best first; None: those on this system.
        script: The script that the process runs.
        seconds_at_least: The minimum time limit for a cue.

    Raises:
        SpeechError: No speech engine is installed.
    """

    def __init__(
        self,
        manner: Manner,
        espeaks: Sequence[Espeak] | None = None,
        script: Path = SCRIPT,
        seconds_at_least: float = SECONDS_AT_LEAST,
    ) -> None:
        self._manner = manner
        self._process = Pyttsx3Process(espeaks, script)
        self._seconds_at_least = seconds_at_least
        self._engines: dict[Espeak | None, str] = {}

    @property
    def identity(self) -> str:
        """The engine's digest, voice, rate and pitch."""
        espeak = self._process.espeak
        if espeak not in self._engines:
            system = f"{platform.system()} {platform.release()}"
            self._engines[espeak] = espeak.identity(self._manner.voice) if espeak else system
        return f"{self._engines[espeak]} {self._manner.voice} {self._manner.rate} {self._manner.pitch}"

    @property
    def pid(self) -> int | None:
        """The process number; None if none is running."""
        return self._process.pid

    def speak(self, text: str) -> RawSpeech:
        """Speak one cue, and return the engine's raw speech; see `Voice`."""
        plain = fit(text)
        if not plain:
            return RawSpeech(np.zeros(0, np.float32), NATIVE_RATE)
        seconds = max(self._seconds_at_least, SECONDS_A_WORD * len(plain.split()))
        failure: Exception | None = None
        for _ in range(TRIES):
            try:
                return self._try(plain, seconds)
            except (WorkerError, SoundError) as error:
                failure = error
                _log.info("%d words were not spoken: %s", len(plain.split()), error)
                self._process.close()
        message = f"the voice {self._manner.voice} failed {TRIES} times at “{plain}”: {failure}"
        raise SpeechError(message) from failure

    def close(self) -> None:
        """End the process, if there is one."""
        self._process.close()

    def _try(self, text: str, seconds: float) -> RawSpeech:
        manner = self._manner
        # The default is an espeak voice; systems with their own voices have their own default.
        default = self._process.espeak is None and manner.voice == Manner().voice
        voice = None if default else manner.voice
        request = {"text": text, "voice": voice, "rate": manner.rate, "pitch": manner.pitch}
        kind, answer = self._process.ask(request, seconds)
        if kind == b"U":
            raise UserError(self._explain_unknown(VoiceList.from_json(answer)))
        if kind != b"S":
            raise WorkerError(answer.decode(errors="replace"))
        return RawSpeech(*decode(io.BytesIO(answer), "the voice's answer"))

    def _explain_unknown(self, voices: VoiceList) -> str:
        near = voices.close_to(self._manner.voice)
        names = " or ".join(f"'{one}'" for one in near)
        hint = f"did you mean {names}?" if near else "`cuemat voices` lists them all"
        return f"unknown voice '{self._manner.voice}'; {hint}"
