"""Loads sound files as clips, so the renderer never deals with formats, rates or channels.

A file's header is a claim, not a fact: it is checked before memory is allocated, and samples are read block
by block, so a few bytes cannot claim gigabytes. Pipes and devices are never opened: they could block or go on
forever. libsndfile silently shortens WAV and Ogg files that end too early, and prints warnings about MP3s, so
the file's own claims are compared first.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from player.errors import SoundError
from player.sound.clip import Clip
from player.sound.level import soften
from player.sound.resample import resample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import soundfile
    from numpy.typing import NDArray

SECONDS_AT_MOST = 600
"""A sound in a session is a bell or a word; ten minutes of stereo float at 48 kHz are 230 MB."""
FRAMES_AT_MOST = SECONDS_AT_MOST * 48_000
"""Limit in frames; at a higher rate, the limit in seconds is lower."""
BYTES_AT_MOST = 500_000_000
"""Ten minutes of uncompressed stereo, with 32 bits and at twice the rate."""
CHANNELS_AT_MOST = 8
RATES = range(4_000, 384_001)
BLOCK = 65_536
HEAD = 65_536
"""Bytes at a file's start and end to check before decoding."""
OGG_GOES_ON = b"\x03"
"""The last page of an Ogg file has greater flags than this."""
XING_FRAMES_AND_BYTES = 3
"""Flags of an MP3 that states its number of frames and bytes …"""
XING_WITHIN = 64
"""… within these bytes of its first frame."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
UNKNOWN_SIZE = (0, 0xFFFFFFFF)
"""Sizes that programs write when they write to a pipe."""


def load(path: Path, rate: int) -> Clip:
    """Read a sound file as a finished clip.

    Args:
        path: WAV, FLAC or anything else that libsndfile reads; mixed down to mono.
        rate: Frames per second of the clip; a file at another rate is resampled.

    Returns:
        The clip, turned down to the level of earcons if it is louder: a sound may come with a stranger's
        script, and must not startle a listener with closed eyes. A soft mono 16-bit file at `rate` stays the
        same, bit for bit.

    Raises:
        SoundError: It cannot be read, is empty, cut short, not audio, or absurdly long, fast or wide.
    """
    with open_sound(path) as file:
        samples, native = decode(file, str(path))
    return Clip(to_int16(soften(resample(samples, native, rate))), rate)


@contextmanager
def open_sound(path: Path) -> Iterator[BinaryIO]:
    """Open a sound file for reading; an `OSError` in the block becomes a `SoundError`.

    Raises:
        SoundError: It cannot be read, is not a regular file, or is far too large.
    """
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):  # `open` reports a folder
            message = f"{path}: not a regular file"
            raise SoundError(message)
        if status.st_size > BYTES_AT_MOST:
            message = f"{path}: larger than {BYTES_AT_MOST // 1_000_000} MB"
            raise SoundError(message)
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            yield file
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise SoundError(message) from error


def decode(file: BinaryIO, name: str, channels: int = 1) -> tuple[NDArray[np.float32], int]:
    """Decode a whole sound file.

    Args:
        file: Open for reading, at its start.
        name: Its name in errors.
        channels: 1: mix down to mono. 2: keep stereo; anything else becomes the same on both sides.

    Returns:
        Samples in -1..1, shape (frames,) or (frames, 2), and their frames per second.

    Raises:
        SoundError: As in `load`.
    """
    _check_size(file, name)
    import soundfile  # noqa: PLC0415 - a cached session may need no decoding

    try:
        with soundfile.SoundFile(file) as sound:
            _check_claims(sound, name)
            samples, native = _read(sound, channels), sound.samplerate
            claimed = sound.frames
    except (soundfile.SoundFileError, RuntimeError, TypeError, ValueError) as error:
        message = f"{name}: not a readable sound file"
        raise SoundError(message) from error
    if len(samples) < claimed:
        message = f"{name}: ends after {len(samples)} of {claimed} frames"
        raise SoundError(message)
    if not np.isfinite(samples).all():
        message = f"{name}: contains samples that are not numbers"
        raise SoundError(message)
    return samples, native


def to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Round samples in -1..1 to 16 bits; louder ones are clipped."""
    scaled = np.rint(samples * np.float32(32_768))
    limited: NDArray[np.float32] = np.clip(scaled, -32_768, 32_767)
    return limited.astype(np.int16)


def _check_size(file: BinaryIO, name: str) -> None:
    head = file.read(HEAD)
    size = file.seek(0, 2)
    file.seek(max(0, size - HEAD))
    tail = file.read(HEAD)
    if size == 0:
        message = f"{name}: the file is empty"
        raise SoundError(message)
    promised = _promised_size(head, file)
    file.seek(0)
    if promised > size + 1:
        message = f"{name}: cut short: contains {size} of {promised} bytes"
        raise SoundError(message)
    last_page = tail.rfind(b"OggS")
    if head[:4] == b"OggS" and not tail[last_page + 5 : last_page + 6] > OGG_GOES_ON:
        message = f"{name}: cut short: its end is missing"
        raise SoundError(message)


def _promised_size(head: bytes, file: BinaryIO) -> int:
    """The size that a file claims; 0 if it claims none."""
    if head[:4] == b"RIFF":
        promised = int.from_bytes(head[4:8], "little")
        return 0 if promised in UNKNOWN_SIZE else promised + 8
    tag = 0
    if head[:3] == b"ID3":
        tag = 10 + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=False))
    file.seek(tag)
    first = file.read(XING_WITHIN)
    place = max(first.find(b"Xing"), first.find(b"Info"))
    flags = int.from_bytes(first[place + 4 : place + 8], "big")
    if first[:1] == b"\xff" and place > 0 and flags & XING_FRAMES_AND_BYTES == XING_FRAMES_AND_BYTES:
        return tag + int.from_bytes(first[place + 12 : place + 16], "big")
    return 0


def _check_claims(sound: soundfile.SoundFile, name: str) -> None:
    wrong = ""
    if sound.samplerate not in RATES:
        wrong = f"claims {sound.samplerate} frames a second"
    elif sound.channels > CHANNELS_AT_MOST:
        wrong = f"claims {sound.channels} channels"
    elif sound.frames == 0:
        wrong = "contains no sound"
    elif sound.frames > SECONDS_AT_MOST * sound.samplerate:
        wrong = f"claims to be longer than {SECONDS_AT_MOST // 60} minutes"
    elif sound.frames > FRAMES_AT_MOST:
        wrong = f"claims {sound.frames} frames; the limit is {FRAMES_AT_MOST}"
    if wrong:
        message = f"{name}: {wrong}"
        raise SoundError(message)


def _read(sound: soundfile.SoundFile, channels: int) -> NDArray[np.float32]:
    blocks = []
    while len(block := sound.read(BLOCK, dtype="float32", always_2d=True)):
        if block.shape[1] != channels:
            block = np.repeat(block.mean(axis=1, dtype=np.float32, keepdims=True), channels, axis=1)
        blocks.append(block)
    whole = np.concatenate(blocks) if blocks else np.zeros((0, channels), np.float32)
    return whole[:, 0] if channels == 1 else whole
