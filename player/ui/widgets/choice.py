"""One setting on one line. Left and right change it, so no menu has to be opened from the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from player.ui.texts import clipped, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

T = TypeVar("T")
LABEL = 16
"""Width of a label, in cells."""


class Choice(Widget, Generic[T], can_focus=True):
    """A label and one of several values.

    Args:
        label: What the choice sets.
        options: Each value with its words.
        value: The current value; added to the options if it is not among them.
        id: The widget's id.
    """

    DEFAULT_CSS = """
    Choice { height: 1; padding: 0 1; }
    Choice:focus { background: $panel; }
    Choice:hover { background: $panel 50%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "turn(-1)", "Less", key_display="←"),
        Binding("right,l", "turn(1)", "More", key_display="→"),
        Binding("up,k", "app.focus_previous", "Up", show=False),
        Binding("down,j", "app.focus_next", "Down", show=False),
    ]
    index: reactive[int] = reactive(0)

    class Changed(Message):
        """The listener chose another value."""

    def __init__(self, label: str, options: Sequence[tuple[T, str]], value: T, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._label = label
        self._options: list[tuple[T, str]] = []
        self.offer(options, value)

    @property
    def value(self) -> T:
        """The current value."""
        return self._options[self.index][0]

    def offer(self, options: Sequence[tuple[T, str]], value: T) -> None:
        """Replace the options, once they are known."""
        values = [one for one, _ in options]
        self._options = [*options] if value in values else [(value, str(value)), *options]
        self.set_reactive(Choice.index, values.index(value) if value in values else 0)
        self.refresh()

    def render(self) -> Content:
        """The label and value, with arrows where there are more values."""
        focus = self.has_focus
        words = clipped(self._options[self.index][1], max(4, self.size.width - LABEL - 5))
        left = "◂ " if self.index > 0 else "  "
        right = " ▸" if self.index < len(self._options) - 1 else ""
        return Content.assemble(
            (f"{self._label:<{LABEL}}", "bold" if focus else "$soft"),
            (left, "$secondary"),
            plain(words, "bold" if focus else ""),
            (right, "$secondary"),
        )

    def on_focus(self) -> None:
        """Draw the label again."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the label again."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go back on the left arrow, forward anywhere else."""
        self.action_turn(-1 if LABEL <= event.x < LABEL + 3 else 1)

    def action_turn(self, by: int) -> None:
        """Choose the next or the previous value."""
        index = min(len(self._options) - 1, max(0, self.index + by))
        if index != self.index:
            self.index = index
            self.post_message(self.Changed())
