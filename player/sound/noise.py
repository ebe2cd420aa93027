"""The soft noise beneath a session that keeps a loudspeaker awake.

Bluetooth devices and some amplifiers fall asleep on digital silence and swallow the next half second or two,
so there is something in every frame, far below what an ear notices. It is a loop read by frame, so a frame
always has the same samples, whatever was read before and however a span is divided; a generator of random
numbers costs hundreds of times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from player.sound.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FULL = np.iinfo(np.int16).max


class Noise:
    """An endless loop.

    Args:
        loop: Shape (frames,), int16, at the engine's rate; its end joins its start.
    """

    def __init__(self, loop: NDArray[np.int16]) -> None:
        if loop.dtype != np.int16 or loop.ndim != 1 or not len(loop):
            message = f"noise is mono int16, not {loop.dtype} of shape {loop.shape}"
            raise TypeError(message)
        self.loop = loop
        self._room = FULL - int(np.abs(loop.astype(np.int32)).max())

    def read(self, start: int, frames: int) -> NDArray[np.int16]:
        """The noise from a frame on, shape (frames,); the caller may change it."""
        block = np.empty(frames, np.int16)
        done, at = 0, start % len(self.loop)
        while done < frames:
            piece = self.loop[at : at + frames - done]
            block[done : done + len(piece)] = piece
            done, at = done + len(piece), 0
        return block

    def softened(self, cues: NDArray[np.int16]) -> NDArray[np.int16]:
        """Cues with room for the noise, so that no sum wraps; all but the loudest stay as they are."""
        return np.clip(cues, -self._room, self._room)

    def beneath(self, cues: NDArray[np.int16], start: int) -> NDArray[np.int16]:
        """Cues of any length, shape (frames,), with the noise beneath them from a frame on."""
        both = self.read(start, len(cues))
        both += self.softened(cues)
        return both


def load_noise(path: Path, rate: int) -> Noise:
    """Read the loop from its file.

    Args:
        path: The file.
        rate: Frames per second.

    Raises:
        SoundError: It cannot be read.
    """
    return Noise(load(path, rate).samples)
