"""What every voice promises, real or fake, and what the real one survives."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.errors import SpeechError, UserError
from player.speech.finish import LOUDNESS, loudness_of
from player.speech.manner import Manner
from player.speech.speaker import Speaker
from player.testing.fake_voice import FakeVoice
from player.testing.voice_contract import CUE, CUES, VoiceContract, about, length
from player.voices import pyttsx3_process as starting
from player.voices.choose import make_voice
from player.voices.espeak import DATA, LIBRARY, SOUNDS, Espeak, find_espeaks
from player.voices.listing import list_voices
from player.voices.pyttsx3_process import pyttsx3_process
from player.voices.pyttsx3_voice import Pyttsx3Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from player.speech.voice import Voice

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems speak with voices of their own"
)


def real() -> Voice:
    return Pyttsx3Voice(Manner())


@pytest.fixture(scope="module")
def voices() -> Iterator[Mapping[str, Voice]]:
    made = {"pyttsx3": real(), "fake": FakeVoice()}
    yield made
    for voice in made.values():
        voice.close()


@pytest.fixture(params=["pyttsx3", "fake"])
def voice(request: pytest.FixtureRequest, voices: Mapping[str, Voice]) -> Voice:
    return voices[request.param]


class TestEveryVoice(VoiceContract):
    """The real one and the fake one."""


def test_the_very_first_cue_is_complete() -> None:
    long = "Lie on your back with your knees bent and your feet flat on the floor. " * 20
    voice = Pyttsx3Voice(Manner())
    first = voice.speak(long)
    same_process = voice.pid
    second = voice.speak(long)

    assert length(first) == about(second)
    assert voice.pid == same_process, "the first cue was lost and spoken again"
    voice.close()


def test_no_cue_is_spoken_at_the_rate_of_another() -> None:
    process = pyttsx3_process()
    lengths: dict[int, list[int]] = {80: [], 165: [], 400: []}
    for _ in range(12):
        for rate, taken in lengths.items():
            _, answer = process.ask({"text": CUE, "voice": "en-us", "rate": rate, "pitch": 45}, 5)
            taken.append(len(answer))
    process.close()

    assert all(len(set(taken)) == 1 for taken in lengths.values())
    assert lengths[80][0] > lengths[165][0] > lengths[400][0]


def test_the_pitch_is_heard() -> None:
    def pitch_of(pitch: int) -> float:
        voice = make_voice(Manner(pitch=pitch))
        samples = voice.speak("aaaaaaaaaaaaaaaa").samples[4_000:10_000]
        voice.close()
        ahead = np.correlate(samples, samples, "full")[len(samples) :]
        return 22_050 / (60 + int(ahead[60:400].argmax()))

    assert pitch_of(90) > 1.3 * pitch_of(30)


def test_a_voice_starts_no_process_before_it_speaks() -> None:
    voice = Pyttsx3Voice(Manner())

    assert voice.identity
    assert voice.pid is None


@pytest.mark.parametrize("other", [Manner("en-us+f2"), Manner("en-gb"), Manner(rate=150), Manner(pitch=50)])
def test_identity_names_voice_rate_and_pitch(other: Manner) -> None:
    assert Pyttsx3Voice(other).identity != real().identity


def test_identity_follows_the_engines_data(tmp_path: Path) -> None:
    (bundled,) = find_espeaks([])
    data = copied_data(bundled, tmp_path)
    same = Espeak(bundled.library, data).identity("en-us")
    (data / "en_dict").unlink()
    (data / "en_dict").write_bytes(b"other words")

    assert same == bundled.identity("en-us")
    assert Espeak(bundled.library, data).identity("en-us") != same


@pytest.mark.parametrize("name", ["en-us", "en-us+f2", "en-gb", "en-gb-x-rp", "en-us+klatt"])
def test_voices_are_brought_to_one_loudness(name: str) -> None:
    with Speaker(make_voice(Manner(name))) as speaker:
        speaker.prepare(CUES)

        assert loudness_of([speaker.clip(cue) for cue in CUES]) == pytest.approx(LOUDNESS, abs=1)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("en-uss", r"^unknown voice 'en-uss'; did you mean 'en-us'\?$"),
        ("en-us+f22", r"did you mean 'en-us\+f2'\?$"),
        ("nope", "^unknown voice 'nope'; `cuemat voices` lists them all$"),
        ("klatt", "`cuemat voices` lists them all"),
        ("", "`cuemat voices` lists them all"),
        ("en-us+", "`cuemat voices` lists them all"),
        ("../../etc/passwd", "`cuemat voices` lists them all"),
        (1000 * "e", "`cuemat voices` lists them all"),
    ],
)
def test_an_unknown_voice_is_the_users_mistake(name: str, hint: str) -> None:
    voice = make_voice(Manner(name))

    with pytest.raises(UserError, match=hint):
        voice.speak(CUE)
    voice.close()


def test_voices_are_listed_english_first() -> None:
    found = list_voices()
    english = [voice.language.startswith("en") for voice in found.voices]

    assert {"en-us", "en-gb", "en-gb-x-rp", "de"} <= {voice.id for voice in found.voices}
    assert sorted(english, reverse=True) == english
    assert {"f2", "klatt"} <= set(found.variants)
    assert len({voice.id for voice in found.voices}) == len(found.voices)


def test_listing_voices_imports_no_numpy() -> None:
    program = (
        "import sys; from player.voices.listing import list_voices\n"
        "list_voices(); print('numpy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout == "False\n"


def test_files_in_the_users_folder_shadow_no_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyttsx3", "json", "struct", "comtypes"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    voice = real()

    assert len(voice.speak(CUE).samples) > 0
    voice.close()


class TestWhichEspeak:
    @pytest.fixture
    def bundled(self) -> Espeak:
        (found,) = find_espeaks([])
        return found

    def test_the_systems_is_taken_where_there_is_one(self, tmp_path: Path, bundled: Espeak) -> None:
        (tmp_path / LIBRARY).symlink_to(bundled.library)
        (tmp_path / DATA).symlink_to(bundled.data)

        assert [place.data for place in find_espeaks([tmp_path])] == [tmp_path / DATA, bundled.data]

    @pytest.mark.parametrize("place", ["lib", "lib64", "lib/x86_64-linux-gnu"])
    def test_its_data_may_be_shared_by_architectures(
        self, tmp_path: Path, bundled: Espeak, place: str
    ) -> None:
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / "share").mkdir()
        (tmp_path / place / LIBRARY).symlink_to(bundled.library)
        (tmp_path / "share" / DATA).symlink_to(bundled.data)

        assert find_espeaks([tmp_path / place])[0].data == tmp_path / "share" / DATA

    def test_a_library_without_its_data_is_passed_over(self, tmp_path: Path, bundled: Espeak) -> None:
        (tmp_path / LIBRARY).symlink_to(bundled.library)

        assert find_espeaks([tmp_path]) == (bundled,)

    @pytest.mark.parametrize("broken", ["data", "library"])
    def test_one_that_does_not_start_is_replaced_by_the_next(
        self, tmp_path: Path, bundled: Espeak, broken: str
    ) -> None:
        library, data = bundled.library, copied_data(bundled, tmp_path)
        if broken == "data":
            (data / "phontab").unlink()
            (data / "phontab").touch()
        else:
            library = tmp_path / LIBRARY
            library.write_text("no library")
        voice = Pyttsx3Voice(Manner(), [Espeak(library, data), bundled])

        assert len(voice.speak(CUE).samples) > 0
        assert voice.identity == Pyttsx3Voice(Manner(), [bundled]).identity
        voice.close()

    def test_data_may_lie_deep(self, tmp_path: Path, bundled: Espeak) -> None:
        deep = tmp_path / ("a" * 100) / ("b" * 100)
        deep.mkdir(parents=True)
        (deep / DATA).symlink_to(bundled.data)
        voice = Pyttsx3Voice(Manner(), [Espeak(bundled.library, deep / DATA)])

        assert len(voice.speak(CUE).samples) > 0
        voice.close()

    def test_with_none_at_all_the_error_says_what_to_install(self) -> None:
        with pytest.raises(SpeechError, match=r"apt install espeak-ng.*pip install espeakng-loader"):
            Pyttsx3Voice(Manner(), espeaks=())

    def test_with_none_that_starts_the_error_says_what_failed(self, tmp_path: Path, bundled: Espeak) -> None:
        library = tmp_path / LIBRARY
        library.write_text("no library")

        with pytest.raises(SpeechError, match="failed 2 times"):
            Pyttsx3Voice(Manner(), [Espeak(library, bundled.data)]).speak(CUE)


def copied_data(espeak: Espeak, folder: Path) -> Path:
    data = folder / DATA
    data.mkdir()
    for path in espeak.data.iterdir():
        (data / path.name).symlink_to(path)
    assert all((data / name).exists() for name in SOUNDS)
    return data


FAULTY_WORKER = '''\
"""Fails on purpose: says that it is ready, and then {fault}."""

import io, os, pathlib, signal, struct, sys, time, wave

def send(body):
    os.write(1, struct.pack(">I", len(body)) + body)

def speech(frames):
    memory = io.BytesIO()
    with wave.open(memory, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22050)
        file.writeframes(bytes([0, 16]) * frames)
    return b"S" + memory.getvalue()

tries = pathlib.Path(__file__).with_suffix(".tries")
with tries.open("a") as file:
    file.write("x")
faulty = {always} or tries.stat().st_size == 1
send(b"R")
while head := sys.stdin.buffer.read(4):
    sys.stdin.buffer.read(*struct.unpack(">I", head))
    if faulty:
        {fault}
    else:
        send(speech(22050))
'''

FAULTS = {
    "hangs": "time.sleep(60)",
    "aborts": "os.abort()",
    "exits": "os._exit(1)",
    "is killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "gives no frames": "send(speech(0))",
    "gives an empty answer": "send(b'')",
    "sends garbage": "os.write(1, b'Audio saved to <_io.BytesIO object>' * 10)",
    "sends half an answer": "os.write(1, struct.pack('>I', 1000) + b'S' * 10); os._exit(0)",
    "claims a gigabyte": "os.write(1, struct.pack('>I', 1 << 30))",
    "sends no sound file": "send(b'S' + b'garbage' * 100)",
    "cuts the sound file short": "send(speech(22050)[:100])",
    "reports an error": "send(b'Eout of sorts')",
    "answers with an unknown letter": "send(b'?what')",
}


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[Callable[..., Pyttsx3Voice]]:
    made = []

    def make(fault: str, *, always: bool) -> Pyttsx3Voice:
        script = tmp_path / "faulty_worker.py"
        script.write_text(FAULTY_WORKER.format(fault=FAULTS[fault], always=always))
        made.append(Pyttsx3Voice(Manner(), script=script, seconds_at_least=0.5 if fault == "hangs" else 5.0))
        return made[-1]

    yield make
    for voice in made:
        voice.close()


class TestAFaultyWorker:
    @pytest.mark.parametrize("fault", FAULTS)
    def test_is_replaced_and_the_cue_spoken(self, faulty: Callable[..., Pyttsx3Voice], fault: str) -> None:
        assert len(faulty(fault, always=False).speak(CUE).samples) == 22_050

    @pytest.mark.parametrize("fault", ["hangs", "aborts", "gives no frames", "sends garbage"])
    def test_is_given_up_after_the_second_time(self, faulty: Callable[..., Pyttsx3Voice], fault: str) -> None:
        with pytest.raises(SpeechError, match=f"failed 2 times at “{CUE}”"):
            faulty(fault, always=True).speak(CUE)

    def test_leaves_no_process_behind(self, faulty: Callable[..., Pyttsx3Voice]) -> None:
        voice = faulty("hangs", always=True)
        with pytest.raises(SpeechError):
            voice.speak(CUE)

        assert voice.pid is None


SYSTEM_WORKER = '''\
"""Like a worker on macOS: the sound files are AIFF. Notes how often it was started, and with what."""

import io, json, os, pathlib, struct, sys, soundfile

def send(body):
    os.write(1, struct.pack(">I", len(body)) + body)

send(b"R")
while head := sys.stdin.buffer.read(4):
    request = sys.stdin.buffer.read(*struct.unpack(">I", head))
    with pathlib.Path(__file__).with_suffix(".log").open("ab") as log:
        log.write(b"%d %s\\n" % (os.getpid(), request))
    memory = io.BytesIO()
    soundfile.write(memory, [0.1] * 16000, 16000, format="AIFF")
    send(b"S" + memory.getvalue())
'''


def test_a_systems_own_voice_gets_a_process_for_each_cue_and_any_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "BY_SYSTEM", True)
    script = tmp_path / "system_worker.py"
    script.write_text(SYSTEM_WORKER)
    voice = Pyttsx3Voice(Manner(), script=script)
    speech = [voice.speak(cue) for cue in CUES[:2]]
    log = [line.partition(" ") for line in (tmp_path / "system_worker.log").read_text().splitlines()]

    assert [(len(one.samples), one.rate) for one in speech] == [(16_000, 16_000)] * 2
    assert len({pid for pid, _, _ in log}) == 2
    assert [json.loads(request)["voice"] for _, _, request in log] == [None, None], "the system's default"


def test_a_worker_killed_between_cues_is_replaced() -> None:
    voice = Pyttsx3Voice(Manner())
    before = voice.speak(CUE)
    assert voice.pid is not None
    os.kill(voice.pid, signal.SIGKILL)

    assert length(voice.speak(CUE)) == about(before)
    voice.close()


def test_a_worker_ends_with_its_player() -> None:
    program = (
        "import os, signal\n"
        "from player.speech.manner import Manner\n"
        "from player.voices.pyttsx3_voice import Pyttsx3Voice\n"
        "voice = Pyttsx3Voice(Manner()); voice.speak('Hold.'); print(voice.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert ends_within(int(ran.stdout), seconds=10)


def ends_within(pid: int, seconds: float) -> bool:
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], seconds)[0])
    finally:
        os.close(process)
