"""A short sound played once, and waited for: a sample of a voice, a tone that proves that sound is heard.

No engine is needed for that, but the same care: an output tells of trouble only when it is asked, and one
that plays nothing must not be waited for without end.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from player.outputs.protocol import Output, Trouble

LOOK = 0.02
"""Seconds between two looks whether it has been heard."""


@dataclass(frozen=True, slots=True)
class Played:
    """How it went."""

    whole: bool
    """All of it was heard."""
    trouble: Trouble | None


def play_once(output: Output, samples: NDArray[np.int16], patience: float) -> Played:
    """Play some samples on an output that is not running, and close it.

    Args:
        output: Closed in the end, come what may.
        samples: Shape (frames, 2), at the output's rate.
        patience: Seconds after which it is given up.

    Raises:
        OutputError: The output cannot be opened.
    """
    left = [samples]

    def pull(frames: int) -> NDArray[np.int16]:
        given, left[0] = left[0][:frames], left[0][frames:]
        return given

    try:
        output.start(pull)
        ends = time.monotonic() + patience
        while (heard := output.heard()) < len(samples) and not output.trouble() and time.monotonic() < ends:
            time.sleep(LOOK)
        return Played(heard >= len(samples), output.trouble())
    finally:
        output.close()
