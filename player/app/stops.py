"""Ctrl-Z, `fg` and `bg` in plain mode."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from player.app import suspending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from player.app.ports import Plays


class Stops:
    """Whether the program was stopped, so that it can say where the session is."""

    def __init__(self) -> None:
        self._continued = False

    def note(self, *_: object) -> None:
        """Remember that the program was continued."""
        self._continued = True

    def over(self) -> bool:
        """Whether a stop has ended since the last call."""
        over, self._continued = self._continued, False
        return over


@contextmanager
def obey_stops(engine: Plays, give_back: Callable[[], None], *, reads_keys: bool) -> Iterator[Stops]:
    """Pause the session before the program stops, whoever stops it.

    Args:
        engine: Plays the session.
        reads_keys: Somebody can press a key to resume it. If not, a session that was stopped goes on.
        give_back: Gives the terminal its old mode back.
    """
    stops = Stops()
    with ExitStack() as stack:
        if sys.platform != "win32" and reads_keys:

            def stop(*_: object) -> None:
                suspending.pause(engine)
                give_back()
                suspending.stop()
                stops.note()

            def go_on(*_: object) -> None:  # after SIGSTOP, which nobody can handle
                suspending.pause(engine)
                stops.note()

            for number, handler in ((signal.SIGTSTP, stop), (signal.SIGCONT, go_on)):
                stack.callback(signal.signal, number, signal.signal(number, handler))
        yield stops
