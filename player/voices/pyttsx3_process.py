"""pyttsx3's process and the care it needs: started when first asked, replaced when it fails.

On macOS and Windows pyttsx3 speaks through the system, and only the first cue of a process is to be trusted
there: each request gets a new one. Everywhere else it is espeak, and one process speaks a whole session.
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
    "nothing here can speak: install espeak-ng (apt install espeak-ng, dnf install espeak-ng), "
    "or the one that pip brings: pip install espeakng-loader"
)

_log = logging.getLogger(__name__)


class Pyttsx3Process:
    """Answers requests, in a process that lasts as long as it behaves.

    Args:
        espeaks: What could speak, the best first; None: what this system has.
        script: What the process runs.

    Raises:
        SpeechError: There is nothing that could speak.
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
        """What speaks, as far as is known before it has been started; None: the system's own voice."""
        return self._espeaks[0] if self._espeaks else None

    @property
    def pid(self) -> int | None:
        """Of the process; None if none is running."""
        return self._worker.pid if self._worker else None

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[bytes, bytes]:
        """Send a request, starting the process if need be.

        Args:
            request: See `pyttsx3_worker`.
            seconds: What the answer may take.

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
            _log.info("the voice's process %d has to be replaced: %s", self._worker.pid, error)
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
                _log.info("the voice does not start with %s: %s", engine, error)
                if len(self._espeaks) < 2:  # noqa: PLR2004 - this one was the last
                    raise
                del self._espeaks[0]
            else:
                _log.debug("the voice's process %d speaks with %s", worker.pid, engine)
                return worker
