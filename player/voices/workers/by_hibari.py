"""hibari-tts, the natural voice; see `serve` for the protocol.

The sound depends on nothing but the model, the text, speed and pitch: one thread, the noise from one seed,
and numpy's Fourier transform even where scipy is installed, because theirs differ in the last bits. Nothing
here reaches a network, although the package can download voices and its runtime can report on its use.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import wave
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_MEMORY = 1 << 30
"""Bytes of address space: several times what a voice needs, but a strange model cannot take the machine."""
NO_TELEMETRY = ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED")
"""The name of the switch in different versions of onnxruntime; the one in its interface comes too late."""
VOICED = 40.0
"""Hz; the network gives a lower pitch where there is none."""
LOUDEST = 32_767
TAKES, GIVES = ("ids", "speed"), 6
"""The inputs of a voice's model, and how many outputs it has."""


class Engine:
    """Answers requests; see `serve`."""

    def __init__(self, model: str, digest: str, accent: str = "") -> None:
        """Load the model in a file with this SHA-256; `accent` is "british" or empty for American."""
        sys.addaudithook(_refuse_network)
        _limit_memory()
        # Without it, the runtime writes an id of this machine into the user's folder, to be sent home.
        os.environ.update(dict.fromkeys(NO_TELEMETRY, "1"))
        sys.modules["scipy"] = None  # type: ignore[assignment]  # as if it were not installed
        import onnxruntime  # noqa: PLC0415 - after the precautions
        from hibari import Hibari, dsp  # noqa: PLC0415
        from hibari.g2p import G2P  # noqa: PLC0415

        onnxruntime.disable_telemetry_events()
        self._model = Path(model).name
        content = Path(model).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            message = f"{model} has changed"
            raise ValueError(message)
        # From memory: what was checked is what speaks, and a model can refer to no other file.
        self._voice = Hibari(model=content, threads=1, g2p=G2P(british=accent == "british"))
        self._check()
        self._dsp, self._pulses = dsp, dsp.pulses

    def _check(self) -> None:
        """Refuse a model that is made for something else, before its numbers become sound."""
        takes = [one.name for one in self._voice.sess.get_inputs()]
        gives = len(self._voice.sess.get_outputs())
        if sorted(takes) != sorted(TAKES) or gives != GIVES:
            message = f"it takes {', '.join(takes)} and gives {gives} values, not a voice's"
            raise ValueError(message)

    def answer(self, request: dict[str, Any]) -> bytes:
        """Speech, a mono WAV file of 16 bits; or nothing, where the text gives no sound; or the one voice."""
        if "text" not in request:
            voice = {"id": self._model, "name": self._model, "language": "en"}
            return b"V" + json.dumps({"voices": [voice], "variants": []}).encode()
        factor = float(request["pitch"])

        def shifted(pitch: NDArray[np.float32]) -> NDArray[np.float32]:
            scaled = pitch.copy()
            scaled[pitch > VOICED] *= factor
            pulses: NDArray[np.float32] = self._pulses(scaled)
            return pulses

        self._dsp.pulses = self._pulses if factor == 1 else shifted
        try:
            samples = self._voice(request["text"], speed=float(request["speed"]), seed=0)
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
            return b"N"  # its rules for reading stumble over this text, and always will
        if len(samples) == 0:
            return b"N"
        memory = io.BytesIO()
        with wave.open(memory, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._voice.sample_rate)
            file.writeframes((samples.clip(-1, 1) * LOUDEST).round().astype("<i2").tobytes())
        return b"S" + memory.getvalue()


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")):
        message = "a voice needs no network"
        raise PermissionError(message)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on Windows

        with suppress(ValueError, OSError):  # macOS may refuse
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            if hard == resource.RLIM_INFINITY or hard > MOST_MEMORY:
                resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, hard))
