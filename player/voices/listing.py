"""What voices there are, for the listener to choose from. Imports no numpy: listing starts at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from player.errors import SpeechError
from player.voices.pyttsx3_process import Pyttsx3Process
from player.voices.worker import WorkerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.voices.espeak import Espeak

SECONDS = 10.0
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
    """English ones first."""
    variants: tuple[str, ...]
    """Other throats: any of them can follow any voice, as in `en-us+f2`."""

    @classmethod
    def from_json(cls, answer: bytes) -> VoiceList:
        """What the worker answered."""
        content = json.loads(answer)
        voices = [VoiceInfo(one["id"], one["name"], one["language"]) for one in content["voices"]]
        voices.sort(key=lambda voice: (not voice.language.startswith("en"), voice.id))
        return cls(tuple(voices), tuple(content["variants"]))

    def close_to(self, wanted: str) -> list[str]:
        """What the listener may have meant, the likeliest first."""
        voice, plus, variant = wanted.partition("+")
        ids = [one.id for one in self.voices]
        near = [voice] if voice in ids else get_close_matches(voice.lower(), ids, cutoff=NEAR)
        if not plus:
            return near
        others = [variant] if variant in self.variants else get_close_matches(variant, self.variants)
        return [f"{one}+{other}" for one in near[:1] for other in others]


def list_voices(espeaks: Sequence[Espeak] | None = None) -> VoiceList:
    """Ask the engine what voices it has.

    Args:
        espeaks: What could be asked, the best first; None: what this system has.

    Raises:
        SpeechError: There is no engine, or it does not answer.
    """
    process = Pyttsx3Process(espeaks)
    try:
        _, answer = process.ask({}, SECONDS)
        return VoiceList.from_json(answer)
    except (WorkerError, ValueError, KeyError) as error:
        message = f"the speech engine does not say what voices it has: {error}"
        raise SpeechError(message) from error
    finally:
        process.close()
