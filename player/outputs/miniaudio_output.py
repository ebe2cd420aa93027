"""The loudspeaker: miniaudio plays through any sound system, and needs no library installed.

It does not report problems. If the sound server dies, there is no card, or fetching samples raises, it just
plays silence; and when headphones are pulled out, sound moves to the loudspeakers without notice. So every
start has a watcher: seven times a second, off the audio thread, it asks the sound server who plays, and it
notices if the device stops asking for blocks.

A stop closes the device. That is the fastest way to silence (a few milliseconds; the device's buffer is
dropped) and reopening takes ten, so there is no second way to pause. Opening and closing can hang forever if
the server does not answer, so both run on a thread that can be abandoned.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from player.errors import OutputError
from player.outputs.bounded_call import BoundedCall
from player.outputs.feed import CHANNELS, Feed
from player.outputs.position import DevicePosition
from player.outputs.protocol import Trouble, TroubleKind
from player.outputs.sound_system import NO_ANSWER, NO_CARD, SoundSystem, system_name

if TYPE_CHECKING:
    from collections.abc import Generator

    from player.outputs.protocol import Clock, Pull
    from player.outputs.sound_system import Device

PERIOD = 0.28
"""Seconds that the device asks for at a time.

On PulseAudio, the interpreter may stall for four fifths of it unheard: 0.2 s need a period of 0.26. From 0.45
s on, some devices never start, and the sound repeated after a server crash grows with it.
"""
WATCHDOG = 1.0
"""Seconds without a block after which the device counts as gone."""
WATCH = 0.15
"""Seconds between two looks at the sound server."""
ANY = "the default device"
OPENING = 5.0
CLOSING = 0.2
"""Seconds to wait for the sound system while closing."""

_log = logging.getLogger(__name__)


class MiniaudioOutput:
    """Plays on a device of the machine.

    Args:
        device: Its name; None is the default device at the time of the start.
        rate: Frames per second.
        clock: Seconds that never run backwards.
    """

    name = "miniaudio"

    def __init__(
        self, device: str | None = None, rate: int = 48_000, *, clock: Clock = time.monotonic
    ) -> None:
        self.rate = rate
        self._wanted = device
        self._clock = clock
        self._device = device or ANY
        self._backend: int | None = None
        """The sound system used so far; it never changes, because that would mean another device."""
        self._heard = 0
        self._playing: _Playing | None = None

    @property
    def device(self) -> str:
        """The device's name; that of the default device is known once it is open."""
        return self._device

    @property
    def system(self) -> str | None:
        """The sound system, such as `PulseAudio`; known once started."""
        return None if self._backend is None else system_name(self._backend)

    def start(self, pull: Pull) -> None:
        """Open the device.

        Raises:
            OutputError: There is no device, the device is gone, or the sound system does not answer.
        """
        self.stop()
        self._heard = 0
        playing = _Playing(self._wanted, self._backend, pull, self.rate, self._clock)
        try:
            BoundedCall(playing.open, undo=lambda _: playing.close()).result(OPENING)
        except TimeoutError:
            playing.stop()
            raise OutputError(NO_ANSWER) from None
        self._device, self._backend = playing.device, playing.backend
        self._playing = playing
        _log.debug("plays on %s (%s)", self._device, self._backend)

    def stop(self) -> int:
        """Close the device, and return the total of frames heard."""
        if (playing := self._playing) is not None:
            heard = playing.stop()
            self._heard = heard if playing.unsure else max(self._heard, heard)
            self._playing = None
        return self._heard

    def heard(self) -> int:
        """Frames heard by the clock, corrected by the times at which the device asks for blocks."""
        if self._playing is not None:
            self._heard = max(self._heard, self._playing.heard())
        return self._heard

    def trouble(self) -> Trouble | None:
        """The exception of the pull, or what happened to the device."""
        return None if self._playing is None else self._playing.trouble()

    def close(self) -> None:
        """Stop; there is nothing else to release."""
        self.stop()


class _Playing:
    """An open device, from a start to its stop."""

    def __init__(self, wanted: str | None, backend: int | None, pull: Pull, rate: int, clock: Clock) -> None:
        self.device = wanted or ANY
        self.backend = backend
        self._wanted = wanted
        self._rate = rate
        self._clock = clock
        self._feed = Feed(pull, clock)
        self._position = DevicePosition(rate, clock)
        self._native: Any = None
        self._trouble: Trouble | None = None
        self._stopping = threading.Event()

    def open(self) -> None:
        """Find the device, start it, and watch it.

        Raises:
            OutputError: It cannot be opened.
        """
        system = SoundSystem(self.backend)
        device = system.current(self._wanted)
        if device is None and (self._wanted or system.is_server):
            raise OutputError(f"the device '{self._wanted}' is not connected" if self._wanted else NO_CARD)
        self._open(system, device if self._wanted else None)
        self.backend = system.backend
        if device is not None:
            self.device = device.name
            if system.is_server:
                watch = threading.Thread(
                    target=self._watch, args=(system, device), name="cuemat device", daemon=True
                )
                watch.start()

    def stop(self) -> int:
        """Silence the device first, then return the frames heard."""
        self._stopping.set()
        heard = self._feed.heard(self._played())
        with contextlib.suppress(TimeoutError):
            BoundedCall(self.close).result(CLOSING)
        self._feed.close()
        return heard

    def heard(self) -> int:
        """Pulled frames heard so far."""
        return self._feed.heard(self._played())

    def trouble(self) -> Trouble | None:
        """The exception of the pull, or else what happened to the device."""
        if (trouble := self._feed.trouble() or self._trouble) is not None:
            return trouble
        if self._position.stalled or self._clock() - self._feed.last > WATCHDOG:
            self._trouble = Trouble(TroubleKind.LOST, f"{self.device} stopped playing")
        return self._trouble

    @property
    def unsure(self) -> bool:
        """Whether something happened to the device, so the time of its last frame is unknown."""
        return self._trouble is not None

    def close(self) -> None:
        """Release the device; this may hang forever."""
        native, self._native = self._native, None
        if native is not None:
            context = native._context  # noqa: SLF001  miniaudio leaks it, with four open files
            native.close()
            sys.modules["miniaudio"].lib.ma_context_uninit(context)

    def _open(self, system: SoundSystem, wanted: Device | None) -> None:
        import miniaudio  # noqa: PLC0415  slow, and `--help` does not need it

        try:
            self._native = miniaudio.PlaybackDevice(
                nchannels=CHANNELS,
                sample_rate=self._rate,
                buffersize_msec=round(PERIOD * 1000),
                device_id=wanted.native if wanted else None,
                backends=[miniaudio.Backend(system.backend)],
                app_name="Cuemat",
            )
            blocks = self._blocks()
            next(blocks)
            self._native.start(blocks)
        except miniaudio.MiniaudioError as error:
            self.close()
            message = f"{wanted.name} cannot be opened" if wanted else NO_CARD
            raise OutputError(message) from error

    def _blocks(self) -> Generator[bytes, int, None]:
        frames = yield b""
        while True:
            self._position.give(frames)
            frames = yield self._feed.block(frames).tobytes()

    def _played(self) -> int:
        return self._position.surely_played() if self.unsure else self._position.played()

    def _watch(self, system: SoundSystem, first: Device) -> None:
        while not self._stopping.wait(WATCH) and self._trouble is None:
            try:
                now = system.current(self._wanted)
            except OutputError:
                self._trouble = Trouble(TroubleKind.LOST, "the sound server is gone")
                break
            if now is None:
                self._trouble = Trouble(TroubleKind.LOST, f"{first.name} is gone")
            elif now.key != first.key:
                message = f"sound now comes from {now.name}"
                self._trouble = Trouble(TroubleKind.CHANGED, message, device=now.name)
            else:
                self._position.seen_alive()
        if self._trouble is not None:
            _log.info("%s: %s", self._trouble.kind, self._trouble.message)
