"""Asks before a session ends, because a stretched arm easily hits the wrong key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from player.ui.screens.card import Card
from player.ui.texts import safe
from player.words import clock

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Quitting(Card[bool]):
    """The question; its result is True to end the session."""

    DEFAULT_CSS = "Quitting > .card { width: 44; } Quitting Label { margin: 0 0 1 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "End"),
        Binding("n,q", "answer(False)", "Continue"),
    ]

    def __init__(self, title: str, elapsed: float, left: float) -> None:
        super().__init__()
        self._title, self._left = title, left
        self.elapsed = elapsed
        """Seconds into the session."""

    def compose(self) -> ComposeResult:
        """The question, with "continue" as the default for Enter."""
        yield self.titled(
            Vertical(
                Label(f"{clock(self._left)} left.", markup=False),
                OptionList(
                    Option("Continue the session", id="on"),
                    Option("End here; resume it later", id="end"),
                ),
            ),
            safe(self._title),
            "y end · n continue",
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with Enter or a click."""
        self.dismiss(event.option.id == "end")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001  the binding's argument
        """Answer with a letter."""
        self.dismiss(answer)
