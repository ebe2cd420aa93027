"""The other loudspeaker: simpleaudio, for machines where miniaudio finds no way to the sound card.

simpleaudio plays one buffer and says whether it is still playing; it does nothing else. Consecutive buffers
leave gaps, so each gets everything that can be pulled, which is the whole rest of a session once all is
spoken. A clock tells the position. A buffer that ends early means that the device is gone. After a stop, the
device plays what it still holds, a quarter of a second: we wait for it and count it.

The original of 2019 crashes Python 3.12 and later at the end of every sound; `simpleaudio-patched` has the
same import name, and does not.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np

from player.errors import OutputError
from player.outputs.bounded_call import BoundedCall
from player.outputs.feed import CHANNELS, Feed
from player.outputs.protocol import Trouble, TroubleKind
from player.outputs.sound_system import NO_ANSWER, NO_CARD, hush_alsa

if TYPE_CHECKING:
    from player.outputs.protocol import Clock, Pull

WIDTH = 2
"""Bytes in a sample."""
AT_ONCE = 10
"""Seconds to ask for in one pull."""
LOOK = 0.02
"""Seconds between two looks at the device, and between two pulls."""
EARLY = 0.2
"""Seconds that a buffer may end early."""
LATE = 1.0
"""Seconds overdue after which a buffer will never end."""
OPENING = 5.0
DRAINING = 0.35
"""Seconds to wait for the device after a stop."""
PATCHED = "pip install 'cuemat[simpleaudio]'"


class SimpleaudioOutput:
    """Plays on the default device.

    Args:
        rate: Frames per second.
        clock: Seconds that never run backwards.

    Raises:
        OutputError: simpleaudio is not installed, or is the version that crashes here.
    """

    name = "simpleaudio"
    device = "the default device"

    def __init__(self, rate: int = 48_000, *, clock: Clock = time.monotonic) -> None:
        self.rate = rate
        self._clock = clock
        self._simpleaudio = load()
        self._heard = 0
        self._playing: _Playing | None = None

    def start(self, pull: Pull) -> None:
        """Try the device with a little silence, then start.

        Raises:
            OutputError: It cannot be opened.
        """
        self.stop()
        self._heard = 0
        silence = np.zeros((self.rate // 100, CHANNELS), np.int16).tobytes()
        playing = _Playing(self._simpleaudio, Feed(pull, self._clock), self.rate, self._clock)
        try:
            trial = BoundedCall(lambda: playing.play(silence)).result(OPENING)
        except TimeoutError:
            raise OutputError(NO_ANSWER) from None
        except self._simpleaudio._simpleaudio.SimpleaudioError as error:  # noqa: SLF001  it is only defined there
            raise OutputError(NO_CARD) from error
        playing.wait_for(trial)
        playing.thread.start()
        self._playing = playing

    def stop(self) -> int:
        """Stop as soon as the device has played what it holds."""
        if (playing := self._playing) is not None:
            playing.stop()
            self._heard = playing.heard() if playing.lost else max(self._heard, playing.heard())
            self._playing = None
        return self._heard

    def heard(self) -> int:
        """Pulled frames heard so far, by the clock."""
        if self._playing is not None:
            self._heard = max(self._heard, self._playing.heard())
        return self._heard

    def trouble(self) -> Trouble | None:
        """The exception of the pull, or that the device is gone."""
        return None if self._playing is None else self._playing.trouble()

    def close(self) -> None:
        """Stop; there is nothing else to release."""
        self.stop()


@dataclass(frozen=True, slots=True)
class _Progress:
    """The position; replaced as a whole, because other threads read it."""

    before: int = 0
    """Frames in the finished buffers."""
    began: float = 0.0
    """When the current buffer started."""
    length: int = 0
    """Frames in the current buffer."""


class _Playing:
    """Buffers that play one after another, from a start to its stop."""

    def __init__(self, simpleaudio: Any, feed: Feed, rate: int, clock: Clock) -> None:  # noqa: ANN401  the library has no types
        self.thread = threading.Thread(target=self._run, name="cuemat simpleaudio", daemon=True)
        self._simpleaudio = simpleaudio
        self._feed = feed
        self._rate = rate
        self._clock = clock
        self._stopping = threading.Event()
        self._trouble: Trouble | None = None
        self._progress = _Progress()

    @property
    def lost(self) -> bool:
        """Whether the device is gone."""
        return self._trouble is not None

    def play(self, pcm: bytes | bytearray) -> Any:  # noqa: ANN401  the library has no types
        """Start playing a buffer, which must not be empty."""
        return self._simpleaudio.play_buffer(pcm, CHANNELS, WIDTH, self._rate)

    def wait_for(self, sound: Any) -> None:  # noqa: ANN401  the library has no types
        """Wait until the device has played what it holds, for a limited time."""
        deadline = time.monotonic() + DRAINING
        while sound.is_playing() and time.monotonic() < deadline:
            time.sleep(0.001)

    def stop(self) -> None:
        """Stop the current buffer, and wait until the device is silent."""
        self._stopping.set()
        self.thread.join(DRAINING + LOOK)
        self._feed.close()

    def heard(self) -> int:
        """Pulled frames heard so far."""
        progress = self._progress
        return self._feed.heard(progress.before + min(self._elapsed(progress), progress.length))

    def trouble(self) -> Trouble | None:
        """The exception of the pull, or else that the device is gone."""
        return self._feed.trouble() or self._trouble

    def _elapsed(self, progress: _Progress) -> int:
        return int((self._clock() - progress.began) * self._rate)

    def _run(self) -> None:
        while not self._stopping.is_set() and self._trouble is None:
            if pcm := self._rest():
                self._play_through(pcm)
            else:
                self._stopping.wait(LOOK)

    def _rest(self) -> bytearray:
        """Everything the pull has for now."""
        pcm, wanted = bytearray(), AT_ONCE * self._rate
        while not self._stopping.is_set():
            samples = self._feed.available(wanted)
            pcm += samples.tobytes()
            if len(samples) < wanted:
                break
        return pcm

    def _play_through(self, pcm: bytearray) -> None:
        try:
            sound = self.play(pcm)
        except self._simpleaudio._simpleaudio.SimpleaudioError:  # noqa: SLF001  it is only defined there
            self._trouble = Trouble(TroubleKind.LOST, NO_CARD)
            return
        length = len(pcm) // (WIDTH * CHANNELS)
        self._progress = now = _Progress(self._progress.before, self._clock(), length)
        late, early = length + LATE * self._rate, length - EARLY * self._rate
        while sound.is_playing() and self._elapsed(now) < late and not self._stopping.wait(LOOK):
            pass
        if self._stopping.is_set():
            sound.stop()
            self.wait_for(sound)
            length = min(length, self._elapsed(now))
        elif sound.is_playing() or self._elapsed(now) < early:
            self._trouble = Trouble(TroubleKind.LOST, "the sound card stopped playing")
            length = min(length, self._elapsed(now))
        self._progress = _Progress(now.before + length)


def load() -> Any:  # noqa: ANN401  the library has no types
    """Import simpleaudio, unless it would crash.

    Raises:
        OutputError: It would crash, or is not installed; the message says what to type.
    """
    if sys.version_info >= (3, 12) and _is_installed("simpleaudio"):
        message = f"this simpleaudio crashes Python 3.12 and later: pip uninstall simpleaudio, then {PATCHED}"
        raise OutputError(message)
    try:
        import simpleaudio  # noqa: PLC0415  an extra
    except ImportError as error:
        message = f"simpleaudio is not installed: {PATCHED}"
        raise OutputError(message) from error
    hush_alsa()
    return simpleaudio


def _is_installed(distribution: str) -> bool:
    try:
        metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
