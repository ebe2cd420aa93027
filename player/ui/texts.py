"""Texts for the screen. Scripts come from strangers, so nothing in them acts as markup or control."""

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
"""Unicode categories of controls, marks that reorder a line, and characters without a glyph."""


def safe(text: str) -> str:
    """The text on one line, without characters that could fool a terminal or a reader."""
    spaced = "".join(" " if character in "\n\r\t" else character for character in text)
    return "".join(character for character in spaced if unicodedata.category(character) not in _UNSEEN)


def plain(text: str, style: str = "") -> Content:
    """The text as content without markup."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def lines(*parts: Content) -> Content:
    """Join the parts, one below the other."""
    return Content("\n").join(parts)


def clipped(text: str, width: int) -> str:
    """Cut the text to a width in cells; "…" marks a cut."""
    text = safe(text)
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def countdown(seconds: float) -> str:
    """The time left, rounded up so that zero means the end: `22.1` as "23", `61` as "1:01"."""
    whole = math.ceil(max(0.0, seconds) - 1e-6)
    return clock(whole) if whole >= 60 else str(whole)  # noqa: PLR2004  seconds of a minute


def minutes(seconds: float) -> str:
    """An estimate: "≈ 11 min"."""
    return f"≈ {max(1, round(seconds / 60))} min"


def describe_session(row: SessionRow, found: Preview | Error | None) -> Content:
    """A session in the list, on two lines: the title; then length, needs and tags.

    Args:
        row: What is known at once.
        found: The preview, or why it cannot be played; None: not read yet.
    """
    if row.mistakes or isinstance(found, Error):
        title = Content.assemble(("× ", "bold $error"), plain(row.title, "bold"))
        return lines(title, plain("has mistakes", "$error"))
    facts = [minutes(found.seconds) if found else "≈ … min"]
    needs = found.needs if found else row.needs
    facts += [", ".join(needs)] if needs else []
    facts += [" ".join(f"#{tag}" for tag in row.tags)] if row.tags else []
    words = f"{row.title}  (yours, replaces the bundled one)" if row.replaces_bundled else row.title
    return lines(plain(words, "bold"), plain("   ".join(facts), "$soft"))


def stopped_at(elapsed: float, *, leaves: bool) -> str | None:
    """Where the listener stopped; None if nothing was heard.

    Args:
        elapsed: Seconds into the session.
        leaves: Also say how to resume it, which the panel would show by itself.
    """
    if not elapsed:
        return None
    return f"stopped at {clock(elapsed)}" + ("; resume with: cuemat play --continue" if leaves else "")
