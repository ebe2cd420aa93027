"""The port that every output fills: a loudspeaker, a stream, or a test that pumps time by hand.

An output pulls. Only it knows when the device wants samples and how many of them a listener has heard so far,
so it is the clock of everything live. Problems are reported by `trouble`, which is polled, and never raised:
nothing catches an exception on an audio thread, and silence that looks like playing is the worst failure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Pull = Callable[[int], NDArray[np.int16]]
"""`pull(n)` returns at most `n` frames: int16, shape (k, 2), 0 <= k <= n.

Fewer than `n` means that there is nothing more *for now*: it is the end, or something is late. A paced output
pads with silence and asks again at its next block. It is called on the output's own thread, one call at a
time, and must not call the output's methods.
"""

Fall = Callable[[NDArray[np.int16]], NDArray[np.int16]]
"""Shapes the end of the sound: gets the frames that would be heard next, 45 ms of them if there are so many,
and returns what is to be heard instead, from the first of them on, before there is silence."""

Clock = Callable[[], float]
"""Seconds that never run backwards, like `time.monotonic`."""


class TroubleKind(StrEnum):
    """The kinds of problems, by what to do next."""

    FAILED = "failed"
    """The pull raised, which is a bug. Reopening does not help."""
    LOST = "lost"
    """The device or the sound server is gone: stop, and retry the start until it is back."""
    CHANGED = "changed"
    """Sound now comes from another device (headphones pulled out): stop, and let the listener decide."""
    CLOSED = "closed"
    """The reader of the stream has gone: end calmly."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no sound, or it comes from another device."""

    kind: TroubleKind
    message: str
    """One line for the listener; no full stop."""
    cause: BaseException | None = None
    """The exception of the pull, for `FAILED`."""
    device: str | None = None
    """The device that has taken over, for `CHANGED`."""


@runtime_checkable
class Output(Protocol):
    """Plays what it pulls. Its methods may be called from any thread, one call at a time.

    For targets that do not ask for samples, `PacedOutput` pulls in real time and counts what was heard. With
    it, an output that writes raw samples into a file is:

        class RawFile(PacedOutput):
            name = "raw"

            def __init__(self, path):
                super().__init__()
                self.device = path
                self._file = open(path, "wb")

            def take(self, samples, stopping):
                self._file.write(samples.tobytes())

            def close(self):
                super().close()
                self._file.close()

    `player.testing.output_contract` has the tests that every output must pass.
    """

    @property
    def name(self) -> str:
        """The adapter's name for `--output`: `miniaudio`."""

    @property
    def rate(self) -> int:
        """Frames per second."""

    @property
    def device(self) -> str:
        """The device's name for people; certain once started."""

    def start(self, pull: Pull) -> None:
        """Open the device and start pulling. `heard` counts from 0 again. It must not be running.

        Raises:
            OutputError: No device can be opened; the message is one line. Nothing was pulled.
        """

    def stop(self) -> int:
        """Cut the sound, even within a block; frames pulled but not heard are dropped.

        After it returns, pull is not called again. It takes less than half a second, whatever the device
        does.

        Returns:
            How many of the frames pulled since `start` were heard: the best estimate. It is at least the last
            value of `heard`, unless the device was lost or changed: then it is what was certainly heard, so
            nothing is skipped. If it is not running, the same value again.
        """

    def heard(self) -> int:
        """How many of the frames pulled since `start` have been heard.

        Never more than were pulled, and never fewer than before; silence added by the output does not count.
        """

    def trouble(self) -> Trouble | None:
        """The current problem; None while all is well, and while stopped."""

    def close(self) -> None:
        """Stop, and release everything; calling it again does nothing. It cannot be started again."""


@runtime_checkable
class SoftOutput(Output, Protocol):
    """An output that can still change what is heard in a moment, and so need not break off within a wave."""

    def stop_softly(self, fall: Fall) -> int:
        """Like `stop`, but end with a fall, and return once it was heard; frames of the fall do not count."""


def stop_softly(output: Output, fall: Fall) -> int:
    """Stop an output, with a fall if it can; return the frames heard."""
    return output.stop_softly(fall) if isinstance(output, SoftOutput) else output.stop()


class OutputPlugin(Protocol):
    """The object behind an entry point of the group `cuemat.outputs`: a class or a function.

    In the package's `pyproject.toml`:

        [project.entry-points."cuemat.outputs"]
        raw = "cuemat_raw:open_raw"

    and in `cuemat_raw.py`, beside the class `RawFile` above:

        def open_raw(device):
            if device is None:
                raise UserError("say where to: --output raw:FILE")
            return RawFile(device)

    The listener then chooses `--output raw:session.raw`. Plug-ins with built-in names, or with a colon in the
    name, are skipped. If it has an attribute `devices`, a function without arguments that returns names,
    `cuemat outputs` prints a line for each of them.
    """

    def __call__(self, device: str | None) -> Output:
        """An output at 48,000 frames per second, not started yet.

        Args:
            device: The text after the colon; None if there is none.

        Raises:
            OutputError: It cannot be used here; the message says what to do.
            UserError: The device does not exist.
        """
