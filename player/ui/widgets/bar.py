"""A bar that shows how much of a phase or a task is done."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

EIGHTHS = "▏▎▍▌▋▊▉"


class Bar(Widget):
    """A bar that grows by eighths of a cell, or by whole cells if motion is reduced."""

    DEFAULT_CSS = "Bar { height: 1; }"
    done: reactive[float] = reactive(0.0)
    """Progress in eighths of a cell, so nothing is drawn while nothing changes."""

    def show(self, fraction: float) -> None:
        """Set the progress, from 0 to 1."""
        eighths = round(min(1.0, max(0.0, fraction)) * self.size.width * 8)
        self.done = eighths - eighths % 8 if self.app.animation_level == "none" else eighths

    def render_line(self, y: int) -> Strip:
        """Draw one row; all rows are the same."""
        del y
        width = self.size.width
        _, _, ground, ink = self.colors
        whole, part = divmod(int(self.done), 8)
        text = "█" * min(whole, width) + (EIGHTHS[part - 1] if part and whole < width else "")
        trough = ground.blend(ink, 0.18).rich_color
        return Strip(
            [
                Segment(text, Style(color=ink.rich_color, bgcolor=trough)),
                Segment("·" * (width - len(text)) if self.app.no_color else " " * (width - len(text)),
                        Style(color=ground.blend(ink, 0.6).rich_color, bgcolor=trough)),
            ]
        )  # fmt: skip
