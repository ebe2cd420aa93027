"""A clip: finished, immutable PCM that the renderer only has to add up.

A session of three hours has more speech than belongs into memory, so most clips are `StoredClip`s: they know
their length, and read their samples when they are needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Mono PCM at the engine's rate.

    Attributes:
        samples: int16, shape (frames,); made read-only.
        rate: Frames per second.
    """

    samples: NDArray[np.int16]
    rate: int

    def __post_init__(self) -> None:
        if self.samples.dtype != np.int16 or self.samples.ndim != 1:
            message = f"a clip is mono int16, not {self.samples.dtype} of shape {self.samples.shape}"
            raise TypeError(message)
        self.samples.setflags(write=False)

    def __len__(self) -> int:
        """The length in frames."""
        return len(self.samples)

    @property
    def checksum(self) -> int:
        """The CRC-32 of the samples, little-endian."""
        return crc32(np.ascontiguousarray(self.samples, "<i2").data)

    def in_memory(self) -> Clip:
        """The clip itself."""
        return self


@dataclass(frozen=True, slots=True, eq=False)
class StoredClip:
    """A clip whose samples lie elsewhere.

    Attributes:
        length: In frames.
        rate: Frames per second.
        checksum: The CRC-32 of the samples, little-endian.
        fetch: Returns all samples; raises `SpeechError` if they are no longer what they were.
    """

    length: int
    rate: int
    checksum: int
    fetch: Callable[[], Clip]

    @property
    def samples(self) -> NDArray[np.int16]:
        """The samples, read now."""
        return self.fetch().samples

    def __len__(self) -> int:
        """The length in frames."""
        return self.length

    def in_memory(self) -> Clip:
        """A clip that needs no disk."""
        return self.fetch()


AnyClip: TypeAlias = Clip | StoredClip


def silence(frames: int, rate: int) -> Clip:
    """A silent clip of `frames` frames."""
    return Clip(np.zeros(frames, np.int16), rate)
