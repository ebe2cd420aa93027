"""Music: the bundled beds, authors' files, and what is heard of them."""

from __future__ import annotations

import os
import shutil
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import pytest
import soundfile
from player.errors import SoundError
from player.shelves import bundled
from player.sound import bed as beds
from player.sound.bed import CEILING, LOUDNESS, Bed, load_bed
from player.sound.load import decode
from player.sound.loudness import Meter
from player.sound.recipes.pads import PADS, pad
from player.timeline import RATE

from tests.listening import loudness, true_peak

if TYPE_CHECKING:
    from numpy.typing import NDArray

SOUNDS = bundled() / "sounds"
every_pad = pytest.mark.parametrize("name", sorted(PADS))


class Kept(dict[str, bytes]):
    """A cache that forgets nothing."""

    def put(self, key: str, content: bytes) -> bool:
        self[key] = content
        return True


def tone(seconds: float = 6, pitch: float = 220, rate: int = RATE, channels: int = 2) -> NDArray[np.float32]:
    time = np.arange(round(seconds * rate)) / rate
    both = np.stack([np.sin(2 * np.pi * pitch * (1 + side / 2) * time) for side in range(channels)], axis=1)
    return (both * 0.4).astype(np.float32)


def ramp(frames: int) -> Bed:
    """Each frame is its own number, and its negative on the right."""
    numbers = np.arange(frames, dtype=np.int16)
    return Bed(np.stack((numbers, -numbers), axis=1))


def measured(bed: Bed) -> Meter:
    meter = Meter(RATE, 2)
    meter.add(bed.loop)
    return meter


# The beds that come with Cuemat


def test_there_are_two_and_one_is_still_water() -> None:
    assert len(PADS) >= 2
    assert "still-water" in PADS


def test_they_are_small() -> None:
    assert sum((SOUNDS / f"{name}.flac").stat().st_size for name in PADS) < 4_000_000


@every_pad
def test_the_file_is_what_the_recipe_makes(name: str) -> None:
    samples, rate = soundfile.read(SOUNDS / f"{name}.flac", dtype="int16")

    made = pad(name)
    assert (rate, samples.shape) == (RATE, made.shape)
    assert np.abs(samples.astype(int) - made).max() <= 1


@every_pad
def test_its_end_runs_into_its_beginning(name: str) -> None:
    samples, _ = soundfile.read(SOUNDS / f"{name}.flac", dtype="int16")
    around = np.concatenate((samples[-RATE:], samples[:RATE])).astype(int)

    steps, bends = np.abs(np.diff(around, axis=0)), np.abs(np.diff(around, 2, axis=0))
    assert steps[RATE - 1].max() <= np.abs(np.diff(samples.astype(int), axis=0)).max()
    assert bends[RATE - 2 : RATE].max() <= bends[: RATE - 2].max()


@every_pad
def test_it_has_no_beat(name: str) -> None:
    """It never changes fast: no tenth of a second differs by 6 dB from the one before."""
    samples, _ = soundfile.read(SOUNDS / f"{name}.flac")
    tenths = (samples[: len(samples) // 4800 * 4800].reshape(-1, 4800, 2) ** 2).mean(axis=(1, 2))

    assert np.abs(np.diff(10 * np.log10(tenths))).max() < 6


# What authors bring


@pytest.mark.parametrize("ending", ["wav", "flac", "mp3", "ogg"])
@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (22_050, 2), (48_000, 4)])
def test_a_file_of_any_kind_becomes_stereo_at_the_engine_s_rate(
    tmp_path: Path, ending: str, rate: int, channels: int
) -> None:
    if ending == "mp3" and channels > 2:
        channels = 2
    path = tmp_path / f"mine.{ending}"
    soundfile.write(path, tone(rate=rate, channels=channels), rate)

    bed = load_bed(path, RATE, Kept())

    assert bed.loop.shape[1] == 2
    assert abs(len(bed.loop) - (6 - 1.5) * RATE) < 0.2 * RATE


def test_left_stays_left(tmp_path: Path) -> None:
    sound = tone()
    sound[:, 1] = 0
    soundfile.write(tmp_path / "mine.wav", sound, RATE)

    bed = load_bed(tmp_path / "mine.wav", RATE, Kept())

    assert np.abs(bed.loop[:, 0]).max() > 100
    assert np.abs(bed.loop[:, 1]).max() == 0


@pytest.mark.parametrize("level", [0.001, 0.1, 1.0])
def test_every_bed_is_as_loud_as_the_others(tmp_path: Path, level: float) -> None:
    soundfile.write(tmp_path / "mine.wav", tone() * level, RATE, subtype="FLOAT")

    bed = load_bed(tmp_path / "mine.wav", RATE, Kept())

    assert abs(measured(bed).loudness - LOUDNESS) < 0.3


def test_one_with_high_peaks_is_softer(tmp_path: Path) -> None:
    sound = np.zeros((6 * RATE, 2), np.float32)
    sound[::RATE] = 0.9
    soundfile.write(tmp_path / "mine.wav", sound, RATE)

    bed = load_bed(tmp_path / "mine.wav", RATE, Kept())

    assert measured(bed).loudness < LOUDNESS
    assert measured(bed).true_peak <= 20 * np.log10(CEILING) + 0.2


def test_its_end_is_laid_under_its_beginning(tmp_path: Path) -> None:
    noise = np.random.default_rng(4).normal(0, 0.05, (8 * RATE, 2))
    soundfile.write(tmp_path / "mine.wav", noise, RATE)

    loop = load_bed(tmp_path / "mine.wav", RATE, Kept()).loop.astype(float)

    assert len(loop) == 6 * RATE
    loudness = [np.sqrt(np.mean(loop[at : at + RATE // 4] ** 2)) for at in range(0, 3 * RATE, RATE // 4)]
    assert max(loudness) / min(loudness) < 1.15


def test_it_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept()
    soundfile.write(tmp_path / "mine.wav", tone(), RATE)
    first = load_bed(tmp_path / "mine.wav", RATE, kept)
    monkeypatch.setattr(beds, "decode", None)

    again = load_bed(tmp_path / "mine.wav", RATE, kept, level=-6)

    assert np.array_equal(first.loop, again.loop)
    assert again.level == -6


def test_a_file_that_changed_is_decoded_again(tmp_path: Path) -> None:
    kept = Kept()
    for pitch in (220, 330):
        soundfile.write(tmp_path / "mine.wav", tone(pitch=pitch), RATE)
        load_bed(tmp_path / "mine.wav", RATE, kept)

    assert len(kept) == 2


def test_a_file_that_changes_while_it_is_read_is_one_clear_line_and_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept()
    soundfile.write(tmp_path / "mine.wav", tone(), RATE)
    soundfile.write(tmp_path / "other.wav", tone(pitch=330), RATE)

    def decode_late(file: BinaryIO, name: str, channels: int) -> tuple[NDArray[np.float32], int]:
        (tmp_path / "mine.wav").write_bytes((tmp_path / "other.wav").read_bytes())
        return decode(file, name, channels)

    monkeypatch.setattr(beds, "decode", decode_late)

    with pytest.raises(SoundError, match=r"mine\.wav: changed while it was read; try again$"):
        load_bed(tmp_path / "mine.wav", RATE, kept)
    assert not kept


def test_what_was_kept_badly_is_decoded_again(tmp_path: Path) -> None:
    kept = Kept()
    soundfile.write(tmp_path / "mine.wav", tone(), RATE)
    first = load_bed(tmp_path / "mine.wav", RATE, kept)
    for key in kept:
        kept[key] = b"abc"

    assert np.array_equal(first.loop, load_bed(tmp_path / "mine.wav", RATE, kept).loop)


def header(rate: int = RATE, channels: int = 2, data: int = 8, size: int | None = None) -> bytes:
    """A WAV file that claims things."""
    fmt = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2 % 2**32, channels * 2, 16)
    whole = 36 + data if size is None else size
    return (
        b"RIFF"
        + struct.pack("<I", whole)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + fmt
        + b"data"
        + struct.pack("<I", data)
    )


def cut(tmp_path: Path, ending: str) -> bytes:
    """The first half of a good file."""
    soundfile.write(tmp_path / f"good.{ending}", tone(), RATE)
    content = (tmp_path / f"good.{ending}").read_bytes()
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.wav", b"", "the file is empty"),
        ("text.mp3", b"These are no sounds, these are words.\n" * 99, "not a readable sound file"),
        ("claims.wav", header(data=2**31), "cut short: contains 44 of 2147483692 bytes"),
        ("slow.wav", header(rate=1) + bytes(8), "claims 1 frames a second"),
        ("wide.wav", header(channels=20, data=400) + bytes(400), "claims 20 channels"),
        ("short.wav", header(data=400) + bytes(400), "too short for music"),
        ("silent.wav", header(data=8 * RATE) + bytes(8 * RATE), "contains only silence"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SoundError) as caught:
        load_bed(tmp_path / name, RATE, Kept())

    assert str(caught.value) == f"{tmp_path / name}: {reason}"


@pytest.mark.parametrize("ending", ["wav", "flac", "mp3", "ogg"])
def test_a_file_that_was_cut_short_is_one_clear_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], ending: str
) -> None:
    (tmp_path / f"cut.{ending}").write_bytes(cut(tmp_path, ending))

    with pytest.raises(
        SoundError, match=rf"^.*cut\.{ending}: (cut short|ends after|not a readable sound file).*$"
    ) as caught:
        load_bed(tmp_path / f"cut.{ending}", RATE, Kept())

    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_a_pipe_and_a_device_are_one_clear_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")

    for path in (tmp_path / "pipe.wav", Path("/dev/zero")):
        with pytest.raises(SoundError, match=r"not a regular file$"):
            load_bed(path, RATE, Kept())


def test_a_folder_and_a_missing_file_are_one_clear_line(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.mp3"):
        with pytest.raises(SoundError, match=r"^.*: cannot be read: .+$"):
            load_bed(path, RATE, Kept())


# How loud it is


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
@pytest.mark.parametrize("channels", [1, 2])
def test_loudness_and_peak_are_what_ffmpeg_measures(channels: int) -> None:
    """Loud and soft, with a pause; given in blocks of any size."""
    chance = np.random.default_rng(3)
    levels = np.repeat([0, 9_000, 2_000, 0, 40, 5_000], RATE * 2)
    sound = chance.normal(0, 1, (len(levels) + 5, channels))
    sound = np.stack([sound[shift : shift + len(levels)] for shift in range(5)]).sum(axis=0)
    samples = (sound / np.abs(sound).max() * levels[:, np.newaxis]).astype(np.int16)
    heard = samples[:, 0] if channels == 1 else samples
    meter = Meter(RATE, channels)

    at = 0
    for size in (1, 7, 4_799, 100_000, 10**6):
        meter.add(heard[at : at + size])
        at += size

    assert abs(loudness(heard) - meter.loudness) <= 0.1
    assert abs(true_peak(heard) - meter.true_peak) <= 0.2


def test_silence_has_no_loudness() -> None:
    meter = Meter(RATE, 1)
    meter.add(np.zeros(RATE, np.int16))

    assert (meter.loudness, meter.true_peak) == (-np.inf, -np.inf)
    assert Meter(RATE, 2).loudness == -np.inf


# Playing it


def test_it_goes_on_for_ever() -> None:
    heard = ramp(5).read(3, np.ones(9, np.float32))

    assert heard[:, 0].tolist() == [3, 4, 0, 1, 2, 3, 4, 0, 1]
    assert heard[:, 1].tolist() == [-3, -4, 0, -1, -2, -3, -4, 0, -1]


def test_it_can_be_read_from_anywhere() -> None:
    assert ramp(5).read(-2, np.ones(3, np.float32))[:, 0].tolist() == [3, 4, 0]
    assert ramp(5).read(10**12 + 1, np.ones(1, np.float32))[:, 0].tolist() == [1]


def test_each_frame_has_its_gain() -> None:
    heard = ramp(100).read(10, np.array([0, 0.5, 1], np.float32))

    assert heard[:, 0].tolist() == [0, 6, 12]


def test_a_level_is_in_decibels() -> None:
    louder = Bed(np.full((10, 2), 1_000, np.int16), 6.0)

    assert louder.read(0, np.ones(1, np.float32)).tolist() == [[1_995, 1_995]]


def test_a_reader_cannot_spoil_it() -> None:
    bed = ramp(5)

    bed.read(0, np.ones(5, np.float32))[:] = 99

    assert bed.read(0, np.ones(5, np.float32))[:, 0].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "loop", [np.zeros((0, 2), np.int16), np.zeros(5, np.int16), np.zeros((5, 2), np.float32)]
)
def test_what_is_no_stereo_sound_is_refused(loop: NDArray[np.int16]) -> None:
    with pytest.raises(TypeError, match="a bed is stereo int16"):
        Bed(loop)
