"""A monoline stroke font: letters and shapes as lines in a box of height one.

Strokes can be drawn at any size, so a terminal of twelve rows and one of sixty show the same letters. Shapes
are private characters among the letters, so a phase's shape is as tall as its word.
"""

from __future__ import annotations

import math
import unicodedata
from functools import cache
from typing import NamedTuple

Point = tuple[float, float]
Stroke = list[Point]


class Glyph(NamedTuple):
    """One character as strokes; a stroke of one point is a dot."""

    width: float
    """In units of its height."""
    strokes: list[Stroke]


_W, _R = 0.56, 0.28
"""Usual width of a letter, and the radius of its curves."""

DISC, RING, DIAMOND, SQUARE, CHEVRON, TURN, BARS, CHECK, DOTS, CROSS, TO_LEFT, TO_RIGHT = (
    chr(0xE000 + number) for number in range(12)
)
"""The private characters of the shapes."""
_IN_OTHER_FONTS = {
    DISC: "●", RING: "○", DIAMOND: "◇", SQUARE: "■", CHEVRON: "»", TURN: "⇄",
    BARS: "‖", CHECK: "✓", DOTS: "…", CROSS: "×", TO_LEFT: "←", TO_RIGHT: "→",
}  # fmt: skip


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Stroke:
    count = 24 if end - start >= 360 else 14  # noqa: PLR2004  degrees of a whole turn
    angles = (math.radians(start + (end - start) * index / count) for index in range(count + 1))
    return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]


def _line(*numbers: float) -> Stroke:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _bowl(top: float, bottom: float, x: float = 0.24) -> Stroke:
    curve = _arc(x, (top + bottom) / 2, _W - x, (bottom - top) / 2, 270, 450)
    return [*_line(0, top, x, top), *curve, (0, bottom)]


def _filled(outline: Stroke, steps: int = 6) -> list[Stroke]:
    """Fill a shape by drawing smaller outlines inside it."""
    cx = (min(x for x, _ in outline) + max(x for x, _ in outline)) / 2
    cy = (min(y for _, y in outline) + max(y for _, y in outline)) / 2
    sizes = [1 - step / steps for step in range(steps)]
    return [[(cx + (x - cx) * size, cy + (y - cy) * size) for x, y in outline] for size in sizes]


@cache
def _glyphs() -> dict[str, Glyph]:
    return {**_figures(), **_letters(), **_signs(), **_shapes()}


def _figures() -> dict[str, Glyph]:
    six = [_arc(_R, 0.68, _R, 0.32, 0, 360), _line(0, 0.68, 0.03, 0.47, 0.12, 0.27, 0.26, 0.1, 0.42, 0)]
    two = [*_arc(_R, _R, _R, _R, 195, 390), (0, 1), (_W, 1)]
    five = [*_line(0.52, 0, 0.07, 0, 0.03, 0.46), *_arc(_R, 0.68, _R, 0.32, 218, 505)]
    return {
        "0": Glyph(_W, [_round()]),
        "1": Glyph(0.36, [_line(0.02, 0.2, 0.3, 0, 0.3, 1)]),
        "2": Glyph(_W, [two]),
        "3": Glyph(_W, [_arc(_R, 0.25, _R * 0.9, 0.25, 200, 450), _arc(_R, 0.74, _R, 0.26, 270, 520)]),
        "4": Glyph(_W, [_line(0.4, 1, 0.4, 0, 0, 0.7, _W, 0.7)]),
        "5": Glyph(_W, [five]),
        "6": Glyph(_W, six),
        "7": Glyph(_W, [_line(0, 0, _W, 0, 0.17, 1)]),
        "8": Glyph(_W, [_arc(_R, 0.25, _R * 0.88, 0.25, 0, 360), _arc(_R, 0.74, _R, 0.26, 0, 360)]),
        "9": Glyph(_W, [[(_W - x, 1 - y) for x, y in stroke] for stroke in six]),
    }


def _round() -> Stroke:
    return [*_arc(_R, _R, _R, _R, 180, 360), *_arc(_R, 1 - _R, _R, _R, 0, 180), (0, _R)]


def _letters() -> dict[str, Glyph]:
    c = [*_arc(_R, _R, _R, _R, 345, 180), *_arc(_R, 1 - _R, _R, _R, 180, 15)]
    g = [*_arc(_R, _R, _R, _R, 340, 180), *_arc(_R, 1 - _R, _R, _R, 180, 0), (_W, 0.56), (0.32, 0.56)]
    s = [*_arc(_R, 0.25, _R * 0.95, 0.25, 335, 90), *_arc(_R, 0.75, _R, 0.25, 270, 515)]
    u = [*_line(0, 0, 0, 1 - _R), *_arc(_R, 1 - _R, _R, _R, 180, 0), (_W, 0)]
    stem, bar = _line(0, 0, 0, 1), _line(0, 0.48, 0.4, 0.48)
    return {
        "A": Glyph(0.64, [_line(0, 1, 0.32, 0, 0.64, 1), _line(0.12, 0.68, 0.52, 0.68)]),
        "B": Glyph(_W, [_bowl(0, 0.47), _bowl(0.47, 1), stem]),
        "C": Glyph(_W, [c]),
        "D": Glyph(_W, [_bowl(0, 1, 0.16), stem]),
        "E": Glyph(0.46, [_line(0.46, 0, 0, 0, 0, 1, 0.46, 1), bar]),
        "F": Glyph(0.46, [_line(0.46, 0, 0, 0, 0, 1), bar]),
        "G": Glyph(_W, [g]),
        "H": Glyph(_W, [stem, _line(_W, 0, _W, 1), _line(0, 0.48, _W, 0.48)]),
        "I": Glyph(0, [stem]),
        "J": Glyph(0.42, [[*_line(0.42, 0, 0.42, 0.76), *_arc(0.2, 0.78, 0.22, 0.22, 0, 150)]]),
        "K": Glyph(0.54, [stem, _line(0.52, 0, 0, 0.62), _line(0.17, 0.42, 0.54, 1)]),
        "L": Glyph(0.44, [_line(0, 0, 0, 1, 0.44, 1)]),
        "M": Glyph(0.72, [_line(0, 1, 0, 0, 0.36, 0.62, 0.72, 0, 0.72, 1)]),
        "N": Glyph(0.58, [_line(0, 1, 0, 0, 0.58, 1, 0.58, 0)]),
        "O": Glyph(_W, [_round()]),
        "P": Glyph(_W, [_bowl(0, 0.54), stem]),
        "Q": Glyph(_W, [_round(), _line(0.32, 0.72, 0.6, 1.0)]),
        "R": Glyph(_W, [_bowl(0, 0.5), stem, _line(0.26, 0.5, _W, 1)]),
        "S": Glyph(_W, [s]),
        "T": Glyph(0.6, [_line(0, 0, 0.6, 0), _line(0.3, 0, 0.3, 1)]),
        "U": Glyph(_W, [u]),
        "V": Glyph(0.62, [_line(0, 0, 0.31, 1, 0.62, 0)]),
        "W": Glyph(0.86, [_line(0, 0, 0.2, 1, 0.43, 0.15, 0.66, 1, 0.86, 0)]),
        "X": Glyph(0.58, [_line(0, 0, 0.58, 1), _line(0.58, 0, 0, 1)]),
        "Y": Glyph(0.6, [_line(0, 0, 0.3, 0.5, 0.6, 0), _line(0.3, 0.5, 0.3, 1)]),
        "Z": Glyph(0.54, [_line(0, 0, 0.54, 0, 0, 1, 0.54, 1)]),
    }


def _signs() -> dict[str, Glyph]:
    return {
        " ": Glyph(0.2, []),
        ":": Glyph(0, [[(0, 0.27)], [(0, 0.76)]]),
        ".": Glyph(0, [[(0, 1)]]),
        ",": Glyph(0.05, [_line(0.05, 0.9, 0, 1)]),
        "-": Glyph(0.34, [_line(0, 0.54, 0.34, 0.54)]),
        "'": Glyph(0, [_line(0, 0, 0, 0.2)]),
        "!": Glyph(0, [_line(0, 0, 0, 0.68), [(0, 1)]]),
        "/": Glyph(0.4, [_line(0, 1, 0.4, 0)]),
        "&": Glyph(_W, [_line(_W, 1, 0.1, 0.2, 0.2, 0, 0.4, 0.1, 0.4, 0.3, 0, 0.7, 0.1, 1, 0.3, 1, _W, 0.6)]),
    }  # fmt: skip


def _shapes() -> dict[str, Glyph]:
    square, diamond = _line(0, 0, 1, 0, 1, 1, 0, 1, 0, 0), _line(0.5, 0, 1, 0.5, 0.5, 1, 0, 0.5, 0.5, 0)
    arrows = [_line(0.25, 0, 0, 0.25, 0.25, 0.5), _line(0, 0.25, 0.8, 0.25)]
    return {
        DISC: Glyph(1, _filled(_arc(0.5, 0.5, 0.5, 0.5, 0, 360))),
        RING: Glyph(1, [_arc(0.5, 0.5, 0.5, 0.5, 0, 360)]),
        DIAMOND: Glyph(1, [diamond]),
        SQUARE: Glyph(1, _filled(square)),
        CHEVRON: Glyph(0.8, [_line(0, 0, 0.35, 0.5, 0, 1), _line(0.45, 0, 0.8, 0.5, 0.45, 1)]),
        TURN: Glyph(0.8, [*arrows, *([(0.8 - x, 1 - y) for x, y in stroke] for stroke in arrows)]),
        BARS: Glyph(0.55, [_line(0.05, 0, 0.05, 1), _line(0.5, 0, 0.5, 1)]),
        CHECK: Glyph(0.95, [_line(0, 0.55, 0.32, 0.95, 0.95, 0.08)]),
        DOTS: Glyph(1.4, [[(0, 0.5)], [(0.7, 0.5)], [(1.4, 0.5)]]),
        CROSS: Glyph(0.8, [_line(0, 0.1, 0.8, 0.9), _line(0.8, 0.1, 0, 0.9)]),
        TO_LEFT: Glyph(0.5, [_line(0.5, 0.05, 0, 0.5, 0.5, 0.95)]),
        TO_RIGHT: Glyph(0.5, [_line(0, 0.05, 0.5, 0.5, 0, 0.95)]),
    }


def spelled(text: str) -> str | None:
    """The text in characters that the font has, without accents; None if one is missing."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("–", "-")).upper()
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return letters if all(character in _glyphs() for character in letters) else None


def in_other_fonts(text: str) -> str:
    """The text with shapes replaced by signs that every terminal can draw."""
    return "".join(_IN_OTHER_FONTS.get(character, character) for character in text)


def glyph(character: str, *, small: bool = False) -> Glyph:
    """The strokes of a character from `spelled`; small ones have corners, because curves would blur."""
    return _angular().get(character) or _glyphs()[character] if small else _glyphs()[character]


@cache
def _angular() -> dict[str, Glyph]:
    stem, upper, middle = _line(0, 0, 0, 1), _line(0, 0, 0.3, 0), _line(0, 0.5, 0.3, 0.5)
    bowl = [stem, upper, middle, _line(_W, 0.22, _W, 0.28)]
    wells = ((0, 0), (0.45, 0.4), (0.9, 0))
    return {
        "B": Glyph(_W, [*bowl, _line(0, 1, 0.3, 1), _line(_W, 0.72, _W, 0.78)]),
        "D": Glyph(_W, [stem, upper, _line(0, 1, 0.3, 1), _line(_W, 0.22, _W, 0.78)]),
        "P": Glyph(_W, bowl),
        "R": Glyph(_W, [*bowl, _line(_W, 0.75, _W, 1)]),
        "S": Glyph(_W, [_line(_W, 0, 0, 0, 0, 0.48, _W, 0.48, _W, 1, 0, 1)]),
        "K": Glyph(0.66, [stem, _line(0.66, 0, 0.1, 0.5, 0.66, 1)]),
        "N": Glyph(0.8, [_line(0, 1, 0, 0, 0.8, 1, 0.8, 0)]),
        "A": Glyph(
            _W,
            [_line(0, 0.25, 0, 1), _line(_W, 0.25, _W, 1), _line(0.15, 0, 0.41, 0), _line(0, 0.6, _W, 0.6)],
        ),
        "W": Glyph(
            0.9, [*(_line(x, y, x, 0.8) for x, y in wells), _line(0.2, 1, 0.25, 1), _line(0.65, 1, 0.7, 1)]
        ),
        "2": Glyph(_W, [_line(0, 0, _W, 0, _W, 0.48, 0, 0.48, 0, 1, _W, 1)]),
        "3": Glyph(_W, [_line(0, 0, _W, 0, _W, 1, 0, 1), _line(0.14, 0.48, _W, 0.48)]),
        "5": Glyph(_W, [_line(_W, 0, 0, 0, 0, 0.48, _W, 0.48, _W, 1, 0, 1)]),
        "6": Glyph(_W, [_line(_W, 0, 0, 0, 0, 1, _W, 1, _W, 0.48, 0, 0.48)]),
        "8": Glyph(_W, [_line(0, 0, _W, 0, _W, 1, 0, 1, 0, 0), _line(0, 0.48, _W, 0.48)]),
        "9": Glyph(_W, [_line(0, 1, _W, 1, _W, 0, 0, 0, 0, 0.48, _W, 0.48)]),
    }
