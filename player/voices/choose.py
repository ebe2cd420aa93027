"""The one place that knows which voice speaks for whom; more kinds of voices join here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.voices.pyttsx3_voice import Pyttsx3Voice

if TYPE_CHECKING:
    from player.speech.manner import Manner
    from player.speech.voice import Voice


def make_voice(manner: Manner) -> Voice:
    """The voice that speaks in this manner. No process is started before it speaks.

    Raises:
        SpeechError: There is nothing on this system that could speak; the message says what to install.
    """
    return Pyttsx3Voice(manner)
