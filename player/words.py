"""Words on their way to a person, made safe and short.

What a message repeats (a title, a path, a mistyped option) may be a stranger's, and a terminal obeys what it
is sent. Every room quotes and guesses through here, so a message reads the same whoever writes it.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUOTE = 40
"""Characters of somebody's own text that a message repeats."""
LIKENESS = 0.6
"""From 0 to 1: how alike two words are before one is taken for a misspelling of the other."""


def printable(text: str) -> str:
    """Return `text` with its code instead of each character that could steer a terminal or stay unseen."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else " " if sign in "\t\n\r" else f"\\u{ord(sign):04x}" for sign in text
    )


def quoted(text: str) -> str:
    """Return somebody's own text as a message repeats it: in quotes, printable, not too long."""
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return f"'{printable(short)}'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant; None if nothing is spelt like it."""
    near = alike(word, known, most=1)
    return near[0] if near else None


def alike(word: str, known: Iterable[str], most: int = 3, likeness: float = LIKENESS) -> list[str]:
    """Return the known words that are spelt most like `word`, the likeliest first."""
    from difflib import get_close_matches  # noqa: PLC0415  who makes no mistake does not wait for it

    by_folded = {name.casefold(): name for name in known}
    folded = word.casefold().strip()[: 2 * LONGEST_QUOTE]
    return [by_folded[near] for near in get_close_matches(folded, by_folded, n=most, cutoff=likeness)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean '…'?` for the known word that was probably meant, or nothing."""
    near = nearest(word, known)
    return f"; did you mean {quoted(near)}?" if near else ""


def clock(seconds: float) -> str:
    """Return a time as a person reads it: `95.2` seconds as "1:35"."""
    minutes, rest = divmod(int(max(0.0, seconds)), 60)
    return f"{minutes}:{rest:02d}"


def counted(number: int, thing: str) -> str:
    """Return a number with its noun: "1 session", "2 sessions"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def discreet(text: str) -> str:
    """Return a text that can go to strangers: no home folder, no words to be spoken, no controls.

    Words to be spoken are recognised by their quotation marks, “ and ”.
    """
    home = os.path.expanduser("~")  # noqa: PTH111  never fails, unlike `Path.home`
    if len(home) > 1:
        text = re.sub(rf"{re.escape(home)}(?!\w)", "~", text)
    text = re.sub(r"“[^”]*”", "“…”", text)
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)
