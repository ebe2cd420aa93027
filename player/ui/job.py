"""An export that runs beside everything else: one at a time, on a thread, seen by whoever looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.app.ports import CancelledError
from player.errors import Error

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.app.ports import ExportOrder, Exports


class Job:
    """One export, from the question to its end.

    Args:
        exports: Writes it.
        session: What is to be written.
        title: Of the session.
    """

    def __init__(self, exports: Exports, session: str, title: str) -> None:
        self.session, self.title = session, title
        self.order: ExportOrder | None = None
        """What was asked for; None while the question stands."""
        self.doing, self.done = "", 0.0
        self.outcome: Error | str = ""
        """In the end: where the file is, or why there is none."""
        self.over = self.told = False
        self._exports = exports
        self._cancelled = False

    @property
    def runs(self) -> bool:
        """It has begun and not ended."""
        return self.order is not None and not self.over

    def cancel(self) -> None:
        """End it at its next step; nothing is left behind."""
        self._cancelled = True

    def run(self, ended: Callable[[Job], None]) -> None:
        """Write the file; to be called on a thread, with the order set."""
        assert self.order is not None  # noqa: S101  the card sets it
        try:
            path = self._exports.write(self.order, self._progress)
            self.outcome = f"written: {path}"
        except CancelledError:
            self.outcome = "export cancelled; nothing was written"
        except Error as error:
            self.outcome = error
        finally:
            self.over = True
        ended(self)

    def _progress(self, doing: str, done: float) -> None:
        self.doing, self.done = doing, done
        if self._cancelled:
            raise CancelledError
