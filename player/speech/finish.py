"""From raw speech to a finished clip: the gain of its voice, and a little more for a clip that stands out.

Between voices, loudness varies by 13 LU, so each has a gain, measured once over sentences like those of a
session. Within a voice it varies by 6 dB, and the softest words are the shortest: the numbers that a listener
counts by. So a clip that is much softer or louder than the others is brought nearer; within that, it keeps
its own loudness, because a voice that is level to the tenth sounds like a machine.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from player.errors import SpeechError
from player.sound.clip import Clip
from player.sound.level import SILENCE, fade_ends, limit, trim
from player.sound.load import to_int16
from player.sound.loudness import SHORTEST, Meter
from player.sound.resample import resample
from player.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from player.sound.clip import AnyClip
    from player.speech.voice import RawSpeech

PROCESSING = "3"
"""Part of every cache key: raise it when a change here or in `sound` changes the sound of clips."""
LOUDNESS = -19.0
"""LUFS of a session's speech, joined; on two channels it measures -16."""
PASSES = 2
"""Passes that correct the gain for the loudness that the limiter removes."""
LOUDEST_COUNTS = 0.6
"""The share of the loudest 0.4 s in what is heard; the rest is the whole clip."""
PERCEIVED = -17.4
"""LUFS at which clips are heard; joined, such clips have `LOUDNESS`."""
APART = 0.35
"""A clip may be softer or louder by so many dB. By either measure alone it then stays within 1.5 dB."""
MOST = 6.0
"""dB that a single clip is raised or lowered at most, so a breath does not become a shout."""
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
    sounding = trim(raw.samples, raw.rate, SILENCE / float(_factor(gain)))
    heard, whole = perceived(sounding, raw.rate) + gain, resample(sounding, raw.rate, RATE)
    more = _correction(heard)
    limited, lost = _limited(whole, gain + more)
    if lost and (again := _correction(heard + more - lost)):
        more = min(more + again, MOST)
        limited, _ = _limited(whole, gain + more)
    return _clip(limited)


def _correction(heard: float) -> float:
    """Decibels that bring a clip near the others; 0 if it is, or if it is silent."""
    off = heard - PERCEIVED
    if not np.isfinite(off) or abs(off) <= APART:
        return 0.0
    return min(max(float(np.copysign(APART, off)) - off, -MOST), MOST)


def _limited(sound: NDArray[np.float32], gain: float) -> tuple[NDArray[np.float32], float]:
    """The sound with a gain under the ceiling, and the decibels that the limiter took."""
    loud = sound * _factor(gain)
    limited = limit(loud, RATE)
    if limited is loud:
        return loud, 0.0
    return limited, 10 * float(np.log10(np.vdot(loud, loud) / np.vdot(limited, limited)))


def perceived(samples: NDArray[np.float32], rate: int) -> float:
    """How loud sound is heard, in LUFS; minus infinity for silence. Mono, shape (frames,)."""
    meter = Meter(rate, 1, peaks=False)
    meter.add(to_int16(np.pad(samples, (0, max(0, math.ceil(SHORTEST * rate) - len(samples))))))
    return (1 - LOUDEST_COUNTS) * meter.loudness + LOUDEST_COUNTS * meter.loudest


def _clip(sound: NDArray[np.float32]) -> Clip:
    return Clip(to_int16(fade_ends(sound, RATE)), RATE)


def _factor(gain: float) -> np.float32:
    return np.float32(10 ** (gain / 20))


def measure_gain(spoken: Sequence[RawSpeech]) -> float:
    """The gain in dB that brings a voice to its loudness.

    Args:
        spoken: The voice's raw speech for `SENTENCES`.

    Returns:
        The gain, rounded to a tenth of a dB, so measuring again gives the same value.

    Raises:
        SpeechError: The voice is silent.
    """
    sounds = [resample(trim(raw.samples, raw.rate), raw.rate, RATE) for raw in spoken]
    gain = 0.0
    for _ in range(PASSES):
        loudness = loudness_of([_clip(limit(sound * _factor(gain), RATE)) for sound in sounds])
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
