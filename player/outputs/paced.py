"""Outputs without a sound card: a thread pulls at the pace of a monotonic clock.

A playing device has its own crystal; a stream, or a machine without a card, does not. So time is counted from
the start, never block by block, and nothing drifts. If the program was halted, or no one took the samples,
for longer than `LATE`, the missed time is skipped: no one heard it.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from player.outputs.feed import Feed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from player.outputs.protocol import Clock, Pull, Trouble

BLOCKS = 20
"""Blocks pulled each second."""

LATE = 1.0
"""Seconds of delay after which the clock is reset."""

PATIENCE = 0.2
"""Seconds that a stop waits for the thread, which may be in a pull or a write."""


class PacedOutput:
    """Pulls in real time; a subclass decides what happens to the blocks.

    Args:
        rate: Frames per second.
        clock: Seconds that never run backwards.
        lead: Seconds to pull ahead of what is heard.
    """

    name = "paced"
    device = "no sound card"

    def __init__(self, rate: int = 48_000, *, clock: Clock = time.monotonic, lead: float = 0.0) -> None:
        self.rate = rate
        self._clock = clock
        self._lead = round(lead * rate)
        self._block = max(1, rate // BLOCKS)
        self._began = 0.0
        self._heard = 0
        self._feed: Feed | None = None
        self._trouble: Trouble | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, pull: Pull) -> None:
        """Start pulling on a separate thread."""
        self.stop()
        self._heard = 0
        self._trouble = None
        self._began = self._clock()
        self._feed = Feed(pull, self._clock)
        self._stopping = threading.Event()
        self._thread = threading.Thread(
            target=self._play, args=(self._feed, self._stopping), name=f"cuemat {self.name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> int:
        """End the thread, and return the total of frames heard."""
        if self._thread is not None and self._feed is not None:
            self._stopping.set()
            self._feed.close()
            self._thread.join(PATIENCE)
            self._heard = max(self._heard, self._feed.heard(self._cut()))
            self._thread = None
        return self._heard

    def heard(self) -> int:
        """Pulled frames that are due by the clock."""
        if self._thread is not None and self._feed is not None:
            self._heard = max(self._heard, self._feed.heard(self._played()))
        return self._heard

    def trouble(self) -> Trouble | None:
        """The exception of the pull, or why no more blocks can be taken."""
        if self._thread is None or self._feed is None:
            return None
        return self._feed.trouble() or self._trouble

    def close(self) -> None:
        """Stop; a subclass also closes its target."""
        self.stop()

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> Trouble | None:
        """Use a block, shape (frames, 2), in time for the next one. Returns early once `stopping` is set.

        Returns:
            Why no more blocks can be taken; None if the next one may come.
        """
        raise NotImplementedError

    def _played(self) -> int:
        """Frames heard so far, of those it was given."""
        return self._due()

    def _cut(self) -> int:
        """Frames heard in total, after a stop."""
        return self._played()

    def _due(self) -> int:
        return int((self._clock() - self._began) * self.rate)

    def _play(self, feed: Feed, stopping: threading.Event) -> None:
        while not stopping.is_set() and self._trouble is None:
            behind = self._due() + self._lead - feed.given
            if behind > LATE * self.rate:
                self._began += (behind - self._lead) / self.rate
            elif behind < 0:
                stopping.wait(-behind / self.rate)
            else:
                trouble = self.take(feed.block(self._block), stopping)
                if not stopping.is_set():
                    self._trouble = trouble


class SilentOutput(PacedOutput):
    """Plays nothing, in real time, for machines without a sound card."""

    name = "silent"

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> None:
        """Drop the block."""
