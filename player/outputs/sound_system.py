"""The machine's sound system as miniaudio sees it: its devices, and which one is the default.

miniaudio's own list of devices does not say which one is the default, and fails completely if one is busy, so
the list is built here from the same data. Nothing asks for a single device, because that crashes the program
if the device was pulled out. Without any sound system, miniaudio silently plays into a backend named Null;
here that is an error.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from player.errors import OutputError

NO_CARD = "no sound card or sound server found"
NO_ANSWER = "the sound system does not answer"
NAMES = {"PULSEAUDIO": "PulseAudio", "COREAUDIO": "Core Audio", "DSOUND": "DirectSound"}
"""Names of sound systems that miniaudio spells differently; it sees PipeWire as PulseAudio."""
PLUGINS = {b"null", b"pulse", b"lavrate", b"samplerate", b"speexrate", b"speex", b"upmix", b"vdownmix"}
"""Entries in ALSA's list of devices on which nothing is heard: they lead nowhere, to another device, or to
PulseAudio, which is tried before ALSA and did not answer if ALSA is in use."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that can play."""

    name: str
    """Its name for people."""
    key: bytes = field(repr=False)
    """Its key in the sound system."""
    default: bool = field(compare=False)
    native: Any = field(compare=False, repr=False)
    """The id with which miniaudio opens it."""


class SoundSystem:
    """A connection to the sound system; used by one thread.

    Args:
        backend: miniaudio's number of the sound system; None: the first that works.

    Raises:
        OutputError: There is no sound system, or it does not answer.
    """

    def __init__(self, backend: int | None = None) -> None:
        hush_alsa()
        import miniaudio  # noqa: PLC0415  takes time that `--help` does not need

        try:
            self._devices = miniaudio.Devices(None if backend is None else [miniaudio.Backend(backend)])
        except miniaudio.MiniaudioError as error:
            raise OutputError(NO_CARD) from error
        self._context = self._devices._context  # noqa: SLF001  miniaudio's own methods do not reach it
        self.backend = int(self._context[0].backend)
        if self.backend == miniaudio.Backend.NULL.value:
            raise OutputError(NO_CARD)
        self.is_server = self.backend == miniaudio.Backend.PULSEAUDIO.value
        """Whether it can be asked repeatedly; asking ALSA opens devices."""
        self._lib, self._ffi = miniaudio.lib, miniaudio.ffi

    def devices(self) -> tuple[Device, ...]:
        """All devices that can play.

        Raises:
            OutputError: The sound system does not answer.
        """
        infos, count = self._ffi.new("ma_device_info**"), self._ffi.new("ma_uint32*")
        null = self._ffi.NULL
        if self._lib.ma_context_get_devices(self._context, infos, count, null, null):
            raise OutputError(NO_CARD)
        found = [self._device(infos[0][index]) for index in range(count[0])]
        return tuple(device for device in found if self.is_server or device.key not in PLUGINS)

    def current(self, name: str | None) -> Device | None:
        """The device of that name, or the default one for None; None if it does not exist.

        Raises:
            OutputError: The sound system does not answer.
        """
        return next((d for d in self.devices() if (d.default if name is None else d.name == name)), None)

    def _device(self, info: Any) -> Device:  # noqa: ANN401  miniaudio has no types
        native = self._ffi.new("ma_device_id*", info.id)
        name = self._ffi.string(info.name).decode(errors="replace")
        return Device(name, bytes(self._ffi.buffer(native)).rstrip(b"\0"), bool(info.isDefault), native)


def system_name(backend: int) -> str:
    """The usual name of a sound system, from miniaudio's number for it."""
    import miniaudio  # noqa: PLC0415  takes time that `--help` does not need

    name: str = miniaudio.Backend(backend).name
    return NAMES.get(name, name)


@cache
def hush_alsa() -> None:
    """Keep ALSA from writing lines on the terminal for every device that it does not find.

    Its handler becomes a C function that ignores its arguments: no Python code may be called from ALSA's
    threads, least of all while the program ends.
    """
    with contextlib.suppress(OSError):
        if sys.platform.startswith("linux"):
            harmless = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(harmless)
