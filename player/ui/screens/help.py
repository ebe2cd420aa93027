"""All keys of a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from player.app.keys import KeyScreen, keys_of
from player.ui.screens.card import Card

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

HEADINGS = ("", "", "[keys]")
EVERYWHERE = ("ctrl+p", "all commands by name", "")
BESIDES = {KeyScreen.CHOOSING: (("↑  ↓", "choose a session", ""),), KeyScreen.PLAYING: ()}
"""Keys that a screen has besides the table."""


class Help(Card[None]):
    """A list of keys and what they do.

    Args:
        screen: The screen whose keys are shown.
        changed: The listener's own keys, by what they do.
    """

    DEFAULT_CSS = "Help > .card { width: 78; padding: 0 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,q", "close", "Close", show=False)]

    def __init__(self, screen: KeyScreen, changed: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        own = [(one.all_shown, one.long, one.name) for one in keys_of(screen, changed)]
        self._rows = [HEADINGS, *BESIDES[screen], *own, EVERYWHERE]

    def compose(self) -> ComposeResult:
        """Keys on the left, in one column; behind what they do its name in the settings."""
        width, words = (max(len(row[column]) for row in self._rows) for column in (0, 1))
        rows = (
            Content.assemble(
                (f"{keys:<{width}}", "bold $secondary"), f"  {what:<{words}}", (f"  {name}", "$soft")
            )
            for keys, what, name in self._rows
        )
        yield self.titled(VerticalScroll(Static(Content("\n").join(rows))), "Keys", "esc close")
