"""Textual's command palette, without its crash.

Its search may still run when the palette closes or the session under it ends. It then looks for a list that
is gone, and Textual ends the whole program. A search must never end a session, so a failed search just finds
nothing.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.command import CommandPalette
from textual.worker import WorkerState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.screen import Screen
    from textual.worker import Worker

_log = logging.getLogger(__name__)


class Palette(CommandPalette):
    """Everything the screen's keys do, by name."""

    def run_worker(self, *args: Any, **kwargs: Any) -> Worker[Any]:  # noqa: ANN401  as in Textual
        """Run a search whose failure does not end the program."""
        return super().run_worker(*args, **{**kwargs, "exit_on_error": False})

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        """Log a failed search."""
        if message.state is WorkerState.ERROR:
            _log.debug("the palette's search failed: %r", message.worker.error)


def commands_of(app: App[Any], screen: Screen[object]) -> Iterator[SystemCommand]:
    """What the screen's own keys do, once each, and the other theme."""
    told = set[str]()
    for active in screen.active_bindings.values():
        binding = active.binding
        title = binding.tooltip or binding.description
        textuals = binding.action.startswith(("app.", "screen."))
        if title and not textuals and title not in told and active.node in {screen, app}:
            told.add(title)
            keys = f"key {binding.key_display or binding.key}"
            yield SystemCommand(title, keys, partial(screen.run_action, binding.action))
    other = "light" if app.theme == "dark" else "dark"
    yield SystemCommand(
        f"{other.capitalize()} theme", "until you quit", partial(setattr, app, "theme", other)
    )
