"""How pyttsx3's process is started. Imports no numpy, so that listing voices starts at once.

On macOS and Windows only the first cue of a process is reliable, so each request gets a new one there.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from player.errors import SpeechError
from player.voices import engines
from player.voices.espeak import find_espeaks
from player.voices.process import SERVE, Launch, VoiceProcess

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from player.voices.espeak import Espeak

BY_SYSTEM = sys.platform in engines.BY_SYSTEM
NO_ENGINE = (
    "no speech engine found: install espeak-ng (apt install espeak-ng, dnf install espeak-ng), "
    "or the one from pip: pip install espeakng-loader"
)


def pyttsx3_process(espeaks: Sequence[Espeak] | None = None, script: Path = SERVE) -> VoiceProcess:
    """The process of pyttsx3.

    Args:
        espeaks: The espeaks to try, the best first; None: those on this system.
        script: The script that the process runs.

    Raises:
        SpeechError: No speech engine is installed.
    """
    if BY_SYSTEM:
        return VoiceProcess([Launch("by_pyttsx3")], script, once=True)
    found = find_espeaks() if espeaks is None else espeaks
    if not found:
        raise SpeechError(NO_ENGINE)
    return VoiceProcess([Launch("by_pyttsx3", (str(one.library), str(one.data))) for one in found], script)
