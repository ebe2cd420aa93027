"""A WAV stream for another program: `cuemat play SESSION --output - | aplay`.

It always begins with a header: a player that has to guess the format plays loud noise into someone's ears.
The header gives the length as unknown. Samples are written in real time, a little ahead, so pausing works and
a slow reader only makes the session wait. Written samples cannot be recalled, so they count as heard at a
stop.
"""

from __future__ import annotations

import os
import select
import struct
import sys
import time
from typing import TYPE_CHECKING

from player.errors import OutputError, UserError
from player.outputs.feed import CHANNELS
from player.outputs.paced import PacedOutput
from player.outputs.protocol import Trouble, TroubleKind

if TYPE_CHECKING:
    import threading

    import numpy as np
    from numpy.typing import NDArray

    from player.outputs.protocol import Clock, Pull

LEAD = 0.2
"""Seconds to write ahead."""
FRAME = 2 * CHANNELS
"""Bytes in a frame."""
PIECE = 4096 // FRAME
"""Frames that a ready pipe takes at once."""
LOOK = 0.1
"""Seconds between two checks for a stop, while the reader is slow."""
UNKNOWN = 0xFFFFFFFF
"""The value of an unknown length."""


class StreamOutput(PacedOutput):
    """Writes a WAV stream. The header is written once, before the first samples.

    Args:
        descriptor: A file open for binary writing; closed by `close`.
        rate: Frames per second.
        clock: Seconds that never run backwards.
    """

    name = "-"
    device = "a stream"

    def __init__(self, descriptor: int, rate: int = 48_000, *, clock: Clock = time.monotonic) -> None:
        super().__init__(rate, clock=clock, lead=LEAD)
        self._descriptor: int | None = descriptor
        self._header = header(rate)
        self._sent = 0

    def start(self, pull: Pull) -> None:
        """Start or continue writing.

        Raises:
            OutputError: The stream was closed.
        """
        if self._descriptor is None:
            message = "the stream is closed"
            raise OutputError(message)
        self.stop()
        self._sent = 0
        super().start(pull)

    def close(self) -> None:
        """Stop, and close the stream, so its reader sees the end."""
        self.stop()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _played(self) -> int:
        return min(self._due(), self._sent)

    def _cut(self) -> int:
        return self._sent

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> Trouble | None:
        """Write the block, after the header if it is still due; waits for a slow reader."""
        try:
            self._header = self._header[self._write(self._header, stopping) :]
            for start in range(0, len(samples), PIECE):
                piece = samples[start : start + PIECE]
                self._sent += self._write(piece.astype("<i2").tobytes(), stopping) // FRAME
        except BrokenPipeError:
            return Trouble(TroubleKind.CLOSED, "the reader of the stream has gone")
        except OSError as error:
            cause = OutputError(f"the stream cannot be written: {error.strerror}")
            return Trouble(TroubleKind.FAILED, str(cause), cause=cause)
        return None

    def _write(self, piece: bytes, stopping: threading.Event) -> int:
        """Write everything if the pipe has room, or nothing; return the number of bytes written."""
        while not stopping.is_set() and self._descriptor is not None:
            if is_ready(self._descriptor):
                return os.write(self._descriptor, piece)
        return 0


def header(rate: int) -> bytes:
    """The header of a WAV file of unknown length: stereo, 16 bits."""
    form = struct.pack("<HHIIHH", 1, CHANNELS, rate, rate * FRAME, FRAME, 8 * FRAME // CHANNELS)
    return (
        struct.pack("<4sI4s4sI", b"RIFF", UNKNOWN, b"WAVE", b"fmt ", len(form))
        + form
        + struct.pack("<4sI", b"data", UNKNOWN)
    )


def is_ready(descriptor: int) -> bool:
    """Whether a piece can be written now; waits a little. On Windows always true: there, a write waits."""
    return sys.platform == "win32" or bool(select.select([], [descriptor], [], LOOK)[1])


def claim_stdout() -> int:
    """Reserve standard output for a stream; what others print goes to standard error from now on.

    Raises:
        UserError: It is a terminal.
    """
    if os.isatty(1):
        message = "a stream needs a program that reads it, not a terminal: cuemat play … --output - | aplay"
        raise UserError(message)
    sys.stdout.flush()
    descriptor = os.dup(1)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  exists only on Windows

        msvcrt.setmode(descriptor, os.O_BINARY)
    return descriptor
