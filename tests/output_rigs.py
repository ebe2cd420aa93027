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
from player.outputs.simpleaudio_output import SimpleaudioOutput
from player.outputs.stream import StreamOutput
from player.testing.manual_output import ManualOutput
from player.testing.output_contract import numbers

from tests.virtual_soundcard import RATE, VirtualSoundCard, missing_tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from player.outputs.protocol import Output
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
    """Hears the samples given to silence."""

    def __init__(self) -> None:
        super().__init__(RATE)
        self.collected = Collected()

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> None:
        self.collected.add(samples.tobytes())
        super().take(samples, stopping)


class SilentRig:
    """The samples given to silence."""

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
    """Hears what the reader of a stream gets."""

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
WITHOUT_CARD: dict[str, Callable[[], Ear]] = {"manual": ManualRig, "silent": SilentRig, "stream": StreamRig}
RIGS = (*ON_CARD, *WITHOUT_CARD)
