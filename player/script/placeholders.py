"""Placeholders for sides: the only things in angle brackets, and only where an exercise has sides."""

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

_BRACKETS = re.compile(r"<[^<>]{0,60}>")


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
            if found not in PLACEHOLDERS:
                only = f"; only {quoted(SIDE)} and {quoted(OTHER_SIDE)} may stand in angle brackets"
                hint = did_you_mean(found, (SIDE, OTHER_SIDE)) or only
                report.mistake(words.source, f"unknown placeholder {quoted(found)}{hint}")
            elif not sided:
                report.mistake(words.source, f"{quoted(found)} means nothing without sides; {remedy}")
