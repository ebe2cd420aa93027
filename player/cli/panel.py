"""`cuemat`, and `cuemat play` on a terminal: the control panel, with its ports filled."""

from __future__ import annotations

from player.app.folders import state_folder
from player.app.logs import LOG
from player.app.panel import fill_ports
from player.app.request import Request
from player.app.terminal_keys import hung_up
from player.cli.around import surroundings
from player.cli.screen import can_be_drawn_on
from player.errors import UserError


def run() -> int:
    """Open the browser.

    Raises:
        UserError: The panel cannot be drawn on this terminal.
    """
    if not can_be_drawn_on():
        message = (
            "the control panel cannot be drawn on this terminal; "
            "use `cuemat list` and `cuemat play SESSION` instead"
        )
        raise UserError(message)
    return show_panel(Request(""))


def show_panel(request: Request) -> int:
    """Open the panel with the requested session, or with the list."""
    from player.ui.terminal import show

    word = show(fill_ports(surroundings()), state_folder() / LOG, request, hung_up)
    if word:
        print(word)
    return 0
