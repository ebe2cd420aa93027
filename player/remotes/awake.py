"""Keeps the screen awake while a session plays, so it can be read from the floor at any time.

wakepy asks the desktop and may wait seconds for an answer, so it runs on its own thread, and only after the
session has played for a moment. A short pause keeps the screen awake too: no key was pressed for minutes, so
the desktop would darken it at once.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from player.engine import State
from player.remotes.aside import hush, run_aside

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from wakepy import DBusAdapter

    from player.engine.engine import Engine

LOOK = 1.0
"""Seconds between two looks at the engine, and before the first."""
GRACE = 120.0
"""Seconds that a pause may last before the screen may go dark."""


def screen_awake(
    engine: Engine, *, clock: Callable[[], float] = time.monotonic, look: float = LOOK
) -> AbstractContextManager[None]:
    """Keep the screen awake in this block while the engine plays; never raises.

    Args:
        engine: Plays the session.
        clock: Seconds that never run backwards.
        look: Seconds between two looks at the engine.
    """
    return run_aside("screen awake", lambda ending: _watch(engine, ending, clock, look))


def _watch(engine: Engine, ending: threading.Event, clock: Callable[[], float], look: float) -> None:
    played: float | None = None
    with ExitStack() as awake:
        is_kept_awake = False
        while not ending.wait(look):
            if engine.snapshot.state in {State.PLAYING, State.WAITING, State.PREPARING}:
                played = clock()
            wanted = played is not None and clock() - played < GRACE
            if wanted and not is_kept_awake:
                awake.enter_context(_presenting())
            elif is_kept_awake and not wanted:
                awake.close()
            is_kept_awake = wanted


def _presenting() -> AbstractContextManager[object]:
    hush("wakepy")
    from wakepy import keep  # noqa: PLC0415  takes 40 ms, too long for the start

    adapter: type[DBusAdapter] | None = None
    if sys.platform == "linux":
        from player.remotes.naming import NamedAdapter  # noqa: PLC0415  as above

        adapter = NamedAdapter
    return keep.presenting(on_fail="pass", dbus_adapter=adapter)
