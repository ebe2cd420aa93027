"""Runs the command in processes forked from one in which Cuemat is loaded: most of a short run is loading.

Each has its own streams, folder and environment, and ends as `python -m player` does. That Cuemat starts from
nothing is tested with every other `commands.User`, and wherever a test starts the program itself.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LOADED = ("player.app", "player.cli", "player.export", "player.pictures", "player.voices")
LONGEST = 1 << 17
"""Bytes of a request."""


class Parent:
    """A process that has loaded Cuemat and forks; it ends with the one that started it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._lock = Lock()
        self._asks, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=Path(__file__).parents[1],
                env=environment,
                stdin=subprocess.DEVNULL,
            )

        atexit.register(self.close)

    def close(self) -> None:
        """End it."""
        self._asks.close()
        self._process.wait()

    def run(
        self, arguments: tuple[str, ...], home: Path, environment: Mapping[str, str], seconds: float
    ) -> tuple[int, str, str]:
        """The exit code, and what was written to standard output and error."""
        request = json.dumps([arguments, str(home), dict(environment)]).encode()
        with self._lock, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            with open(os.devnull, "rb") as nothing:  # noqa: PTH123  no path of ours
                streams = [nothing.fileno(), out.fileno(), errors.fileno()]
                socket.send_fds(self._asks, [request], streams)
            self._asks.settimeout(seconds)
            code = int(self._asks.recv(LONGEST))
            said = []
            for stream in (out, errors):
                stream.seek(0)
                said.append(stream.read().decode().replace("\r\n", "\n"))
        return code, said[0], said[1]


def can_have(environment: Mapping[str, str]) -> bool:
    """Whether a fork is like a start with this environment: what Python reads when it starts is too late."""
    at_start = [name for name in environment if name.startswith(("PYTHON", "LC_", "LANG", "LOC"))]
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and not at_start


@cache
def parent(path: str) -> Parent:
    """The one for a `PYTHONPATH`, started when first needed, without threads, which would not be forked."""
    return Parent({**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"})


def _next_request(asked: socket.socket) -> tuple[list[str], str, dict[str, str]] | None:
    """In a child: what it is to do. In the parent, once there is nothing more to do: None."""
    while True:
        request, streams, _, _ = socket.recv_fds(asked, LONGEST, 3)
        if not request:
            return None
        child = os.fork()
        if not child:
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
        for stream in streams:
            os.close(stream)
        if not child:
            asked.close()
            arguments, home, environment = json.loads(request)
            return arguments, home, environment
        asked.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _become(arguments: list[str], home: str, environment: dict[str, str]) -> None:
    os.chdir(home)
    os.environ.clear()
    os.environ.update(environment)
    encoding = sys.stdout.encoding
    sys.stdin = sys.__stdin__ = open(0, encoding=encoding)  # type: ignore[misc]  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding=encoding)  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(  # type: ignore[misc]  # noqa: SIM115
        2, "w", 1, encoding=encoding, errors="backslashreplace"
    )
    sys.path[0] = home
    sys.argv = ["cuemat", *arguments]


def main() -> None:
    """Load Cuemat; fork for every request; a child goes on as the command."""
    asked = socket.socket(fileno=int(sys.argv[1]))
    for name in LOADED:
        package = import_module(name)
        for module in pkgutil.iter_modules(package.__path__, f"{name}."):
            import_module(module.name)
    gc.freeze()
    request = _next_request(asked)
    if request is not None:
        _become(*request)
        runpy.run_module("player", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
