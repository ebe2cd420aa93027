"""Outputs without a sound card: a thread pulls as a monotonic clock goes on.

A device that plays has a crystal of its own; a stream, or a machine without a card, has not. So time is
counted from the start, never block by block, and nothing drifts. If the program was halted, or nobody took
the samples, for longer than `LATE`, the missed time is not made up for: nobody heard it.
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
"""Pulled each second."""

LATE = 1.0
"""Seconds behind the clock from which on the clock is set back."""

PATIENCE = 0.2
"""Seconds that a stop waits for the thread, which may be inside a pull or a write."""


class PacedOutput:
    """Pulls in real time; a subclass says what becomes of the blocks.

    Args:
        rate: Frames per second.
        clock: Seconds that never run backwards.
        lead: Seconds that are pulled ahead of what is heard.
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
        """Begin to pull on a thread of its own."""
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
        """End the thread; frames heard, in all."""
        if self._thread is not None and self._feed is not None:
            self._stopping.set()
            self._feed.close()
            self._thread.join(PATIENCE)
            self._heard = max(self._heard, self._feed.heard(self._cut()))
            self._thread = None
        return self._heard

    def heard(self) -> int:
        """Pulled frames whose time has come by the clock."""
        if self._thread is not None and self._feed is not None:
            self._heard = max(self._heard, self._feed.heard(self._played()))
        return self._heard

    def trouble(self) -> Trouble | None:
        """What the pull raised, or why no block can be taken any more."""
        if self._thread is None or self._feed is None:
            return None
        return self._feed.trouble() or self._trouble

    def close(self) -> None:
        """Stop; a subclass also closes what it writes to."""
        self.stop()

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> Trouble | None:
        """Do something with a block, shape (frames, 2), soon enough for the next one.

        Returns:
            Why no further block can be taken; None: the next one may come. It returns early once `stopping`
            is set.
        """
        raise NotImplementedError

    def _played(self) -> int:
        """Frames that were heard by now, of those that it was given."""
        return self._due()

    def _cut(self) -> int:
        """Frames that were heard in the end, once it was stopped."""
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
    """For a machine without a sound card: a session runs in real time, unheard."""

    name = "silent"

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> None:
        """Nobody hears it."""
