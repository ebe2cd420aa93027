"""What a listener hears, recorded from a (virtual) sound card while the real parts play."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.engine import Back, Jump, Next, Pause, Play, Quit, SeekBy, State, Volume
from player.engine.engine import Engine
from player.engine.fader import FALL
from player.engine.stock import Stock
from player.engine.tape import FADE
from player.outputs.miniaudio_output import MiniaudioOutput
from player.testing.manual_output import ManualOutput
from player.testing.waiting import wait_until
from player.timeline import RATE

from tests import coded
from tests.coded import SECONDS, CodedCompiler, code, milliseconds
from tests.commands import User
from tests.listening import load
from tests.virtual_soundcard import VirtualSoundCard, missing_tools

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from player.outputs.protocol import Pull

    from tests.virtual_soundcard import Recording

LOUD, SOFT = 21_473, 184
"""Sample values: of a constant sound, and of a step of -45 dBFS."""
NOISE = 60
"""No sample of the noise that keeps loudspeakers awake is above this."""
RECORDER = 30
"""Milliseconds that a recorder may have had in hand when its server was killed."""

needs_card = pytest.mark.skipif(bool(missing_tools()), reason=f"needs {', '.join(missing_tools())}")


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSoundCard]:
    with VirtualSoundCard() as card:
        for name, value in card.environment.items():
            monkeypatch.setenv(name, value)
        yield card


class CountedOutput(MiniaudioOutput):
    """Counts how often it was asked to play."""

    starts = 0

    def start(self, pull: Pull) -> None:
        self.starts += 1
        super().start(pull)


@contextmanager
def playing(output: MiniaudioOutput | None = None) -> Iterator[Engine]:
    """An engine on the card, with its threads; it plays by the time it is given."""
    stock = Stock(CodedCompiler(), RATE)
    engine = Engine(stock, output or MiniaudioOutput(), time.monotonic)
    threads = [threading.Thread(target=stock.run), threading.Thread(target=engine.run)]
    for thread in threads:
        thread.start()
    try:
        wait_until(lambda: engine.snapshot.state is State.PLAYING, "it does not begin to play")
        yield engine
    finally:
        engine.send(Quit())
        stock.close()
        for thread in threads:
            thread.join()


@needs_card
@pytest.mark.parametrize("keeps_awake", ["off", "on"])
def test_what_is_heard_is_what_is_exported_sample_for_sample(
    card: VirtualSoundCard, tmp_path: Path, spoken: Path, keeps_awake: str
) -> None:
    user = User(tmp_path, spoken)
    session = ("first-time", "--keep-awake", keeps_awake)
    assert user.cuemat("export", *session, "-o", "session.wav").code == 0
    exported = load(tmp_path / "session.wav")
    command = [sys.executable, "-m", "player", "play", *session, "--plain", "--output", "miniaudio"]
    environment = {**user.environment, **card.environment}
    nothing = subprocess.DEVNULL
    with (
        card.recording() as recording,
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=nothing, stdout=nothing) as process,
    ):
        try:
            wait_until(lambda: bool(recording.samples.any()), "nothing is heard")
            recording.go_on(8)
        finally:
            process.send_signal(signal.SIGINT)
        heard = recording.samples

    first, begins = (
        int(np.flatnonzero(np.abs(what) > NOISE)[0]) - RATE // 5 for what in (heard[:, 0], exported)
    )
    length = 6 * RATE
    for channel in (0, 1):
        assert np.array_equal(heard[first : first + length, channel], exported[begins : begins + length])


@needs_card
def test_a_pause_loses_nothing_and_repeats_no_more_than_a_block(card: VirtualSoundCard) -> None:
    with card.recording() as recording, playing() as engine:
        recording.go_on(1.5)
        engine.send(Pause())
        wait_until(lambda: engine.snapshot.state is State.PAUSED, "it does not pause")
        recording.go_on(0.5)
        before = milliseconds(without_fall(recording.samples))
        cut = len(recording.samples)
        engine.send(Play())
        recording.go_on(2.5)
        after = milliseconds(recording.samples[cut:])

    assert not np.any(np.diff(before) != 1)
    assert not np.any(np.diff(after) != 1)
    assert before[-1] - 50 <= after[0] <= before[-1] + 2  # the cut may be within a millisecond


def without_fall(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    """A recording up to the fall with which it ends."""
    return samples[: np.flatnonzero(samples[:, 0])[-1] + 1 - round(FALL * RATE)]


@needs_card
def test_no_cut_and_no_start_clicks_and_a_pause_is_silent_in_a_moment(
    card: VirtualSoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud = np.full(SECONDS * RATE, LOUD, np.int16)
    monkeypatch.setattr(coded, "code", lambda _: loud)
    sounding = []
    with card.recording() as recording, playing() as engine:
        for action in (Pause(), Next(), SeekBy(1), Pause(), Back(), SeekBy(-1), Pause(), Jump(0)):
            recording.go_on(0.4)
            asked = len(recording.samples)
            engine.send(action)
            if action == Pause():
                wait_until(lambda: engine.snapshot.state is State.PAUSED, "it does not pause")
                recording.go_on(0.3)
                sounding.append(np.count_nonzero(recording.samples[asked:, 0]) / RATE)
                engine.send(Play())
        recording.go_on(0.4)
    left = recording.samples[:, 0].astype(int)

    assert np.abs(np.diff(left)).max() <= SOFT
    assert left.max() == LOUD
    assert np.median(sounding) < 0.1  # what was in the recorder's hand counts, too


@needs_card
def test_a_skip_begins_at_the_announcement_and_leaves_nothing_of_before(card: VirtualSoundCard) -> None:
    with card.recording() as recording, playing() as engine:
        recording.go_on(1.0)
        engine.send(Next())
        recording.go_on(1.0)
        heard = recording.samples

    left = heard[:, 0]
    target = 1 + SECONDS * 1000
    fading_in = np.flatnonzero((left > 2000) & (left < target))
    after = milliseconds(heard[fading_in[-1] + 1 :])
    assert len(fading_in) < FADE * RATE
    assert not np.any(np.diff(after) != 1)
    assert target <= after[0] <= target + round(FADE * 1000)


@needs_card
def test_a_sound_server_that_is_killed_and_comes_back_costs_a_moment(card: VirtualSoundCard) -> None:
    output = CountedOutput()
    with playing(output) as engine:
        with card.recording() as recording:
            recording.go_on(2.0)
            card.kill()
        before = milliseconds(recording.samples)
        wait_until(lambda: engine.snapshot.state is State.LOST, "it does not notice")
        assert engine.snapshot.message is not None
        assert "retrying" in engine.snapshot.message
        wait_until(lambda: output.starts >= 3, "it does not try again and again")
        card.start()
        with card.recording() as recording:
            wait_until(lambda: engine.snapshot.state is State.PLAYING, "it does not come back")
            recording.go_on(3.0)
            after = milliseconds(recording.samples)

    assert not np.any(np.diff(after) != 1)
    assert before[-1] - 300 <= after[0] <= before[-1] + 1 + RECORDER


@needs_card
def test_a_sound_server_that_never_comes_back_is_told_and_quitting_waits_for_no_further_try(
    card: VirtualSoundCard,
) -> None:
    output = CountedOutput()
    with playing(output) as engine:
        card.kill()
        wait_until(lambda: engine.snapshot.state is State.LOST, "it does not notice")
        wait_until(lambda: "retrying" in (engine.snapshot.message or ""), "it does not say so")
        tries = output.starts
        engine.send(Quit())
        wait_until(lambda: engine.closed, "it does not end")

        assert output.starts <= tries + 1, "one may be under way"


@needs_card
def test_headphones_pulled_out_pause_the_session_and_nothing_is_lost(card: VirtualSoundCard) -> None:
    card.plug_in("Headphones")
    with playing() as engine, card.recording("Headphones") as near, card.recording("Speakers") as loud:
        near.go_on(1.5)
        card.pull_out("Headphones")
        wait_until(lambda: engine.snapshot.state is State.PAUSED, "it plays on for all to hear")
        assert "Speakers" in (engine.snapshot.message or "")
        loud.go_on(0.3)
        before = np.concatenate((milliseconds(near.samples), milliseconds(loud.samples)))
        after = gone_on(engine, loud)

    assert not np.any(np.diff(after) != 1)
    assert before.max() - 300 <= after[0] <= before.max() + 1


@needs_card
def test_another_default_device_pauses_the_session_and_nothing_is_lost(card: VirtualSoundCard) -> None:
    card.plug_in("Television", default=False)
    with playing() as engine, card.recording("Speakers") as near, card.recording("Television") as far:
        near.go_on(1.5)
        card.make_default("Television")
        wait_until(lambda: engine.snapshot.state is State.PAUSED, "it plays on for all to hear")
        assert "Television" in (engine.snapshot.message or "")
        far.go_on(0.3)
        before = np.concatenate((milliseconds(near.samples), milliseconds(far.samples)))
        after = gone_on(engine, far)

    assert not np.any(np.diff(after) != 1)
    assert before.max() - 300 <= after[0] <= before.max() + 1


@needs_card
def test_the_only_device_may_be_pulled_out_and_put_back(card: VirtualSoundCard) -> None:
    with playing() as engine:
        with card.recording() as recording:
            recording.go_on(1.5)
            card.pull_out("Speakers")
        before = milliseconds(recording.samples)
        wait_until(lambda: engine.snapshot.state is State.LOST, "it does not notice")
        card.plug_in("Speakers")
        with card.recording() as recording:
            wait_until(lambda: engine.snapshot.state is State.PLAYING, "it does not come back")
            recording.go_on(3)
            after = milliseconds(recording.samples)

    assert not np.any(np.diff(after) != 1)
    assert before[-1] - 300 <= after[0] <= before[-1] + 1


def gone_on(engine: Engine, recording: Recording) -> NDArray[np.int16]:
    """What a device plays once the session has been asked to go on."""
    paused = len(recording.samples)
    engine.send(Play())
    wait_until(lambda: len(milliseconds(recording.samples[paused:])), "it does not go on when asked")
    recording.go_on(1)
    return milliseconds(recording.samples[paused:])


def without_clicks(samples: NDArray[np.int16]) -> bool:
    """No step between two samples is larger than the code's own."""
    return bool(np.max(np.abs(np.diff(samples.astype(int)))) <= 120)


def test_starts_and_changes_of_volume_do_not_click() -> None:
    stock, output = Stock(CodedCompiler(), RATE), ManualOutput(RATE)
    while stock.work():
        pass
    engine = Engine(stock, output, lambda: 0.0)
    engine.step()
    engine.send(Next())
    engine.step()
    heard = [np.zeros((1, 2), np.int16)]
    for level in (1.0, 0.3, 0.9, 0.0, 1.0):
        engine.send(Volume(level))
        engine.step()
        heard += [output.pump(480) for _ in range(20)]

    assert without_clicks(np.concatenate(heard)[:, 0])
    assert np.array_equal(heard[-1][:, 0], code(1)[len(heard[0]) - 1 + 99 * 480 : 100 * 480])


def test_the_audio_thread_opens_no_file(tmp_path: Path) -> None:
    user = User(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", OPENS_NOTHING],
        cwd=tmp_path,
        env=user.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "10 s pulled, 0 opened\n"), done.stderr


OPENS_NOTHING = """
import sys, threading, time
from pathlib import Path
from player.compiler import Compiler
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.library import Library
from player.engine.tape import FADE
from player.testing.manual_output import ManualOutput
from player.session import Choices
from player.sound.load import load
from player.speech.cache import ClipCache
from player.speech.cast import Cast
from player.speech.speaker import Speaker
from player.testing.fake_voice import FakeVoice

script = Library.found().load("first-time")
with Cast(Speaker(FakeVoice(), ClipCache(Path("cache")), gain=0.0)) as cast:
    sounds = script.library
    compiler = Compiler(script.session, Choices(), cast, lambda name: load(sounds.sound(name), 48000))
    stock = Stock(compiler, 48000)
    while stock.work():
        pass
    output = ManualOutput(48000)
    Engine(stock, output, time.monotonic).step()
    opened, frames = [], 0
    audio = threading.get_ident()
    sys.addaudithook(lambda event, _: opened.append(event) if event in {"open", "os.open", "mmap.__new__"}
                     and threading.get_ident() == audio else None)
    for _ in range(1000):
        frames += len(output.pump(480))
print(f"{frames // 48000} s pulled, {len(opened)} opened")
"""
