"""From raw speech to a finished clip, and the one gain of a voice.

Within a voice, loudness varies by less than 1 LU, which is natural; between voices it varies by 13 LU, which
is not. So the gain is measured once for each voice, over sentences like those of a session, and never cue by
cue: otherwise a whispered "now rest" would be as loud as a command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from player.errors import SpeechError
from player.sound.clip import Clip
from player.sound.level import SILENCE, fade_ends, limit, trim
from player.sound.load import to_int16
from player.sound.loudness import Meter
from player.sound.resample import resample
from player.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.sound.clip import AnyClip
    from player.speech.voice import RawSpeech

PROCESSING = "2"
"""Part of every cache key: raise it when a change here or in `sound` changes the sound of clips."""
LOUDNESS = -19.0
"""LUFS of a session's speech, joined; on two channels it measures -16."""
PASSES = 2
"""Passes that correct the gain for the loudness that the limiter removes."""
SENTENCES = (
    "Lie on your back with your knees bent and your feet flat on the floor.",
    "Hold for ten seconds.",
    "Now the left side.",
    "Keep breathing, slowly and evenly.",
    "Next exercise: bird dog, three times on each side.",
    "If it hurts, make the movement smaller, or leave it out.",
    "Well done. Rest for thirty seconds.",
)
"""Sentences to measure a voice with."""


def finish(raw: RawSpeech, gain: float) -> Clip:
    """Trim, resample, level and fade raw speech.

    Args:
        raw: The voice's raw speech.
        gain: The voice's gain in dB, the same for every text.

    Returns:
        A clip at the engine's rate, true peak at most -3 dBTP; empty if it is all silence.
    """
    factor = 10 ** (gain / 20)
    sounding = trim(raw.samples, raw.rate, SILENCE / factor)
    levelled = limit(resample(sounding, raw.rate, RATE) * np.float32(factor), RATE)
    return Clip(to_int16(fade_ends(levelled, RATE)), RATE)


def measure_gain(spoken: Sequence[RawSpeech]) -> float:
    """The gain in dB that brings a voice to its loudness.

    Args:
        spoken: The voice's raw speech for `SENTENCES`.

    Returns:
        The gain, rounded to a tenth of a dB, so measuring again gives the same value.

    Raises:
        SpeechError: The voice is silent.
    """
    gain = 0.0
    for _ in range(PASSES):
        loudness = loudness_of([finish(raw, gain) for raw in spoken])
        if not np.isfinite(loudness):
            message = "the voice makes no sound; choose another one (cuemat voices)"
            raise SpeechError(message)
        gain += LOUDNESS - loudness
    return round(gain, 1)


def loudness_of(clips: Sequence[AnyClip]) -> float:
    """Integrated loudness of clips joined, in LUFS; minus infinity for silence."""
    joined = np.concatenate([clip.samples for clip in clips])
    if not joined.any():
        return -np.inf
    meter = Meter(RATE, 1)
    meter.add(np.pad(joined, (0, max(0, RATE - len(joined)))))
    return meter.loudness
