"""Which engine a voice belongs to, as far as its mistakes in English are known."""

from __future__ import annotations

import re
import sys

_ENGLISH = re.compile(r"(?:.*/)?en(?:-[a-z0-9-]+)?(?:\+.*)?", re.IGNORECASE)
"""The built-in English voices, with or without a variant: `en`, `en-us+f2`, `gmw/en-GB-scotland`."""
_WITH_OTHER_VOICES = frozenset({"darwin", "win32"})
"""Platforms whose built-in voices are their own, not eSpeak's."""


def engine_of(voice: str, platform: str = sys.platform) -> str:
    """The engine of a voice: "heart", "espeak", or "" for any other.

    Args:
        voice: Its id in `cuemat voices`.
        platform: As in `sys.platform`.
    """
    if voice == "heart" or voice.startswith(("heart:", "heart+", "heart-")) or voice.endswith(".onnx"):
        return "heart"
    return "espeak" if platform not in _WITH_OTHER_VOICES and _ENGLISH.fullmatch(voice) else ""
