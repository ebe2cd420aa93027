"""The loudspeaker: miniaudio plays through any sound system, and needs no library installed.

On PulseAudio and PipeWire a stream of our own takes over from miniaudio, because it can end softly and says
what it has played (`pulse_device.py`).

If the sound server dies, there is no card, or fetching samples raises, miniaudio just plays silence; and when
headphones are pulled out, sound moves to the loudspeakers without notice. So every start has a watcher: seven
times a second, off the audio thread, it asks the sound server who plays, and it notices if the device stops
asking for blocks.

A stop closes the device: reopening takes ten milliseconds, so there is no second way to pause. Opening and
closing can hang forever if the server does not answer, so both run on a thread that can be abandoned.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Protocol

from player.errors import OutputError
from player.outputs.bounded_call import BoundedCall
from player.outputs.feed import Feed
from player.outputs.libpulse import libpulse
from player.outputs.miniaudio_device import MiniaudioDevice
from player.outputs.protocol import Trouble, TroubleKind
from player.outputs.pulse_device import PulseDevice
from player.outputs.pulse_stream import PulseStream
from player.outputs.sound_system import NO_ANSWER, NO_CARD, SoundSystem, system_name

if TYPE_CHECKING:
    from player.outputs.protocol import Clock, Fall, Pull
    from player.outputs.sound_system import Device

WATCH = 0.15
"""Seconds between two looks at the sound server."""
ANY = "the default device"
OPENING = 5.0
CLOSING = 0.3
"""Seconds to wait for the sound system while stopping."""

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
        self._device, self._native = device or ANY, ""
        self._backend: int | None = None
        """The sound system used so far; it never changes, because that would mean another device."""
        self._heard = 0
        self._playing: _Playing | None = None

    @property
    def device(self) -> str:
        """The device's name; that of the default device is known once it is open."""
        return self._device

    @property
    def native(self) -> str:
        """The device's name in the sound system, such as `bluez_output.…`; empty before it is open."""
        return self._native

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
            playing.stop(None)
            raise OutputError(NO_ANSWER) from None
        self._device, self._native = playing.device, playing.native
        self._backend = playing.backend
        self._playing = playing
        _log.debug("plays on %s (%s)", self._device, self._backend)

    def stop(self) -> int:
        """Close the device, and return the total of frames heard."""
        return self._stop(None)

    def stop_softly(self, fall: Fall) -> int:
        """The same, with a fall where the sound system allows it."""
        return self._stop(fall)

    def _stop(self, fall: Fall | None) -> int:
        if (playing := self._playing) is not None:
            heard = playing.stop(fall)
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


class _Device(Protocol):
    """What plays, once it is open."""

    def played(self) -> int:
        """Frames played so far, if it is alive."""

    def surely_played(self) -> int:
        """Frames played by the time it was last seen alive."""

    def seen_alive(self) -> None:
        """Record that it is still there."""

    @property
    def stalled(self) -> bool:
        """Whether it no longer plays."""

    def cut(self, fall: Fall | None) -> int:
        """Stop, softly where possible; return the frames played before the fall."""

    def close(self) -> None:
        """Release it; this may hang forever."""


class _Playing:
    """An open device, from a start to its stop."""

    def __init__(self, wanted: str | None, backend: int | None, pull: Pull, rate: int, clock: Clock) -> None:
        self.device, self.native = wanted or ANY, ""
        self.backend = backend
        self._wanted = wanted
        self._rate = rate
        self._clock = clock
        self._feed = Feed(pull, clock)
        self._open: _Device | None = None
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
        self._start(system, device if self._wanted else None)
        self.backend = system.backend
        if device is not None:
            self.device, self.native = device.name, device.key.decode(errors="replace")
            if system.is_server:
                watch = threading.Thread(
                    target=self._watch, args=(system, device), name="cuemat device", daemon=True
                )
                watch.start()

    def stop(self, fall: Fall | None) -> int:
        """Silence the device first, then return the frames heard."""
        self._stopping.set()
        played = self._played()
        if (device := self._open) is not None:
            fall = None if self.unsure else fall

            def end() -> int:
                frames = device.cut(fall)
                device.close()
                return frames

            with contextlib.suppress(TimeoutError):
                cut = BoundedCall(end).result(CLOSING)
                played = played if self.unsure else cut
        self._feed.close()
        return self._feed.heard(played)

    def heard(self) -> int:
        """Pulled frames heard so far."""
        return self._feed.heard(self._played())

    def trouble(self) -> Trouble | None:
        """The exception of the pull, or else what happened to the device."""
        if (trouble := self._feed.trouble() or self._trouble) is not None:
            return trouble
        if self._open is not None and self._open.stalled:
            self._trouble = Trouble(TroubleKind.LOST, f"{self.device} stopped playing")
        return self._trouble

    @property
    def unsure(self) -> bool:
        """Whether something happened to the device, so the time of its last frame is unknown."""
        return self._trouble is not None

    def close(self) -> None:
        """Release the device; this may hang forever."""
        if self._open is not None:
            self._open.close()

    def _start(self, system: SoundSystem, wanted: Device | None) -> None:
        library = libpulse() if system.is_server else None
        if library is None:
            other = self._open = MiniaudioDevice(self._feed, self._rate, self._clock)
            other.open(system.backend, wanted)
        else:
            stream = self._open = PulseDevice(
                PulseStream(library, self._rate), self._feed, self._rate, self._clock
            )
            stream.open(wanted.key if wanted else None)

    def _played(self) -> int:
        if self._open is None:
            return 0
        return self._open.surely_played() if self.unsure else self._open.played()

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
            elif self._open is not None:
                self._open.seen_alive()
        if self._trouble is not None:
            _log.info("%s: %s", self._trouble.kind, self._trouble.message)
