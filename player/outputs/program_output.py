"""A loudspeaker through a program of the system: pw-play, pacat or aplay.

On some machines there is no wheel of miniaudio (Linux on ARM). One of these programs is there wherever sound
is, so samples are written into it, a little ahead of time. A pipe and the program hold a bounded amount, and
only what lies further back has certainly been heard: a pause repeats a quarter of a second at most, and skips
nothing. A stop kills the program, so what it held is not heard.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.errors import OutputError
from player.outputs.feed import CHANNELS
from player.outputs.paced import PacedOutput
from player.outputs.protocol import Trouble, TroubleKind
from player.outputs.sound_system import NO_CARD

if TYPE_CHECKING:
    import threading

    import numpy as np
    from numpy.typing import NDArray

    from player.outputs.protocol import Clock, Pull

FRAME = 2 * CHANNELS
"""Bytes in a frame."""
LEAD = 0.2
"""Seconds to write ahead."""
HELD = 0.26
"""Seconds that pipe, program and sound server hold at most."""
PIPE = 8192
"""Bytes in the pipe, 43 ms; a usual one would hold a third of a second."""
PIECE = 1024
"""Frames written at once."""
FIRST_BREATH = 0.25
"""Seconds in which a program that finds no sound card ends."""
LOOK = 0.1
"""Seconds between two checks for a stop while the program takes nothing."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that plays raw samples from its standard input."""

    name: str
    arguments: tuple[str, ...]
    about: str
    """What it plays on."""


PROGRAMS = {
    program.name: program
    for program in (
        Program(
            "pw-play",
            ("--raw", "--rate=48000", "--channels=2", "--format=s16", "--latency=100ms", "-"),
            "PipeWire",
        ),
        Program(
            "pacat",
            ("--playback", "--raw", "--rate=48000", "--channels=2", "--format=s16le", "--latency-msec=100"),
            "PulseAudio",
        ),
        Program(
            "aplay",
            ("-q", "-t", "raw", "-r", "48000", "-c", "2", "-f", "S16_LE", "--buffer-time=120000", "-"),
            "ALSA",
        ),
    )
}
"""The programs by name, the best first."""


def find_programs() -> list[Program]:
    """The programs that are installed, the best first."""
    return [program for name, program in PROGRAMS.items() if shutil.which(name)]


class ProgramOutput(PacedOutput):
    """Plays on the default device, through a program.

    Args:
        programs: The program; of several, the first that finds a sound card or sound server.
        clock: Seconds that never run backwards.

    Raises:
        OutputError: None of them is installed.
    """

    def __init__(self, *programs: Program, clock: Clock = time.monotonic) -> None:
        super().__init__(clock=clock, lead=LEAD)
        self._programs = [program for program in programs if shutil.which(program.name)]
        if not self._programs:
            names = ", ".join(program.name for program in programs)
            message = f"not installed: {names}; choose another output, see `cuemat outputs`"
            raise OutputError(message)
        self._choose(self._programs[0])
        self._process: subprocess.Popen[bytes] | None = None
        self._works = False
        """Whether it has played before, so that a start need not wait for its complaint."""
        self._sent = 0

    def start(self, pull: Pull) -> None:
        """Start the program, and playing.

        Raises:
            OutputError: It finds no sound card or sound server.
        """
        self.stop()
        self._sent = 0
        self._process = self._begin()
        super().start(pull)

    def stop(self) -> int:
        """End the program, and with it what it holds; return the frames certainly heard."""
        was_playing = self._thread is not None
        heard = super().stop()
        if was_playing and (process := self._process) is not None:
            self._process = None
            process.kill()
            _close_pipe(process)
            process.wait()
        return heard

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> Trouble | None:
        """Write the block; waits for the program to take it."""
        process = self._process
        if process is None or process.stdin is None:
            return None
        descriptor = process.stdin.fileno()
        try:
            for start in range(0, len(samples), PIECE):
                piece = samples[start : start + PIECE].astype("<i2").tobytes()
                while piece and not stopping.is_set():
                    if select.select([], [descriptor], [], LOOK)[1]:
                        written = os.write(descriptor, piece)
                        piece = piece[written:]
                        self._sent += written
        except (OSError, ValueError):  # ValueError: closed by a stop meanwhile
            if not stopping.is_set():
                self._works = False
                return Trouble(TroubleKind.LOST, f"{self.name} has ended; it plays nothing any more")
        return None

    def _choose(self, program: Program) -> None:
        self.name = program.name
        self.device = f"{program.about}, through {program.name}"

    def _begin(self) -> subprocess.Popen[bytes]:
        """Begin the first program that works; from then on, only that one."""
        for program in self._programs:
            process = self._run(program)
            if self._works:
                return process
            try:
                process.wait(FIRST_BREATH)
            except subprocess.TimeoutExpired:
                self._works, self._programs = True, [program]
                self._choose(program)
                return process
            _close_pipe(process)
        raise OutputError(NO_CARD)

    def _run(self, program: Program) -> subprocess.Popen[bytes]:
        command = (program.name, *program.arguments)
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            message = f"{program.name} cannot be started: {error.strerror}"
            raise OutputError(message) from error
        _keep_small(process)
        return process

    def _played(self) -> int:
        return max(0, min(self._due(), self._sent // FRAME) - round(HELD * self.rate))

    def _cut(self) -> int:
        return self._played()


def _close_pipe(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if process.stdin:
            process.stdin.close()


def _keep_small(process: subprocess.Popen[bytes]) -> None:
    """Let the pipe to a program hold little, where the system can."""
    if sys.platform.startswith("linux") and process.stdin is not None:
        import fcntl  # noqa: PLC0415  Linux alone

        os.set_blocking(process.stdin.fileno(), False)
        with contextlib.suppress(OSError):
            fcntl.fcntl(process.stdin, fcntl.F_SETPIPE_SZ, PIPE)
