"""The few functions of PulseAudio's client library that a stream needs, with their types.

The library is the one that miniaudio opens, too. PipeWire provides it as well.
"""

from __future__ import annotations

import ctypes
from ctypes import (
    CDLL,
    POINTER,
    Structure,
    c_char_p,
    c_int,
    c_int64,
    c_size_t,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
)
from functools import cache

CONTEXT_READY, CONTEXT_GONE = 4, frozenset({5, 6})
STREAM_READY, STREAM_GONE = 2, frozenset({3, 4})
RUNNING = 0
"""The state of an operation that is not done."""
NO_AUTOSPAWN = 1
S16LE = 3
EARLY_REQUESTS = 0x4000
"""The smallest request becomes the latency of the device, and the rest of the buffer stays changeable."""
RELATIVE, ABSOLUTE = 0, 1
"""Where to write: after what was written, or at a place counted from the start."""
DEFAULT = 0xFFFFFFFF


class SampleSpec(Structure):
    """`pa_sample_spec`."""

    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class BufferAttributes(Structure):
    """`pa_buffer_attr`, in bytes."""

    _fields_ = (
        ("maxlength", c_uint32),
        ("tlength", c_uint32),
        ("prebuf", c_uint32),
        ("minreq", c_uint32),
        ("fragsize", c_uint32),
    )


class TimingInfo(Structure):
    """`pa_timing_info`."""

    _fields_ = (
        ("seconds", ctypes.c_long),
        ("microseconds", ctypes.c_long),
        ("synchronized_clocks", c_int),
        ("sink_usec", c_uint64),
        ("source_usec", c_uint64),
        ("transport_usec", c_uint64),
        ("playing", c_int),
        ("write_index_corrupt", c_int),
        ("write_index", c_int64),
        ("read_index_corrupt", c_int),
        ("read_index", c_int64),
        ("configured_sink_usec", c_uint64),
        ("configured_source_usec", c_uint64),
        ("since_underrun", c_int64),
    )


_FUNCTIONS: dict[str, tuple[object, tuple[object, ...]]] = {
    "pa_threaded_mainloop_new": (c_void_p, ()),
    "pa_threaded_mainloop_get_api": (c_void_p, (c_void_p,)),
    "pa_threaded_mainloop_start": (c_int, (c_void_p,)),
    "pa_threaded_mainloop_stop": (None, (c_void_p,)),
    "pa_threaded_mainloop_free": (None, (c_void_p,)),
    "pa_threaded_mainloop_lock": (None, (c_void_p,)),
    "pa_threaded_mainloop_unlock": (None, (c_void_p,)),
    "pa_context_new": (c_void_p, (c_void_p, c_char_p)),
    "pa_context_connect": (c_int, (c_void_p, c_char_p, c_int, c_void_p)),
    "pa_context_get_state": (c_int, (c_void_p,)),
    "pa_context_disconnect": (None, (c_void_p,)),
    "pa_context_unref": (None, (c_void_p,)),
    "pa_stream_new": (c_void_p, (c_void_p, c_char_p, POINTER(SampleSpec), c_void_p)),
    "pa_stream_connect_playback": (
        c_int,
        (c_void_p, c_char_p, POINTER(BufferAttributes), c_int, c_void_p, c_void_p),
    ),
    "pa_stream_get_state": (c_int, (c_void_p,)),
    "pa_stream_disconnect": (c_int, (c_void_p,)),
    "pa_stream_unref": (None, (c_void_p,)),
    "pa_stream_writable_size": (c_size_t, (c_void_p,)),
    "pa_stream_write": (c_int, (c_void_p, c_char_p, c_size_t, c_void_p, c_int64, c_int)),
    "pa_stream_update_timing_info": (c_void_p, (c_void_p, c_void_p, c_void_p)),
    "pa_stream_get_timing_info": (POINTER(TimingInfo), (c_void_p,)),
    "pa_operation_get_state": (c_int, (c_void_p,)),
    "pa_operation_unref": (None, (c_void_p,)),
}


@cache
def libpulse() -> CDLL | None:
    """The library with its types set; None if it is not installed."""
    try:
        library = CDLL("libpulse.so.0")
    except OSError:
        return None
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
