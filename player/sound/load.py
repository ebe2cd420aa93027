"""Sound files become clips here, once, so that the renderer never meets a format, a rate or a channel.

A file's header is a claim, not a fact: what it says is checked before memory is set aside, and the samples
are read block by block, so that a few bytes cannot ask for gigabytes. libsndfile quietly shortens a WAV file
that ends too early; what its RIFF header promised is therefore compared with the file's size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from player.errors import SoundError
from player.sound.clip import Clip
from player.sound.level import soften
from player.sound.resample import resample

if TYPE_CHECKING:
    from pathlib import Path

    import soundfile
    from numpy.typing import NDArray

SECONDS_AT_MOST = 600
"""A sound in a session is a bell or a word; ten minutes of stereo float at 48 kHz are 230 MB."""
CHANNELS_AT_MOST = 8
RATES = range(4_000, 384_001)
BLOCK = 65_536
UNKNOWN_SIZE = (0, 0xFFFFFFFF)
"""What programs that write to a pipe put where the size belongs."""


def load(path: Path, rate: int) -> Clip:
    """Read a sound file as a finished clip.

    Args:
        path: WAV, FLAC or whatever else libsndfile reads; mixed down to one channel.
        rate: Frames per second of the clip; a file at another rate is resampled.

    Returns:
        The clip, turned down to the level of earcons if it is louder: a sound may come with a stranger's
        script, and nobody who lies with closed eyes should be startled. A soft mono 16-bit file at `rate`
        arrives bit for bit.

    Raises:
        SoundError: It cannot be read, is empty, cut short, not audio, or absurdly long, fast or wide.
    """
    try:
        with path.open("rb") as file:
            samples, native = decode(file, str(path))
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise SoundError(message) from error
    return Clip(to_int16(soften(resample(samples, native, rate))), rate)


def decode(file: BinaryIO, name: str) -> tuple[NDArray[np.float32], int]:
    """Decode a whole sound file, mixed down to mono.

    Args:
        file: Opened for reading, at its start.
        name: What an error calls it.

    Returns:
        Samples in -1..1, shape (frames,), and their frames per second.

    Raises:
        SoundError: As `load`.
    """
    _check_size(file, name)
    import soundfile  # noqa: PLC0415 - a session whose speech is cached may need no file decoded

    try:
        with soundfile.SoundFile(file) as sound:
            _check_claims(sound, name)
            samples, native = _read(sound), sound.samplerate
            claimed = sound.frames
    except (soundfile.SoundFileError, RuntimeError, TypeError, ValueError) as error:
        message = f"{name}: not a sound file that can be read"
        raise SoundError(message) from error
    if len(samples) < claimed:
        message = f"{name}: ends after {len(samples)} of {claimed} frames"
        raise SoundError(message)
    if not np.isfinite(samples).all():
        message = f"{name}: holds samples that are not numbers"
        raise SoundError(message)
    return samples, native


def to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Round samples in -1..1 to 16 bits; what is louder is clipped."""
    scaled = np.rint(samples * np.float32(32_768))
    limited: NDArray[np.float32] = np.clip(scaled, -32_768, 32_767)
    return limited.astype(np.int16)


def _check_size(file: BinaryIO, name: str) -> None:
    head = file.read(8)
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        message = f"{name}: the file is empty"
        raise SoundError(message)
    promised = int.from_bytes(head[4:8], "little")
    if head[:4] == b"RIFF" and promised not in UNKNOWN_SIZE and promised + 8 > size + 1:
        message = f"{name}: cut short: {size} of {promised + 8} bytes are there"
        raise SoundError(message)


def _check_claims(sound: soundfile.SoundFile, name: str) -> None:
    wrong = ""
    if sound.samplerate not in RATES:
        wrong = f"claims {sound.samplerate} frames a second"
    elif sound.channels > CHANNELS_AT_MOST:
        wrong = f"claims {sound.channels} channels"
    elif sound.frames == 0:
        wrong = "holds no sound"
    elif sound.frames > SECONDS_AT_MOST * sound.samplerate:
        wrong = f"claims to be longer than {SECONDS_AT_MOST // 60} minutes"
    if wrong:
        message = f"{name}: {wrong}"
        raise SoundError(message)


def _read(sound: soundfile.SoundFile) -> NDArray[np.float32]:
    blocks = []
    while len(block := sound.read(BLOCK, dtype="float32", always_2d=True)):
        blocks.append(block.mean(axis=1, dtype=np.float32))
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
