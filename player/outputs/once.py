"""Plays a short sound and waits for it: a sample of a voice, or a test tone.

This needs no engine, but the same care: an output reports trouble only when asked, and one that plays nothing
must not be waited for forever.
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
"""Seconds between two checks that the sound has been heard."""


@dataclass(frozen=True, slots=True)
class PlayOutcome:
    """The result of playing a sound."""

    whole: bool
    """Whether all of it was heard."""
    trouble: Trouble | None


def play_once(output: Output, samples: NDArray[np.int16], patience: float) -> PlayOutcome:
    """Play some samples on an output that is not running, and close it.

    Args:
        output: The output; always closed at the end.
        samples: Shape (frames, 2), at the output's rate.
        patience: Seconds after which to give up.

    Raises:
        OutputError: The output cannot be opened.
    """
    rest = [samples]

    def pull(frames: int) -> NDArray[np.int16]:
        given, rest[0] = rest[0][:frames], rest[0][frames:]
        return given

    try:
        output.start(pull)
        ends = time.monotonic() + patience
        while (heard := output.heard()) < len(samples) and not output.trouble() and time.monotonic() < ends:
            time.sleep(LOOK)
        return PlayOutcome(heard >= len(samples), output.trouble())
    finally:
        output.close()
