"""The one place that knows which voice speaks: one that is built in, or one of another package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.voices.plugins import make_plugin_voice
from player.voices.pyttsx3_voice import Pyttsx3Voice

if TYPE_CHECKING:
    from player.speech.manner import Manner
    from player.speech.voice import Voice


def make_voice(manner: Manner) -> Voice:
    """The voice that speaks in this manner. No process is started before it speaks.

    Raises:
        SpeechError: There is nothing on this system that could speak; the message says what to install. Or
            the package that adds the voice is broken.
        UserError: The package has no such voice.
    """
    return make_plugin_voice(manner) or Pyttsx3Voice(manner)
