"""Every output with an ear, so one contract tests them all."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.outputs.miniaudio_output import MiniaudioOutput
from player.outputs.paced import SilentOutput
from player.outputs.program_output import PROGRAMS, ProgramOutput
from player.outputs.simpleaudio_output import SimpleaudioOutput
from player.outputs.stream import StreamOutput
from player.testing.manual_output import ManualOutput
from player.testing.output_contract import numbers
from player.testing.waiting import wait_until

from tests.virtual_soundcard import RATE, VirtualSoundCard, missing_tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from player.outputs.paced import PacedOutput
    from player.outputs.protocol import Output, Pull
    from player.testing.output_contract import Ear

    from tests.virtual_soundcard import Recording

HEADER = 44


class CardRig:
    """Hears a virtual sound card."""

    def __init__(self, output: Output, recording: Recording, *, tail: float) -> None:
        self.output, self.tail, self._recording = output, tail, recording
        self._first = len(recording.samples)

    def listen(self, seconds: float) -> None:
        """The card's own time."""
        self._recording.go_on(seconds)

    def heard(self) -> NDArray[np.int64]:
        """Recorded."""
        return numbers(self._recording.samples[self._first :])


class ManualRig:
    """What was pumped out."""

    tail = 0.0

    def __init__(self) -> None:
        self.output = ManualOutput(RATE, ahead=RATE // 4)
        self._pumped = np.zeros((0, 2), np.int16)

    def listen(self, seconds: float) -> None:
        """Pump."""
        for _ in range(round(seconds * 100)):
            self._pumped = np.concatenate((self._pumped, self.output.pump(RATE // 100)))

    def heard(self) -> NDArray[np.int64]:
        """Pumped."""
        return numbers(self._pumped)


class PacedRig:
    """What an output that goes by a clock has given; the clock is the test's, and waits for the output."""

    tail = 0.1

    def __init__(self, output: PacedOutput, given: Callable[[], bytes]) -> None:
        self.output: Output = output
        self._paced, self._given, self._now, self._before = output, given, 0.0, 0
        self._start = output.start
        output._clock = lambda: self._now
        output.start = self._begin  # type: ignore[method-assign]

    def listen(self, seconds: float) -> None:
        """The clock's time, a hundredth of a second at a time."""
        for _ in range(round(100 * seconds)):
            self._now += 0.01
            wait_until(self.has_kept_up, "the output does not keep up with its clock")

    def heard(self) -> NDArray[np.int64]:
        """Given."""
        return numbers(self.samples())

    def samples(self) -> NDArray[np.int16]:
        """All whole frames."""
        data = self._given()
        return np.frombuffer(data[: len(data) // 4 * 4], "<i2").reshape(-1, 2)

    def _begin(self, pull: Pull) -> None:
        self._before = len(self.samples())
        self._start(pull)

    def has_kept_up(self) -> bool:
        """What is due has been pulled, and is here; or it does not play."""
        paced, feed = self._paced, self._paced._feed
        if feed is None or paced._thread is None:
            return True
        return paced._due() + paced._lead < feed.given == len(self.samples()) - self._before


class Collected:
    """Blocks that arrive on another thread."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._lock = threading.Lock()

    def add(self, data: bytes) -> None:
        """One more."""
        with self._lock:
            self._bytes += data

    def all(self) -> bytes:
        """Joined."""
        with self._lock:
            return bytes(self._bytes)


class OverheardSilence(SilentOutput):
    """Hears the samples given to silence."""

    def __init__(self) -> None:
        super().__init__(RATE)
        self.collected = Collected()

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> None:
        self.collected.add(samples.tobytes())
        super().take(samples, stopping)


def silent_rig() -> PacedRig:
    """What silence was given."""
    silence = OverheardSilence()
    return PacedRig(silence, silence.collected.all)


class StreamRig(PacedRig):
    """What the reader of a stream gets."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self._stream = StreamOutput(writing)
        self._collected = Collected()
        super().__init__(self._stream, lambda: self._collected.all()[HEADER:])
        self._thread = threading.Thread(target=self._read, args=(reading,), daemon=True)
        self._thread.start()

    def has_kept_up(self) -> bool:
        """Also: the reader has got all that was sent."""
        return len(self.samples()) - self._before == self._stream._sent and super().has_kept_up()

    def _read(self, descriptor: int) -> None:
        with os.fdopen(descriptor, "rb", buffering=0) as stream:
            while data := stream.read(65_536):
                self._collected.add(data)


def need_sound_card() -> None:
    """Skip the test if no virtual sound card can be made."""
    if missing := missing_tools():
        pytest.skip(f"not installed: {', '.join(missing)} (Debian: pulseaudio pulseaudio-utils)")


def simpleaudio_output() -> SimpleaudioOutput:
    """The extra's output; the test is skipped if it is not installed."""
    pytest.importorskip("simpleaudio", reason="pip install 'cuemat[simpleaudio]'")
    return SimpleaudioOutput()


@contextmanager
def sound_card(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSoundCard]:
    """A card that this process plays on."""
    need_sound_card()
    with VirtualSoundCard() as card:
        for name, value in card.environment.items():
            monkeypatch.setenv(name, value)
        yield card


@contextmanager
def rig(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """One output and its ear."""
    made: Ear
    with ExitStack() as stack:
        if name in ON_CARD:
            need_sound_card()
            output = ON_CARD[name]()
            card = stack.enter_context(sound_card(monkeypatch))
            tail = 0.4 if name == "simpleaudio" else 0.1
            made = CardRig(output, stack.enter_context(card.recording()), tail=tail)
        else:
            made = WITHOUT_CARD[name]()
        try:
            yield made
        finally:
            made.output.close()


ON_CARD: dict[str, Callable[[], Output]] = {
    "miniaudio": MiniaudioOutput,
    "simpleaudio": simpleaudio_output,
    "pacat": lambda: ProgramOutput(PROGRAMS["pacat"]),
}
WITHOUT_CARD: dict[str, Callable[[], Ear]] = {"manual": ManualRig, "silent": silent_rig, "stream": StreamRig}
RIGS = (*ON_CARD, *WITHOUT_CARD)
