"""`cuemat export` as a user types it: music, parts, and what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from tests.commands import User

if TYPE_CHECKING:
    from pathlib import Path

SESSION = """\
title: Short one
{more}
steps:
  - say: Breathe in.
  - silence: 6s
"""


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory, spoken: Path) -> User:
    somebody = User(tmp_path_factory.mktemp("home"), spoken)
    somebody.write("short.yaml", SESSION.format(more=""))
    somebody.write("musical.yaml", SESSION.format(more="music: still-water"))
    return somebody


def complaints(stderr: str) -> str:
    """The messages, without the warning that the session has no warm-up."""
    return "".join(line for line in stderr.splitlines(keepends=True) if ": warning: " not in line)


def exported(user: User, *arguments: str) -> np.ndarray:
    """The samples of a session that was exported without a word of complaint."""
    outcome = user.cuemat("export", *arguments, "-o", "out.wav", "--force", "--keep-awake", "off")
    assert (outcome.code, complaints(outcome.stderr)) == (0, "")

    samples, _ = soundfile.read(user.home / "out.wav", dtype="int16")
    return np.asarray(samples)


def test_the_music_that_a_script_names_plays(user: User) -> None:
    samples = exported(user, "musical.yaml")

    music = samples - exported(user, "short.yaml")[:, np.newaxis]
    assert np.abs(music).max() > 1_000
    assert np.abs(music[-10:]).max() == np.abs(music[:10]).max() == 0


def test_the_listener_has_the_last_word_about_music(user: User) -> None:
    assert exported(user, "musical.yaml", "--music", "off").ndim == 1
    assert exported(user, "short.yaml", "--music", "evening-air").ndim == 2


def test_any_sound_file_can_be_music_and_be_softer(user: User) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (5 * 48_000, 2))
    soundfile.write(user.home / "rain.flac", noise, 48_000)

    words = exported(user, "short.yaml")[:, np.newaxis]
    usual = exported(user, "short.yaml", "--music", "rain.flac") - words
    softer = exported(user, "short.yaml", "--music", "rain.flac", "--music-level", "-20") - words

    assert np.std(softer) == pytest.approx(np.std(usual) / 10, rel=0.1)


def test_music_that_is_not_there_is_said_before_any_work(user: User) -> None:
    outcome = user.cuemat("export", "short.yaml", "-o", "none.wav", "--music", "stil-water")

    assert outcome.code == 2
    assert outcome.stderr == (
        "cuemat: unknown music 'stil-water'; give the name of a bed, a sound file, or off\n"
    )
    assert not (user.home / "none.wav").exists()


def test_a_bad_music_file_is_one_line(user: User) -> None:
    user.write("words.mp3", "These are words. " * 500)

    outcome = user.cuemat("export", "short.yaml", "-o", "none.wav", "--music", "words.mp3")

    assert outcome.code == 2
    assert outcome.stderr == (
        "cuemat: words.mp3: not a readable sound file; give the name of a bed, a sound file, or off\n"
    )


@pytest.mark.parametrize("level", ["7", "-41", "loud", "nan"])
def test_a_level_that_would_drown_the_words_is_refused(user: User, level: str) -> None:
    outcome = user.cuemat("export", "short.yaml", "-o", "none.wav", f"--music-level={level}")

    assert outcome.code == 2
    assert f"--music-level cannot be '{level}'; write decibels from -40 to 6" in outcome.stderr


def test_verbose_says_how_loud_it_is(user: User) -> None:
    outcome = user.cuemat("export", "short.yaml", "-o", "out.wav", "--force", "--verbose")

    assert re.search(
        r"^cuemat: loudness -(1\d|2\d)\.\d LUFS, true peak -\d+\.\d dBTP$", outcome.stderr, re.MULTILINE
    )


def test_split_writes_a_folder_of_mp3_files_and_names_the_list(user: User) -> None:
    outcome = user.cuemat("export", "short.yaml", "--split", "-o", "parts")

    assert outcome.stdout.startswith("parts/Short one.m3u8: Short one, 0:")
    assert {path.name for path in (user.home / "parts").iterdir()} == {"Short one.m3u8", "01-Short one.mp3"}


def test_an_unknown_format_is_said_before_any_work(user: User) -> None:
    outcome = user.cuemat("export", "short.yaml", "-o", "out.wav", "--format", "ogg")

    assert outcome.code == 2
    assert outcome.stderr == "cuemat: unknown format 'ogg'; there are: wav, flac, mp3, m4a, m4b, opus\n"


def test_without_the_extra_it_is_one_line_and_no_work(user: User, tmp_path: Path) -> None:
    """Hide a module, as if it was never installed."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as util\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'av' else found(name, *rest)\n"
    )
    path = f"{tmp_path}:{user.environment['PYTHONPATH']}"

    outcome = user.cuemat("export", "nothing", "-o", "out.m4b", more={"PYTHONPATH": path})

    assert (outcome.code, outcome.stderr) == (
        2,
        "cuemat: .m4b files need PyAV; run pip install 'cuemat[m4b]'\n",
    )


def test_who_never_wants_music_gets_none(user: User) -> None:
    user.write("config.toml", "[sound]\nmusic = false\n")
    try:
        assert exported(user, "musical.yaml").ndim == 1
        assert exported(user, "musical.yaml", "--music", "still-water").ndim == 2
    finally:
        (user.home / "config.toml").unlink()
