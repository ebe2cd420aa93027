"""`<side>` and `<other side>` in texts: the only things in angle brackets, and only where there are sides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from player.script.report import Report
    from player.session import Words

KNOWN = ("<side>", "<other side>", "<Side>", "<Other side>")
_BRACKETS = re.compile(r"<[^<>]{0,60}>")


def has_side(words: Words) -> bool:
    """Return whether a text speaks of the working side."""
    return any(found in KNOWN for found in _BRACKETS.findall(words.text))


def check(texts: Iterable[Words | None], report: Report, *, sided: bool, remedy: str) -> None:
    """Note every placeholder that means nothing where it stands.

    Args:
        texts: What is spoken or shown; None is skipped.
        report: Where the mistakes go.
        sided: Whether the texts belong to an exercise with sides.
        remedy: What to write instead where it has none.
    """
    for words in texts:
        if words is None or "<" not in words.text:
            continue
        for found in dict.fromkeys(_BRACKETS.findall(words.text)):
            if found not in KNOWN:
                hint = (
                    did_you_mean(found, KNOWN[:2])
                    or "; only '<side>' and '<other side>' may stand in angle brackets"
                )
                report.mistake(words.source, f"unknown placeholder {quoted(found)}{hint}")
            elif not sided:
                report.mistake(words.source, f"{quoted(found)} means nothing without sides; {remedy}")
