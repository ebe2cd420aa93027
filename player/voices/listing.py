"""Lists the voices to choose from. Imports no numpy, so listing starts at once."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from player.errors import SpeechError
from player.voices import engines
from player.voices.catalogue import NATURAL, VoiceList
from player.voices.plugins import list_plugin_voices
from player.voices.pyttsx3_process import pyttsx3_process
from player.voices.worker import WorkerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.voices.espeak import Espeak

SECONDS = 10.0
"""Seconds to wait for the engine's answer."""

_log = logging.getLogger(__name__)


def list_voices(espeaks: Sequence[Espeak] | None = None) -> VoiceList:
    """Ask the engine and other packages for their voices.

    Args:
        espeaks: The espeaks to ask, the best first; None: those on this system.

    Raises:
        SpeechError: There is no voice, or the engine does not answer.
    """
    natural = (NATURAL,) if engines.natural_is_installed() else ()
    more = tuple(list_plugin_voices())
    try:
        known = _built_in(espeaks)
    except SpeechError as error:
        if not natural and not more:
            raise
        _log.warning("%s", error)
        return VoiceList((*natural, *more), ())
    return replace(known, voices=(*natural, *known.voices, *more))


def _built_in(espeaks: Sequence[Espeak] | None) -> VoiceList:
    process = pyttsx3_process(espeaks)
    try:
        _, answer = process.ask({}, SECONDS)
        return VoiceList.from_json(answer)
    except (WorkerError, ValueError, KeyError) as error:
        message = f"the speech engine does not list its voices: {error}"
        raise SpeechError(message) from error
    finally:
        process.close()
