"""Voices to choose from: ids, names, and guesses for a mistyped id."""

from __future__ import annotations

import json
from dataclasses import dataclass

from player.speech.manner import DEFAULT_VOICE
from player.voices.engines import EXTRA, HEART, Engine
from player.words import alike

NEAR = 0.75
"""Required likeness of two ids; they are so short that with less, nearly every word would match."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice to choose from."""

    id: str
    """The value for `--voice`."""
    name: str
    language: str
    """A tag like `en-us`; empty if the engine does not say."""
    engine: Engine = Engine.ESPEAK


NATURAL = VoiceInfo(HEART, "American English, like a person", "en-us", Engine.NATURAL)
RECOMMENDED = {
    HEART: f"the clearest, and the default where it is installed; needs {EXTRA}",
    DEFAULT_VOICE: "needs nothing more, and speaks if another voice fails",
    f"{DEFAULT_VOICE}+f2": "the same, higher",
}
"""Three voices, and what each needs."""


@dataclass(frozen=True, slots=True)
class VoiceList:
    """All voices and variants."""

    voices: tuple[VoiceInfo, ...]
    """The natural voice first, then English ones, those of other packages last."""
    variants: tuple[str, ...]
    """Variants that can follow any built-in voice, as in `en-us+f2`."""

    @classmethod
    def from_json(cls, answer: bytes) -> VoiceList:
        """Read the worker's answer."""
        content = json.loads(answer)
        voices = [VoiceInfo(one["id"], one["name"], one["language"]) for one in content["voices"]]
        voices.sort(key=lambda voice: (not voice.language.startswith("en"), voice.id))
        return cls(tuple(voices), tuple(content["variants"]))

    def close_to(self, wanted: str) -> list[str]:
        """Ids that the listener may have meant, the most similar first."""
        voice, plus, variant = wanted.partition("+")
        ids = [one.id for one in self.voices]
        near = [voice] if voice in ids else alike(voice, ids, likeness=NEAR)
        if not plus:
            return near
        others = [variant] if variant in self.variants else alike(variant, self.variants)
        return [f"{one}+{other}" for one in near[:1] for other in others]
