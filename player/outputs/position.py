"""Estimates how much a device has played, for devices that do not report it.

From the first block on it plays at its rate, so a clock knows to a few milliseconds. Three things break this,
and show when the device asks for a block: it ran dry, so it played no more than it had been given; its
crystal is faster than our clock, so it asks early and seems to hold more than it ever could; or it stops
asking, and then only the time at which it was last seen alive is certain. A device that was not seen for long
(the program, the sound server or the whole machine stalled) may have dropped its buffer, so from then on
nothing counts.

If the clock is wrong, a pause must repeat a little and never skip anything, so the estimate is slightly low.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.outputs.protocol import Clock

STALL = 1.0
"""Seconds without a sign of life after which it is unknown what was heard."""
BEHIND = 0.01
"""Seconds to subtract: a device starts a moment after it asks for its first block.

On PulseAudio, with every core busy, that moment was measured as up to 4 ms.
"""
SETTLING = 1.0
"""Seconds in which a device fills its buffer; after that it never holds more."""


class DevicePosition:
    """The position of one device, from a start to its stop; the device's thread reports every block."""

    def __init__(self, rate: int, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._given = 0
        self._began: float | None = None
        self._alive = 0.0
        self._lost = 0
        """Frames that the device is behind the clock."""
        self._capacity = 0

    def give(self, frames: int) -> None:
        """Record that the device asked for a block of `frames` frames, and got it."""
        with self._lock:
            now = self._clock()
            if self._has_stalled(now):
                return
            if self._began is None:
                self._began = now
            self._alive = now
            self._lost += max(0, self._at(now) - self._given)
            self._given += frames
            held = self._given - self._at(now)
            if now - self._began < SETTLING:
                self._capacity = max(self._capacity, held)
            else:
                self._lost -= max(0, held - self._capacity)

    def seen_alive(self) -> None:
        """Record that the device answered."""
        with self._lock:
            now = self._clock()
            if not self._has_stalled(now):
                self._alive = max(self._alive, now)

    @property
    def stalled(self) -> bool:
        """Whether the device was once out of sight for too long."""
        with self._lock:
            return self._has_stalled(self._clock())

    def played(self) -> int:
        """Frames played so far, if the device is alive."""
        with self._lock:
            return self._surely_at(self._clock())

    def surely_played(self) -> int:
        """Frames played by the time the device was last seen alive."""
        with self._lock:
            return self._surely_at(self._alive)

    def _has_stalled(self, now: float) -> bool:
        return self._began is not None and now - self._alive > STALL

    def _surely_at(self, now: float) -> int:
        return max(0, min(self._at(now) - round(BEHIND * self._rate), self._given))

    def _at(self, now: float) -> int:
        return 0 if self._began is None else round((now - self._began) * self._rate) - self._lost
