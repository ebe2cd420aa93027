"""Which engine speaks a voice, and which voice is the default; it starts and loads nothing."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from importlib.util import find_spec

from player.words import quoted

HEART = "heart"
"""The id of the natural voice."""
BY_SYSTEM = frozenset({"darwin", "win32"})
"""Platforms where pyttsx3 speaks with the system's own voices instead of eSpeak's."""
FILE_ENDING = ".onnx"
"""A voice with this ending is a file of the user's, for the natural voice's engine."""
NEEDED = ("hibari", "onnxruntime")
_ENGLISH = re.compile(r"(?:.*/)?en(?:-[a-z0-9-]+)?(?:\+.*)?", re.IGNORECASE)
"""The built-in English voices, with or without a variant: `en`, `en-us+f2`, `gmw/en-GB-scotland`."""
EXTRA = "pip install 'cuemat[natural]'"


class Engine(StrEnum):
    """What makes the sound."""

    NATURAL = "natural"
    """hibari-tts: English only."""
    ESPEAK = "espeak"
    """eSpeak NG through pyttsx3; on macOS and Windows the system's own."""
    PACKAGE = "package"
    """Another package."""


def is_natural(voice: str) -> bool:
    """Whether a voice needs the natural voice's engine, by its id in `cuemat voices`."""
    return voice == HEART or voice.lower().endswith(FILE_ENDING)


def engine_of(voice: str, platform: str = sys.platform) -> str:
    """The engine whose mistakes in English are known: "heart", "espeak", or "" for any other voice.

    Args:
        voice: Its id in `cuemat voices`.
        platform: As in `sys.platform`; on some, the built-in voices are the system's own.
    """
    if is_natural(voice):
        return "heart"
    return "espeak" if platform not in BY_SYSTEM and _ENGLISH.fullmatch(voice) else ""


def natural_is_installed() -> bool:
    """Whether the natural voice can be started here."""
    return all(find_spec(name) is not None for name in NEEDED)


def natural_is_missing(voice: str) -> str:
    """What to tell a user who asks for a voice whose engine is not there."""
    return f"the voice {quoted(voice)} needs an extra: {EXTRA}"


def usual_voice(language: str, own: str) -> str:
    """The voice for a language if the listener does not choose: the natural one where there is one.

    Args:
        language: A tag such as `en`.
        own: The language's voice without it.
    """
    return HEART if language.partition("-")[0] == "en" and natural_is_installed() else own
