"""All keys of a screen."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from player.app.keys import KeyScreen, keys_of
from player.ui.screens.card import Card

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.app import ComposeResult

Row = tuple[str, str, str]
"""Keys, what they do, and the name in `[keys]`."""
GAP, KEY, NAME = "  ", "bold $secondary", "$soft"
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
        self._list = Static()

    def compose(self) -> ComposeResult:
        """The list, which scrolls."""
        yield self.titled(VerticalScroll(self._list), "Keys", "esc close")

    def on_mount(self) -> None:
        """Fill the list once its width is known."""
        self.call_after_refresh(self._fill)

    def on_resize(self) -> None:
        """Break lines again for the new width."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        self._list.update(Content("\n").join(_lines(self._rows, self._list.size.width)))


def _lines(rows: Sequence[Row], room: int) -> Iterator[Content]:
    """Keys on the left, then what they do, then their names in the settings, each in a column of its own.

    Where three columns do not fit, the name stands at the end of what the key does.
    """
    keys, words, names = (max(len(row[column]) for row in rows) for column in range(3))
    if keys + words + names + 2 * len(GAP) <= room:
        for key, what, name in rows:
            yield Content.assemble((f"{key:<{keys}}", KEY), GAP, f"{what:<{words}}", GAP, (name, NAME))
        return
    for key, what, name in rows[1:]:
        text = f"{what} ({name})" if name else what
        for number, line in enumerate(wrap(text, max(1, room - keys - len(GAP)))):
            yield Content.assemble((f"{'' if number else key:<{keys}}", KEY), GAP, line)
