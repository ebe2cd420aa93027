"""An output for tests: time passes, and the device breaks, when the test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from player.errors import OutputError
from player.outputs.feed import CHANNELS, Feed
from player.outputs.protocol import Trouble, TroubleKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from player.outputs.protocol import Pull


class ManualOutput:
    """An output whose time is pumped.

    Args:
        rate: Frames per second; with a low rate, a person can read the arrays.
        ahead: Frames that the device pulls ahead of what is heard, as real ones do.
    """

    name = "manual"
    device = "a test"

    def __init__(self, rate: int = 48_000, *, ahead: int = 0) -> None:
        self.rate = rate
        self.refusal: str | None = None
        """If set, `start` raises an error with this message."""
        self.tries = 0
        """Number of attempts to start …"""
        self.starts = 0
        """… and of successful starts."""
        self._ahead = ahead
        self._running = False
        self._feed: Feed | None = None
        self._played = 0
        self._queue = _nothing()
        self._trouble: Trouble | None = None

    def start(self, pull: Pull) -> None:
        """Start; nothing is pulled before the first `pump`.

        Raises:
            OutputError: `refusal` says why.
        """
        self.tries += 1
        if self.refusal is not None:
            raise OutputError(self.refusal)
        self._feed = Feed(pull, lambda: 0.0)
        self._played = 0
        self._queue = _nothing()
        self._trouble = None
        self._running = True
        self.starts += 1

    def stop(self) -> int:
        """Stop, and return how many frames were heard."""
        heard = self.heard()
        self._running = False
        self._queue = _nothing()
        if self._feed is not None:
            self._feed.close()
        return heard

    def heard(self) -> int:
        """Pulled frames that were pumped."""
        return self._feed.heard(self._played) if self._feed is not None else 0

    def trouble(self) -> Trouble | None:
        """The trouble set by `fail`, or the exception of the pull."""
        if not self._running or self._feed is None:
            return None
        return self._feed.trouble() or self._trouble

    def close(self) -> None:
        """Stop."""
        self.stop()

    def pump(self, frames: int) -> NDArray[np.int16]:
        """Let time pass; return what the listener hears meanwhile, int16, shape (frames, 2).

        While stopped or broken, nothing is heard: shape (0, 2).
        """
        if not self._running or self._feed is None or self._trouble is not None:
            return _nothing()
        missing = frames + self._ahead - len(self._queue)
        if missing > 0:
            self._queue = np.concatenate((self._queue, self._feed.block(missing)))
        played, self._queue = self._queue[:frames], self._queue[frames:]
        self._played += frames
        return played

    def fail(self, kind: TroubleKind = TroubleKind.LOST, device: str | None = None) -> None:
        """Break the device until the next `start`."""
        self._trouble = Trouble(kind, f"the test says: {kind}", device=device)


def _nothing() -> NDArray[np.int16]:
    return np.zeros((0, CHANNELS), np.int16)
