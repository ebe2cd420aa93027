"""pyttsx3, a complete voice with nothing to download: espeak on Linux, the system's own elsewhere."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.errors import UserError
from player.speech.manner import DEFAULT_VOICE
from player.voices.catalogue import VoiceList
from player.voices.espeak import Espeak
from player.voices.pace import ESPEAK
from player.voices.process import SERVE, Launch
from player.voices.process_voice import SECONDS_AT_LEAST, ProcessVoice
from player.voices.pyttsx3_process import pyttsx3_process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from player.speech.manner import Manner


GAINS: Mapping[str, float] = {"espeak 66c5cf8898224ed5bf44d98f9312b148 en-us": 2.5}
"""The gain in dB of voices that are known, by engine and voice, so the first word need not wait until it is
measured: that of the package espeakng-loader 0.2.4 on Linux x86-64."""


class Pyttsx3Voice(ProcessVoice):
    """Speaks in one manner; see `ProcessVoice`.

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
        script: Path = SERVE,
        seconds_at_least: float = SECONDS_AT_LEAST,
    ) -> None:
        super().__init__(manner.voice, pyttsx3_process(espeaks, script), seconds_at_least)
        self._manner = manner
        self._rate = round(ESPEAK.setting(manner.rate))
        self._pitch = manner.pitch
        self._engines: dict[Launch, str] = {}

    @property
    def identity(self) -> str:
        """The engine's digest, voice, rate and pitch."""
        return f"{self._described} {self._rate} {self._pitch}"

    @property
    def gain(self) -> float | None:
        """The gain that brings it to the usual loudness, in dB; None: not known yet."""
        return GAINS.get(self._described)

    @property
    def _described(self) -> str:
        launch = self._process.launch
        if launch not in self._engines:
            self._engines[launch] = f"{_describe(launch, self._manner.voice)} {self._manner.voice}"
        return self._engines[launch]

    def request(self, text: str) -> Mapping[str, Any]:
        """See `workers/by_pyttsx3.py`."""
        # The default is an espeak voice; systems with their own voices have their own default.
        default = not self._process.launch.arguments and self._manner.voice == DEFAULT_VOICE
        voice = None if default else self._manner.voice
        return {"text": text, "voice": voice, "rate": self._rate, "pitch": self._pitch}

    def explain_unknown(self, voices: bytes) -> Exception:
        """The user's mistake, with the voices that they may have meant."""
        near = VoiceList.from_json(voices).close_to(self._manner.voice)
        names = " or ".join(f"'{one}'" for one in near)
        hint = f"did you mean {names}?" if near else "`cuemat voices` lists them all"
        return UserError(f"unknown voice '{self._manner.voice}'; {hint}")


def _describe(launch: Launch, voice: str) -> str:
    if not launch.arguments:
        return f"{platform.system()} {platform.release()}"
    library, data = map(Path, launch.arguments)
    return Espeak(library, data).identity(voice)
