"""A whole session as a skyline: tall towers are work, low ones rest."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from player.timeline import PhaseKind
from player.ui.looks import PHASES

if TYPE_CHECKING:
    from textual import events

    from player.app.ports import Stretch

EIGHTHS = " ▁▂▃▄▅▆▇█"
HEIGHTS = {
    PhaseKind.TALK: 1,
    PhaseKind.GET_READY: 3,
    PhaseKind.MOVE: 6,
    PhaseKind.HOLD: 8,
    PhaseKind.REST: 2,
    PhaseKind.SWITCH: 3,
    PhaseKind.DONE: 1,
}
"""Heights in eighths, so the shape shows the phase without colours."""
WIDE_ENOUGH = 3
"""Width in cells from which a section gets a gap before it."""
PAST, COMING = 0.35, 0.75
"""Strength of the colours before and after the playhead."""


class SessionStrip(Widget):
    """The skyline with a playhead; a click jumps to that moment."""

    DEFAULT_CSS = "SessionStrip { height: 2; }"
    head: reactive[int] = reactive(-1)
    """The cell of the playhead; -1 for none."""
    section: reactive[int] = reactive(-1)
    """The current section; -1 for none."""
    stretches: reactive[tuple[Stretch, ...]] = reactive(())

    class Clicked(Message):
        """The listener clicked a moment."""

        def __init__(self, fraction: float) -> None:
            super().__init__()
            self.fraction = fraction
            """The clicked moment, from 0 (start) to 1 (end)."""

    _fraction: float | None = None

    def show(self, fraction: float, section: int) -> None:
        """Move the playhead to a fraction of the session, and mark its section."""
        self._fraction, self.section = fraction, section
        self.on_resize()

    def on_resize(self) -> None:
        """Place the playhead for the new width."""
        if self._fraction is not None:
            self.head = min(self.size.width - 1, max(0, int(self._fraction * self.size.width)))

    def on_click(self, event: events.Click) -> None:
        """Post the clicked moment."""
        self.post_message(self.Clicked((event.x + 0.5) / max(1, self.size.width)))

    def render_line(self, y: int) -> Strip:
        """Draw the playhead in the first row, the skyline in the others."""
        width, height = self.size
        ground, ink = self.colors[2], self.colors[3]
        back = Style(bgcolor=ground.rich_color)
        rows = height - (self.head >= 0)
        if self.head >= 0:
            if y == 0:
                head = Style(color=ink.rich_color, bgcolor=ground.rich_color, bold=True)
                return Strip([Segment(" " * self.head, back), Segment("▼", head)]).adjust_cell_length(
                    width, back
                )
            y -= 1
        segments = []
        for x, cell in enumerate(towers(self.stretches, width)):
            level = 0 if cell is None else HEIGHTS[cell.kind] * rows - 8 * (rows - 1 - y)
            style = (
                back
                if cell is None
                else Style(color=self._colour(x, cell, ground), bgcolor=ground.rich_color)
            )
            segments.append(Segment(EIGHTHS[min(8, max(0, level))], style))
        return Strip(segments).simplify().adjust_cell_length(width, back)

    def _colour(self, x: int, cell: Stretch, ground: Color) -> str:
        colour = Color.parse(self.app.theme_variables[f"{PHASES[cell.kind].name}-ink"])
        if self.head >= 0 and cell.section != self.section:
            colour = ground.blend(colour, PAST if x < self.head else COMING)
        elif 0 <= x < self.head:
            colour = ground.blend(colour, COMING)
        return colour.hex6


def towers(stretches: tuple[Stretch, ...], width: int) -> list[Stretch | None]:
    """The phase that fills most of each cell; None is a gap before a section."""
    total = sum(stretch.seconds for stretch in stretches)
    if not total:
        return [None] * width
    ends = list(accumulate(stretch.seconds for stretch in stretches))
    cells: list[Stretch | None] = []
    for x in range(width):
        start, end = x * total / width, (x + 1) * total / width
        first = min(bisect_right(ends, start), len(ends) - 1)
        last = min(bisect_right(ends, end - 1e-9), len(ends) - 1)
        here = range(first, last + 1)
        most = max(here, key=lambda i: min(ends[i], end) - max(ends[i] - stretches[i].seconds, start))
        cells.append(stretches[most])
    return _with_gaps(cells)


def _with_gaps(cells: list[Stretch | None]) -> list[Stretch | None]:
    sections = [cell.section if cell else -1 for cell in cells]
    return [
        None if x and sections[x] != sections[x - 1] and sections.count(sections[x]) >= WIDE_ENOUGH else cell
        for x, cell in enumerate(cells)
    ]
