"""What every voice's process promises the player: the protocol, whatever the engine."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from player.sound.load import decode
from player.speech.manner import Manner
from player.testing.waiting import wait_until
from player.voices.heart_voice import HeartVoice
from player.voices.process import SERVE
from player.voices.pyttsx3_process import pyttsx3_process
from player.voices.worker import Worker, WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from player.voices.process import Launch

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not find_spec("onnxruntime"),
    reason="needs Linux, and the natural voice: pip install 'cuemat[natural]'",
)
CUES = ("Lie on your back.", "Hold for ten seconds.", "Eight.")


@dataclass
class Engine:
    """An engine, and what it is asked for."""

    launch: Launch
    manner: Mapping[str, object]

    def start(self) -> Worker:
        command = (sys.executable, "-P", str(SERVE), self.launch.engine, *self.launch.arguments)
        return Worker(command, seconds=30)


ENGINES = {
    "pyttsx3": lambda: Engine(pyttsx3_process().launch, {"voice": "en-us", "rate": 165, "pitch": 45}),
    "natural": lambda: Engine(HeartVoice(Manner("heart"))._launch(), {"speed": 0.8, "pitch": 1.0}),
}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]()


@pytest.fixture(scope="module")
def worker(engine: Engine) -> Iterator[Worker]:
    started = engine.start()
    yield started
    started.stop()


def ask(worker: Worker, engine: Engine, text: str) -> tuple[bytes, bytes]:
    return worker.ask({"text": text, **engine.manner}, 20)


def test_it_answers_each_text_with_a_sound_file(worker: Worker, engine: Engine) -> None:
    for cue in CUES:
        kind, answer = ask(worker, engine, cue)
        samples, rate = decode(io.BytesIO(answer), "the answer")

        assert kind == b"S"
        assert 0.3 < len(samples) / rate < 5


def test_the_same_text_is_the_same_answer_whatever_came_between(worker: Worker, engine: Engine) -> None:
    before = [ask(worker, engine, cue) for cue in CUES]
    after = [ask(worker, engine, cue) for cue in reversed(CUES)]

    assert before == after[::-1]


def test_another_process_gives_the_same_answer(worker: Worker, engine: Engine) -> None:
    other = engine.start()
    answer = ask(other, engine, CUES[1])
    other.stop()

    assert answer == ask(worker, engine, CUES[1])


def test_without_a_text_it_names_its_voices(worker: Worker) -> None:
    kind, answer = worker.ask({}, 20)
    known: dict[str, Any] = json.loads(answer)

    assert kind == b"V"
    assert known["voices"]
    assert {"id", "name", "language"} <= known["voices"][0].keys()


def test_what_goes_wrong_is_told_and_the_next_text_is_spoken(worker: Worker, engine: Engine) -> None:
    kind, answer = worker.ask({"text": "Hold."}, 20)

    assert (kind, bool(answer)) == (b"E", True)
    assert ask(worker, engine, CUES[0])[0] == b"S"


def test_ctrl_c_is_the_players(worker: Worker, engine: Engine) -> None:
    os.kill(worker.pid, signal.SIGINT)

    assert ask(worker, engine, CUES[0])[0] == b"S"


def test_a_process_that_cannot_start_says_why(engine: Engine, tmp_path: Path) -> None:
    command = (sys.executable, "-P", str(SERVE), engine.launch.engine, str(tmp_path / "gone"), "gone", "gone")

    with pytest.raises(WorkerError, match=r"gone|argument"):
        Worker(command, seconds=30)


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_nothing_is_left_of_it(engine: Engine, how: str) -> None:
    started = engine.start()
    ask(started, engine, CUES[0])
    family = {started.pid, *children(started.pid)}
    getattr(started, how)()

    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), f"still there: {family}")


def children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in told(task)]


def told(task: Path) -> list[str]:
    return (task / "children").read_text("ascii").split()
