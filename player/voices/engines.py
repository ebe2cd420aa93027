"""Which engine a voice belongs to, as far as its mistakes in English are known."""

from __future__ import annotations

import re

_ENGLISH = re.compile(r"(?:.*/)?en(?:-[a-z0-9-]+)?(?:\+.*)?", re.IGNORECASE)
"""The built-in English voices, with or without a variant: `en`, `en-us+f2`, `gmw/en-GB-scotland`."""


def engine_of(voice: str) -> str:
    """The engine of a voice, by its id in `cuemat voices`: "heart", "espeak", or "" for any other."""
    if voice == "heart" or voice.startswith(("heart:", "heart+", "heart-")) or voice.endswith(".onnx"):
        return "heart"
    return "espeak" if _ENGLISH.fullmatch(voice) else ""
