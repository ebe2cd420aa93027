"""Makes text in messages safe and short.

A message may repeat a stranger's text (a title, a path, a mistyped option), and a terminal obeys what it is
sent. Every room quotes and guesses through here, so all messages read the same.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUOTE = 40
"""Characters of quoted text in a message."""
LIKENESS = 0.6
"""Likeness from 0 to 1 at which one word counts as a misspelling of another."""


def printable(text: str) -> str:
    """Return `text` with every control or invisible character replaced by its code."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else " " if sign in "\t\n\r" else f"\\u{ord(sign):04x}" for sign in text
    )


def quoted(text: str) -> str:
    """Return text for a message: in quotes, printable, and cut if too long."""
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return f"'{printable(short)}'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant; None if no word is similar."""
    near = alike(word, known, most=1)
    return near[0] if near else None


def alike(word: str, known: Iterable[str], most: int = 3, likeness: float = LIKENESS) -> list[str]:
    """Return the known words most similar to `word`, the most similar first."""
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes need it

    by_folded = {name.casefold(): name for name in known}
    folded = word.casefold().strip()[: 2 * LONGEST_QUOTE]
    return [by_folded[near] for near in get_close_matches(folded, by_folded, n=most, cutoff=likeness)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean '…'?` for the known word that was probably meant, or nothing."""
    near = nearest(word, known)
    return f"; did you mean {quoted(near)}?" if near else ""


def clock(seconds: float) -> str:
    """Return a time for people: `95.2` seconds as "1:35"."""
    minutes, rest = divmod(int(max(0.0, seconds)), 60)
    return f"{minutes}:{rest:02d}"


def counted(number: int, thing: str) -> str:
    """Return a number with its noun: "1 session", "2 sessions"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def discreet(text: str) -> str:
    """Return text that strangers may see: without home folder, spoken words and control characters.

    Spoken words are recognised by their quotation marks, “ and ”.
    """
    home = os.path.expanduser("~")  # noqa: PTH111  never fails, unlike `Path.home`
    if len(home) > 1:
        text = re.sub(rf"{re.escape(home)}(?!\w)", "~", text)
    text = re.sub(r"“[^”]*”", "“…”", text)
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)
