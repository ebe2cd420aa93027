"""The process of a voice: started on first use, replaced when it fails.

An engine may be installed more than once (the system's, and the one from pip); then the next one is tried
where one does not start.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.voices.worker import Worker, WorkerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERVE = Path(__file__).with_name("workers") / "serve.py"
SECONDS_TO_START = 10.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Launch:
    """One way to start an engine."""

    engine: str
    """The name of its file in `workers/`."""
    arguments: tuple[str, ...] = ()
    """What its `Engine` is made with."""


class VoiceProcess:
    """Answers requests in a process that lasts until it fails.

    Args:
        launches: The ways to start it, the best first; at least one.
        script: The script that the process runs.
        once: Start a new process for each request.
    """

    def __init__(self, launches: Sequence[Launch], script: Path = SERVE, *, once: bool = False) -> None:
        self._launches = list(launches)
        self._script, self._once = script, once
        self._worker: Worker | None = None

    @property
    def launch(self) -> Launch:
        """How it was started, or will be tried first."""
        return self._launches[0]

    @property
    def pid(self) -> int | None:
        """The process number; None if none is running."""
        return self._worker.pid if self._worker else None

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[bytes, bytes]:
        """Send a request, and start the process if needed.

        Args:
            request: See the engine's file in `workers/`.
            seconds: The time limit for the answer.

        Returns:
            The answer's letter and content.

        Raises:
            WorkerError: No answer; the next request gets a new process.
        """
        if self._worker is None:
            self._worker = self._start()
        try:
            answer = self._worker.ask(request, seconds)
        except BaseException as error:
            _log.info("replacing the voice's process %d: %s", self._worker.pid, error)
            self._worker.kill()
            self._worker = None
            raise
        if self._once:
            self.close()
        return answer

    def close(self) -> None:
        """End the process, if one is running."""
        if self._worker:
            self._worker.stop()
        self._worker = None

    def _start(self) -> Worker:
        # -P: a file in the user's folder must not shadow a module.
        command = (sys.executable, "-P", str(self._script))
        while True:
            launch = self.launch
            try:
                worker = Worker((*command, launch.engine, *launch.arguments), SECONDS_TO_START)
            except WorkerError as error:
                _log.info("the voice did not start (%s %s): %s", launch.engine, launch.arguments, error)
                if len(self._launches) < 2:  # noqa: PLR2004 - none is left
                    raise
                del self._launches[0]
            else:
                _log.debug("the voice's process %d runs %s", worker.pid, launch.engine)
                return worker
