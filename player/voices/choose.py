"""The one place that decides which voice speaks: the natural one, pyttsx3, or one from another package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.voices.engines import is_natural
from player.voices.heart_voice import HeartVoice
from player.voices.plugins import make_plugin_voice
from player.voices.pyttsx3_voice import Pyttsx3Voice

if TYPE_CHECKING:
    from player.speech.manner import Manner
    from player.speech.voice import Voice


def make_voice(manner: Manner) -> Voice:
    """The voice that speaks in this manner. No process starts before it speaks.

    Raises:
        SpeechError: Nothing on this system can speak, and the message says what to install; or the voice's
            package is broken.
        UserError: The package has no such voice, the natural voice is not installed, or a voice file is none.
    """
    if is_natural(manner.voice):
        return HeartVoice(manner)
    return make_plugin_voice(manner) or Pyttsx3Voice(manner)


def known_gain(voice: Voice) -> float | None:
    """The gain in dB that brings a voice to the usual loudness, if it need not be measured."""
    return voice.gain if isinstance(voice, HeartVoice | Pyttsx3Voice) else None
