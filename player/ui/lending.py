"""The terminal lent to others for a while: to an editor, or at Ctrl-Z to the shell.

Textual has a way to lend it, but never takes it back from a borrower that fails, and stops for good where no
shell could continue it. It also starts to read keys a second time whenever something else continues the
program. So the panel handles these signals itself.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from player.app import suspending
from player.app.foreground import is_in_foreground
from player.errors import Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import App

PATIENCE = 100
"""Times that the program is stopped again in the background; where no shell is left, that has no effect."""


class Lender:
    """Lends the terminal of an application.

    Args:
        app: Draws on the terminal otherwise. Its `app_suspend_signal` says that it is about to be lent.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app, self._is_lent = app, False

    def lend(self, work: Callable[[], object]) -> Error | None:
        """Let others use the terminal as it was before, and take it back, whatever they did to it.

        Args:
            work: Returns when the terminal is no longer needed.

        Returns:
            What went wrong, in words.
        """
        failed: Exception | None = None
        try:
            with self._app.suspend(), self._lent():
                try:
                    work()
                except Exception as error:  # noqa: BLE001  the terminal must be taken back first
                    failed = error
        except SuspendNotSupported:
            return Error("this terminal cannot be lent to another program")
        if failed is not None and not isinstance(failed, Error):
            raise failed
        return failed

    def stop(self) -> None:
        """Stop the program, as Ctrl-Z does for any program."""
        if sys.platform != "win32":
            self.lend(suspending.stop)

    def obey(self) -> None:
        """Handle the signals that stop and continue this program. Call it in the application's loop."""
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()

            def stop(*_: object) -> None:
                if self._is_lent:  # with the editor that is stopped
                    suspending.stop()
                else:
                    loop.call_soon_threadsafe(self.stop)

            def go_on(*_: object) -> None:
                if not self._is_lent:  # it was stopped in a way that nobody can handle
                    loop.call_soon_threadsafe(self.lend, lambda: None)

            signal.signal(signal.SIGTSTP, stop)
            signal.signal(signal.SIGCONT, go_on)

    @contextmanager
    def _lent(self) -> Iterator[None]:
        self._is_lent = True
        try:
            with _same_mode():
                yield
        finally:
            self._is_lent = False


if sys.platform == "win32":

    @contextmanager
    def _same_mode() -> Iterator[None]:
        yield

else:
    import termios

    @contextmanager
    def _same_mode() -> Iterator[None]:
        """Set the terminal's mode again; a background job that tries is stopped until it has the terminal."""
        terminal = sys.__stdin__.fileno() if sys.__stdin__ else 0
        try:
            mode = termios.tcgetattr(terminal)
        except termios.error:
            yield
            return
        yield
        for _ in range(PATIENCE):
            if is_in_foreground(terminal):
                break
            signal.raise_signal(signal.SIGTTOU)
        termios.tcsetattr(terminal, termios.TCSANOW, mode)
