"""From strokes to pixels: size, weight and width that fit a region, and how much ink each pixel has.

A pixel is half a cell high. Two grids: one a whole cell wide, whose grey edges are colours; and a fine one of
half a cell, black and white, on which letters are drawn condensed when a long name would not fit otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from player.ui.glyphs import glyph

SMALLEST = 5
"""Pixels: lower letters cannot be told apart."""
SMALL = 8
"""Pixels: up to here letters have corners."""
CRISP_BELOW = 14
"""Pixels: small letters get less grey."""
SQUEEZES = (1.0, 0.85, 0.72, 0.6, 0.5)
NATURAL = 0.75
"""A natural letter is better than a condensed one that is at most so much taller."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How letters are drawn."""

    cap: int
    """Their height in pixels."""
    weight: float
    """The width of a stroke, in heights."""
    squeeze: float = 1.0
    fine: bool = False
    """On the grid of half cells."""
    even: bool = False
    """All figures are equally wide, so that a running time does not tremble."""

    @property
    def stroke(self) -> int:
        """In pixels, upright ones."""
        return max(1, round(self.cap * self.weight)) if self.cap >= 8 else 1  # noqa: PLR2004  a thin hand below

    @property
    def across(self) -> int:
        """Pixels of the grid in the width of one cell."""
        return 2 if self.fine else 1

    @property
    def gap(self) -> int:
        """Between letters, in pixels of the grid."""
        return max(1, round(self.cap * 0.13 * self.squeeze * self.across))

    def width(self, text: str) -> int:
        """Of a text, in pixels of the grid."""
        return sum(self._box(character)[1] + self.gap for character in text) - self.gap if text else 0

    def _box(self, character: str) -> tuple[int, int]:
        """The widths of the strokes' middle lines and of the box around them."""
        height, stem = self.cap - self.stroke, self.stem
        own = glyph(character, small=self.cap <= SMALL).width
        wide = glyph("0").width if self.even and character.isdigit() else own
        inner = round(own * height * self.squeeze * self.across)
        return inner, max(inner, round(wide * height * self.squeeze * self.across)) + stem

    @property
    def stem(self) -> int:
        """The width of a vertical stroke, in pixels of the grid."""
        full = self.stroke * self.across
        return max(1, full - 1) if self.squeeze < SQUEEZES[2] else full

    def ink(self, character: str) -> tuple[tuple[float, ...], ...]:
        """Rows of coverage from 0 to 1."""
        return _ink(self, character)


def fit(text: str, width: int, height: int, pen: Pen, *, condensed: bool) -> Pen | None:
    """The pen that draws a text as large as a region of cells allows.

    Args:
        text: In characters that the font has.
        width: Of the region, in cells.
        height: In pixels.
        pen: Of any size; says how heavy and how even the letters are.
        condensed: Narrow letters are allowed.

    Returns:
        None if it cannot be drawn so that it can be read.
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
    inner, box = pen._box(character)  # noqa: SLF001  the same module's
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
    """In pixels; stems and bars lie on the grid."""
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
