"""An open device of miniaudio, which asks for blocks and plays them a while later.

It does not report problems, and does not say what it has played: that is estimated. It can only be closed,
which is silent within milliseconds, because its buffer is dropped.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from player.errors import OutputError
from player.outputs.feed import CHANNELS
from player.outputs.position import DevicePosition
from player.outputs.sound_system import NO_CARD

if TYPE_CHECKING:
    from collections.abc import Generator

    from player.outputs.feed import Feed
    from player.outputs.protocol import Clock, Fall
    from player.outputs.sound_system import Device

PERIOD = 0.28
"""Seconds that the device asks for at a time.

On PulseAudio, the interpreter may stall for four fifths of it unheard: 0.2 s need a period of 0.26. From 0.45
s on, some devices never start, and the sound repeated after a server crash grows with it.
"""
WATCHDOG = 1.0
"""Seconds without a block after which the device counts as gone."""


class MiniaudioDevice:
    """A device from its opening to its end.

    Args:
        feed: Provides the samples.
        rate: Frames per second.
        clock: Seconds that never run backwards.
    """

    def __init__(self, feed: Feed, rate: int, clock: Clock) -> None:
        self._feed, self._rate, self._clock = feed, rate, clock
        self._position = DevicePosition(rate, clock)
        self._native: Any = None
        self._opened = clock()

    def open(self, backend: int, device: Device | None) -> None:
        """Open a device and start it; None is the default.

        Raises:
            OutputError: It cannot be opened.
        """
        import miniaudio  # noqa: PLC0415  slow, and `--help` does not need it

        try:
            self._native = miniaudio.PlaybackDevice(
                nchannels=CHANNELS,
                sample_rate=self._rate,
                buffersize_msec=round(PERIOD * 1000),
                device_id=device.native if device else None,
                backends=[miniaudio.Backend(backend)],
                app_name="Cuemat",
            )
            blocks = self._blocks()
            next(blocks)
            self._native.start(blocks)
        except miniaudio.MiniaudioError as error:
            self.close()
            message = f"{device.name} cannot be opened" if device else NO_CARD
            raise OutputError(message) from error
        self._opened = self._clock()

    def played(self) -> int:
        """Frames played so far, if the device is alive."""
        return self._position.played()

    def surely_played(self) -> int:
        """Frames played by the time the device was last seen alive."""
        return self._position.surely_played()

    def seen_alive(self) -> None:
        """Record that the device is still there."""
        self._position.seen_alive()

    @property
    def stalled(self) -> bool:
        """Whether it no longer asks for blocks. It has a while to begin, however long opening it took."""
        silent = self._clock() - max(self._opened, self._feed.last)
        return self._position.stalled or silent > WATCHDOG

    def cut(self, fall: Fall | None) -> int:
        """Frames played until now, when it is about to be closed; a fall would come too late."""
        del fall
        return self._position.played()

    def close(self) -> None:
        """Release the device; this may hang forever."""
        native, self._native = self._native, None
        if native is not None:
            context = native._context  # noqa: SLF001  miniaudio leaks it, with four open files
            native.close()
            sys.modules["miniaudio"].lib.ma_context_uninit(context)

    def _blocks(self) -> Generator[bytes, int, None]:
        frames = yield b""
        while True:
            self._position.give(frames)
            frames = yield self._feed.block(frames).tobytes()
