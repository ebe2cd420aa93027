"""The port of encoders, each of which writes a whole file into a given stream.

Encoders know nothing of names and folders. A failed write must surface as the original `OSError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import FileIO

    import numpy as np
    from numpy.typing import NDArray

    from player.export.recording import Recording


class Encoder(Protocol):
    """Writes a whole file, from its first byte to its last."""

    def __call__(self, recording: Recording, blocks: Iterable[NDArray[np.int16]], stream: FileIO) -> None:
        """Encode `blocks`, which together are the whole recording, into `stream`, which is empty.

        A block has the shape (frames,) if the recording has one channel, otherwise (frames, channels). The
        same recording and samples give the same bytes.

        Raises:
            OSError: A write failed.
            ExportError: The format cannot hold this recording.
        """
