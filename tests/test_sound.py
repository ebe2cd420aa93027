"""Sound files become clips; clips are trimmed, levelled and never click."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyloudnorm
import pytest
import soundfile
from player.errors import SoundError
from player.sound.clip import Clip
from player.sound.level import fade_ends, limit, trim, true_peaks
from player.sound.load import load
from player.sound.loudness import Meter
from player.sound.resample import by_scipy, resample

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

RATE = 48_000


def tone(hertz: float, seconds: float, peak: float = 0.5, rate: int = RATE) -> NDArray[np.float32]:
    times = np.arange(round(seconds * rate)) / rate
    wave: NDArray[np.float64] = peak * np.sin(2 * np.pi * hertz * times)
    return wave.astype(np.float32)


def decibels(value: float) -> float:
    return float(20 * np.log10(value))


def test_a_clip_cannot_be_changed() -> None:
    clip = Clip(np.zeros(3, np.int16), RATE)

    with pytest.raises(ValueError, match="read-only"):
        clip.samples[0] = 1


def test_a_clip_is_mono_int16_and_nothing_else() -> None:
    with pytest.raises(TypeError, match="mono int16"):
        Clip(np.zeros((3, 2), np.int16), RATE)


def test_a_soft_finished_file_arrives_bit_for_bit(tmp_path: Path) -> None:
    samples = np.random.default_rng(1).integers(-5_800, 5_800, 10_000, np.int16)
    soundfile.write(tmp_path / "bell.wav", samples, RATE, subtype="PCM_16")

    assert np.array_equal(samples, load(tmp_path / "bell.wav", RATE).samples)


def test_two_channels_are_mixed_down(tmp_path: Path) -> None:
    both = np.array([[1000, 3000], [-2000, 0]], np.int16)
    soundfile.write(tmp_path / "bell.wav", both, RATE)

    assert load(tmp_path / "bell.wav", RATE).samples.tolist() == [2000, -1000]


def test_another_rate_is_resampled_to_the_same_length_of_time(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "bell.flac", tone(440, 2, rate=44_100), 44_100)

    clip = load(tmp_path / "bell.flac", RATE)

    assert (len(clip), clip.rate) == (2 * RATE, RATE)


def test_a_loud_file_is_turned_down_to_the_level_of_earcons(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "loud.wav", np.array([2.0, -2.0, 1.0]), RATE, subtype="FLOAT")

    assert load(tmp_path / "loud.wav", RATE).samples.tolist() == [5_827, -5_827, 2_914]


@pytest.mark.parametrize("by", [resample, by_scipy])
def test_resampling_leaves_no_images(by: Callable[..., NDArray[np.float32]]) -> None:
    spectrum = np.abs(np.fft.rfft(by(tone(8_000, 1, rate=22_050), 22_050, RATE) * np.hanning(RATE)))

    assert decibels(spectrum[11_500:].max() / spectrum.max()) < -100


@pytest.mark.parametrize("native", [16_000, 22_050, 44_100, 96_000])
def test_both_resamplers_give_the_same_sound(native: int) -> None:
    sound = tone(3_000, 1, rate=native)
    ours, theirs = by_scipy(sound, native, RATE), resample(sound, native, RATE)

    assert len(ours) == len(theirs)
    assert decibels(np.abs(ours - theirs)[4_800:-4_800].max()) < -100


def wav_header(frames: int, rate: int = RATE, channels: int = 1) -> bytes:
    size = frames * channels * 2
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, rate, rate * channels * 2, channels * 2, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + form + struct.pack("<4sI", b"data", size)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "the file is empty"),
        (b"RI", "not a readable sound file"),
        (b"# not audio at all\n" * 50, "not a readable sound file"),
        (wav_header(48_000) + bytes(100), "cut short"),
        (wav_header(0), "contains no sound"),
        (wav_header(100, rate=100_000_000) + bytes(200), "100000000 frames a second"),
        (wav_header(100, rate=1) + bytes(200), "1 frames a second"),
        (wav_header(100, channels=200) + bytes(40_000), "200 channels"),
    ],
    ids=["empty", "two bytes", "text", "cut short", "no frames", "too fast", "too slow", "too wide"],
)
def test_what_is_no_sound_is_refused_in_one_line(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "bell.wav"
    path.write_bytes(content)

    with pytest.raises(SoundError) as refused:
        load(path, RATE)

    assert str(refused.value).startswith(f"{path}: ")
    assert complaint in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_flac_that_ends_too_early_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bell.flac"
    soundfile.write(path, np.random.default_rng(1).normal(0, 0.1, RATE), RATE)
    path.write_bytes(path.read_bytes()[:20_000])

    with pytest.raises(SoundError):
        load(path, RATE)


def test_a_header_that_claims_hours_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bell.flac"
    soundfile.write(path, np.zeros(1000), RATE)
    content = bytearray(path.read_bytes())
    content[21] |= 0x0F  # the upper bits of the number of samples, in the first block of every FLAC file
    path.write_bytes(content)

    with pytest.raises(SoundError, match="longer than 10 minutes"):
        load(path, RATE)


def test_samples_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "bell.wav", np.array([0.0, np.nan]), RATE, subtype="FLOAT")

    with pytest.raises(SoundError, match="not numbers"):
        load(tmp_path / "bell.wav", RATE)


@pytest.mark.parametrize("name", ["missing.wav", "."])
def test_what_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SoundError, match="cannot be read"):
        load(tmp_path / name, RATE)


def test_trimming_keeps_5_ms_before_and_20_ms_after() -> None:
    samples = np.zeros(RATE, np.float32)
    samples[10_000:20_000] = 0.1

    assert len(trim(samples, RATE)) == 240 + 10_000 + 960


def test_what_is_below_the_threshold_is_silence() -> None:
    samples = np.full(RATE, 10 ** (-51 / 20), np.float32)

    assert len(trim(samples, RATE)) == 0


def test_a_true_peak_is_found_between_the_samples() -> None:
    # At a quarter of the rate, an eighth of a period off: no sample comes nearer than -3 dB to the peak.
    quarter = np.sin(np.pi / 2 * np.arange(4_800) + np.pi / 4).astype(np.float32)

    middle = true_peaks(quarter)[1_000:-1_000]

    assert np.abs(quarter).max() < 0.71
    assert pytest.approx(1.0, abs=0.01) == middle.max()


def test_the_limiter_holds_the_ceiling_between_samples_too() -> None:
    noise = np.random.default_rng(1).normal(0, 0.4, 22_050).astype(np.float32)
    samples = resample(noise, 22_050, RATE)  # a voice's bandwidth

    peaks = np.abs(resample(limit(samples, RATE), RATE, RATE * 8))

    assert decibels(peaks.max()) <= -3


def test_the_limiter_leaves_alone_what_is_below_the_ceiling() -> None:
    samples = tone(440, 0.5, peak=0.69)

    assert np.array_equal(samples, limit(samples, RATE))


def test_the_limiter_touches_only_the_surroundings_of_a_peak() -> None:
    samples = tone(440, 1, peak=0.3)
    samples[24_000] = 1.0
    limited = limit(samples, RATE)

    changed = np.flatnonzero(limited != samples)

    assert 24_000 - changed[0] <= 960 + 16
    assert changed[-1] - 24_000 <= 960 + 16


def test_the_limiter_has_no_steps_in_its_gain() -> None:
    samples = np.full(RATE, 0.5, np.float32)
    samples[24_000] = 1.0
    gain = limit(samples, RATE) / samples

    assert np.abs(np.diff(gain)).max() < 0.01


@pytest.mark.parametrize("length", [0, 1, 2, 3, 100, 10_000])
def test_a_clip_begins_and_ends_with_nothing(length: int) -> None:
    faded = fade_ends(np.ones(length, np.float32), RATE)

    assert [0.0] * min(2, 2 * length) == [*faded[:1], *faded[-1:]]
    assert length == len(faded)


@pytest.mark.parametrize("seconds", [3, 21])
def test_loudness_is_what_the_library_says_however_it_is_cut(seconds: int) -> None:
    noise = np.random.default_rng(seconds).standard_normal(seconds * RATE) * 3000
    louder_and_softer = np.repeat(np.linspace(0.1, 1, seconds * 10), RATE // 10)
    samples = (noise * louder_and_softer).astype(np.int16)
    meter = Meter(RATE, 1)
    for start in range(0, len(samples), 50_001):
        meter.add(samples[start : start + 50_001])

    expected = pyloudnorm.Meter(RATE).integrated_loudness(samples / 32_768)
    assert meter.loudness == pytest.approx(expected, abs=0.001)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_a_pipe_and_a_device_are_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")

    for path in (tmp_path / "pipe.wav", Path("/dev/zero")):
        with pytest.raises(SoundError, match=r"not a regular file$"):
            load(path, RATE)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bell.wav"
    path.touch()
    os.truncate(path, 10**12)

    with pytest.raises(SoundError, match=r"larger than 500 MB$"):
        load(path, RATE)


def test_a_high_rate_buys_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bell.flac"
    with soundfile.SoundFile(path, "w", 384_000, 1) as sound:
        for _ in range(29):
            sound.write(np.zeros(1_000_000))

    with pytest.raises(SoundError, match="claims 29000000 frames; the limit is 28800000"):
        load(path, RATE)
