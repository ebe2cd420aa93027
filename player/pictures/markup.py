"""Text on its way into a page or a picture."""

from __future__ import annotations

import unicodedata
from html import escape


def harmless(text: str) -> str:
    """A text that may stand anywhere in HTML or XML, in quotes too."""
    return escape("".join(c for c in text if unicodedata.category(c)[0] != "C"), quote=True)
