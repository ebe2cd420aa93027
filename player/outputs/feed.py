"""Gives a device its blocks, and keeps count of which frames were ours.

A device needs whole blocks at once, forever, but a pull may have nothing yet, be late, or raise. And a device
counts all frames it gets, while the engine wants to know how many of *its own* were heard. Every output needs
the same solution, so it is here once.
"""

from __future__ import annotations

import threading
import traceback
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from player.outputs.protocol import Trouble, TroubleKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from player.outputs.protocol import Clock, Pull

CHANNELS = 2

MEMORY = 1024
"""Blocks to remember: more than any device buffers."""

PATIENCE = 0.2
"""Seconds that `close` waits for a running pull."""


@dataclass(frozen=True, slots=True)
class _Block:
    given_before: int
    pulled_before: int
    pulled: int


class Feed:
    """Gives a device its blocks; each start of an output has its own feed.

    Args:
        pull: Provides the samples.
        clock: Seconds that never run backwards.
    """

    def __init__(self, pull: Pull, clock: Clock) -> None:
        self._pull = pull
        self._clock = clock
        self._pulling = threading.Lock()
        self._counting = threading.Lock()
        self._blocks: deque[_Block] = deque(maxlen=MEMORY)
        self._closed = False
        self.given = 0
        """Frames that the device got, including silence."""
        self.pulled = 0
        """Frames that came from the pull."""
        self.last = clock()
        """When the device last got a block."""
        self.failure: BaseException | None = None
        """The exception of the pull; after it there is only silence."""

    def block(self, frames: int) -> NDArray[np.int16]:
        """The next `frames` frames, shape (frames, 2), padded with silence; never raises."""
        samples = self.available(frames)
        if len(samples) < frames:
            silence = np.zeros((frames - len(samples), CHANNELS), np.int16)
            samples = np.concatenate((samples, silence)) if len(samples) else silence
            with self._counting:
                self.given += len(silence)
        return samples

    def available(self, frames: int) -> NDArray[np.int16]:
        """Up to `frames` frames that the pull has now, shape (k, 2); never raises."""
        with self._pulling:
            samples = self._ask(frames)
        with self._counting:
            self._blocks.append(_Block(self.given, self.pulled, len(samples)))
            self.given += len(samples)
            self.pulled += len(samples)
            self.last = self._clock()
        return samples

    def heard(self, played: int) -> int:
        """How many pulled frames are among the first `played` that the device got."""
        with self._counting:
            for block in reversed(self._blocks):
                if block.given_before <= played:
                    return block.pulled_before + min(played - block.given_before, block.pulled)
            return self._blocks[0].pulled_before if self._blocks else 0

    def trouble(self) -> Trouble | None:
        """`FAILED` with the exception of the pull; None if it raised nothing."""
        if self.failure is None:
            return None
        what = "".join(traceback.format_exception_only(self.failure)).strip()
        return Trouble(TroubleKind.FAILED, f"the sound could not be rendered: {what}", cause=self.failure)

    def close(self) -> None:
        """Stop calling the pull, even if the device still asks; waits a little for a running one."""
        self._closed = True
        if self._pulling.acquire(timeout=PATIENCE):
            self._pulling.release()

    def _ask(self, frames: int) -> NDArray[np.int16]:
        if not self._closed and self.failure is None:
            try:
                return _check(self._pull(frames), frames)
            except BaseException as failure:  # noqa: BLE001  kept for `trouble`; here it would be lost
                self.failure = failure
        return np.zeros((0, CHANNELS), np.int16)


def _check(samples: NDArray[np.int16], frames: int) -> NDArray[np.int16]:
    if samples.dtype != np.int16 or samples.shape[1:] != (CHANNELS,):
        message = f"a pull must return int16 of shape (k, 2), not {samples.dtype} of shape {samples.shape}"
        raise TypeError(message)
    if len(samples) > frames:
        message = f"a pull of {frames} frames returned {len(samples)}"
        raise ValueError(message)
    return samples
