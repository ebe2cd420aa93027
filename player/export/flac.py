"""FLAC: lossless, half the size of WAV, with chapters, words and a cover.

The encoder's library, soundfile, can write neither chapters nor a cover, and mutagen, which can, is under the
GPL, so those blocks are made by hand. The encoder writes into a stream that starts later in the file; then
its header is written again at the front, together with our blocks. The library also loses errors, so the
stream keeps the first one.
"""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from player.export.comments import comments, picture
from player.files.whole import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import FileIO

    import numpy as np
    from numpy.typing import NDArray

    from player.export.recording import Recording

MAGIC = b"fLaC"
PADDING, COMMENTS, PICTURE = 1, 4, 6
LAST = 0x80
"""Flag in the type of the last block before the sound."""
BLOCK_HEADER = 4
STREAM_INFO_BYTES = 34
COLLECTED = 1 << 18
"""Bytes to write at once."""
EFFORT = 0.5
"""Compression from 0 to 1; more takes longer and saves less than 1 % of the size."""
BEFORE_BLOCKS = len(MAGIC) + BLOCK_HEADER + STREAM_INFO_BYTES


def write_flac(recording: Recording, blocks: Iterable[NDArray[np.int16]], stream: FileIO) -> None:
    """Write FLAC with 16 bits.

    The encoder calls back into Python to write. Exceptions cannot pass through it, and Ctrl-C is an exception
    that only the main thread gets, so it runs in its own thread.
    """
    import soundfile  # noqa: PLC0415  (WAV does not need it, and its import takes as long as rendering)

    tags = _block(COMMENTS, _comment_block(recording)) + _block(PICTURE, picture(recording.cover()))
    shifted = _Shifted(stream, len(tags) + BLOCK_HEADER)
    with ThreadPoolExecutor(1) as thread:
        form = {"format": "FLAC", "subtype": "PCM_16", "compression_level": EFFORT}
        file = thread.submit(
            soundfile.SoundFile, shifted, "w", recording.rate, recording.channels, **form
        ).result()
        try:
            pending = thread.submit(lambda: None)
            for block in blocks:  # renders this block while the previous one is encoded
                pending.result()
                shifted.raise_first()
                pending = thread.submit(file.write, block)
            pending.result()
        finally:
            thread.submit(file.close).result()
    shifted.close()
    _put_in(tags, shifted.shift, stream)


def _put_in(tags: bytes, shift: int, stream: FileIO) -> None:
    """Write the encoder's header again, with our blocks and padding up to the start of the sound."""
    stream.seek(shift)
    start = stream.read(BEFORE_BLOCKS) or b""
    sound = shift + BEFORE_BLOCKS
    while True:
        stream.seek(sound)
        kind, *size = stream.read(BLOCK_HEADER) or b"\xff"
        sound += BLOCK_HEADER + int.from_bytes(size, "big")
        if kind & LAST:
            break
    padding = sound - len(start) - len(tags) - BLOCK_HEADER
    stream.seek(0)
    write_all(stream, start + tags + _block(PADDING | LAST, bytes(padding)))


def _comment_block(recording: Recording) -> bytes:
    """Vorbis comments, little-endian unlike everything else in a FLAC file."""
    entries = [f"{name}={value}".encode("utf-8", "replace") for name, value in comments(recording)]
    vendor = b"Cuemat"
    head = struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(entries))
    return head + b"".join(struct.pack("<I", len(entry)) + entry for entry in entries)


def _block(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


class _Shifted:
    """A stream that starts later in a file, and keeps write errors until it is asked for them.

    The encoder writes a few hundred bytes at a time, which the stream collects.
    """

    def __init__(self, stream: FileIO, shift: int) -> None:
        self._stream = stream
        self.shift = shift
        self._collected = bytearray()
        self._error: OSError | None = None
        stream.seek(shift)

    def raise_first(self) -> None:
        if self._error:
            raise self._error

    def write(self, data: bytes) -> int:
        self._collected += data
        if len(self._collected) > COLLECTED:
            self._flush()
        return len(data)

    def read(self, size: int) -> bytes:
        self._flush()
        return self._stream.read(size) or b""

    def seek(self, offset: int, whence: int = 0) -> int:
        self._flush()
        return self._stream.seek(offset + self.shift if whence == 0 else offset, whence) - self.shift

    def tell(self) -> int:
        return self._stream.tell() - self.shift + len(self._collected)

    def close(self) -> None:
        self._flush()
        self.raise_first()

    def _flush(self) -> None:
        if not self._error:
            try:
                write_all(self._stream, self._collected)
            except OSError as error:
                self._error = error
        self._collected = bytearray()
