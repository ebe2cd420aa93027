"""The parts of preparing that need sound: voice, clips and music; imported on first use."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from player.app.folders import cache_folder
from player.app.lexicon import engine_for, lexicon_for
from player.compiler import Compiler
from player.sound.bed import load_bed
from player.sound.load import load
from player.speech.cache import ClipCache
from player.speech.speaker import AT_HAND, AT_HAND_LIVE, Speaker
from player.timeline import RATE
from player.voices.choose import make_voice
from player.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from player.library import Script
    from player.session import Choices
    from player.sound.bed import Bed
    from player.sound.clip import AnyClip, Clip
    from player.speech.manner import Manner


@contextmanager
def speaking(
    script: Script, choices: Choices, manner: Manner, *, live: bool
) -> Iterator[tuple[Compiler, Callable[[], str | None]]]:
    """A compiler for a session, and a function that returns the voice's warning; closes the voice at the end.

    Args:
        script: The session.
        choices: The listener's choices.
        manner: How to speak.
        live: It is played, so few words are needed at a time.

    Raises:
        SpeechError: No voice on this system can speak.
        ScriptError: The listener's lexicon has mistakes.
    """
    sounds, at_hand = script.library, AT_HAND_LIVE if live else AT_HAND
    said = said_by(manner.voice, script)
    with Speaker(make_voice(manner), ClipCache(cache_folder()), at_hand=at_hand) as speaker:
        saying = Saying(speaker, said)
        compiler = Compiler(script.session, choices, saying, lambda name: load(sounds.sound(name), RATE))
        yield compiler, lambda: speaker.warning


def said_by(voice: str, script: Script) -> Callable[[str], str]:
    """How to write the texts of a session so that a voice says them rightly.

    Raises:
        ScriptError: The listener's lexicon has mistakes.
    """
    engine = engine_for(voice, script.session.language)
    if not engine:
        return str
    lexicon = lexicon_for(script.library)
    return lambda text: ENGLISH.said(text, engine, lexicon)


class Saying:
    """A speaker that gets its texts as the voice needs them; whoever asks keeps the texts that are shown.

    Args:
        speaker: Makes the clips.
        said: Returns how to write a text for the voice.
    """

    def __init__(self, speaker: Speaker, said: Callable[[str], str]) -> None:
        self._speaker = speaker
        self._said = lru_cache(maxsize=4096)(said)

    def clip(self, text: str) -> AnyClip:
        """The finished clip of a text; raises like the speaker's."""
        return self._speaker.clip(self._said(text))

    def at_hand(self, text: str) -> AnyClip | None:
        """The clip of a text that was spoken before; None if the voice would have to speak it."""
        return self._speaker.at_hand(self._said(text))

    def prepare(self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None) -> None:
        """Make the clips of many texts; raises like the speaker's."""
        self._speaker.prepare(map(self._said, texts), progress)


def say(text: str, manner: Manner) -> Clip:
    """Speak one sentence as a sample of a voice.

    Raises:
        SpeechError: No voice on this system can speak.
        UserError: The voice does not exist.
    """
    with Speaker(make_voice(manner), ClipCache(cache_folder())) as speaker:
        return speaker.clip(text).in_memory()


def load_music(path: Path, level: float) -> Bed:
    """Load a bed into memory.

    Args:
        path: The sound file.
        level: Decibels above the usual level.

    Raises:
        SoundError: It cannot be read.
    """
    return load_bed(path, RATE, ClipCache(cache_folder()), level)
