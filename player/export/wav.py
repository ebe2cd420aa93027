"""WAV: plain samples, followed by cue points for the chapters and the same tag as in an MP3.

All sizes are known in advance, so the header is written once and never patched. Everything except sound comes
at the end: programs that only know samples stop reading there.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from player.errors import ExportError
from player.export.id3 import id3
from player.export.recording import NAME
from player.files.whole import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import FileIO

    import numpy as np
    from numpy.typing import NDArray

    from player.export.recording import Recording

LARGEST = 2**32 - 1
"""Largest size after the first eight bytes; the field has 32 bits."""
HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
SAMPLE_BYTES = 2
PCM = 1
REGION = b"rgn "


def write_wav(recording: Recording, blocks: Iterable[NDArray[np.int16]], stream: FileIO) -> None:
    """Write 16-bit samples, and cue points for the chapters."""
    rate, frame = recording.rate, recording.channels * SAMPLE_BYTES
    data = recording.length * frame
    behind = _cue_points(recording) + _names(recording) + _chunk(b"id3 ", id3(recording, chapters=False))
    size = HEADER.size - 8 + data + len(behind)
    if size > LARGEST:
        message = "the session is too long for a WAV file, whose limit is 4 GB; write .flac instead"
        raise ExportError(message)
    header = HEADER.pack(
        *(b"RIFF", size, b"WAVE", b"fmt ", 16, PCM, recording.channels, rate),
        *(rate * frame, frame, 8 * SAMPLE_BYTES, b"data", data),
    )
    write_all(stream, header)
    for block in blocks:
        write_all(stream, block.astype("<i2", copy=False).data.cast("B"))
    write_all(stream, behind)


def _cue_points(recording: Recording) -> bytes:
    """A point for each chapter, then their names, then their lengths: readers need that order."""
    chapters = recording.chapters
    if not chapters:
        return b""
    points = b"".join(
        struct.pack("<II4sIII", number, chapter.start, b"data", 0, 0, chapter.start)
        for number, chapter in enumerate(chapters, 1)
    )
    names = b"".join(
        _chunk(b"labl", struct.pack("<I", number) + _text(chapter.title))
        for number, chapter in enumerate(chapters, 1)
    )
    lengths = b"".join(
        _chunk(b"ltxt", struct.pack("<II4sHHHH", number, chapter.end - chapter.start, REGION, 0, 0, 0, 0))
        for number, chapter in enumerate(chapters, 1)
    )
    return _chunk(b"cue ", struct.pack("<I", len(chapters)) + points) + _chunk(
        b"LIST", b"adtl" + names + lengths
    )


def _names(recording: Recording) -> bytes:
    fields = ((b"INAM", recording.title), (b"IART", NAME), (b"IPRD", recording.album))
    return _chunk(b"LIST", b"INFO" + b"".join(_chunk(name, _text(text)) for name, text in fields))


def _text(text: str) -> bytes:
    return text.encode("utf-8", "replace") + b"\x00"


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)
