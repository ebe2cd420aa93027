"""How far a device has played what it was given, for devices that do not report it.

From the first block on it plays at its rate, so a clock knows, to a few milliseconds. Three things would
spoil that, and are seen when the device asks for a block: it ran dry, and so played no more than it had been
given; its crystal runs faster than our clock, so it asks early and seems to hold more than it ever could; or
it does not ask any more, and then only the time at which it was last seen alive is sure. Whoever was not seen
for long (the program, the sound server or the whole machine stood still) may have dropped what it held: from
then on nothing counts.

Where the clock is wrong, a pause must repeat a little and never leave anything out: so what is reported is
a little less than what the clock says.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.outputs.protocol import Clock

STALL = 1.0
"""Seconds without a sign of life after which nobody knows what was heard."""
BEHIND = 0.01
"""Seconds by which the report is less: a device begins a moment after it asked for its first block.

On PulseAudio, with other programs on every core, that moment was seen to be up to 4 ms.
"""
SETTLING = 1.0
"""Seconds in which a device fills its buffer; from then on it never holds more."""


class Position:
    """Of one device, from one start to its stop; the device's thread reports every block."""

    def __init__(self, rate: int, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._given = 0
        self._began: float | None = None
        self._alive = 0.0
        self._lost = 0
        """Frames by which the device is behind the clock."""
        self._capacity = 0

    def give(self, frames: int) -> None:
        """Note that the device asked for a block of `frames` frames, and got it."""
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
        """Note that the device answered."""
        with self._lock:
            now = self._clock()
            if not self._has_stalled(now):
                self._alive = max(self._alive, now)

    @property
    def stalled(self) -> bool:
        """It was not seen for too long, at some time."""
        with self._lock:
            return self._has_stalled(self._clock())

    def played(self) -> int:
        """Frames that it has played by now, if it is alive."""
        with self._lock:
            return self._surely_at(self._clock())

    def surely_played(self) -> int:
        """Frames that it had played when it was last seen alive."""
        with self._lock:
            return self._surely_at(self._alive)

    def _has_stalled(self, now: float) -> bool:
        return self._began is not None and now - self._alive > STALL

    def _surely_at(self, now: float) -> int:
        return max(0, min(self._at(now) - round(BEHIND * self._rate), self._given))

    def _at(self, now: float) -> int:
        return 0 if self._began is None else round((now - self._began) * self._rate) - self._lost
