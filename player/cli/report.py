"""Warnings and errors go to standard error; results go to standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from player.app.prepare import Prepared
    from player.errors import Error, Mistake


def warn(mistakes: Iterable[Mistake]) -> None:
    """Print a script's warnings."""
    for mistake in mistakes:
        print(f"{mistake.source}: warning: {mistake.message}", file=sys.stderr)


def warn_of(prepared: Prepared) -> None:
    """Print the warnings about a spoken session: its script, its voice, words that do not fit."""
    from player.app.prepare import find_misfits

    warn(prepared.script.warnings)
    if prepared.warning:
        notice(prepared.warning)
    warn(find_misfits(prepared.script, prepared.compiled.timeline))


def notice(line: str) -> None:
    """Print one line that begins with "cuemat:"."""
    print(f"cuemat: {line}", file=sys.stderr)


def complain(error: Error) -> None:
    """Print what is wrong, one line for each mistake."""
    for line in str(error).split("\n"):
        notice(line)
