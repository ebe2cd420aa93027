"""A list of the session's exercises to jump to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from player.ui.screens.card import Card
from player.ui.texts import plain

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from player.app.ports import ExerciseRow


class GoingTo(Card[int]):
    """The list; its result is the section of the chosen exercise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g,q", "close", "Close", show=False),
        Binding("j", "move('down')", "Down", show=False),
        Binding("k", "move('up')", "Up", show=False),
    ]

    def __init__(self, exercises: tuple[ExerciseRow, ...], section: int) -> None:
        super().__init__()
        self._exercises = exercises
        self._present = max((i for i, one in enumerate(exercises) if one.section <= section), default=None)
        self._list = OptionList(
            *(
                Option(_line(number, one), id=str(one.section))
                for number, one in enumerate(exercises, start=1)
            )
        )

    def compose(self) -> ComposeResult:
        """The list, with the current exercise marked."""
        yield self.titled(Vertical(self._list), "Go to", "enter go · esc close")

    def on_mount(self) -> None:
        """Highlight the current exercise."""
        self._list.highlighted = self._present if self._present is not None else 0

    def action_move(self, way: str) -> None:
        """Move the highlight up or down."""
        (self._list.action_cursor_down if way == "down" else self._list.action_cursor_up)()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the chosen section."""
        self.dismiss(int(event.option.id or 0))


def _line(number: int, exercise: ExerciseRow) -> Content:
    return Content.assemble(
        (f"{number:>2}  ", "$soft"), plain(exercise.title, "bold"), "  ", plain(exercise.dose, "$soft")
    )
