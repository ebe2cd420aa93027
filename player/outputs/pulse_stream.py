"""A connection to PulseAudio or PipeWire with one stream, by the server's own library.

Nothing here waits for the server, except `open`. The library has a thread of its own, which is locked out
during each call; it calls no Python.
"""

from __future__ import annotations

import ctypes
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.errors import OutputError
from player.outputs.feed import CHANNELS
from player.outputs.libpulse import (
    CONTEXT_GONE,
    CONTEXT_READY,
    DEFAULT,
    EARLY_REQUESTS,
    NO_AUTOSPAWN,
    RELATIVE,
    RUNNING,
    S16LE,
    STREAM_GONE,
    STREAM_READY,
    BufferAttributes,
    SampleSpec,
)
from player.outputs.sound_system import NO_ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

OPENING = 5.0
"""Seconds to wait for the server."""
LOOK = 0.001
"""Seconds between two looks while it opens."""
FRAME = 2 * CHANNELS
"""Bytes in a frame."""
NAME = b"Cuemat"
REFUSED = "the sound server does not let Cuemat play"


@dataclass(frozen=True, slots=True)
class Position:
    """Where the server is in the stream."""

    fetched: int
    """Frames that the server has taken out of the stream's queue."""
    unheard: float
    """Seconds of them that have not been heard yet."""
    piece: float
    """Seconds that the server fetches at once."""


class PulseStream:
    """One stream; used by one thread at a time, except for `close`.

    Args:
        library: PulseAudio's client library.
        rate: Frames per second.
    """

    def __init__(self, library: ctypes.CDLL, rate: int) -> None:
        self._lib, self._rate = library, rate
        self._loop: int | None = None
        self._context: int | None = None
        self._stream: int | None = None
        self._question: int | None = None
        self._closing = threading.Event()
        self._opening = threading.RLock()
        """Held while it opens or closes: it may be closed because opening takes too long."""

    def open(self, sink: bytes | None, most: int, least: int) -> None:
        """Connect; the stream plays as soon as it is filled.

        Args:
            sink: The server's name of the device; None is its default.
            most: Frames that the server holds.
            least: Frames that the device holds, and that the server fetches at once.

        Raises:
            OutputError: The server or the device refuses, or does not answer.
        """
        with self._opening:
            try:
                self._connect()
                self._create(sink, most, least)
            except OutputError:
                self.close()
                raise

    def room(self) -> int | None:
        """The number of frames that the server takes now; None if it or the device is gone."""
        with self._locked():
            return self._lib.pa_stream_writable_size(self._stream) // FRAME if self._is_ready() else None

    def write(self, samples: NDArray[np.int16], offset: int = 0) -> None:
        """Write samples, at a distance in frames from the end of what was written."""
        data = samples.tobytes()
        with self._locked():
            if self._is_ready():
                self._lib.pa_stream_write(self._stream, data, len(data), None, offset * FRAME, RELATIVE)

    def ask(self) -> bool:
        """Ask for the position; False if there is no answer to the last question yet."""
        with self._locked():
            if self._question is not None or not self._is_ready():
                return False
            self._question = self._lib.pa_stream_update_timing_info(self._stream, None, None)
            return True

    def answer(self) -> Position | None:
        """The position that was asked for; None if there is no answer yet."""
        lib = self._lib
        with self._locked():
            if self._question is None or lib.pa_operation_get_state(self._question) == RUNNING:
                return None
            lib.pa_operation_unref(self._question)
            self._question = None
            if not (info := lib.pa_stream_get_timing_info(self._stream)):
                return None
            now = info.contents
            return Position(now.read_index // FRAME, now.sink_usec / 1e6, now.configured_sink_usec / 1e6)

    def close(self) -> None:
        """Disconnect, and release everything."""
        self._closing.set()
        with self._opening:
            loop, self._loop = self._loop, None
            if loop is None:
                return
            lib = self._lib
            lib.pa_threaded_mainloop_lock(loop)
            if self._question is not None:
                lib.pa_operation_unref(self._question)
            if self._stream is not None:
                lib.pa_stream_disconnect(self._stream)
                lib.pa_stream_unref(self._stream)
            lib.pa_context_disconnect(self._context)
            lib.pa_context_unref(self._context)
            lib.pa_threaded_mainloop_unlock(loop)
            lib.pa_threaded_mainloop_stop(loop)
            lib.pa_threaded_mainloop_free(loop)

    def _connect(self) -> None:
        lib = self._lib
        self._loop = lib.pa_threaded_mainloop_new()
        self._context = lib.pa_context_new(lib.pa_threaded_mainloop_get_api(self._loop), NAME)
        lib.pa_context_connect(self._context, None, NO_AUTOSPAWN, None)
        lib.pa_threaded_mainloop_start(self._loop)
        self._wait(lambda: int(lib.pa_context_get_state(self._context)), CONTEXT_READY, CONTEXT_GONE)

    def _create(self, sink: bytes | None, most: int, least: int) -> None:
        lib = self._lib
        with self._locked():
            spec = SampleSpec(S16LE, self._rate, CHANNELS)
            sizes = BufferAttributes(DEFAULT, most * FRAME, DEFAULT, least * FRAME, DEFAULT)
            self._stream = lib.pa_stream_new(self._context, NAME, ctypes.byref(spec), None)
            lib.pa_stream_connect_playback(
                self._stream, sink, ctypes.byref(sizes), EARLY_REQUESTS, None, None
            )
        self._wait(lambda: int(lib.pa_stream_get_state(self._stream)), STREAM_READY, STREAM_GONE)

    def _wait(self, state: Callable[[], int], wanted: int, refused: frozenset[int]) -> None:
        until = time.monotonic() + OPENING
        while not self._closing.wait(LOOK) and time.monotonic() < until:
            with self._locked():
                found = state()
            if found == wanted:
                return
            if found in refused:
                raise OutputError(REFUSED)
        raise OutputError(NO_ANSWER)

    def _is_ready(self) -> bool:
        states = self._lib.pa_context_get_state(self._context), self._lib.pa_stream_get_state(self._stream)
        return states == (CONTEXT_READY, STREAM_READY)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep the library's own thread out."""
        self._lib.pa_threaded_mainloop_lock(self._loop)
        try:
            yield
        finally:
            self._lib.pa_threaded_mainloop_unlock(self._loop)
