"""Every output with an ear at its end, so that one contract can be heard over all of them."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest
from player.outputs.manual import ManualOutput
from player.outputs.miniaudio_output import MiniaudioOutput
from player.outputs.paced import SilentOutput
from player.outputs.simpleaudio_output import SimpleaudioOutput
from player.outputs.stream import StreamOutput

from tests.virtual_soundcard import RATE, VirtualSoundCard, missing_tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from player.outputs.protocol import Output

    from tests.virtual_soundcard import Recording

HEADER = 44
WIDE = 32_768


class Numbered:
    """A pull of frames that bear their numbers, so that each can be told from all others when it is heard.

    Args:
        start: The first number.
        end: Where there is nothing more; it may be moved on later.
    """

    def __init__(self, start: int = 0, end: int = 20 * RATE) -> None:
        self.start = start
        self.end = end
        self.next = start
        self.fault: Exception | None = None
        """What it raises from now on."""

    def __call__(self, frames: int) -> NDArray[np.int16]:
        """Pull."""
        if self.fault is not None:
            raise self.fault
        numbers = np.arange(self.next, min(self.next + frames, self.end))
        self.next += len(numbers)
        return np.stack((numbers % WIDE, numbers // WIDE + 1), axis=1).astype(np.int16)

    @property
    def pulled(self) -> int:
        """Frames so far."""
        return self.next - self.start


def numbers(samples: NDArray[np.int16]) -> NDArray[np.int64]:
    """The numbers that frames bear; −1 where there is silence."""
    low, high = samples.astype(np.int64).T
    return np.where(high > 0, (high - 1) * WIDE + low, -1)


def without_silence(heard: NDArray[np.int64]) -> NDArray[np.int64]:
    """What sounds between the first sound and the last, and may have gaps there."""
    sounds = np.flatnonzero(heard >= 0)
    return heard[sounds[0] : sounds[-1] + 1] if len(sounds) else heard[:0]


class Rig(Protocol):
    """An output, and what can be heard of it."""

    @property
    def output(self) -> Output:
        """Not started yet."""

    @property
    def tail(self) -> float:
        """Seconds that are still heard after a stop, at most."""

    def listen(self, seconds: float) -> None:
        """Let time pass for the listener."""

    def heard(self) -> NDArray[np.int64]:
        """The numbers of all frames heard until now, −1 for silence."""


class CardRig:
    """What a virtual sound card plays."""

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


class Collected:
    """Blocks that arrive on another thread."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._lock = threading.Lock()

    def add(self, data: bytes) -> None:
        """One more."""
        with self._lock:
            self._bytes += data

    def samples(self, skip: int) -> NDArray[np.int16]:
        """All whole frames, without the first `skip` bytes."""
        with self._lock:
            data = bytes(self._bytes[skip:])
        return np.frombuffer(data[: len(data) // 4 * 4], "<i2").reshape(-1, 2)


class OverheardSilence(SilentOutput):
    """Silence that a test listens to."""

    def __init__(self) -> None:
        super().__init__(RATE)
        self.collected = Collected()

    def _take(self, samples: NDArray[np.int16], stopping: threading.Event) -> None:
        self.collected.add(samples.tobytes())
        super()._take(samples, stopping)


class SilentRig:
    """What silence was given."""

    tail = 0.1

    def __init__(self) -> None:
        self._silence = OverheardSilence()
        self.output: Output = self._silence

    def listen(self, seconds: float) -> None:
        """Real time."""
        threading.Event().wait(seconds)

    def heard(self) -> NDArray[np.int64]:
        """Given."""
        return numbers(self._silence.collected.samples(0))


class StreamRig:
    """What the reader of a stream gets."""

    tail = 0.1

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self.output = StreamOutput(writing)
        self._collected = Collected()
        self._thread = threading.Thread(target=self._read, args=(reading,), daemon=True)
        self._thread.start()

    def listen(self, seconds: float) -> None:
        """Real time."""
        threading.Event().wait(seconds)

    def heard(self) -> NDArray[np.int64]:
        """Read."""
        return numbers(self._collected.samples(HEADER))

    def _read(self, descriptor: int) -> None:
        with os.fdopen(descriptor, "rb", buffering=0) as stream:
            while data := stream.read(65_536):
                self._collected.add(data)


def need_sound_card() -> None:
    """Skip the test where no virtual sound card can be made."""
    if missing := missing_tools():
        pytest.skip(f"not installed: {', '.join(missing)} (Debian: pulseaudio pulseaudio-utils)")


def simpleaudio_output() -> SimpleaudioOutput:
    """The extra's output; the test is skipped where it is not installed."""
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
def rig(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """One output and its ear."""
    made: Rig
    with ExitStack() as stack:
        if name in ON_CARD:
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


ON_CARD: dict[str, Callable[[], Output]] = {"miniaudio": MiniaudioOutput, "simpleaudio": simpleaudio_output}
WITHOUT_CARD: dict[str, Callable[[], Rig]] = {"manual": ManualRig, "silent": SilentRig, "stream": StreamRig}
RIGS = (*ON_CARD, *WITHOUT_CARD)
