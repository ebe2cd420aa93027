"""Media keys: the button of a headset, the keys of a keyboard, the lock screen, a phone beside the mat.

On Linux they all use MPRIS. Its library takes 100 ms to import, so the remote's own thread imports it while
the first words are being prepared. On other systems there are no media keys.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from player.remotes.aside import run_aside

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from player.engine.engine import Engine


def media_keys(
    engine: Engine,
    title: str,
    cover: Callable[[], str] = lambda: "",
    *,
    clock: Callable[[], float] = time.monotonic,
) -> AbstractContextManager[None]:
    """Let the desktop's media keys control the engine in this block; never raises or waits.

    Args:
        engine: The engine to control.
        title: The session's title, shown as the album.
        cover: Draws its cover and returns the address; called on another thread.
        clock: Seconds that never run backwards.
    """

    def work(ending: threading.Event) -> None:
        from player.remotes.interfaces import Player  # noqa: PLC0415  here, so the start does not wait
        from player.remotes.mpris import serve  # noqa: PLC0415

        serve(ending, engine, Player(engine, title, clock, cover()))

    return run_aside("media keys", work)
