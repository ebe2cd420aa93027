"""The second Ctrl-C always ends: whatever hangs, and whatever the first one still waits for.

The first one ends a command in its own way: files are cleaned up, a session keeps its place. Python handles a
signal only between two steps of its main thread, which may be stuck in a library. So the presses are counted
on a thread of their own, from the pipe into which Python writes the number of every signal that it handles.
That thread imports nothing: in Python 3.11 one start in forty failed where two did so at a time.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress

GRACE = 1.0
"""Seconds after the second press for what is nearly done."""


if sys.platform == "win32":

    def end_at_second_press(code: int) -> None:
        """Do nothing: Windows has no such pipe."""

else:
    import termios

    from player.app.foreground import is_in_foreground

    def end_at_second_press(code: int) -> None:
        """From now on, end this program with the exit code soon after the second Ctrl-C."""
        reads, writes = os.pipe()
        os.set_blocking(writes, False)
        signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
        mode = None
        with suppress(OSError, ValueError, AttributeError, termios.error):
            mode = termios.tcgetattr(sys.stdin.fileno())
        threading.Thread(target=_count, args=(reads, mode, code), name="interrupts", daemon=True).start()

    def _count(reads: int, mode: list[int | list[bytes | int]] | None, code: int) -> None:
        presses = 0
        while presses < 2:  # noqa: PLR2004  the second
            presses += os.read(reads, 1)[0] == signal.SIGINT
        time.sleep(GRACE)
        if mode is not None and is_in_foreground(sys.stdin.fileno()):
            with suppress(OSError, termios.error):
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, mode)
        os._exit(code)
