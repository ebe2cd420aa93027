"""pyttsx3's process: started on first use, replaced when it fails.

On macOS and Windows pyttsx3 speaks through the system, where only the first cue of a process is reliable, so
each request gets a new one. Everywhere else it uses espeak, and one process speaks a whole session.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.errors import SpeechError
from player.voices.espeak import Espeak, find_espeaks
from player.voices.worker import Worker, WorkerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCRIPT = Path(__file__).with_name("pyttsx3_worker.py")
SECONDS_TO_START = 10.0
BY_SYSTEM = sys.platform in {"darwin", "win32"}
NO_ENGINE = (
    "no speech engine found: install espeak-ng (apt install espeak-ng, dnf install espeak-ng), "
    "or the one from pip: pip install espeakng-loader"
)

_log = logging.getLogger(__name__)


class Pyttsx3Process:
    """Answers requests in a process that lasts until it fails.

    Args:
        espeaks: The espeaks to try, the best first; None: those on this system.
        script: The script that the process runs.

    Raises:
        SpeechError: No speech engine is installed.
    """

    def __init__(self, espeaks: Sequence[Espeak] | None = None, script: Path = SCRIPT) -> None:
        self._espeaks: list[Espeak] = []
        if not BY_SYSTEM:
            self._espeaks = list(find_espeaks() if espeaks is None else espeaks)
            if not self._espeaks:
                raise SpeechError(NO_ENGINE)
        self._script = script
        self._worker: Worker | None = None

    @property
    def espeak(self) -> Espeak | None:
        """The espeak in use, or the first to try; None: the system's own voice."""
        return self._espeaks[0] if self._espeaks else None

    @property
    def pid(self) -> int | None:
        """The process number; None if none is running."""
        return self._worker.pid if self._worker else None

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[bytes, bytes]:
        """Send a request, and start the process if needed.

        Args:
            request: See `pyttsx3_worker`.
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
        if BY_SYSTEM:
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
            espeak = self.espeak
            paths = (str(espeak.library), str(espeak.data)) if espeak else ()
            engine = paths[0] if paths else sys.platform
            try:
                worker = Worker((*command, *paths), SECONDS_TO_START)
            except WorkerError as error:
                _log.info("the voice did not start with %s: %s", engine, error)
                if len(self._espeaks) < 2:  # noqa: PLR2004 - none is left
                    raise
                del self._espeaks[0]
            else:
                _log.debug("the voice's process %d speaks with %s", worker.pid, engine)
                return worker
