"""The process in which pyttsx3 and the engine's C library live; run as a script, never imported.

C code that exits, hangs or crashes ends only this process, and GPL code stays outside the player. It imports
only the standard library and pyttsx3, nothing of the player, so it starts fast.

Protocol: each message is a length (4 bytes, big-endian) and that many bytes. A request is a JSON object. An
answer begins with one letter: `R` ready; `S` speech, a sound file; `V` all voices, JSON; `U` unknown voice,
the same JSON; `E` an error, text. Anything that C code prints is dropped: standard output is redirected
first.

What keeps pyttsx3 reliable with espeak: one engine, one thread; one empty `runAndWait` first, because the
first one does not wait; every property set again before each cue, and espeak synchronised, because properties
race with the next cue; one cue for each `runAndWait`, because only the last is written; into memory, because
a failed write hangs forever. With a system's own voices the player starts a new process for each cue, and the
file's format is whatever it is.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import signal
import struct
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH = struct.Struct(">I")
VARIANTS = Path("voices", "!v")
SECONDS_TO_START = 15


class UnknownVoiceError(Exception):
    """The engine has no such voice; it would silently speak with another one."""


class Engine:
    """pyttsx3's driver for this platform, and how to get a cue from it."""

    def __init__(self, library: str, data: str) -> None:
        """Load espeak from `library`, with voices in `data`; if both are empty, use the system's."""
        self.in_memory = bool(library)
        self.synchronise: Callable[[], object] = lambda: None
        if library:
            # espeak fails with a data path of 160 characters; relative to its parent folder, it is short.
            os.chdir(Path(data).parent)
            os.environ["ESPEAK_DATA_PATH"] = Path(data).name
            # pyttsx3 asks for espeak by name and gets the loaded one. Not RTLD_GLOBAL: its symbols clash.
            ctypes.CDLL(library)
        import pyttsx3  # noqa: PLC0415 - finds the library loaded above

        self.engine = pyttsx3.init("espeak" if library else None)
        self.errors: list[Exception] = []
        self.engine.connect("error", lambda name, exception: self.errors.append(exception))  # noqa: ARG005
        if library:
            from pyttsx3.drivers import _espeak  # noqa: PLC0415 - exists only where espeak does

            self.synchronise = _espeak.Synchronize
            self.synchronise()
            self.engine.runAndWait()
        self.variants = sorted(os.listdir(Path(data).name / VARIANTS)) if library else []  # noqa: PTH208
        self.voices = self._list_voices(by_language=bool(library))

    def speak(self, request: dict[str, Any]) -> bytes:
        """Speak one cue, and return the bytes of a sound file."""
        self.errors.clear()
        if request["voice"] is not None:
            self.engine.setProperty("voice", self._find(request["voice"]))
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

    def _list_voices(self, *, by_language: bool) -> list[dict[str, str]]:
        voices = []
        taken = set()
        for voice in self.engine.getProperty("voices"):
            if voice.id.startswith("mb/"):  # MBROLA's: listed, but they need another program and more data
                continue
            language = str((voice.languages or [""])[0])
            short = language if language not in taken else voice.id.rpartition("/")[2]
            taken.add(short)
            name = short if by_language and short else voice.id
            voices.append({"id": name, "file": voice.id, "name": voice.name or name, "language": language})
        return voices

    def _find(self, wanted: str) -> str:
        """The engine's own name for a voice, its file; it does not find all languages by name."""
        voice, plus, variant = wanted.partition("+")
        for one in self.voices:
            if voice in (one["id"], one["file"]) and (not plus or variant in self.variants):
                return one["file"] + plus + variant
        raise UnknownVoiceError(wanted)

    def all_voices(self) -> bytes:
        """All voices and variants, as JSON."""
        return json.dumps({"voices": self.voices, "variants": self.variants}).encode()


def answer(engine: Engine, request: dict[str, Any]) -> bytes:
    """Answer a request with a letter and content; never raises."""
    if "text" not in request:
        return b"V" + engine.all_voices()
    try:
        return b"S" + engine.speak(request)
    except UnknownVoiceError:
        return b"U" + engine.all_voices()
    except Exception as error:  # noqa: BLE001 - reported to the player
        return b"E" + str(error).encode(errors="replace")


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


def main(library: str = "", data: str = "") -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the player handles Ctrl-C
    limit(SECONDS_TO_START)
    try:
        engine = Engine(library, data)
    except Exception as error:  # noqa: BLE001 - reported to the player
        send(answers, b"E" + str(error).encode(errors="replace"))
        return
    send(answers, b"R")
    limit(0)
    while (request := receive(sys.stdin.buffer)) is not None:
        limit(int(request["seconds"]) + 2)
        send(answers, answer(engine, request))
        limit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
