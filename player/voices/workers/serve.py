"""The process of a voice: run as a script, with the name of an engine's file beside it.

C code that exits, hangs or crashes ends only this process, and code under other licences stays outside the
player. It imports nothing of the player, so it starts fast.

Protocol: each message is a length (4 bytes, big-endian) and that many bytes. A request is a JSON object. An
answer begins with one letter: `R` ready; `S` speech, a sound file; `N` nothing: the engine has no sound for
such a text; `V` all voices, JSON; `U` unknown voice, the same JSON; `E` an error, text. A request without a
text asks for all voices. Anything that C code prints is dropped: standard output is redirected first.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH = struct.Struct(">I")
SECONDS_TO_START = 15
GRACE = 2
"""Seconds after a request's own limit, by which the player has ended this process unless it died itself."""


class Engine(Protocol):
    """What an engine's file defines as `Engine`; it is made with the rest of the command line."""

    def answer(self, request: dict[str, Any]) -> bytes:
        """A letter and its content; what it raises becomes an `E`."""


def serve(make: Callable[[], Engine], requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    limit(SECONDS_TO_START)
    try:
        engine = make()
    except Exception as error:  # noqa: BLE001 - reported to the player
        send(answers, b"E" + describe(error))
        return
    send(answers, b"R")
    limit(0)
    while (request := receive(requests)) is not None:
        limit(int(request["seconds"]) + GRACE)
        try:
            answer = engine.answer(request)
        except Exception as error:  # noqa: BLE001 - as above
            answer = b"E" + describe(error)
        send(answers, answer)
        limit(0)


def describe(error: Exception) -> bytes:
    """An error in a line."""
    return (str(error) or type(error).__name__).encode(errors="replace")


def receive(requests: BinaryIO) -> dict[str, Any] | None:
    """Read the next request; None once the player has closed its end."""
    head = requests.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    body = requests.read(*LENGTH.unpack(head))
    request: dict[str, Any] = json.loads(body)
    return request


def send(answers: BinaryIO, body: bytes) -> None:
    """Send an answer, preceded by its length."""
    answers.write(LENGTH.pack(len(body)) + body)
    answers.flush()


def limit(seconds: int) -> None:
    """End this process after `seconds`, if hung C code outlives the player; 0: no limit."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def main(engine: str, *arguments: str) -> None:
    """Serve the engine whose file has this name."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the player handles Ctrl-C
    sys.path.insert(0, str(Path(__file__).parent))
    serve(lambda: import_module(engine).Engine(*arguments), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main(*sys.argv[1:])
