"""Measures commands as their users run them: as processes, from start to end.

A new process inherits the highest memory use of the one that starts it, so nothing heavy is imported here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """The cost of a process."""

    seconds: float
    megabytes: float
    """Its peak memory."""
    output: str


@dataclass(frozen=True, slots=True)
class Python:
    """Runs Python programs in one environment and folder."""

    folder: Path
    variables: Mapping[str, str]

    def __call__(self, *arguments: object) -> Run:
        """Run it, and show its stderr only if it fails.

        Raises:
            SystemExit: It failed.
        """
        command = [sys.executable, *map(str, arguments)]
        started = time.perf_counter()
        variables = {**os.environ, **self.variables}
        with (
            TemporaryFile("w+") as errors,
            subprocess.Popen(
                command, cwd=self.folder, env=variables, stdout=subprocess.PIPE, stderr=errors, text=True
            ) as process,
        ):
            assert process.stdout
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                errors.seek(0)
                sys.exit(f"failed: {' '.join(command)}\n{errors.read()}")
        kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
        return Run(seconds, kilobytes / 1024, output)

    def cuemat(self, *arguments: object) -> Run:
        """Run one of its commands."""
        return self("-m", "player", *arguments)


def medians(times: int, *measured: Callable[[], float]) -> tuple[float, ...]:
    """The median of each, measured in turn, so other load on the machine affects all of them."""
    rounds = [[measure() for measure in measured] for _ in range(times)]
    return tuple(median(column) for column in zip(*rounds, strict=True))
