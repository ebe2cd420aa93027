"""Letters drawn with block characters, as large as their region allows."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from player.ui.glyphs import in_other_fonts, spelled
from player.ui.raster import Pen, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.color import Color

LEVELS = 8
"""Shades between background and ink."""
INSET_FROM = 3
"""Rows from which a margin is left; below, every pixel counts."""
QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""Quarter blocks by bits: upper left 1, upper right 2, lower left 4, lower right 8."""


class BigText(Widget):
    """One line of big letters; a text that is too long, or not in the font, appears in bold instead.

    Args:
        weight: Width of a stroke, as a share of the height.
        even: All digits have the same width.
        align: Where to place a text that is narrower than its region.
        room_for: Texts up to the width of this one are all drawn at its size.
        inset: Pixels to leave free, above and below together.
        condensed: A long text may use narrow letters.
        top: Place it at the top of its region, not in the middle.
        id: The widget's id.
    """

    DEFAULT_CSS = "BigText { height: 3; width: 1fr; }"
    text: reactive[str] = reactive("")

    def __init__(  # noqa: PLR0913  letters need many options
        self,
        text: str = "",
        *,
        weight: float = 0.18,
        even: bool = False,
        inset: int = 0,
        condensed: bool = True,
        top: bool = False,
        align: Literal["left", "right"] = "left",
        room_for: str = "",
        id: str | None = None,  # noqa: A002  Textual's name for it
    ) -> None:
        super().__init__(id=id)
        self._weight, self._even, self._align, self._room_for = weight, even, align, room_for
        self._inset, self._condensed, self._top = inset, condensed, top
        self._painted: tuple[object, list[Strip]] | None = None
        self.set_reactive(BigText.text, text)

    def render_line(self, y: int) -> Strip:
        """Draw one row of cells."""
        _, _, ground, ink = self.colors
        key = (self.text, self.size, ground, ink, self.app.no_color)
        if self._painted is None or self._painted[0] != key:
            self._painted = (key, self._paint(ground, ink))
        rows = self._painted[1]
        return rows[y] if y < len(rows) else Strip.blank(self.size.width, Style(bgcolor=ground.rich_color))

    def _paint(self, ground: Color, ink: Color) -> list[Strip]:
        width, height = self.size
        text = spelled(self.text)
        room = self._room_for if self._room_for and len(self._room_for) >= len(self.text) else text
        high = 2 * height - (self._inset if height > INSET_FROM else 0)
        hand = Pen(high, self._weight, even=self._even)
        pen = fit(room, width, high, hand, condensed=self._condensed) if text and room else None
        if pen is None or text is None:
            return self._plainly(ground, ink)
        grid = _grid(text, pen, 2 * height, 0 if self._top else (2 * height - pen.cap + 1) // 2)
        cells = -(-len(grid[0]) // pen.across)
        lead = width - cells if self._align == "right" else 0
        back = Style(bgcolor=ground.rich_color)
        draw = _fine if pen.fine else _sharp if self.app.no_color else _shaded
        return [
            Strip([Segment(" " * lead, back), *draw(grid[2 * y], grid[2 * y + 1], ground, ink)])
            .simplify()
            .adjust_cell_length(width, back)
            for y in range(height)
        ]

    def _plainly(self, ground: Color, ink: Color) -> list[Strip]:
        width, height = self.size
        back = Style(bgcolor=ground.rich_color)
        whole = in_other_fonts(self.text)
        text = whole if cell_len(whole) <= width else set_cell_size(whole, max(0, width - 1)) + "…"
        style = Style(color=ink.rich_color, bgcolor=ground.rich_color, bold=True)
        lead = width - cell_len(text) if self._align == "right" else 0
        line = Strip([Segment(" " * lead, back), Segment(text, style)]).adjust_cell_length(width, back)
        return [line if y == height // 2 else Strip.blank(width, back) for y in range(height)]


def _grid(text: str, pen: Pen, height: int, above: int) -> list[list[float]]:
    """Rows of ink for the region's pixels, including empty ones above the letters."""
    rows = []
    for y in range(-above, height - above):
        row: list[float] = []
        for number, character in enumerate(text):
            ink = pen.ink(character)
            row += [0.0] * (pen.gap if number else 0)
            row += ink[y] if 0 <= y < len(ink) else [0.0] * len(ink[0])
        rows.append(row)
    return rows


def _shaded(upper: Sequence[float], lower: Sequence[float], ground: Color, ink: Color) -> list[Segment]:
    """Draw two pixels per cell, with grey edges."""
    mixed = cache(lambda level: ground.blend(ink, level / LEVELS).rich_color)
    segments = []
    for above, below in zip(upper, lower, strict=True):
        top, bottom = round(above * LEVELS), round(below * LEVELS)
        letter = "▀" if top != bottom else " "
        segments.append(Segment(letter, Style(color=mixed(top), bgcolor=mixed(bottom))))
    return segments


def _sharp(upper: Sequence[float], lower: Sequence[float], ground: Color, ink: Color) -> list[Segment]:
    """Draw two pixels per cell in black and white, for terminals with few colours."""
    letters = (" ▀▄█"[(a > 0.5) + 2 * (b > 0.5)] for a, b in zip(upper, lower, strict=True))  # noqa: PLR2004  half
    return _runs("".join(letters), ground, ink)


def _fine(upper: Sequence[float], lower: Sequence[float], ground: Color, ink: Color) -> list[Segment]:
    """Draw four pixels per cell in black and white."""
    bits = [(above > 0.5) + 4 * (below > 0.5) for above, below in zip(upper, lower, strict=True)]  # noqa: PLR2004
    bits += [0] * (len(bits) % 2)
    letters = (QUADRANTS[left + 2 * right] for left, right in zip(bits[::2], bits[1::2], strict=True))
    return _runs("".join(letters), ground, ink)


def _runs(letters: str, ground: Color, ink: Color) -> list[Segment]:
    """Split blocks from spaces, so each run starts at the right place in a picture."""
    back, style = Style(bgcolor=ground.rich_color), Style(color=ink.rich_color, bgcolor=ground.rich_color)
    return [
        Segment("".join(run), back if empty else style)
        for empty, run in groupby(letters, key=lambda letter: letter == " ")
    ]
