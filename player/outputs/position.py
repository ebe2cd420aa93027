"""Estimates how much a device has played, for devices that do not report it.

A device fills its buffer, and begins to play at some time after that: on a busy machine this was seen to take
half a second. From then on it asks for a block when it has room for it. At such a moment, what it was given
less its buffer has surely been heard, and no more is sure. Until the next block is due, a clock goes on from
there, and no further: a device that asks late may have stood still.

How large the buffer is shows when the device first pauses between two blocks. Until then, nothing counts. If
it stops asking, only the time at which it was last seen alive is certain. A device that was not seen for long
(the program, the sound server or the whole machine stalled) may have dropped its buffer, so from then on
nothing counts.

If the estimate is wrong, a pause must repeat a little and never skip anything, so it is low.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.outputs.protocol import Clock

STALL = 1.0
"""Seconds without a sign of life after which it is unknown what was heard."""
BEHIND = 0.01
"""Seconds to subtract: a block takes a moment from the device's request to its buffer."""


class DevicePosition:
    """The position of one device, from a start to its stop; the device's thread reports every block."""

    def __init__(self, rate: int, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._given = self._block = 0
        self._asked: float | None = None
        """When the device last asked for a block."""
        self._alive = 0.0
        self._capacity: int | None = None
        """Frames that the device holds; None while it fills its buffer."""

    def give(self, frames: int) -> None:
        """Record that the device asked for a block of `frames` frames, and got it."""
        with self._lock:
            now = self._clock()
            if self._has_stalled(now):
                return
            if self._capacity is None and self._asked is not None and self._is_apart(now, frames):
                self._capacity = self._given
            self._asked = self._alive = now
            self._block = frames
            self._given += frames

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
            return self._at(self._clock())

    def surely_played(self) -> int:
        """Frames played by the time the device was last seen alive."""
        with self._lock:
            return self._at(self._alive)

    def _has_stalled(self, now: float) -> bool:
        return self._asked is not None and now - self._alive > STALL

    def _is_apart(self, now: float, frames: int) -> bool:
        """Whether the device has waited before this block: while it fills its buffer, it asks at once."""
        return self._asked is not None and (now - self._asked) * self._rate > frames / 2

    def _at(self, now: float) -> int:
        if self._asked is None or self._capacity is None:
            return 0
        since = min(round((now - self._asked) * self._rate), self._block)
        played = self._given - self._capacity + since - round(BEHIND * self._rate)
        return max(0, min(played, self._given))
