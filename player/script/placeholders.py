"""Checks the placeholders for sides, which are allowed only in exercises with sides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.script.report import Report
from player.session.words import OTHER_SIDE, PLACEHOLDERS, SIDE
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from player.script.report import Report
    from player.session import Words

BRACKETS = re.compile(r"<(?![\s\d=])[^<>]{0,60}(?<!\s)>")
"""Something in angle brackets; in "< 4/10" and "4 > 3" they are signs."""


def check(texts: Iterable[Words | None], report: Report, *, sided: bool, remedy: str) -> None:
    """Report every placeholder that has no meaning in its place.

    Args:
        texts: Texts to speak or show; None is skipped.
        report: Collects mistakes.
        sided: Whether the texts belong to an exercise with sides.
        remedy: What to write if the exercise has no sides.
    """
    for words in texts:
        if words is None or "<" not in words.text:
            continue
        for found in dict.fromkeys(BRACKETS.findall(words.text)):
            if found not in PLACEHOLDERS:
                only = f"; the placeholders are {quoted(SIDE)} and {quoted(OTHER_SIDE)}"
                hint = did_you_mean(found, (SIDE, OTHER_SIDE)) or only
                report.mistake(words.source, f"unknown placeholder {quoted(found)}{hint}")
            elif not sided:
                report.mistake(words.source, f"{quoted(found)} means nothing without sides; {remedy}")
