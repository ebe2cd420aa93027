"""From strokes to pixels: the size, weight and width that fit a region, and the ink of each pixel.

A pixel is half a cell high. There are two grids: one is a whole cell wide and has grey edges; the fine one is
half a cell wide, black and white, and draws condensed letters when a long name would not fit otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from player.ui.glyphs import glyph

SMALLEST = 5
"""Height in pixels below which letters cannot be read."""
SMALL = 8
"""Height in pixels up to which letters have corners."""
CRISP_BELOW = 14
"""Height in pixels below which letters get less grey."""
SQUEEZES = (1.0, 0.85, 0.72, 0.6, 0.5)
NATURAL = 0.75
"""A natural letter wins if it has at least this share of a condensed letter's height."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Size and style of letters."""

    cap: int
    """Their height in pixels."""
    weight: float
    """The width of a stroke, as a share of the height."""
    squeeze: float = 1.0
    fine: bool = False
    """Use the fine grid of half cells."""
    even: bool = False
    """All digits have the same width, so a running time does not jitter."""

    @property
    def stroke(self) -> int:
        """The width of a stroke in pixels of the coarse grid."""
        return max(1, round(self.cap * self.weight)) if self.cap >= 8 else 1  # noqa: PLR2004  thin strokes below

    @property
    def across(self) -> int:
        """Grid pixels across one cell."""
        return 2 if self.fine else 1

    @property
    def gap(self) -> int:
        """The space between letters, in grid pixels."""
        return max(1, round(self.cap * 0.13 * self.squeeze * self.across))

    def width(self, text: str) -> int:
        """The width of a text, in grid pixels."""
        return sum(self._box(character)[1] + self.gap for character in text) - self.gap if text else 0

    def _box(self, character: str) -> tuple[int, int]:
        """The width between the strokes' centre lines, and the width of the box around them."""
        height, stem = self.cap - self.stroke, self.stem
        own = glyph(character, small=self.cap <= SMALL).width
        wide = glyph("0").width if self.even and character.isdigit() else own
        inner = round(own * height * self.squeeze * self.across)
        return inner, max(inner, round(wide * height * self.squeeze * self.across)) + stem

    @property
    def stem(self) -> int:
        """The width of a vertical stroke, in grid pixels."""
        full = self.stroke * self.across
        return max(1, full - 1) if self.squeeze < SQUEEZES[2] else full

    def ink(self, character: str) -> tuple[tuple[float, ...], ...]:
        """Rows of coverage from 0 to 1."""
        return _ink(self, character)


def fit(text: str, width: int, height: int, pen: Pen, *, condensed: bool) -> Pen | None:
    """The pen that draws a text as large as a region of cells allows.

    Args:
        text: In characters that the font has.
        width: The region's width, in cells.
        height: The region's height, in pixels.
        pen: The style; its size is ignored.
        condensed: Whether narrow letters are allowed.

    Returns:
        None if the text would be too small to read.
    """
    natural = _largest(text, width, height, pen, (1.0,))
    narrow = _largest(text, width, height, replace(pen, fine=True), SQUEEZES) if condensed else None
    if natural and narrow and natural.cap < narrow.cap * NATURAL:
        return narrow
    return natural or narrow


def _largest(text: str, width: int, height: int, pen: Pen, squeezes: tuple[float, ...]) -> Pen | None:
    for cap in range(height, SMALLEST - 1, -1):
        for squeeze in squeezes:
            sized = replace(pen, cap=cap, squeeze=squeeze)
            if sized.width(text) <= width * sized.across:
                return sized
    return None


@lru_cache(1024)
def _ink(pen: Pen, character: str) -> tuple[tuple[float, ...], ...]:
    inner, box = pen._box(character)  # noqa: SLF001  same module
    high, stem, stroke = pen.cap - pen.stroke, pen.stem, pen.stroke
    wide = glyph(character, small=pen.cap <= SMALL).width
    scale, shift = (inner / wide if wide else 0), round((box - stem - inner) / 2)
    lines = [
        _snapped(start, end, scale, shift, high)
        for points in glyph(character, small=pen.cap <= SMALL).strokes
        for start, end in zip(points, points[1:] or points, strict=False)
    ]
    aspect = stroke / stem

    def coverage(x: float, y: float) -> float:
        distance = min((_distance(x, y, line, aspect) for line in lines), default=math.inf)
        ink = 0.5 + stroke / 2 - distance
        return max(0.0, min(1.0, ink if pen.cap > CRISP_BELOW else (ink - 0.25) * 2))

    return tuple(
        tuple(coverage(x + 0.5 - stem / 2, y + 0.5 - stroke / 2) for x in range(box)) for y in range(pen.cap)
    )


_Line = tuple[float, float, float, float]


def _snapped(
    start: tuple[float, float], end: tuple[float, float], scale: float, shift: float, high: float
) -> _Line:
    """The stroke in pixels, with stems and bars aligned to the grid."""
    x0, y0, x1, y1 = start[0] * scale + shift, start[1] * high, end[0] * scale + shift, end[1] * high
    if start[0] == end[0]:
        x0 = x1 = round(x0)
    if start[1] == end[1]:
        y0 = y1 = round(y0)
    return x0, y0, x1, y1


def _distance(x: float, y: float, line: _Line, aspect: float) -> float:
    x0, y0, x1, y1 = line
    dx, dy, px, py = (x1 - x0) * aspect, y1 - y0, (x - x0) * aspect, y - y0
    square = dx * dx + dy * dy
    along = max(0.0, min(1.0, (px * dx + py * dy) / square)) if square else 0.0
    return math.hypot(px - along * dx, py - along * dy)
