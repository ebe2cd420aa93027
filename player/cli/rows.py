"""Lists of the user's own things and the bundled ones: one line for each, wrapped on a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from player.cli import screen

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 40
"""Columns of text below which a wrapped line is harder to read than a long one."""


def print_rows(rows: Sequence[tuple[str, str, str]]) -> None:
    """Print rows under "Yours" and "Bundled".

    Args:
        rows: Origin, id and text of each.
    """
    widest = max((len(identity) for _, identity, _ in rows), default=0)
    for origin, heading in (("user", "Yours"), ("bundled", "Bundled")):
        lines = [_wrap(f"  {name:<{widest}}  ", text) for whose, name, text in rows if whose == origin]
        if lines:
            print("\n".join([f"{heading}:", *lines]))


def _wrap(start: str, text: str) -> str:
    columns = screen.width()
    if columns is None or columns - len(start) < LEAST:
        return f"{start}{text}"
    return textwrap.fill(
        text,
        columns,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_on_hyphens=False,
        break_long_words=False,
        drop_whitespace=True,
    )
