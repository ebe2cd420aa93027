"""The outputs that tests pump or pace themselves: counts and samples, without a sound card."""

from __future__ import annotations

import subprocess
import sys
import threading
from ctypes.util import find_library
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.errors import OutputError, UserError
from player.outputs import choose, simpleaudio_output
from player.outputs.paced import SilentOutput
from player.outputs.position import BEHIND, STALL, DevicePosition
from player.outputs.protocol import TroubleKind
from player.testing.manual_output import ManualOutput

from tests.commands import User

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


class Source:
    """Frames that count up, so each can be identified."""

    def __init__(self, *, length: int = 10**9, fault: Exception | None = None) -> None:
        self.pulled = 0
        self.length = length
        self.fault = fault
        self.asked = threading.Condition()

    def __call__(self, frames: int) -> NDArray[np.int16]:
        """Pull."""
        with self.asked:
            if self.fault is not None:
                raise self.fault
            numbers = np.arange(self.pulled, min(self.pulled + frames, self.length))
            self.pulled += len(numbers)
            self.asked.notify_all()
        left = (numbers + 1) % 30_000
        return np.stack((left, -left), axis=1).astype(np.int16)

    def wait_for(self, frames: int) -> None:
        """Until so many frames were pulled."""
        with self.asked:
            assert self.asked.wait_for(lambda: self.pulled >= frames, timeout=5)


def test_pumped_time_is_what_was_pulled() -> None:
    output = ManualOutput(rate=10)
    output.start(Source())

    assert output.pump(2).tolist() == [[1, -1], [2, -2]]
    assert output.pump(1).tolist() == [[3, -3]]
    assert output.heard() == 3


def test_nothing_more_for_now_is_silence_that_does_not_count() -> None:
    source = Source(length=2)
    output = ManualOutput(rate=10)
    output.start(source)
    first = output.pump(4)[:, 0].tolist()
    source.length = 5

    assert first == [1, 2, 0, 0]
    assert output.heard() == 2
    assert output.pump(2)[:, 0].tolist() == [3, 4]
    assert output.heard() == 4


def test_what_was_pulled_ahead_is_not_heard() -> None:
    source = Source()
    output = ManualOutput(rate=10, ahead=5)
    output.start(source)
    output.pump(3)

    assert source.pulled == 8
    assert output.stop() == 3


def test_stopped_it_plays_nothing_and_pulls_nothing() -> None:
    source = Source()
    output = ManualOutput(rate=10)
    output.start(source)
    output.pump(3)
    output.stop()

    assert not len(output.pump(3))
    assert (source.pulled, output.stop()) == (3, 3)


def test_a_refused_start_has_one_line_and_pulls_nothing() -> None:
    source = Source()
    output = ManualOutput()
    output.refusal = "no sound card"

    with pytest.raises(OutputError, match="no sound card"):
        output.start(source)
    assert source.pulled == 0


def test_a_broken_device_says_so_until_it_is_started_again() -> None:
    output = ManualOutput()
    output.start(Source())
    output.fail(TroubleKind.CHANGED, device="Loudspeakers")
    trouble = output.trouble()

    assert trouble is not None
    assert (trouble.kind, trouble.device) == (TroubleKind.CHANGED, "Loudspeakers")
    assert not len(output.pump(3))
    output.stop()
    output.start(Source())
    assert output.trouble() is None


@pytest.mark.parametrize(
    "wrong", [np.zeros((4, 2), np.float32), np.zeros(4, np.int16), np.zeros((4, 1), np.int16)]
)
def test_samples_of_another_shape_are_trouble(wrong: NDArray[np.int16]) -> None:
    output = ManualOutput()
    output.start(lambda _: wrong)
    output.pump(10)
    trouble = output.trouble()

    assert trouble is not None
    assert isinstance(trouble.cause, TypeError)


class Clock:
    """Time that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def test_silence_is_paced_by_the_clock_alone() -> None:
    clock, source = Clock(), Source()
    output = SilentOutput(1000, clock=clock)
    output.start(source)
    source.wait_for(50)
    clock.now += 0.5
    source.wait_for(500)

    assert output.heard() == 500
    assert output.stop() == 500
    assert source.pulled <= 550


def test_time_in_which_the_program_was_halted_is_not_made_up_for() -> None:
    clock, source = Clock(), Source()
    output = SilentOutput(1000, clock=clock)
    output.start(source)
    source.wait_for(50)
    clock.now += 3600
    source.wait_for(100)

    assert output.stop() <= 150


BEFORE = round(BEHIND * 1000)


def asked_by(blocks: Sequence[tuple[float, int]]) -> tuple[DevicePosition, Clock]:
    """The position of a device that asks for blocks, each after some seconds; 1,000 frames are a second."""
    clock = Clock()
    position = DevicePosition(1000, clock)
    for seconds, frames in blocks:
        clock.now += seconds
        position.give(frames)
    return position, clock


def test_a_device_that_fills_its_buffer_has_played_nothing_however_long_it_takes_to_begin() -> None:
    position, clock = asked_by([(0, 100), (0.001, 100)])
    at_once = position.played()
    clock.now += 0.9

    assert (at_once, position.played()) == (0, 0)


def test_a_device_that_asks_again_has_played_what_it_now_has_room_for() -> None:
    position, clock = asked_by([(0, 100), (0.001, 100), (0.4, 100)])

    assert position.played() == 100 - BEFORE
    clock.now += 0.05
    assert position.played() == 150 - BEFORE


def test_a_device_that_does_not_ask_when_it_should_may_have_stood_still() -> None:
    position, clock = asked_by([(0, 200), (0.1, 100)])
    clock.now += 0.5

    assert position.played() == 200 - BEFORE


def test_a_device_that_begins_late_is_never_believed_to_be_further_than_it_is() -> None:
    position, clock = asked_by([(0, 100), (0.001, 100)])
    begins = clock.now + 0.4
    ahead = []
    for _ in range(300):
        clock.now += 0.01
        played = max(0.0, clock.now - begins) * 1000
        if played >= position._given - 100:
            position.give(100)
        ahead.append(position.played() - played)

    assert max(ahead) <= 0
    assert min(ahead[100:]) >= -30


@pytest.mark.parametrize("speed", [0.99, 1.0, 1.01])
def test_a_device_may_be_faster_or_slower_than_the_clock(speed: float) -> None:
    position, _ = asked_by([(0, 200), *[(0.1 * speed, 100)] * 1000])

    assert position.played() == 100_000 - BEFORE


def test_of_a_device_that_is_gone_only_what_it_was_seen_to_play_is_sure() -> None:
    position, clock = asked_by([(0, 400), (0.2, 200)])
    clock.now += 0.1
    position.seen_alive()
    clock.now += 0.05

    assert (position.surely_played(), position.played()) == (300 - BEFORE, 350 - BEFORE)


def test_what_was_not_seen_for_long_is_never_sure_again() -> None:
    position, clock = asked_by([(0, 400), (0.2, 200)])
    before = position.stalled
    clock.now += STALL + 0.1
    position.give(400)
    position.seen_alive()

    assert (before, position.stalled) == (False, True)
    assert position.surely_played() == 200 - BEFORE


@pytest.mark.parametrize(
    ("spec", "hint"),
    [
        ("miniadio", "no output 'miniadio'; did you mean 'miniaudio'?"),
        ("manual", "no output 'manual'; there are: miniaudio, simpleaudio, pw-play, pacat, aplay, silent, -"),
        ("silent:Speakers", "'silent' has no devices to choose from; leave out ':Speakers'"),
    ],
)
def test_an_output_that_is_not_there_is_the_users_mistake(spec: str, hint: str) -> None:
    with pytest.raises(UserError) as mistake:
        choose(spec)

    assert str(mistake.value) == hint


@pytest.mark.parametrize(("version", "refused"), [((3, 11), False), ((3, 12), True), ((3, 13), True)])
def test_the_simpleaudio_that_crashes_is_refused_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int], *, refused: bool
) -> None:
    distribution = tmp_path / "simpleaudio-1.0.4.dist-info"
    distribution.mkdir()
    (distribution / "METADATA").write_text("Metadata-Version: 2.1\nName: simpleaudio\nVersion: 1.0.4\n")
    (tmp_path / "simpleaudio.py").write_text("")
    monkeypatch.setitem(sys.modules, "simpleaudio", None)  # so that what is there now comes back
    monkeypatch.delitem(sys.modules, "simpleaudio")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "version_info", version)

    if refused:
        with pytest.raises(OutputError, match="pip uninstall simpleaudio"):
            choose("simpleaudio")
    else:
        assert choose("simpleaudio").name == "simpleaudio"


def test_a_simpleaudio_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    monkeypatch.setattr(simpleaudio_output, "_is_installed", lambda _: False)

    with pytest.raises(OutputError, match=r"pip install 'cuemat\[simpleaudio\]'"):
        choose("simpleaudio")


@pytest.mark.skipif(find_library("asound") is None, reason="needs ALSA (libasound2)")
def test_what_alsa_lists_without_a_card_behind_it_is_no_device(tmp_path: Path) -> None:
    hint = "{{ type null hint {{ show on description '{}' }} }}"
    alsa = tmp_path / "alsa.conf"
    alsa.write_text(f"pcm.null {hint.format('Discard all')}\npcm.card {hint.format('A card')}\n")
    nowhere = {"PULSE_SERVER": "unix:/nowhere", "XDG_RUNTIME_DIR": "/nowhere"}
    listed = User(tmp_path).cuemat("outputs", more={**nowhere, "ALSA_CONFIG_PATH": str(alsa)}).stdout

    assert "miniaudio:A card" in listed
    assert "Discard all" not in listed


def test_choosing_loads_no_sound_library() -> None:
    program = "import sys, player.outputs; print(*{'numpy', 'miniaudio', 'simpleaudio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert not done.stdout.strip()
