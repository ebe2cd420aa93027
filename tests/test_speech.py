"""A speaker turns texts into finished clips, and asks the voice only for what it does not have."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.errors import SpeechError, UserError
from player.sound.resample import resample
from player.speech.cache import ClipCache
from player.speech.finish import APART, PERCEIVED, SENTENCES, finish, loudness_of, perceived
from player.speech.manner import Manner
from player.speech.speaker import MANY, Speaker
from player.speech.voice import RawSpeech, fit
from player.testing.fake_voice import FakeVoice
from player.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

TEXTS = ("Hold.", "And rest.", "Now the left side.")


def kept(folder: Path, voice: FakeVoice) -> Speaker:
    return Speaker(voice, ClipCache(folder), gain=0.0)


def test_a_clip_is_as_long_as_its_speech() -> None:
    voice = FakeVoice()

    assert voice.frames("Hold.") == len(Speaker(voice, gain=0.0).clip("Hold."))


def test_a_voice_at_another_rate_gives_clips_at_the_engines_rate() -> None:
    voice = FakeVoice(rate=22_050)
    clip = Speaker(voice, gain=0.0).clip("Hold.")

    assert clip.rate == RATE
    assert pytest.approx(voice.frames("Hold.") * RATE / 22_050, abs=2) == len(clip)


def test_the_same_text_is_the_same_clip() -> None:
    speaker = Speaker(FakeVoice(), gain=0.0)

    assert speaker.clip("Hold.") is speaker.clip(" Hold.\n")


@pytest.mark.parametrize("text", ["", "   ", "\n", "…", "- — -", "\0", "\x01", "\ud800"])
def test_nothing_to_say_is_an_empty_clip_and_no_voice_is_asked(text: str) -> None:
    voice = FakeVoice()

    assert len(Speaker(voice, gain=0.0).clip(text)) == 0
    assert not voice.spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Hold\0 on", "Hold on"),
        ("\x0180S fast", "80S fast"),
        ("left\ud83d side", "left side"),
        ("two\r\n\tlines \x7f\x9f", "two lines"),
        ("  “Hold” — 10 seconds, ½ way…", "“Hold” — 10 seconds, ½ way…"),
        ("überstrecken, ça va, 你好", "überstrecken, ça va, 你好"),
    ],
)
def test_text_is_made_fit_for_the_voice(text: str, spoken: str) -> None:
    assert spoken == fit(text)


def test_what_was_spoken_before_is_not_spoken_again(tmp_path: Path) -> None:
    first, second = FakeVoice(), FakeVoice()
    spoken = [kept(tmp_path, first).clip(text) for text in TEXTS]
    found = [kept(tmp_path, second).clip(text) for text in TEXTS]

    assert not second.spoken
    assert all(np.array_equal(a.samples, b.samples) for a, b in zip(spoken, found, strict=True))


def test_a_clip_from_the_cache_is_little_endian_int16_that_cannot_be_changed(tmp_path: Path) -> None:
    kept(tmp_path, FakeVoice()).clip("Hold.")
    clip = kept(tmp_path, FakeVoice()).clip("Hold.")

    assert np.dtype("<i2") == clip.samples.dtype
    assert not clip.samples.flags.writeable


def lose(folder: Path) -> None:
    for entry in folder.glob("*.clip"):
        entry.unlink()


def shorten(folder: Path) -> None:
    for entry in folder.glob("*.clip"):
        os.truncate(entry, 1000)


def overwrite(folder: Path) -> None:
    for entry in folder.glob("*.clip"):
        entry.write_bytes(b"\xff\x7f" * (entry.stat().st_size // 2))


damages = pytest.mark.parametrize("damage", [lose, shorten, overwrite])


def far(folder: Path, voice: FakeVoice) -> Speaker:
    """A speaker that keeps one clip in memory."""
    return Speaker(voice, ClipCache(folder), gain=0.0, at_hand=0)


def test_clips_beyond_those_in_memory_are_read_again(tmp_path: Path) -> None:
    voice = FakeVoice()
    speaker = far(tmp_path, voice)
    clips = [speaker.clip(text) for text in TEXTS]
    again = Speaker(FakeVoice(), gain=0.0)

    for clip, text in zip(clips, TEXTS, strict=True):
        assert np.array_equal(clip.samples, again.clip(text).samples)
    assert len(clips[0]) == voice.frames(TEXTS[0])
    assert voice.spoken == list(TEXTS)


@damages
def test_a_clip_that_was_damaged_since_is_never_heard(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    speaker = far(tmp_path, FakeVoice())
    first, *_ = [speaker.clip(text) for text in TEXTS]
    damage(tmp_path)

    with pytest.raises(SpeechError, match=r"“Hold\.” were lost from the cache"):
        first.in_memory()


@damages
def test_a_clip_that_was_damaged_since_is_spoken_again(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    voice = FakeVoice()
    speaker = far(tmp_path, voice)
    before = speaker.clip("Hold.").in_memory()
    speaker.clip("And rest.")
    damage(tmp_path)
    lost = speaker.at_hand("Hold.")
    after = speaker.clip("Hold.").in_memory()

    assert lost is None
    assert voice.spoken == ["Hold.", "And rest.", "Hold."]
    assert np.array_equal(before.samples, after.samples)


def test_a_clip_that_another_program_replaced_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    speaker = far(tmp_path, FakeVoice())
    before = speaker.clip("Hold.")
    speaker.clip("And rest.")
    lose(tmp_path)
    far(tmp_path, Hoarse()).clip("Hold.")

    with pytest.raises(SpeechError, match="start again"):
        before.in_memory()
    assert len(speaker.clip("Hold.").in_memory()) == len(before)


class Hoarse(FakeVoice):
    """A voice that has changed, and says it as slowly as before."""

    def speak(self, text: str) -> RawSpeech:
        raw = super().speak(text)
        return RawSpeech(raw.samples * np.float32(0.7), raw.rate)


def test_many_texts_are_spoken_by_two_of_a_voice_in_the_same_order() -> None:
    first, second = FakeVoice(), FakeVoice()
    texts = [f"Number {number}." for number in range(MANY)]
    with Speaker(first, gain=0.0, second=lambda: second) as speaker:
        speaker.prepare(texts)
        alone = Speaker(FakeVoice(), gain=0.0)

        assert (first.spoken, second.spoken) == (texts[::2], texts[1::2])
        assert all(np.array_equal(speaker.clip(text).samples, alone.clip(text).samples) for text in texts)


def test_few_texts_need_no_second_one() -> None:
    with Speaker(FakeVoice(), gain=0.0, second=lambda: pytest.fail("it is not needed")) as speaker:
        speaker.prepare(f"Number {number}." for number in range(MANY - 1))


def test_without_a_cache_all_clips_stay_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    voice = FakeVoice()
    speaker = far(tmp_path / "file", voice)
    clips = [speaker.clip(text) for text in TEXTS]

    assert all(clip.samples.any() for clip in clips)
    assert [speaker.clip(text) for text in TEXTS] == clips
    assert voice.spoken == list(TEXTS)


def test_another_voice_has_clips_of_its_own(tmp_path: Path) -> None:
    kept(tmp_path, FakeVoice(name="anna")).clip("Hold.")
    other = FakeVoice(name="otto")
    kept(tmp_path, other).clip("Hold.")

    assert other.spoken == ["Hold."]


def test_a_damaged_entry_is_spoken_again(tmp_path: Path) -> None:
    before = kept(tmp_path, FakeVoice()).clip("Hold.")
    (entry,) = tmp_path.glob("*.clip")
    entry.write_bytes(entry.read_bytes()[:-2])
    voice = FakeVoice()
    after = kept(tmp_path, voice).clip("Hold.")

    assert voice.spoken == ["Hold."]
    assert np.array_equal(before.samples, after.samples)
    assert not Speaker(FakeVoice(), ClipCache(tmp_path), gain=0.0).warning


def test_without_a_folder_everything_works_and_one_warning_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    speaker = kept(tmp_path / "file", FakeVoice())
    speaker.prepare(TEXTS)

    assert len(speaker.clip("Hold.")) > 0
    assert speaker.warning is not None


def test_many_texts_are_prepared_once_each_with_progress() -> None:
    voice, seen = FakeVoice(), []
    speaker = Speaker(voice, gain=0.0)
    speaker.clip("And rest.")
    speaker.prepare([*TEXTS, "Hold.", ""], lambda ready, of: seen.append((ready, of)))

    assert voice.spoken == ["And rest.", "Hold.", "Now the left side."]
    assert seen == [(2, 4), (3, 4), (4, 4)]


class FailingVoice(FakeVoice):
    """A voice that fails at one word."""

    def speak(self, text: str) -> RawSpeech:
        if "unspeakable" in text:
            raise SpeechError(text)
        return super().speak(text)


class SilentVoice(FakeVoice):
    """A voice that is silent."""

    def speak(self, text: str) -> RawSpeech:
        return RawSpeech(np.zeros(self.frames(text), np.float32), self.rate)


def test_what_was_spoken_before_a_failure_is_kept(tmp_path: Path) -> None:
    with pytest.raises(SpeechError):
        kept(tmp_path, FailingVoice()).prepare(["Hold.", "unspeakable", "And rest."])
    voice = FakeVoice()
    kept(tmp_path, voice).clip("Hold.")

    assert not voice.spoken


def test_a_text_that_makes_no_sound_is_an_error_that_names_it() -> None:
    with pytest.raises(SpeechError, match=r"no sound for “Hold\.”"):
        Speaker(SilentVoice(), gain=0.0).clip("Hold.")


def test_a_silent_voice_is_an_error() -> None:
    with pytest.raises(SpeechError, match="the voice makes no sound"):
        Speaker(SilentVoice()).clip("Hold.")


def test_a_voice_is_measured_once_for_all_runs(tmp_path: Path) -> None:
    first, second = FakeVoice(), FakeVoice()
    Speaker(first, ClipCache(tmp_path)).clip("Hold.")
    Speaker(second, ClipCache(tmp_path)).clip("And rest.")

    assert [*SENTENCES, "Hold."] == first.spoken
    assert second.spoken == ["And rest."]


def test_every_clip_is_heard_as_loud_as_the_others() -> None:
    speaker = Speaker(FakeVoice())
    clips = [speaker.clip(text).in_memory() for text in (*SENTENCES, "Ten.", "a")]
    heard = [perceived(clip.samples.astype(np.float32) / np.float32(32_768), RATE) for clip in clips]

    assert heard == [pytest.approx(PERCEIVED, abs=APART + 0.1)] * len(clips)


def test_short_clips_have_a_loudness_too() -> None:
    speaker = Speaker(FakeVoice(), gain=0.0)

    assert np.isfinite(loudness_of([speaker.clip("a")]))


def bursts(peak: float) -> NDArray[np.float32]:
    noise = np.random.default_rng(1).normal(0, peak / 3, 22_050)
    noise[:8_000] = noise[-8_000:] = 0
    return noise.astype(np.float32)


def test_a_finished_clip_is_trimmed_under_the_ceiling_and_begins_and_ends_with_nothing() -> None:
    clip = finish(RawSpeech(bursts(0.5), 22_050), gain=6.0)
    peaks = np.abs(resample(clip.samples.astype(np.float32) / np.float32(32_768), 1, 8))

    assert pytest.approx((22_050 - 16_000) / 22_050 + 0.025, abs=0.001) == len(clip) / RATE
    assert 20 * np.log10(peaks.max()) <= -3
    assert [clip.samples[0], clip.samples[-1]] == [0, 0]


def test_a_quiet_voice_is_trimmed_like_a_loud_one() -> None:
    loud = finish(RawSpeech(bursts(0.5), 22_050), gain=0.0)
    quiet = finish(RawSpeech(bursts(0.05), 22_050), gain=20.0)

    assert len(loud) == len(quiet)


@pytest.mark.parametrize(("rate", "pitch"), [(99, 45), (451, 45), (165, -1), (165, 100)])
def test_a_rate_or_pitch_that_no_voice_has_is_the_users_mistake(rate: int, pitch: int) -> None:
    with pytest.raises(UserError, match="choose"):
        Manner(rate=rate, pitch=pitch)


def test_two_programs_fill_one_cache_at_once(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from player.speech.cache import ClipCache\n"
        "from player.speech.speaker import MANY, Speaker\n"
        "from player.testing.fake_voice import FakeVoice\n"
        "speaker = Speaker(FakeVoice(), ClipCache(pathlib.Path(sys.argv[1])), gain=0.0)\n"
        "sys.stdin.readline()\n"
        "speaker.prepare(f'cue {n}' for n in range(60))\n"
        "assert speaker.warning is None, speaker.warning\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    programs = [subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0) for _ in range(2)]
    for one in programs:
        assert one.stdin is not None
        one.stdin.write(b"go\n")
    for one in programs:
        one.communicate()
    voice = FakeVoice()
    kept(tmp_path, voice).prepare(f"cue {n}" for n in range(60))

    assert [one.returncode for one in programs] == [0, 0]
    assert not voice.spoken
    assert not list(tmp_path.glob("*.tmp"))
