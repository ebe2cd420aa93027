"""Lets go of closed screens: Textual remembers the last thousand widgets that it drew, with their lines."""

from __future__ import annotations

from textual._styles_cache import StylesCache


def forget_closed_screens() -> None:
    """Empty that memory; it is filled again with what is shown."""
    remembered = getattr(StylesCache.get_inner_outer, "cache_clear", None)
    if remembered is not None:  # a newer Textual may do without
        remembered()
