"""Texts as the screen shows them. Scripts come from strangers: nothing in them is markup or a control."""

from __future__ import annotations

import math
import unicodedata

from rich.cells import cell_len, set_cell_size
from textual.content import Content

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Controls, marks that reorder a line, and what no font has."""


def safe(text: str) -> str:
    """A text on one line, without anything that a terminal or a reader could be fooled by."""
    spaced = "".join(" " if character in "\n\r\t" else character for character in text)
    return "".join(character for character in spaced if unicodedata.category(character) not in _UNSEEN)


def plain(text: str, style: str = "") -> Content:
    """A text as content that holds no markup."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def lines(*parts: Content) -> Content:
    """One below the other."""
    return Content("\n").join(parts)


def clipped(text: str, width: int) -> str:
    """At most so many cells; "…" says that there was more."""
    text = safe(text)
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def clock(seconds: float) -> str:
    """`95.2` as "1:35"."""
    minutes, rest = divmod(int(max(0.0, seconds)), 60)
    return f"{minutes}:{rest:02d}"


def countdown(seconds: float) -> str:
    """What is left, counted so that zero is the end: `22.1` as "23", `61` as "1:01"."""
    whole = math.ceil(max(0.0, seconds) - 1e-6)
    return clock(whole) if whole >= 60 else str(whole)  # noqa: PLR2004  seconds of a minute


def minutes(seconds: float) -> str:
    """An estimate: "≈ 11 min"."""
    return f"≈ {max(1, round(seconds / 60))} min"
