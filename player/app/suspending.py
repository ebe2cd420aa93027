"""Ctrl-Z and `fg`: while the whole program is stopped, the session waits, and it never goes on by itself.

A stopped program cannot silence its device, which would play what it has buffered. So the session is paused
first. It stays paused afterwards, because whoever has just typed `fg` is not on the mat.
"""

from __future__ import annotations

import signal
import sys
import time
from typing import TYPE_CHECKING

from player.engine import Pause, State

if TYPE_CHECKING:
    from player.app.ports import Plays

REASON = "Cuemat was stopped; paused"
PATIENCE = 0.5
"""Seconds to wait for the engine; a sound server that hangs must not keep the program from stopping."""
SOUNDS = {State.PLAYING, State.WAITING, State.PREPARING}
"""States in which something may sound, now or at once."""
LOOK = 0.005
"""Seconds between two looks at the engine meanwhile."""


def pause(engine: Plays) -> None:
    """Pause the session, and return once nothing sounds any more."""
    engine.send(Pause(REASON))
    deadline = time.monotonic() + PATIENCE
    while engine.snapshot.state in SOUNDS and time.monotonic() < deadline:
        time.sleep(LOOK)


if sys.platform != "win32":

    def stop() -> None:
        """Stop this program, as if it did not handle the signal; return when it is continued.

        Where no shell could continue it, as in a window of its own, the system ignores the signal.
        """
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, before)
