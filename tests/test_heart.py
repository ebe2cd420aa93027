"""The natural voice: what it promises, and what it survives. It is real here, and so is its process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.app import live as live_module
from player.app import speaking
from player.app.ports import Surroundings
from player.app.prepare import compile_session, manner_for
from player.app.request import Request, Wishes
from player.engine import State, Volume
from player.errors import SpeechError, UnspokenError, UserError
from player.library import Library
from player.sound.level import trim
from player.speech.manner import Manner
from player.speech.speaker import Speaker
from player.testing.manual_output import ManualOutput
from player.testing.voice_contract import CUE, CUES, VoiceContract
from player.testing.waiting import wait_until
from player.timeline import RATE, CueKind
from player.voices import engines, heart_voice
from player.voices.choose import known_gain, make_voice
from player.voices.heart_voice import HeartVoice
from player.voices.listing import list_voices
from player.voices.pace import ESPEAK, HEART, Pace
from player.voices.process import SERVE
from player.voices.pyttsx3_voice import Pyttsx3Voice
from player.voices.spelling import MOST_WORDS, spell, unreadable

from tests.commands import WITH_NATURAL, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from player.app.live import Live
    from player.speech.voice import Voice

FAILED = (
    "the chosen voice failed (`cuemat doctor` says more); en-us speaks instead, to the end of the session"
)
"""What is told of a voice that failed."""
INSTALLED = bool(find_spec("hibari") and find_spec("onnxruntime"))
pytestmark = pytest.mark.skipif(
    not INSTALLED, reason="needs the natural voice: pip install 'cuemat[natural]'"
)


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch, usual_voice: None) -> None:
    """It is the usual voice here, as where it is installed."""
    del usual_voice
    monkeypatch.setattr(engines, "natural_is_installed", lambda: INSTALLED)


@pytest.fixture(scope="module")
def heart() -> Iterator[HeartVoice]:
    made = HeartVoice(Manner("heart"))
    yield made
    made.close()


class TestHeart(VoiceContract):
    @pytest.fixture
    def voice(self, heart: HeartVoice) -> HeartVoice:
        return heart


# --- which voice speaks --------------------------------------------------------------------------------


def test_it_speaks_english_where_it_is_installed() -> None:
    assert manner_for(Request("")).voice == "heart"
    assert manner_for(Request(""), "de").voice != "heart"
    assert manner_for(Request("", Wishes(voice="en-us"))).voice == "en-us"
    assert manner_for(Request("", usual=Wishes(voice="en-gb"))).voice == "en-gb"


def test_where_it_is_not_installed_nothing_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "natural_is_installed", lambda: False)

    assert manner_for(Request("")).voice == "en-us"
    assert "heart" not in {voice.id for voice in list_voices().voices}


def test_it_is_listed_first() -> None:
    assert list_voices().voices[0].id == "heart"


def test_who_asks_for_it_where_it_is_not_installed_is_told_how_to_install_it(tmp_path: Path) -> None:
    user = User(tmp_path)
    user.write("short.yaml", "title: Short\nsteps:\n  - say: In.\n")
    asked = user.cuemat("show", "short.yaml", "--voice", "heart")
    user.write("config.toml", "[voice]\nname = 'heart'\n")
    usual = user.cuemat("show", "short.yaml")

    assert asked.code == 2
    assert "pip install 'cuemat[natural]'" in asked.stderr
    assert usual.code == 0, "settings that name what is gone end no session"
    assert "pip install 'cuemat[natural]'" in usual.stderr
    assert "voice en-us" in usual.stdout


# --- how it speaks -------------------------------------------------------------------------------------


def words_a_minute(manner: Manner) -> float:
    voice = make_voice(manner)
    spoken = [voice.speak(cue) for cue in (CUES[0], *LONG)]
    voice.close()
    seconds = sum(len(trim(one.samples, one.rate)) / one.rate for one in spoken)
    return 60 * sum(len(cue.split()) for cue in (CUES[0], *LONG)) / seconds


LONG = (
    "Lie on your back with your knees bent and your feet flat on the floor.",
    "If it hurts, make the movement smaller, or leave it out.",
    "Keep breathing, slowly and evenly, and let your shoulders sink.",
    "Now slowly come back.",
)


@pytest.mark.parametrize("name", ["heart", "en-us"])
@pytest.mark.parametrize("rate", [130, 176, 215])
def test_a_rate_is_words_a_minute_as_they_are_heard(name: str, rate: int) -> None:
    assert words_a_minute(Manner(name, rate)) == pytest.approx(rate, rel=0.1)


def test_each_voice_has_a_pace_of_its_own() -> None:
    assert words_a_minute(Manner("heart")) == pytest.approx(176, rel=0.1)
    assert words_a_minute(Manner("en-us")) == pytest.approx(197, rel=0.1)


@pytest.mark.parametrize("pace", [HEART, ESPEAK], ids=["heart", "espeak"])
def test_a_faster_rate_is_never_slower(pace: Pace) -> None:
    settings = [pace.setting(rate) for rate in range(60, 600)]

    assert settings == sorted(settings)
    assert settings[0] == pace.table[0][1]
    assert settings[-1] == pace.table[-1][1]


def test_its_pitch_is_heard() -> None:
    def pitch(manner: Manner) -> float:
        voice = HeartVoice(manner)
        speech = voice.speak("Ah, ah, ah, ah.")
        voice.close()
        frames = speech.samples[: len(speech.samples) // 1_200 * 1_200].reshape(-1, 1_200)
        loud = frames[np.square(frames).sum(axis=1).argsort()[-20:]]
        return float(np.median([period(frame, speech.rate) for frame in loud]))

    assert pitch(Manner("heart", pitch=75)) > 1.2 * pitch(Manner("heart", pitch=30))


def period(frame: NDArray[np.float32], rate: int) -> float:
    """Hertz of a voiced sound: the first delay at which it is nearly like itself."""
    likeness = np.correlate(frame, frame, "full")[len(frame) - 1 :]
    likeness /= np.arange(len(frame), 0, -1)
    best = likeness[50:400].max()
    return rate / (50 + int(np.flatnonzero(likeness[50:400] > 0.9 * best)[0]))


@pytest.mark.parametrize("name", ["heart", "en-us"])
def test_a_gain_that_is_known_is_the_one_that_would_be_measured(name: str) -> None:
    voice = make_voice(Manner(name))
    with Speaker(voice) as measured:
        measured.clip("Hold.")
    known = known_gain(voice)

    assert known == pytest.approx(measured._gain, abs=0.3) or (known is None and name == "en-us")


@pytest.mark.parametrize("other", [Manner("heart", rate=150), Manner("heart", pitch=50)])
def test_what_changes_its_sound_is_in_its_identity(other: Manner) -> None:
    assert HeartVoice(other).identity != HeartVoice(Manner("heart")).identity
    assert HeartVoice(Manner("heart")).digest in HeartVoice(other).identity


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Draw-in, tai‑chi", "Draw in, tai chi"),
        ("e\u0301clair", "éclair"),
        ("a\u200bb", "ab"),
        ("Do 3x10.", "Do 3 times 10."),
        ("Hold for 30 s.", "Hold for 30 seconds."),
        ("[[h@l'oU]] and (so) {on}", "h@l'oU and so on"),
        ("[hold](+2) [it]", "hold +2 it"),
        ("[Psoas](/sˈOæs/) stretch", "[Psoas](/sˈOæs/) stretch"),
        ("5-10 times", "5-10 times"),
        ("Count 1,2,3,4,5 slowly.", "Count 1, 2, 3, 4, 5 slowly."),
        ("Lift 2,5 kilograms.", "Lift 2, 5 kilograms."),
        ("1,000 or 12,500 steps", "1,000 or 12,500 steps"),
    ],
)
def test_its_text_is_prepared(written: str, read: str) -> None:
    assert spell(written) == read
    assert spell(read) == read


def test_a_long_text_without_a_pause_gets_some() -> None:
    text = spell(" ".join(["word"] * 400))
    longest = max(len(part.split()) for part in text.split(","))

    assert text.replace(",", "") == " ".join(["word"] * 400)
    assert longest == MOST_WORDS


def test_a_text_in_other_letters_is_not_spoken_as_something_else(heart: HeartVoice) -> None:
    assert unreadable("Straße, Łódź") == ""
    with pytest.raises(UnspokenError, match="cannot read 'Привет'"):
        heart.speak("Привет")


def test_a_text_at_which_the_engine_stumbles_is_the_texts_fault(heart: HeartVoice) -> None:
    number = "9" * 60

    with pytest.raises(UnspokenError, match="cannot say"):
        heart.speak(number)
    assert len(heart.speak(CUE).samples), "and it speaks on"


# --- its process ---------------------------------------------------------------------------------------


def test_no_process_before_it_speaks() -> None:
    voice = HeartVoice(Manner("heart"))

    assert voice.identity
    assert voice.pid is None


def test_it_needs_no_network(tmp_path: Path) -> None:
    alone = ("unshare", "--net", "--map-root-user")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("needs unshare, and leave to make a network of its own")
    program = (
        "from player.speech.manner import Manner; from player.voices.heart_voice import HeartVoice\n"
        "voice = HeartVoice(Manner('heart')); print(len(voice.speak('Hold.').samples)); voice.close()"
    )
    ran = subprocess.run(
        [*alone, sys.executable, "-c", program],
        env={**os.environ, **WITH_NATURAL, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(ran.stdout) > 10_000
    assert not list(tmp_path.iterdir())


def test_its_process_has_no_socket_and_leaves_nothing_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    voice = HeartVoice(Manner("heart"))
    voice.speak(CUE)
    files = [str(file.readlink()) for file in Path(f"/proc/{voice.pid}/fd").iterdir()]
    voice.close()

    assert not [file for file in files if file.startswith("socket:")]
    assert not list(tmp_path.iterdir())


def test_a_model_that_is_not_the_packages_does_not_speak(tmp_path: Path, heart: HeartVoice) -> None:
    model = tmp_path / "hibari.onnx"
    model.write_bytes(heart._model.read_bytes() + b"\0")

    with pytest.raises(SpeechError, match="damaged"):
        HeartVoice(Manner("heart"), model).speak(CUE)
    with pytest.raises(SpeechError, match="damaged or missing"):
        HeartVoice(Manner("heart"), tmp_path / "gone.onnx").speak(CUE)


@pytest.mark.parametrize("content", [None, b"", b"{", b"{}"], ids=["none", "empty", "torn", "nothing"])
def test_a_package_whose_list_is_damaged_fails_when_it_speaks_so_another_can_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    monkeypatch.setattr(heart_voice, "_assets", lambda: tmp_path)
    if content is not None:
        (tmp_path / "voices.json").write_bytes(content)

    with pytest.raises(SpeechError, match="damaged or missing"):
        HeartVoice(Manner("heart")).speak(CUE)


def test_a_model_that_changes_after_it_was_checked_does_not_speak(tmp_path: Path, heart: HeartVoice) -> None:
    model = tmp_path / "own.onnx"
    shutil.copy(heart._model, model)
    voice = HeartVoice(Manner(str(model)))
    model.write_bytes(model.read_bytes()[:-1] + b"\1")

    with pytest.raises(UserError, match=r"own\.onnx has changed"):
        voice.speak(CUE)


def test_a_voice_file_of_the_users_speaks(tmp_path: Path, heart: HeartVoice) -> None:
    model = tmp_path / "My voice.ONNX"
    shutil.copy(heart._model, model)
    voice = make_voice(Manner(str(model)))

    assert np.array_equal(voice.speak(CUE).samples, heart.speak(CUE).samples)
    voice.close()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (Path.exists, "no voice file '.*': No such file"),
        (lambda path: path.write_bytes(b""), "is not a voice: 0 bytes"),
        (lambda path: path.write_bytes(b"not a model"), "is not a voice that can speak here"),
        (Path.mkdir, "no voice file"),
        (os.mkfifo, "no voice file"),
        (
            lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_RDWR), 300_000_000),
            "is not a voice: 300,000,000",
        ),
        (lambda path: shutil.copy(other_model(), path), "it takes .* and gives .* not a voice's"),
    ],
    ids=["none", "empty", "text", "folder", "pipe", "huge", "another model"],
)
def test_a_file_that_is_no_voice_is_the_users_mistake(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    path = tmp_path / "voice.onnx"
    make(path)

    with pytest.raises(UserError, match=told):
        make_voice(Manner(str(path))).speak(CUE)


def hollow(path: Path, size: int) -> None:
    path.touch()
    os.truncate(path, size)


def other_model() -> Path:
    """A network for something else, which comes with the package."""
    spec = find_spec("hibari")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("assets") / "oov.onnx"


# --- the same text, the same clip ----------------------------------------------------------------------

PURE = """\
import hashlib, json, sys
from player.speech.manner import Manner
from player.speech.speaker import Speaker
from player.voices.choose import known_gain, make_voice

voice, texts = make_voice(Manner(sys.argv[1])), json.loads(sys.argv[2])
with Speaker(voice, gain=known_gain(voice)) as speaker:
    speaker.prepare(texts)
    clips = {text: speaker.clip(text).samples for text in sorted(texts)}
    print(json.dumps({text: hashlib.sha256(samples).hexdigest() for text, samples in clips.items()}))
"""


@pytest.mark.parametrize("name", ["heart", "en-us"])
def test_a_clip_depends_on_its_text_alone(name: str) -> None:
    """Three processes, each in another order, and one that speaks only some."""
    texts = [*LONG, *CUES, "Eight.", "Hollow.", "And rest."]
    orders = [texts, texts[::-1], texts[3:] + texts[:3], texts[4:7]]
    digests = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", PURE, name, json.dumps(order)],
                env={**os.environ, **WITH_NATURAL},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for order in orders
    ]

    assert digests[0] == digests[1] == digests[2]
    assert digests[3] == {text: digests[0][text] for text in texts[4:7]}


MORNING = "title: Morning\nsteps:\n  - say: Hold for ten seconds. Now the left side. Eight. And rest.\n"
EVENING = "title: Evening\nsteps:\n  - say: Rest. Now the left side. Lie on your back.\n"


@pytest.mark.parametrize("name", ["heart", "en-us"])
def test_a_file_is_the_same_whatever_was_written_before(tmp_path: Path, name: str) -> None:
    """Three orders, each with a cache of its own and a process for every file."""
    files: dict[str, set[bytes]] = {"morning": set(), "evening": set()}
    for order in (["morning", "evening"], ["evening", "morning"], ["morning", "morning"]):
        user = User(tmp_path / "-".join(order))
        for session, text in (("morning", MORNING), ("evening", EVENING)):
            user.write(f"{session}.yaml", text)
        for number, session in enumerate(order):
            target = user.home / f"{number}.wav"
            done = user.cuemat("export", f"{session}.yaml", "-o", target, "--voice", name, more=WITH_NATURAL)
            assert done.code == 0, done.stderr
            files[session].add(target.read_bytes())

    assert [len(contents) for contents in files.values()] == [1, 1]


# --- what it survives ----------------------------------------------------------------------------------

FAULTS = {
    "is killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "hangs": "time.sleep(60)",
    "starves": "starve()",
}
FAILING = '''\
"""Serves the natural voice, until a text names the fault."""

import importlib.util, os, resource, signal, sys, time

def starve():
    """No more memory than there is, and that is taken."""
    resource.setrlimit(resource.RLIMIT_AS, (1 << 20, 1 << 20))
    for size in (1 << 20, 1 << 14, 1 << 9):
        while True:
            try:
                HOARD.append(bytearray(size))
            except MemoryError:
                break


HOARD = []
spec = importlib.util.spec_from_file_location("serve", {serve!r})
serve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(serve)
receive = serve.receive


def receive_and_fail(requests):
    request = receive(requests)
    if request and "Round" in request["text"]:
        {fault}
    return request


serve.receive = receive_and_fail
serve.main(*sys.argv[1:])
'''
SESSION = """\
title: Faults
steps:
  - say: Good morning.
  - exercise: {name: Bridge, say: Lift your hips., hold: 5s, reps: 2}
  - exercise: {name: Cat, say: Round your back., hold: 5s, reps: 2}
  - exercise: {name: Cool, role: cool-down, say: Breathe., move: 5s}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, part in {"HOME": "data", "CACHE": "cache", "CONFIG": "config.toml", "STATE": "state"}.items():
        monkeypatch.setenv(f"CUEMAT_{name}", str(tmp_path / part))
    (tmp_path / "faults.yaml").write_text(SESSION, encoding="utf-8")
    return tmp_path


def failing(home: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """The natural voice fails twice at the third section: the real one, in a process that is hurt."""
    script = home / "failing.py"
    script.write_text(FAILING.format(serve=str(SERVE), fault=FAULTS[fault]), encoding="utf-8")

    def make(manner: Manner) -> Voice:
        natural = manner.voice == "heart"
        return HeartVoice(manner, script=script, seconds_at_least=2) if natural else Pyttsx3Voice(manner)

    monkeypatch.setattr(speaking, "make_voice", make)


def speakers(session: Live) -> list[set[str]]:
    """Who speaks each section."""
    made = [session.stock.sections[index] for index in range(len(session.stock.outlines))]
    return [{cue.voice for cue in section.cues if cue.kind is CueKind.SPEECH} for section in made]


@pytest.mark.parametrize("fault", FAULTS)
def test_while_it_plays_the_built_in_voice_takes_over_from_the_next_section(
    home: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    failing(home, monkeypatch, fault)
    output = ManualOutput(RATE)
    monkeypatch.setattr(live_module, "choose", lambda _: output)
    script = Library.found().load(str(home / "faults.yaml"))
    told: list[str | None] = []
    with live_module.live(script, Request(str(home / "faults.yaml")), Surroundings()) as session:
        wait_until(
            lambda: len(session.stock.sections) == len(session.stock.outlines), "it is not all spoken", 90
        )
        while session.engine.snapshot.state is not State.ENDED:
            output.pump(RATE // 2)
            session.engine.send(Volume(0.0, by=True))
            wait_until(lambda: caught_up(session, output), f"stands still: {session.engine.snapshot}")
            if session.engine.snapshot.message not in told:
                told.append(session.engine.snapshot.message)
        who = speakers(session)

    first = next(index for index, one in enumerate(who) if one == {"en-us"})
    assert "Cat" in session.stock.outlines[first].title
    assert all(one <= {""} for one in who[:first])
    assert all(one <= {"en-us"} for one in who[first:])
    assert told == [
        None,
        FAILED,
    ]


def all_is_spoken(session: Live) -> bool:
    return len(session.stock.sections) == len(session.stock.outlines)


def caught_up(session: Live, output: ManualOutput) -> bool:
    now = session.engine.snapshot
    return now.state is State.ENDED or now.elapsed >= min(output.heard() / RATE, now.length) - 0.001


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_is_written_all_the_same_and_the_user_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    failing(home, monkeypatch, fault)
    spoken = compile_session(Request(str(home / "faults.yaml")), lambda *_: None)
    words = {(cue.content, cue.voice) for cue in spoken.compiled.timeline.cues if cue.kind is CueKind.SPEECH}

    assert spoken.warning == FAILED
    assert ("Lift your hips.", "") in words
    assert ("Round your back.", "en-us") in words


def test_where_it_was_removed_after_it_was_found_the_built_in_voice_speaks(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(manner: Manner) -> Voice:
        natural = manner.voice == "heart"
        return HeartVoice(manner, home / "gone.onnx") if natural else Pyttsx3Voice(manner)

    monkeypatch.setattr(speaking, "make_voice", make)
    spoken = compile_session(Request(str(home / "faults.yaml")), lambda *_: None)

    assert {cue.voice for cue in spoken.compiled.timeline.cues if cue.kind is CueKind.SPEECH} == {"en-us"}
    assert spoken.warning


def test_its_process_ends_when_all_is_spoken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[HeartVoice] = []

    def make(manner: Manner) -> Voice:
        made.append(HeartVoice(manner))
        return made[-1]

    monkeypatch.setattr(speaking, "make_voice", make)
    output = ManualOutput(RATE)
    monkeypatch.setattr(live_module, "choose", lambda _: output)
    script = Library.found().load(str(home / "faults.yaml"))
    with live_module.live(script, Request(str(home / "faults.yaml")), Surroundings()) as session:
        wait_until(
            lambda: len(session.stock.sections) == len(session.stock.outlines), "it is not all spoken", 90
        )
        wait_until(lambda: made[0].pid is None, "its process is still there")
        said = session.stock.again(2)
        assert session.stock.remark(said).result(timeout=20).section.cues, "and a remark starts it again"
