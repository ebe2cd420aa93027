"""The earcons: made by code, distinct in contour, and soft."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.sound.recipes.earcons import EARCONS, earcon, write_earcons

from tests.listening import likeness, load

if TYPE_CHECKING:
    from numpy.typing import NDArray

SOUNDS = Path(__file__).parents[1] / "sounds"
RATE = 48_000
FULL_SCALE = 32_768
TONES = sorted(EARCONS.keys() - {"tick"})

every_earcon = pytest.mark.parametrize("name", sorted(EARCONS))
every_tone = pytest.mark.parametrize("name", TONES)


def decibels(amplitude: float) -> float:
    return float(20 * np.log10(amplitude / FULL_SCALE))


def heard(name: str) -> NDArray[np.int16]:
    return load(SOUNDS / f"{name}.wav")


def pitch(samples: NDArray[np.int16]) -> int:
    """The strongest one, in Hz."""
    size = 1 << 17
    return int(np.abs(np.fft.rfft(samples.astype(np.float64), size)).argmax() * RATE // size)


def contour(name: str, places: list[float]) -> list[int]:
    """The pitches around some places, given in seconds."""
    samples = heard(name)
    return [pitch(samples[int((at - 0.04) * RATE) : int((at + 0.04) * RATE)]) for at in places]


def test_the_vocabulary() -> None:
    names = "tick hold-starts hold-ends halfway rest switch-sides set-ends session-ends glide bell"

    assert set(names.split()) == EARCONS.keys()


def test_the_files_are_what_the_code_makes(tmp_path: Path) -> None:
    write_earcons(tmp_path)

    for name in EARCONS:
        assert (SOUNDS / f"{name}.wav").read_bytes() == (tmp_path / f"{name}.wav").read_bytes()


def test_one_command_makes_them(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "player.sound.recipes.earcons", tmp_path], check=True)

    assert {f"{name}.wav" for name in EARCONS} == {file.name for file in tmp_path.iterdir()}


@every_earcon
def test_it_begins_and_ends_in_silence(name: str) -> None:
    samples = heard(name)

    assert (samples[0], samples[-1]) == (0, 0)


@every_earcon
def test_its_peak(name: str) -> None:
    peak = decibels(np.abs(heard(name)).max())

    assert pytest.approx(EARCONS[name].peak, abs=0.01) == peak
    assert peak <= -15


@every_tone
def test_it_is_about_six_decibels_below_speech(name: str) -> None:
    padded = np.pad(heard(name).astype(np.float64), RATE)
    block = 19_200
    sums = np.concatenate(([0.0], np.cumsum(padded**2)))
    power = (sums[block:] - sums[:-block]).max() / block
    loudness = decibels(np.sqrt(power)) - 0.7

    assert -27 < loudness < -22


@every_tone
def test_it_swells_in_and_never_startles(name: str) -> None:
    samples = np.abs(heard(name).astype(np.int64))
    loudest_of_first_tone = samples[: int(0.12 * RATE)].max()

    assert samples[: int(0.010 * RATE)].max() < 0.25 * loudest_of_first_tone
    assert samples[: int(0.030 * RATE)].argmax() > 0.025 * RATE


@pytest.mark.parametrize(
    ("name", "places", "pitches"),
    [
        ("hold-starts", [0.10, 0.40], [660, 990]),
        ("hold-ends", [0.10, 0.40], [990, 660]),
        ("halfway", [0.06, 0.24], [780, 780]),
        ("switch-sides", [0.08, 0.26, 0.44], [660, 780, 660]),
        ("set-ends", [0.12, 0.44, 0.80], [880, 700, 590]),
        ("session-ends", [0.20, 0.60, 0.90, 1.30], [520, 660, 780, 1050]),
    ],
)
def test_the_contour_carries_the_meaning(name: str, places: list[float], pitches: list[int]) -> None:
    assert pytest.approx(pitches, abs=20) == contour(name, places)


def test_the_glide_falls_an_octave_and_never_rises() -> None:
    places = contour("glide", [0.05, 0.15, 0.25, 0.35, 0.44])

    assert sorted(places, reverse=True) == places
    assert places[0] / places[-1] > 1.6


@every_earcon
def test_none_can_be_mistaken_for_another(name: str) -> None:
    """Whatever part of the other one is compared, from before its start to after its end."""
    sound = earcon(name).samples
    others = [earcon(other).samples for other in EARCONS if other != name]

    assert max(likeness(np.pad(other, len(sound)), sound).max() for other in others) < 0.8
