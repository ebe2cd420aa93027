"""Escapes text for pages and pictures."""

from __future__ import annotations

import unicodedata
from html import escape


def harmless(text: str) -> str:
    """The text escaped for any place in HTML or XML, including quoted attributes."""
    return escape("".join(c for c in text if unicodedata.category(c)[0] != "C"), quote=True)
