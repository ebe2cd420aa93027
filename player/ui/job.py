"""An export in the background: one at a time, on a thread, visible from any screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from player.app.ports import CancelledError
from player.errors import Error

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.app.ports import ExportOrder, Exports
    from player.app.request import Request


class Job:
    """One export, from the question to its end.

    Args:
        exports: Writes it.
        request: What to write.
        title: The session's title.
    """

    def __init__(self, exports: Exports, request: Request, title: str) -> None:
        self.request, self.title = request, title
        self.order: ExportOrder | None = None
        """What to write; None until the listener answers."""
        self.doing, self.done = "", 0.0
        """The current step, and the progress of the whole work from 0 to 1."""
        self.outcome: Error | str = ""
        """Once it ends: where the file is, or why there is none."""
        self.over = self.told = False
        self._exports = exports
        self._cancelled = False

    @property
    def runs(self) -> bool:
        """Whether it has started and not ended."""
        return self.order is not None and not self.over

    def cancel(self) -> None:
        """Stop at the next step; no file is left behind."""
        self._cancelled = True

    def run(self, ended: Callable[[Job], None]) -> None:
        """Write the file; call it on a thread, after setting `order`."""
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

    def _progress(self, doing: str, done: int, total: int) -> None:
        part = done / max(1, total) / 2  # speaking is one half, writing the other
        self.doing, self.done = doing, part if doing == "speaking" else 0.5 + part
        if self._cancelled:
            raise CancelledError


class ExportEnded(Message):
    """An export succeeded or failed."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
