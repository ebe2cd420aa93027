"""Gives a device its blocks, and keeps count of which frames were ours.

A device wants whole blocks, at once, for ever; a pull may have nothing yet, may be late, may raise. And a
device counts all frames it was given, while the engine wants to know how many of *its own* were heard.
Every output needs the same answers to this, so they are here, once.
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
"""Blocks that are remembered: more than any device holds."""

PATIENCE = 0.2
"""Seconds that `close` waits for a pull that is under way."""


@dataclass(frozen=True, slots=True)
class _Block:
    given_before: int
    pulled_before: int
    pulled: int


class Feed:
    """Gives a device its blocks. One for each start of an output.

    Args:
        pull: Where the samples come from.
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
        """Frames that the device got, silence included."""
        self.pulled = 0
        """Frames that came from the pull."""
        self.last = clock()
        """When the device last got a block."""
        self.failure: BaseException | None = None
        """What the pull raised; from then on there is silence."""

    def block(self, frames: int) -> NDArray[np.int16]:
        """The next `frames` frames, shape (frames, 2), filled up with silence; never raises."""
        samples = self.available(frames)
        if len(samples) < frames:
            silence = np.zeros((frames - len(samples), CHANNELS), np.int16)
            samples = np.concatenate((samples, silence)) if len(samples) else silence
            with self._counting:
                self.given += len(silence)
        return samples

    def available(self, frames: int) -> NDArray[np.int16]:
        """What the pull has of the next `frames` frames, shape (k, 2); never raises."""
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
        """`FAILED`, with what the pull raised; None: it raised nothing."""
        if self.failure is None:
            return None
        what = "".join(traceback.format_exception_only(self.failure)).strip()
        return Trouble(TroubleKind.FAILED, f"the sound could not be made: {what}", cause=self.failure)

    def close(self) -> None:
        """Never call the pull again, even if the device still asks; waits a little for one under way."""
        self._closed = True
        if self._pulling.acquire(timeout=PATIENCE):
            self._pulling.release()

    def _ask(self, frames: int) -> NDArray[np.int16]:
        if not self._closed and self.failure is None:
            try:
                return _check(self._pull(frames), frames)
            except BaseException as failure:  # noqa: BLE001  kept for `trouble`: here it would vanish
                self.failure = failure
        return np.zeros((0, CHANNELS), np.int16)


def _check(samples: NDArray[np.int16], frames: int) -> NDArray[np.int16]:
    if samples.dtype != np.int16 or samples.shape[1:] != (CHANNELS,):
        message = f"a pull gives int16 of shape (k, 2), not {samples.dtype} of shape {samples.shape}"
        raise TypeError(message)
    if len(samples) > frames:
        message = f"a pull of {frames} frames gave {len(samples)}"
        raise ValueError(message)
    return samples
