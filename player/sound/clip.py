"""A clip: finished, immutable PCM that the renderer only has to add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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


def silence(frames: int, rate: int) -> Clip:
    """A silent clip of `frames` frames."""
    return Clip(np.zeros(frames, np.int16), rate)
