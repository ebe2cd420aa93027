"""Texts as the screen shows them. Scripts come from strangers: nothing in them is markup or a control."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from player.errors import Error
from player.words import clock

if TYPE_CHECKING:
    from player.app.ports import Preview, SessionRow

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


def countdown(seconds: float) -> str:
    """What is left, counted so that zero is the end: `22.1` as "23", `61` as "1:01"."""
    whole = math.ceil(max(0.0, seconds) - 1e-6)
    return clock(whole) if whole >= 60 else str(whole)  # noqa: PLR2004  seconds of a minute


def minutes(seconds: float) -> str:
    """An estimate: "≈ 11 min"."""
    return f"≈ {max(1, round(seconds / 60))} min"


def describe_session(row: SessionRow, found: Preview | Error | None) -> Content:
    """A session in a list, on two lines: the title; how long, what is needed, tags.

    Args:
        row: What is known at once.
        found: What is inside, or why it cannot be played; None: not looked into yet.
    """
    if row.mistakes or isinstance(found, Error):
        title = Content.assemble(("× ", "bold $error"), plain(row.title, "bold"))
        return lines(title, plain("cannot be played yet", "$error"))
    facts = [minutes(found.seconds) if found else "≈ … min"]
    needs = found.needs if found else row.needs
    facts += [", ".join(needs)] if needs else []
    facts += [" ".join(f"#{tag}" for tag in row.tags)] if row.tags else []
    words = f"{row.title}  (yours, instead of the bundled one)" if row.replaces_bundled else row.title
    return lines(plain(words, "bold"), plain("   ".join(facts), "$soft"))
