"""pyttsx3, and through it espeak or the system's own voices; see `serve` for the protocol.

espeak carries something over from one cue to the next, and no call resets it: the same words after others
sound different. So each text is spoken by a child of its own, forked from a process that has only loaded the
library: then the sound depends on nothing but the text, the voice, rate and pitch. A few children wait ready,
because starting takes longer than speaking. Where processes cannot be forked, and with a system's own voices,
the player starts a new process for each text, and the file's format is whatever it is.

What keeps pyttsx3 reliable with espeak: one engine, one thread; one empty `runAndWait` first, because the
first one does not wait; espeak synchronised after the properties are set, because they race with the cue;
into memory, because a failed write hangs forever.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import signal
import sys
import tempfile
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

VARIANTS = Path("voices", "!v")
READY = 2
"""Children that wait for a text."""
LOST = 15
"""Seconds after which a child ends itself while it starts or speaks; the player gives up before."""
MOST_FILES = 256
"""File descriptors that this process may have open."""


class UnknownVoiceError(Exception):
    """The engine has no such voice; it would silently speak with another one."""


class Driver:
    """pyttsx3's driver for this platform, and how to get a cue from it."""

    def __init__(self, data: Path | None) -> None:
        """Start espeak with the voice data in this folder, or None: the system's own speech."""
        import pyttsx3  # noqa: PLC0415 - finds the library that was loaded before

        self.in_memory = data is not None
        self.synchronise: Callable[[], object] = lambda: None
        self.engine = pyttsx3.init("espeak" if data else None)
        self.errors: list[Exception] = []
        self.engine.connect("error", lambda name, exception: self.errors.append(exception))  # noqa: ARG005
        if data:
            from pyttsx3.drivers import _espeak  # noqa: PLC0415 - exists only where espeak does

            self.synchronise = _espeak.Synchronize
            self.synchronise()
            self.engine.runAndWait()

    def speak(self, request: dict[str, Any], voice: str | None) -> bytes:
        """Speak one cue with a voice of the engine, and return the bytes of a sound file."""
        self.errors.clear()
        if voice is not None:
            self.engine.setProperty("voice", voice)
        self.engine.setProperty("rate", request["rate"])
        self.engine.setProperty("pitch", request["pitch"])
        self.engine.setProperty("volume", 1.0)
        self.synchronise()
        if self.errors and self.in_memory:  # the system's own voices may not support pitch
            raise self.errors[0]
        if self.in_memory:
            memory = io.BytesIO()
            self.engine.save_to_file(request["text"], memory)
            self.engine.runAndWait()
            return memory.getvalue()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "cue.wav")
            self.engine.save_to_file(request["text"], str(path))
            self.engine.runAndWait()
            return path.read_bytes()

    def voices(self) -> list[dict[str, str]]:
        """All voices, each with its id for the user, its name in the engine, and its language."""
        voices = []
        taken = set()
        for voice in self.engine.getProperty("voices"):
            if voice.id.startswith("mb/"):  # MBROLA's: listed, but they need another program and more data
                continue
            language = str((voice.languages or [""])[0])
            short = language if language not in taken else voice.id.rpartition("/")[2]
            taken.add(short)
            name = short if self.in_memory and short else voice.id
            voices.append({"id": name, "file": voice.id, "name": voice.name or name, "language": language})
        return voices


class Engine:
    """Answers requests; see `serve`."""

    def __init__(self, library: str = "", data: str = "") -> None:
        """Load espeak from `library`, with voices in `data`; if both are empty, use the system's."""
        self._data = Path(data).name if library else ""
        self._ready: deque[Child] = deque()
        if library:
            # espeak fails with a data path of 160 characters; relative to its parent folder, it is short.
            os.chdir(Path(data).parent)
            os.environ["ESPEAK_DATA_PATH"] = self._data
            # pyttsx3 asks for espeak by name and gets the loaded one. Not RTLD_GLOBAL: its symbols clash.
            ctypes.CDLL(library)
            import pyttsx3.drivers.espeak  # noqa: F401, PLC0415 - once, for all children
        self._forks = bool(library) and hasattr(os, "fork")
        self._driver = None if self._forks else Driver(Path(self._data) if library else None)
        self._voices = json.loads(self._hand_over({}))
        self._variants = sorted(os.listdir(Path(self._data) / VARIANTS)) if library else []  # noqa: PTH208
        self._keep_ready()

    def answer(self, request: dict[str, Any]) -> bytes:
        """Speech, or all voices."""
        if "text" not in request:
            return b"V" + self._all_voices()
        try:
            voice = None if request["voice"] is None else self._find(request["voice"])
        except UnknownVoiceError:
            return b"U" + self._all_voices()
        sound = self._hand_over({**request, "file": voice})
        self._keep_ready()
        return b"S" + sound

    def _hand_over(self, request: dict[str, Any]) -> bytes:
        if self._driver:
            return carry_out(self._driver, request)
        child = self._ready.popleft() if self._ready else Child(self._data)
        return child.ask(request)

    def _keep_ready(self) -> None:
        while self._forks and len(self._ready) < READY:
            self._ready.append(Child(self._data))

    def _find(self, wanted: str) -> str:
        """The engine's own name for a voice, its file; it does not find all languages by name."""
        voice, plus, variant = wanted.partition("+")
        for one in self._voices:
            if voice in (one["id"], one["file"]) and (not plus or variant in self._variants):
                return f"{one['file']}{plus}{variant}"
        raise UnknownVoiceError(wanted)

    def _all_voices(self) -> bytes:
        return json.dumps({"voices": self._voices, "variants": self._variants}).encode()


def carry_out(driver: Driver, request: dict[str, Any]) -> bytes:
    """The voices as JSON, or the sound of a text."""
    if "text" not in request:
        return json.dumps(driver.voices()).encode()
    return driver.speak(request, request["file"])


class Child:
    """A forked process that starts espeak, waits for one request, answers it and ends."""

    def __init__(self, data: str) -> None:
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        self._pid = _fork()
        if self._pid == 0:
            _answer_once(data, requests, answers)
        os.close(requests)
        os.close(answers)

    def ask(self, request: dict[str, Any]) -> bytes:
        """The child's answer; raises `RuntimeError` with its message if it failed."""
        try:
            _write_all(self._requests, json.dumps(request).encode())
            os.close(self._requests)
            answer = _read_all(self._answers)
            os.close(self._answers)
        finally:
            os.waitpid(self._pid, 0)
        if answer[:1] != b"+":
            raise RuntimeError(answer[1:].decode(errors="replace") or "espeak ended its process")
        return answer[1:]


def _answer_once(data: str, requests: int, answers: int) -> None:
    """What a child does; it never returns."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nowhere, standard)
        # A pipe ends only when every copy of its end is closed, also those of other children.
        first, last = sorted((requests, answers))
        for start, end in ((3, first), (first + 1, last), (last + 1, MOST_FILES)):
            os.closerange(start, end)
        _limit(LOST)
        try:
            driver = Driver(Path(data))
            _limit(0)  # without a request, it ends with its parent
            request = _read_all(requests)
            _limit(LOST)
            answer = b"+" + carry_out(driver, json.loads(request)) if request else b""
        except Exception as error:  # noqa: BLE001 - reported to the parent
            answer = b"-" + str(error).encode(errors="replace")
        _write_all(answers, answer)
        os._exit(0)
    finally:
        os._exit(1)


def _fork() -> int:
    pid = -1
    if sys.platform != "win32":
        pid = os.fork()
    return pid


def _limit(seconds: int) -> None:
    if sys.platform != "win32":
        signal.alarm(seconds)


def _read_all(fd: int) -> bytes:
    read = b""
    while piece := os.read(fd, 1 << 16):
        read += piece
    return read


def _write_all(fd: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(fd, rest) :]
