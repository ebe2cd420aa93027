"""All keys of a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from player.ui.screens.card import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

PLAYING = (
    ("space  p  k", "pause, or go on"),
    ("n  >", "next exercise"),
    ("b  <", "this exercise from its start; again: the one before"),
    ("←  →  j  l", "ten seconds back, or on"),
    ("g  /", "go to an exercise"),
    ("r", "say the instruction again"),
    ("w", "where am I?"),
    ("t", "ten seconds more to rest or get ready"),
    ("+  −  0  9", "volume"),
    ("m", "mute"),
    ("c", "go on where it was broken off"),
    ("e", "export as a sound file"),
    ("ctrl+p", "all commands"),
    ("q", "end the session"),
)
BROWSING = (
    ("↑  ↓  j  k", "choose a session"),
    ("enter", "play it"),
    ("c", "go on where a session was broken off"),
    ("/", "find by a few letters"),
    ("e", "export as a sound file"),
    ("o", "open the script in your editor"),
    ("s", "settings"),
    ("ctrl+p", "all commands"),
    ("q", "quit"),
)


class Help(Card[None]):
    """A list of keys and what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,q", "close", "Close", show=False)]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Keys on the left, in one column."""
        width = max(len(keys) for keys, _ in self._keys)
        rows = (
            Content.assemble((f"{keys:<{width}}", "bold $secondary"), "  ", what) for keys, what in self._keys
        )
        yield self.titled(VerticalScroll(Static(Content("\n").join(rows))), "Keys", "esc close")
