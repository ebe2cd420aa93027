"""An example package that adds a voice and an output to Cuemat, as pip would install it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from player.errors import UserError
from player.outputs.paced import PacedOutput
from player.speech.voice import RawSpeech, fit

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from player.speech.manner import Manner

RATE = 16_000
LETTER = RATE // 20
HERTZ = {"": 300, "low": 150}


class Beeps:
    """Speaks each letter as 50 ms of a tone."""

    def __init__(self, hertz: float) -> None:
        self.hertz = hertz

    @property
    def identity(self) -> str:
        return f"beeps 1 {self.hertz}"

    def speak(self, text: str) -> RawSpeech:
        turns = np.arange(len(fit(text)) * LETTER) * (self.hertz / RATE)
        return RawSpeech((0.2 * np.sin(2 * np.pi * turns)).astype(np.float32), RATE)

    def close(self) -> None:
        """Do nothing, as there is nothing to release."""


class Voices:
    """Two of them."""

    @staticmethod
    def voices() -> Mapping[str, str]:
        return {"": "Beeps", "low": "Low beeps"}

    @staticmethod
    def make(manner: Manner) -> Beeps:
        if manner.voice not in HERTZ:
            message = f"beeps have no voice '{manner.voice}'"
            raise UserError(message)
        return Beeps(HERTZ[manner.voice])


class RawFile(PacedOutput):
    """Writes raw samples into a file, in real time."""

    name = "example"

    def __init__(self, device: str | None) -> None:
        if device is None:
            message = "say where to: --output example:FILE"
            raise UserError(message)
        super().__init__()
        self.device = device
        self._file = Path(device).open("wb", buffering=0)  # noqa: SIM115  closed by `close`

    @staticmethod
    def devices() -> tuple[str, ...]:
        return ("FILE",)

    def take(self, samples: NDArray[np.int16], stopping: threading.Event) -> None:
        del stopping
        self._file.write(samples.tobytes())

    def close(self) -> None:
        super().close()
        self._file.close()
