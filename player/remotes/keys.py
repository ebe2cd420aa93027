"""Media keys: the button of a headset, the keys of a keyboard, the lock screen, a phone beside the mat.

On Linux they all speak MPRIS. What it needs takes 100 ms to import, so it is imported on the remote's own
thread, while the first words are being prepared; elsewhere it is missing, and that is all.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from player.remotes.aside import run_aside

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from player.engine import Engine


def media_keys(
    engine: Engine, title: str, *, clock: Callable[[], float] = time.monotonic
) -> AbstractContextManager[None]:
    """Let the desktop's media keys drive the engine in this block; never raises, never waits for the desktop.

    Args:
        engine: What the keys drive.
        title: Of the session; shown as the album.
        clock: Seconds that never run backwards.
    """

    def work(ending: threading.Event) -> None:
        from player.remotes.mpris import serve  # noqa: PLC0415  here, off the start's path

        serve(ending, engine, title, clock)

    return run_aside("media keys", work)
