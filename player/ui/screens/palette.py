"""Textual's palette of commands, made harmless.

Its search may still run when it is closed, or when a session ends under it; then it looks for a list that is
gone, and Textual ends the whole program. A search must never end a session: if it fails, nothing is found.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from textual.command import CommandPalette
from textual.worker import WorkerState

if TYPE_CHECKING:
    from textual.worker import Worker

_log = logging.getLogger(__name__)


class Palette(CommandPalette):
    """What the screen's keys do, by name."""

    def run_worker(self, *args: Any, **kwargs: Any) -> Worker[Any]:  # noqa: ANN401  as Textual's
        """A search that may fail alone."""
        return super().run_worker(*args, **{**kwargs, "exit_on_error": False})

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        """Keep what went wrong."""
        if message.state is WorkerState.ERROR:
            _log.debug("the palette's search failed: %r", message.worker.error)
