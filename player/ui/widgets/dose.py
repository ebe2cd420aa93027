"""Sets and reps as shapes that can be counted from a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from player.ui.texts import clipped

if TYPE_CHECKING:
    from player.timeline import Activity

DONE, NOW, COMING = "●", "◉", "○"
SET_DONE, SET_NOW, SET_COMING = "■", "▣", "□"


class DoseFigures(Widget):
    """A row of dots for the reps and a row of squares for the sets; words if they do not fit."""

    DEFAULT_CSS = "DoseFigures { height: 3; }"
    activity: reactive[Activity | None] = reactive(None)

    def render_line(self, y: int) -> Strip:
        """Draw a row of shapes, or the empty row between two."""
        width = self.size.width
        _, _, ground, ink = self.colors
        back = Style(bgcolor=ground.rich_color)
        rows = [row for row in self._rows() if row]
        spaced = [part for row in rows for part in (row, "")] if self.size.height > len(rows) else rows
        text = spaced[y] if y < len(spaced) else ""
        style = Style(color=ink.rich_color, bgcolor=ground.rich_color, bold=True)
        return Strip([Segment(clipped(text, width), style)]).adjust_cell_length(width, back)

    def _rows(self) -> tuple[str, str]:
        doing, width = self.activity, self.size.width
        if doing is None:
            return "", ""
        reps = counted("rep", doing.rep, doing.reps, (DONE, NOW, COMING), width)
        return reps, counted("set", doing.set, doing.sets, (SET_DONE, SET_NOW, SET_COMING), width)


def counted(what: str, now: int | None, of: int | None, shapes: tuple[str, str, str], width: int) -> str:
    """A count such as "● ◉ ○  rep 2 of 3"; empty if there is only one."""
    if now is None or of is None or of < 2:  # noqa: PLR2004  a single one needs no count
        return ""
    done, present, coming = shapes
    marks = [done] * (now - 1) + [present] + [coming] * (of - now)
    words = f"{what} {now} of {of}"
    for row in (" ".join(marks), "".join(marks)):
        if len(row) + 2 + len(words) <= width:
            return f"{row}  {words}"
    return words
