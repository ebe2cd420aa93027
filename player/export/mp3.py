"""MP3, which plays everywhere: constant bit rate, so every player seeks to the right place.

The encoder's library, lameenc, writes no Info frame, which tells players how many samples were added before
and after the sound. Without it, consecutive files have gaps, so it is written here: it replaces one frame of
silence, built like the encoder's first frame.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from player.export.id3 import id3
from player.export.recording import Quality
from player.files.whole import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import FileIO

    import numpy as np
    from numpy.typing import NDArray

    from player.export.recording import Recording

KILOBITS = {Quality.SPEECH: 64, Quality.MUSIC: 96}
"""Kilobits per second for each channel."""
EFFORT = {Quality.SPEECH: 7, Quality.MUSIC: 5}
"""Encoding effort, from 2 (best) to 7 (fastest)."""
FRAME = 1152
"""Samples in a frame of MP3 at this rate."""
DELAY = 576
"""Samples that the encoder adds before the sound; decoders account for their own 529."""
SIDE_INFORMATION = {1: 17, 2: 32}
"""Bytes between a frame's header and its data, by channels."""
HEADER = 4
HAS_FRAMES, HAS_BYTES, HAS_PLACES, HAS_QUALITY = 1, 2, 4, 8
ENCODER = b"LAME3.100"
BEFORE_DELAY = 12
"""Bytes between the encoder's name and the delay."""
BEFORE_SIZE, MUSIC_CHECKSUM = 4, 2
"""Bytes between the padding and the size of the music; and of the music's own checksum, which may be zero."""


def write_mp3(recording: Recording, blocks: Iterable[NDArray[np.int16]], stream: FileIO) -> None:
    """Write the tag, the frame with the length, and the sound."""
    import lameenc  # noqa: PLC0415  only this format needs it

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(recording.channels)
    encoder.set_in_sample_rate(recording.rate)
    encoder.set_bit_rate(KILOBITS[recording.quality] * recording.channels)
    encoder.set_quality(EFFORT[recording.quality])
    write_all(stream, id3(recording, recording.cover()))
    if not recording.length:
        return
    place = stream.tell()
    write_all(stream, bytes(_frame_bytes(recording)))
    for block in blocks:
        write_all(stream, encoder.encode(block.tobytes()))
    write_all(stream, encoder.flush())
    size = stream.tell() - place
    stream.seek(place + _frame_bytes(recording))
    header = stream.read(HEADER)
    stream.seek(place)
    write_all(stream, _length_frame(recording, header or b"", size))


def _frame_bytes(recording: Recording) -> int:
    bits = KILOBITS[recording.quality] * recording.channels * 1000
    return FRAME // 8 * bits // recording.rate


def _length_frame(recording: Recording, header: bytes, size: int) -> bytes:
    """A silent frame with the data that players look for: frames, bytes, seek table, delay and padding."""
    frame = bytearray(_frame_bytes(recording))
    frames = size // len(frame) - 1
    padding = frames * FRAME - DELAY - recording.length
    fields = struct.pack(">4s3I", b"Info", HAS_FRAMES | HAS_BYTES | HAS_PLACES | HAS_QUALITY, frames, size)
    fields += bytes(256 * part // 100 for part in range(100)) + bytes(4)
    fields += ENCODER + bytes(BEFORE_DELAY) + (DELAY << 12 | padding).to_bytes(3, "big")
    fields += bytes(BEFORE_SIZE) + size.to_bytes(4, "big") + bytes(MUSIC_CHECKSUM)
    start = HEADER + SIDE_INFORMATION[recording.channels]
    end = start + len(fields)
    frame[:HEADER] = header
    frame[start:end] = fields
    frame[end : end + 2] = _checksum(frame[:end]).to_bytes(2, "big")
    return bytes(frame)


def _checksum(data: bytes | bytearray) -> int:
    """The CRC-16 of LAME's tag: the polynomial 0x8005, with the lowest bit first."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return value
