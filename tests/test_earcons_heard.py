"""The ear of the end-to-end tests: it finds a sound to the frame, and nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.sound.recipes.earcons import EARCONS, earcon

from tests.listening import hear

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 48_000

every_earcon = pytest.mark.parametrize("name", sorted(EARCONS))


def like_speech(seconds: int, seed: int) -> NDArray[np.int16]:
    """Voiced sound: a pitch that wanders, many overtones, syllables."""
    chance = np.random.default_rng(seed)
    time = np.arange(seconds * RATE)
    steps = np.linspace(0, len(time) - 1, seconds * 5)
    pitch = np.interp(time, steps, chance.uniform(90, 240, len(steps)))
    turns = np.cumsum(pitch) / RATE
    voice = sum(
        np.interp(time, steps, chance.uniform(0, 1, len(steps))) * np.sin(2 * np.pi * n * turns) / n
        for n in range(1, 20)
    )
    samples: NDArray[np.int16] = (voice * 32_000 / np.abs(voice).max()).astype(np.int16)
    return samples


@every_earcon
@pytest.mark.parametrize("frame", [0, 1, 12_345, 262_143, 262_144, 300_001])
def test_a_planted_sound_is_found_at_its_frame(name: str, frame: int) -> None:
    sound = earcon(name).samples
    samples = np.zeros(frame + len(sound), np.int16)
    samples[frame:] = sound

    assert hear(samples, sound) == [frame]


@every_earcon
def test_sounds_between_speech_are_found_and_nothing_else(name: str) -> None:
    sound = earcon(name).samples
    talk = like_speech(3, seed=1)
    samples = np.concatenate((talk, sound, talk, sound, sound, talk))
    first, second = len(talk), 2 * len(talk) + len(sound)

    assert hear(samples, sound) == [first, second, second + len(sound)]


@every_earcon
def test_a_quieter_copy_is_found(name: str) -> None:
    sound = earcon(name).samples

    assert hear(np.pad(sound // 4, 1_000), sound) == [1_000]


@every_earcon
def test_nothing_is_heard_in_silence_in_noise_and_in_speech(name: str) -> None:
    sound = earcon(name).samples
    noise = np.random.default_rng(2).integers(-9_000, 9_000, 10 * RATE).astype(np.int16)

    assert hear(np.zeros(RATE * 5, np.int16), sound) == []
    assert hear(noise, sound) == []
    assert hear(like_speech(30, seed=3), sound) == []


@every_earcon
def test_no_other_earcon_is_taken_for_it(name: str) -> None:
    sound = earcon(name).samples
    others = [np.pad(earcon(other).samples, 4_800) for other in sorted(EARCONS) if other != name]

    assert hear(np.concatenate(others), sound) == []


def test_a_file_shorter_than_the_sound_holds_none() -> None:
    sound = earcon("bell").samples

    assert hear(sound[:-1], sound) == []
