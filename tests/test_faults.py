"""Things that happen to the machine in the middle of a session: every sample is still the exported one."""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import player
import pytest
import soundfile
from player.app import exporting
from player.app import live as composed
from player.app import speaking as spoken
from player.app.exporting import Delivery
from player.app.live import live
from player.app.ports import Surroundings
from player.app.request import Request, Wishes
from player.compiler import Compiler
from player.engine import State, Volume
from player.errors import SpeechError
from player.library import Library
from player.render import Renderer
from player.session import Choices
from player.sound.load import load
from player.speech.cast import Cast
from player.speech.manner import Manner
from player.speech.speaker import Speaker
from player.testing.fake_voice import FakeVoice
from player.testing.manual_output import ManualOutput
from player.testing.waiting import wait_until
from player.timeline import RATE, CueKind, PhaseKind
from player.voices.pyttsx3_voice import Pyttsx3Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from player.app.live import Live
    from player.speech.voice import RawSpeech

SCRIPT = """\
title: Faults
steps:
  - say: Good morning.
  - exercise: {name: Warm, role: warm-up, say: March on the spot., move: 1s}
  - exercise: {name: Bridge, say: Lift your hips., hold: 5s, reps: 2}
  - sound: glass
  - exercise: {name: Cat, say: Round your back., hold: 5s, reps: 2}
  - exercise: {name: Cool, role: cool-down, say: Breathe., move: 1s}
"""
NOTHING = Volume(0.0, by=True)
"""Asks for nothing, and so for a turn of the engine."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user whose session has a sound of its own; everything that Cuemat keeps is in here."""
    for name, part in {"HOME": "data", "CACHE": "cache", "CONFIG": "config.toml", "STATE": "state"}.items():
        monkeypatch.setenv(f"CUEMAT_{name}", str(tmp_path / part))
    monkeypatch.setattr(spoken, "make_voice", lambda _: FakeVoice())
    (tmp_path / "faults.yaml").write_text(SCRIPT, encoding="utf-8")
    soundfile.write(tmp_path / "glass.wav", 0.1 * np.sin(np.arange(RATE) / 10), RATE, subtype="PCM_16")
    return tmp_path


@contextmanager
def playing(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    wishes: Wishes = Wishes(),  # noqa: B008  immutable
) -> Iterator[tuple[Live, ManualOutput]]:
    """The whole of `cuemat play` on an output that is pumped."""
    output = ManualOutput(RATE)
    monkeypatch.setattr(composed, "choose", lambda _: output)
    request = Request(str(home / "faults.yaml"), wishes)
    script = Library.found().load(request.session)
    with live(script, request, Surroundings()) as session:
        yield session, output


def pump(session: Live, output: ManualOutput, seconds: int = 1000) -> NDArray[np.int16]:
    """What is heard in some seconds, or until it stops; all threads get the time to keep up."""
    heard = [np.zeros((0, 2), np.int16)]
    engine, stock = session.engine, session.stock

    def kept_up() -> bool:
        now, asked = engine.snapshot, output.heard() / RATE
        near = range(now.place.section, min(now.place.section + 2, len(stock.outlines)))
        up_to_date = now.state is State.ENDED or now.elapsed >= min(asked, now.length) - 0.001
        going = now.state in {State.PLAYING, State.ENDED}
        return going and up_to_date and all(index in stock.shelf for index in near)

    for _ in range(seconds):
        engine.send(NOTHING)
        wait_until(kept_up, f"it does not go on: {engine.snapshot}")
        heard.append(output.pump(RATE))
        if not len(heard[-1]):
            break
    return np.concatenate(heard)


@pytest.fixture
def exported(home: Path) -> NDArray[np.int16]:
    """The session as a file has it."""
    script = Library.found().load(str(home / "faults.yaml"))
    with Cast(Speaker(FakeVoice())) as cast:
        sounds = script.library
        compiler = Compiler(script.session, Choices(), cast, lambda name: load(sounds.sound(name), RATE))
        compiled = compiler.compile()
    whole = Renderer(compiled.timeline, compiled.clips).read(0, compiled.timeline.length)
    return np.repeat(whole[:, np.newaxis], 2, axis=1)


def delete_cache(home: Path, _: pytest.MonkeyPatch) -> None:
    (home / "cache").rename(home / "gone")  # at once, because a voice may still fill it
    shutil.rmtree(home / "gone")


def edit_script(home: Path, _: pytest.MonkeyPatch) -> None:
    (home / "faults.yaml").write_text("title: Another\nsteps: [{say: Nonsense.}]", encoding="utf-8")


def delete_script(home: Path, _: pytest.MonkeyPatch) -> None:
    (home / "faults.yaml").unlink()
    (home / "glass.wav").unlink()


def set_clock_back(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)


def set_clock_forward(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 5_000_000_000.0)


def spoil_state(home: Path, _: pytest.MonkeyPatch) -> None:
    shutil.rmtree(home / "state", ignore_errors=True)
    (home / "state").write_text("in the way", encoding="utf-8")


@pytest.mark.parametrize(
    "mishap",
    [delete_cache, edit_script, delete_script, set_clock_back, set_clock_forward, spoil_state],
    ids=lambda mishap: str(mishap.__name__),
)
def test_every_sample_is_still_the_exported_one(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    exported: NDArray[np.int16],
    mishap: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    with playing(home, monkeypatch) as (session, output):
        before = pump(session, output, 20)
        mishap(home, monkeypatch)
        after = pump(session, output)
        wait_until(lambda: session.engine.snapshot.state is State.ENDED, "it does not end")

    heard = np.concatenate((before, after))
    fade = RATE // 200
    assert np.array_equal(heard[fade : len(exported)], exported[fade:])
    assert not heard[len(exported) :].any()
    assert output.starts == 1


def shorten_cache(folder: Path) -> None:
    for entry in folder.iterdir():
        os.truncate(entry, 1000)


def overwrite_cache(folder: Path) -> None:
    for entry in folder.iterdir():
        entry.write_bytes(b"\xff\x7f" * (entry.stat().st_size // 2))


@pytest.mark.parametrize("damage", [shorten_cache, overwrite_cache])
def test_a_cache_that_is_damaged_while_it_plays_is_not_heard(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    exported: NDArray[np.int16],
    damage: Callable[[Path], None],
) -> None:
    with playing(home, monkeypatch) as (session, output):
        pump(session, output)
    monkeypatch.setattr(spoken, "AT_HAND", 0)
    monkeypatch.setattr(spoken, "AT_HAND_LIVE", 0)
    with playing(home, monkeypatch) as (session, output):
        before = pump(session, output, 5)
        damage(home / "cache")
        after = pump(session, output)

    heard = np.concatenate((before, after))
    assert np.array_equal(heard[RATE // 200 : len(exported)], exported[RATE // 200 :])


@pytest.mark.parametrize("damage", [shorten_cache, overwrite_cache])
def test_a_cache_that_is_damaged_while_a_file_is_written_is_one_clear_line_and_no_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(spoken, "AT_HAND", 0)
    monkeypatch.setattr(spoken, "AT_HAND_LIVE", 0)
    delivery = Delivery(home / "out" / "whole.wav")
    delivery.target.parent.mkdir()
    whole = exporting.speak(Request(str(home / "faults.yaml")), delivery, lambda *_: None)

    def damage_once(_what: str, done: int, _total: int) -> None:
        if done < 5 * RATE:
            damage(home / "cache")

    with pytest.raises(SpeechError, match=r"^the spoken words “.*” were lost from the cache.*; start again$"):
        exporting.write(whole, damage_once)
    assert not list(delivery.target.parent.iterdir())


def test_no_file_is_ever_mapped() -> None:
    """A mapped file that gets shorter, for whatever reason, kills the process with a bus error."""
    sources = Path(player.__file__).parent.rglob("*.py")

    assert not [path.name for path in sources if "mmap" in path.read_text(encoding="utf-8")]


HANGS = """import os, sys, time
os.write(1, b"\\0\\0\\0\\1R")
sys.stdin.buffer.read(4)
time.sleep(60)
"""


@pytest.mark.parametrize("missing", [False, True], ids=["hangs", "is missing"])
def test_where_the_voice_fails_sounds_and_times_are_as_ever(
    home: Path, monkeypatch: pytest.MonkeyPatch, *, missing: bool
) -> None:
    worker = home / "worker.py"
    if not missing:
        worker.write_text(HANGS, encoding="utf-8")
    voice = Pyttsx3Voice(Manner(), script=worker, seconds_at_least=0.2)
    monkeypatch.setattr(spoken, "make_voice", lambda _: voice)
    with playing(home, monkeypatch) as (session, output):
        heard = [pump(session, output, 5)]
        told = session.engine.snapshot
        heard.append(pump(session, output))
        sections = [session.stock.sections[index] for index in range(len(session.stock.outlines))]
    samples = np.concatenate(heard)[:, 0]

    assert told.message is not None
    assert told.message.endswith("; sounds and text continue")
    assert told.saying
    start = 0
    for section in sections:
        for cue in section.cues:
            sounds = samples[start + cue.start : start + cue.end].any()
            assert sounds == (cue.kind is not CueKind.SPEECH), cue
        holds = [phase.length / RATE for phase in section.phases if phase.kind is PhaseKind.HOLD]
        assert holds in ([], [5.0, 5.0])
        start += section.length
    assert not samples[start:].any()


def test_a_voice_whose_process_is_killed_speaks_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Pyttsx3Voice(Manner())
    monkeypatch.setattr(spoken, "make_voice", lambda _: voice)
    speak, killed = voice.speak, list[int]()

    def speak_and_be_killed(text: str) -> RawSpeech:
        if voice.pid is not None and len(killed) < 3:
            killed.append(voice.pid)
            os.kill(voice.pid, signal.SIGKILL)
        return speak(text)

    monkeypatch.setattr(voice, "speak", speak_and_be_killed)
    with playing(home, monkeypatch) as (session, output):
        pump(session, output)
        now = session.engine.snapshot

    assert len(set(killed)) == 3
    assert (now.state, now.message) == (State.ENDED, None)
    assert not session.stock.notes


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can grow, as on a full disk."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_not_heard(
    home: Path, monkeypatch: pytest.MonkeyPatch, exported: NDArray[np.int16]
) -> None:
    with full_disk(), playing(home, monkeypatch) as (session, output):
        heard = pump(session, output)

    assert np.array_equal(heard[RATE // 200 : len(exported)], exported[RATE // 200 :])
    assert not any(path.stat().st_size for part in ("cache", "state") for path in (home / part).glob("*"))
