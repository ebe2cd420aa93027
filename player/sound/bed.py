"""A bed: music in an endless loop, at a suitable level, playable from any frame.

An author's file may be loud, short, mono or at another rate. All that is corrected once, when the file is
first used, and cached; playing is then a copy and a gain. The end fades into the beginning, so any music can
loop.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO, Protocol

import numpy as np

from player.errors import SoundError
from player.sound.load import decode, open_sound, to_int16
from player.sound.loudness import Meter
from player.sound.resample import resample

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LOUDNESS = -26.0
"""LUFS of a bed without speech over it; speech on two channels has -16."""
CEILING = 10 ** (-9 / 20)
"""True peak; ducked, it stays below -22 dBTP, which leaves headroom for the loudest word."""
SEAM = 2.0
"""Seconds over which the end fades into the beginning."""
SHORTEST = 1.0
"""Seconds; a shorter sound is not music."""
PROCESSING = "bed 1"
"""Part of the key: raise it when a change here changes the sound of beds."""
ON_DISK = np.dtype("<i2")
BLOCK = 65_536


class Store(Protocol):
    """A mapping from keys to bytes that may forget; `ClipCache` is one."""

    def get(self, key: str) -> bytes | None:
        """The content of a key; None if there is none."""

    def put(self, key: str, content: bytes) -> bool:
        """Keep `content` under a key, if possible, and say whether it was."""


class Bed:
    """A stateless loop: a frame always has the same samples, whatever was read before.

    Args:
        loop: Shape (frames, 2), int16, at the engine's rate; its end joins its start.
        level: The change of level in dB.
    """

    def __init__(self, loop: NDArray[np.int16], level: float = 0.0) -> None:
        if loop.dtype != np.int16 or loop.shape[1:] != (2,) or not len(loop):
            message = f"a bed is stereo int16, not {loop.dtype} of shape {loop.shape}"
            raise TypeError(message)
        self.loop = loop
        self.level = level
        self._gain = np.float32(10 ** (level / 20))

    def read(self, start: int, gains: NDArray[np.float32]) -> NDArray[np.int16]:
        """The bed from a frame on.

        Args:
            start: The first frame; the loop is endless in both directions.
            gains: From 0 to 1, one for each frame to read.

        Returns:
            Shape (len(gains), 2).
        """
        sound = self._loop_from(start, len(gains)) * (gains * self._gain)[:, np.newaxis]
        softer: NDArray[np.int16] = np.rint(sound, out=sound).astype(np.int16)
        return softer

    def _loop_from(self, start: int, frames: int) -> NDArray[np.int16]:
        first = start % len(self.loop)
        if first + frames <= len(self.loop):
            return self.loop[first : first + frames]
        return self.loop.take(range(first, first + frames), axis=0, mode="wrap")


def load_bed(path: Path, rate: int, kept: Store, level: float = 0.0) -> Bed:
    """Read any sound file as a bed.

    Args:
        path: WAV, FLAC, MP3, OGG or anything else that libsndfile reads.
        rate: Frames per second of the bed.
        kept: The cache of finished beds.
        level: The change from the usual level, in dB.

    Raises:
        SoundError: It cannot be read, is empty, cut short, not audio, silent, or absurdly long, fast or wide.
    """
    with open_sound(path) as file:
        key = _key(file, rate)
        stored = kept.get(key)
        if stored is not None and len(stored) and len(stored) % (2 * ON_DISK.itemsize) == 0:
            return Bed(np.frombuffer(stored, ON_DISK).astype(np.int16, copy=False).reshape(-1, 2), level)
        file.seek(0)
        samples, native = decode(file, str(path), channels=2)
        file.seek(0)
        if _key(file, rate) != key:
            message = f"{path}: changed while it was read; try again"
            raise SoundError(message)
    if len(samples) < SHORTEST * native:
        message = f"{path}: too short for music"
        raise SoundError(message)
    loop = to_int16(_seamless(resample(samples, native, rate), rate))
    loop = _level(loop, rate, str(path))
    kept.put(key, loop.astype(ON_DISK, copy=False).tobytes())
    return Bed(loop, level)


def _key(file: BinaryIO, rate: int) -> str:
    """The key of a file's content, which is read to its end."""
    digest = blake2b(f"{PROCESSING} {rate} ".encode(), digest_size=20)
    while content := file.read(1 << 20):
        digest.update(content)
    return digest.hexdigest()


def _seamless(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Cut off the end and cross-fade it with the beginning."""
    length = min(round(SEAM * rate), len(samples) // 4)
    turn = (np.arange(length, dtype=np.float32) + np.float32(0.5)) / length * np.float32(np.pi / 2)
    looped = samples[:-length].copy()
    looped[:length] *= np.sin(turn)[:, np.newaxis]
    looped[:length] += samples[-length:] * np.cos(turn)[:, np.newaxis]
    return looped


def _level(loop: NDArray[np.int16], rate: int, name: str) -> NDArray[np.int16]:
    """Bring a loop to the loudness of all beds; softer if its peaks would exceed `CEILING`."""
    meter = Meter(rate, 2)
    for start in range(0, len(loop), BLOCK):
        meter.add(loop[start : start + BLOCK])
    if not np.isfinite(meter.loudness):
        message = f"{name}: contains only silence"
        raise SoundError(message)
    gain = min(LOUDNESS - meter.loudness, 20 * np.log10(CEILING) - meter.true_peak)
    return to_int16(loop * np.float32(10 ** (gain / 20) / 32_768))
