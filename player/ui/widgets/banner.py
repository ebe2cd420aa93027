"""The coloured band with the phase's word and shape, and the session's progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Static

from player.ui.texts import lines, plain
from player.ui.widgets.big_text import BigText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from player.ui.looks import Look


class Banner(Horizontal):
    """A word to read from three metres, and lines beside it to read up close."""

    SCOPED_CSS = False  # the size of the screen matters
    DEFAULT_CSS = """
    Banner { height: 5; padding: 0 3; color: $banner-ink; }
    Banner BigText { height: 100%; color: $banner-ink; }
    Banner Static { width: auto; max-width: 34; height: 100%; padding: 1 0 0 2; text-align: right;
                    color: $banner-ink; }
    .-short Banner { height: 3; padding: 0 1; }
    .-narrow Banner Static { display: none; }
    .-tall Banner Static { padding: 0 0 0 2; }
    .-tall Banner { height: 8; padding: 1 4; }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  Textual's name for it
        super().__init__(id=id)
        self._word = BigText(weight=0.22, inset=2)
        self._beside = Static()
        self._shown: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The word and the lines beside it."""
        yield self._word
        yield self._beside

    def show(self, look: Look, beside: tuple[str, ...]) -> None:
        """Show a phase and some lines, the most important first."""
        self._word.text = f"{look.shape} {look.word}"
        if beside != self._shown:
            self._shown = beside
            first, *others = beside
            self._beside.update(lines(plain(first, "bold"), *map(plain, others)))
