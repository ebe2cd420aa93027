"""The parts of preparing that need sound: voice, clips and music; imported on first use."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from player.app.folders import cache_folder
from player.app.lexicon import engine_for, lexicon_for
from player.compiler import Compiler
from player.shelves import bundled
from player.sound.bed import load_bed
from player.sound.load import load
from player.sound.noise import load_noise
from player.speech.cache import ClipCache
from player.speech.cast import Cast
from player.speech.speaker import AT_HAND, AT_HAND_LIVE, Speaker
from player.timeline import RATE
from player.voices.choose import known_gain, make_voice
from player.voices.engines import is_natural
from player.wording import ENGLISH, wording_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from player.library import Script
    from player.session import Choices
    from player.sound.bed import Bed
    from player.sound.clip import Clip
    from player.sound.noise import Noise
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
    """
    sounds, at_hand, cache = script.library, AT_HAND_LIVE if live else AT_HAND, ClipCache(cache_folder())

    def speaker(manner: Manner) -> Speaker:
        voice = make_voice(manner)
        said = said_by(manner.voice, script)
        # The natural voice computes longer than all the rest, on one processor.
        twice = is_natural(manner.voice) and not live and (os.cpu_count() or 1) > 1
        second = partial(make_voice, manner) if twice else None
        return Speaker(voice, cache, known_gain(voice), at_hand=at_hand, said=said, second=second)

    natural = is_natural(manner.voice)
    other = replace(manner, voice=wording_for(script.session.language).voice)
    with Cast(speaker(manner), (lambda: speaker(other)) if natural else None, other.voice) as cast:
        compiler = Compiler(script.session, choices, cast, lambda name: load(sounds.sound(name), RATE))
        yield compiler, lambda: cast.warning


def said_by(voice: str, script: Script) -> Callable[[str], str]:
    """How to write the texts of a session so that a voice says them rightly."""
    engine = engine_for(voice, script.session.language)
    if not engine:
        return str
    lexicon = lexicon_for(script.library)
    return lambda text: ENGLISH.said(text, engine, lexicon)


def say(text: str, manner: Manner) -> Clip:
    """Speak one sentence as a sample of a voice.

    Raises:
        SpeechError: No voice on this system can speak.
        UserError: The voice does not exist.
    """
    voice = make_voice(manner)
    with Speaker(voice, ClipCache(cache_folder()), known_gain(voice)) as speaker:
        return speaker.clip(text).in_memory()


def load_keep_awake() -> Noise:
    """Load the noise that keeps loudspeakers awake; it is ours, and nobody's file of that name replaces it.

    Raises:
        SoundError: It cannot be read.
    """
    return load_noise(bundled() / "sounds" / "beneath" / "keep-awake.wav", RATE)


def load_music(path: Path, level: float) -> Bed:
    """Load a bed into memory.

    Args:
        path: The sound file.
        level: Decibels above the usual level.

    Raises:
        SoundError: It cannot be read.
    """
    return load_bed(path, RATE, ClipCache(cache_folder()), level)
