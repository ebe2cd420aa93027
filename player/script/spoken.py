"""Finds what a voice would leave out of a text, because a listener acts on what is heard.

"Not above 10 cm" with an unspoken "not" is the opposite of what its author means, so signs without words, and
words in letters that the voice does not know, are mistakes. Which letters it knows is the caller's to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.script.placeholders import BRACKETS
from player.session import Side
from player.words import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from player.script.report import Report
    from player.session import Words

OTHER_LETTERS = "write in Latin letters, or choose a voice of that language with --voice"
MOST_NAMED = 3
"""Signs or words of one text that a message names."""


def check(words: Words, report: Report) -> None:
    """Report what the voice of the report's reader cannot say; nothing if nothing will be spoken."""
    if report.unspoken is None:
        return
    left_out = report.unspoken(BRACKETS.sub(" ", words.on(Side.RIGHT)))
    signs = [one for one in left_out if not any(letter.isalpha() for letter in one)]
    foreign = [one for one in left_out if one not in signs]
    if signs:
        report.mistake(words.source, f"{_some(signs)} cannot be spoken; write it in words")
    if foreign:
        report.mistake(words.source, f"the voice cannot say {_some(foreign)}; {OTHER_LETTERS}")


def _some(found: Sequence[str]) -> str:
    more = " …" if len(found) > MOST_NAMED else ""
    return " ".join(map(quoted, found[:MOST_NAMED])) + more
