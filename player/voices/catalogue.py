"""Voices as the listener chooses them: ids, names, and what a mistyped id was meant to be."""

from __future__ import annotations

import json
from dataclasses import dataclass

from player.words import alike

NEAR = 0.75
"""How much alike two ids must be; ids are so short that by less nearly every word is like one of them."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice that can be chosen."""

    id: str
    """What the listener writes."""
    name: str
    language: str
    """A tag like `en-us`, where the engine tells; otherwise empty."""


@dataclass(frozen=True, slots=True)
class VoiceList:
    """Everything that can be chosen."""

    voices: tuple[VoiceInfo, ...]
    """English ones first; those of other packages last."""
    variants: tuple[str, ...]
    """Other throats: any of them can follow a built-in voice, as in `en-us+f2`."""

    @classmethod
    def from_json(cls, answer: bytes) -> VoiceList:
        """Read the worker's answer."""
        content = json.loads(answer)
        voices = [VoiceInfo(one["id"], one["name"], one["language"]) for one in content["voices"]]
        voices.sort(key=lambda voice: (not voice.language.startswith("en"), voice.id))
        return cls(tuple(voices), tuple(content["variants"]))

    def close_to(self, wanted: str) -> list[str]:
        """Ids that the listener may have meant, the likeliest first."""
        voice, plus, variant = wanted.partition("+")
        ids = [one.id for one in self.voices]
        near = [voice] if voice in ids else alike(voice, ids, likeness=NEAR)
        if not plus:
            return near
        others = [variant] if variant in self.variants else alike(variant, self.variants)
        return [f"{one}+{other}" for one in near[:1] for other in others]
