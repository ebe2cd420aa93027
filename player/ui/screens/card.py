"""A card over a screen: a question, a list or a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, ScreenResultType

if TYPE_CHECKING:
    from textual.widget import Widget


class Card(ModalScreen[ScreenResultType]):
    """A card that closes on Escape, or on a click beside it."""

    SCOPED_CSS = False  # subclasses are cards, too
    DEFAULT_CSS = """
    Card { align: center middle; background: $background 60%; }
    Card > .card { width: 64; max-width: 96%; height: auto; max-height: 96%; padding: 1 3;
                   background: $surface; border: round $line; border-title-color: $soft;
                   border-subtitle-color: $soft; }
    .-narrow Card > .card, Card.-narrow > .card { padding: 0 1; }
    Card OptionList {
        border: none; background: transparent; height: auto; max-height: 100%; padding: 0;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    Card OptionList > .option-list--option-highlighted,
    Card OptionList:focus > .option-list--option-highlighted {
        background: $hold-ink 30%; color: $foreground; text-style: none;
    }
    Card OptionList:focus { border: none; background-tint: transparent 0%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close")]

    def action_close(self) -> None:
        """Close the card without a choice."""
        self.dismiss(None)

    def titled(self, card: Widget, title: str, subtitle: str = "") -> Widget:
        """Turn a widget into the card, with a title and a subtitle on its border."""
        card.add_class("card")
        card.border_title, card.border_subtitle = title, subtitle
        return card
