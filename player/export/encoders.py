"""How samples become the bytes of a file.

Each encoder writes to a file that it is given and knows nothing of names and folders. A failed write must
surface as the `OSError` that it was, so WAV is written plainly, and FLAC through a file of ours that keeps
the error, because the encoder's library loses it.
"""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from player.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import FileIO

    import numpy as np
    from numpy.typing import NDArray

    from player.timeline import Timeline

LARGEST_WAV = 2**32 - 1
"""Bytes after the first eight; its size has 32 bits."""
WAV_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
FRAME_BYTES = 2


class Encoder(Protocol):
    """Writes a whole file, from its first byte to its last."""

    def __call__(self, timeline: Timeline, blocks: Iterable[NDArray[np.int16]], stream: FileIO) -> None:
        """Encode `blocks`, which together are the whole timeline, into `stream`, which is empty.

        The same timeline and samples give the same bytes.

        Raises:
            OSError: A write failed.
            ExportError: The format cannot hold this timeline.
        """


def write_wav(timeline: Timeline, blocks: Iterable[NDArray[np.int16]], stream: FileIO) -> None:
    """Mono, int16. All sizes are known in advance, so the header is written once and never patched."""
    rate, data = timeline.rate, timeline.length * FRAME_BYTES
    size = WAV_HEADER.size - 8 + data
    if size > LARGEST_WAV:
        message = "the session is too long for a WAV file, which ends at 4 GB; write .flac instead"
        raise ExportError(message)
    mono, pcm, bits = 1, 1, 8 * FRAME_BYTES
    header = WAV_HEADER.pack(
        *(b"RIFF", size, b"WAVE", b"fmt ", 16, pcm, mono, rate, rate * FRAME_BYTES, FRAME_BYTES, bits),
        *(b"data", data),
    )
    _write_all(stream, memoryview(header))
    for block in blocks:
        _write_all(stream, block.astype("<i2", copy=False).data.cast("B"))


def write_flac(timeline: Timeline, blocks: Iterable[NDArray[np.int16]], stream: FileIO) -> None:
    """Mono, int16, lossless.

    The encoder calls back into Python to write. An exception cannot pass through it, and Ctrl-C is an
    exception, which only the main thread gets: so it runs in a thread of its own.
    """
    import soundfile  # noqa: PLC0415  (WAV does without, and its import takes as long as rendering)

    kept = _KeptErrors(stream)
    with ThreadPoolExecutor(1) as thread:
        file = thread.submit(
            soundfile.SoundFile, kept, "w", timeline.rate, channels=1, subtype="PCM_16", format="FLAC"
        ).result()
        try:
            for block in blocks:
                thread.submit(file.write, block).result()
                kept.raise_first()
        finally:
            thread.submit(file.close).result()
    kept.raise_first()


class _KeptErrors:
    """A file whose writes never fail, until it is asked."""

    def __init__(self, stream: FileIO) -> None:
        self._stream = stream
        self._error: OSError | None = None

    def raise_first(self) -> None:
        if self._error:
            raise self._error

    def write(self, data: bytes) -> int:
        if not self._error:
            try:
                _write_all(self._stream, memoryview(data))
            except OSError as error:
                self._error = error
        return len(data)

    def read(self, size: int) -> bytes:
        return self._stream.read(size) or b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()


def _write_all(stream: FileIO, data: memoryview) -> None:
    while data:
        data = data[stream.write(data) :]
