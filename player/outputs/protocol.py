"""The port that every output fills: a loudspeaker, a stream, or a test that pumps time by hand.

An output pulls. It alone knows when the device wants samples and how many of them a listener has heard by
now, so it is the clock of everything live. Whatever goes wrong is reported by `trouble`, which is polled, and
never raised: on an audio thread nobody would catch it, and silence that looks like playing is the worst of
failures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Pull = Callable[[int], NDArray[np.int16]]
"""`pull(n)` gives at most `n` frames: int16, shape (k, 2), 0 <= k <= n.

Fewer than `n` means that there is nothing more *for now*: it is the end, or something is late. A paced output
fills up with silence and asks again at its next block. It is called on the output's own thread, by one thread
at a time, and must not call the output's methods.
"""

Clock = Callable[[], float]
"""Seconds that never run backwards, like `time.monotonic`."""


class TroubleKind(StrEnum):
    """What went wrong, as far as it changes what to do next."""

    FAILED = "failed"
    """The pull raised: a fault of ours. Reopening does not help."""
    LOST = "lost"
    """The device or the sound server is gone: stop, and start again until it is back."""
    CHANGED = "changed"
    """Sound now comes from another device (headphones pulled out): stop, and let the listener decide."""
    CLOSED = "closed"
    """Nobody reads the stream any more: end calmly."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why no sound is heard, or not from where it was."""

    kind: TroubleKind
    message: str
    """One line for the listener; no full stop."""
    cause: BaseException | None = None
    """What the pull raised, if that is what happened."""
    device: str | None = None
    """The device that has taken over, if one has."""


@runtime_checkable
class Output(Protocol):
    """Plays what it pulls. Its methods may be called from any thread, but from one at a time.

    Where no device asks for samples, `PacedOutput` pulls in real time and keeps count of what was heard. With
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

    `player.testing.output_contract` has the tests that an output passes.
    """

    @property
    def name(self) -> str:
        """The adapter, as `--output` names it: `miniaudio`."""

    @property
    def rate(self) -> int:
        """Frames per second."""

    @property
    def device(self) -> str:
        """The device as a person knows it; known for sure once started."""

    def start(self, pull: Pull) -> None:
        """Open the device and begin to pull. What was heard counts from 0 again. It must not be running.

        Raises:
            OutputError: No device can be opened; the message is one line. Nothing was pulled.
        """

    def stop(self) -> int:
        """Cut the sound, in the middle of a block if need be; frames pulled but not heard are thrown away.

        After it returns, pull is not called any more. It takes less than half a second, whatever the device
        does.

        Returns:
            How many of the frames pulled since `start` were heard: the best estimate. It is at least what
            `heard` said last, unless the device was lost or changed: then it is what was surely heard, so
            that nothing is skipped. The same again if it is not running.
        """

    def heard(self) -> int:
        """How many of the frames pulled since `start` were heard by now.

        Never more than were pulled, never fewer than it said before; silence that the output filled in does
        not count.
        """

    def trouble(self) -> Trouble | None:
        """What is wrong now; None while all is well, and while stopped."""

    def close(self) -> None:
        """Stop, and release everything; calling it again does nothing. It cannot be started again."""


class OutputPlugin(Protocol):
    """What an entry point of the group `cuemat.outputs` leads to: a class will do, or a function.

    In the package's `pyproject.toml`:

        [project.entry-points."cuemat.outputs"]
        raw = "cuemat_raw:open_raw"

    and in `cuemat_raw.py`, beside the class `RawFile` above:

        def open_raw(device):
            if device is None:
                raise UserError("say where to: --output raw:FILE")
            return RawFile(device)

    The listener then chooses `--output raw:session.raw`. The built-in names, and names that contain a colon,
    are left out. If it has an attribute `devices`, a function without arguments that gives names,
    `cuemat outputs` lists a line for each of them.
    """

    def __call__(self, device: str | None) -> Output:
        """An output at 48,000 frames per second, not started yet.

        Args:
            device: What the listener wrote after the colon; None if that is nothing.

        Raises:
            OutputError: It cannot be used here; the message says what to do.
            UserError: There is no such device.
        """
