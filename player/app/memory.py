"""Lets the C library give freed sound back to the system at once.

glibc keeps what was freed once, for blocks of up to 32 MB, and each thread has a heap of its own. A session's
clips are such blocks, made on several threads: a panel in which session after session was opened held three
times what it needed. With these limits every clip is a mapping of its own, which ends when it is freed.
"""

from __future__ import annotations

import sys
from contextlib import suppress

TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
"""The parameters of `mallopt`, from malloc.h."""
BLOCK = 64 * 1024
"""Bytes from which a block is a mapping of its own."""
ARENAS = 2


def keep_memory_small() -> None:
    """Set the limits, before threads are started; does nothing where the C library is another."""
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError, OSError):
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(MMAP_THRESHOLD, BLOCK)
            mallopt(TRIM_THRESHOLD, 2 * BLOCK)
            mallopt(ARENA_MAX, ARENAS)
