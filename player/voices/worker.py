"""A child process that answers requests, and is killed if it does not.

It uses plain pipes and length-prefixed messages: that takes a third of the start-up time of
`multiprocessing`, and the child imports nothing of the player. A timer kills the process when time is up; the
blocked read then sees the end of the pipe. This works on every platform, unlike waiting on a pipe.
"""

from __future__ import annotations

import json
import struct
import subprocess
from contextlib import suppress
from threading import Event, Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LENGTH = struct.Struct(">I")
LONGEST_ANSWER = 200_000_000
"""Bytes: more than an hour of speech, but far less than most random lengths."""
GRACE = 1.0
"""Seconds that a process has to end by itself."""


class WorkerError(Exception):
    """The process died, hung or sent nonsense, and is of no further use. Users never see this."""


class Worker:
    """One running child process.

    Args:
        command: The command to start; the process first reports that it is ready.
        seconds: The time limit for starting.

    Raises:
        WorkerError: It did not start.
    """

    def __init__(self, command: Sequence[str], seconds: float) -> None:
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise WorkerError(str(error)) from error
        try:
            kind, text = self._exchange(b"", seconds)
        except BaseException:
            self.kill()
            raise
        if kind != b"R":
            self.kill()
            raise WorkerError(text.decode(errors="replace"))

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[bytes, bytes]:
        """Send a request and wait for its answer.

        Args:
            request: Sent as JSON; `seconds` is added, so the process can limit itself.
            seconds: The time after which the process is killed.

        Returns:
            The answer's letter and its content.

        Raises:
            WorkerError: There is no valid answer; only `stop` may be called now.
        """
        body = json.dumps({**request, "seconds": seconds}).encode()
        return self._exchange(LENGTH.pack(len(body)) + body, seconds)

    def stop(self) -> None:
        """End the process gracefully, or by force if it does not react."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """End the process at once, by force."""
        self._process.kill()
        self.stop()

    def _exchange(self, message: bytes, seconds: float) -> tuple[bytes, bytes]:
        expired = Event()

        def expire() -> None:
            expired.set()
            self._process.kill()

        timer = Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            return self._send_and_receive(message)
        except (OSError, EOFError) as error:
            late = f"no answer within {seconds:g} s"
            raise WorkerError(late if expired.is_set() else "it ended without an answer") from error
        finally:
            timer.cancel()

    def _send_and_receive(self, message: bytes) -> tuple[bytes, bytes]:
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise EOFError
        to.write(message)
        to.flush()
        head = back.read(LENGTH.size)
        if len(head) < LENGTH.size:
            raise EOFError
        (length,) = LENGTH.unpack(head)
        if not 0 < length <= LONGEST_ANSWER:
            nonsense = "invalid answer"
            raise WorkerError(nonsense)
        body = back.read(length)
        if len(body) < length:
            raise EOFError
        return body[:1], body[1:]
