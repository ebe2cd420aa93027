"""Mutants that may survive, each with its reason: nobody can hear or feel them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutants import Mutant

KNOWN: dict[str, dict[tuple[str, str], str]] = {}
"""By module, then by a piece of the line and what was changed in it."""


def reason_for(module: str, source: str, mutant: Mutant) -> str | None:
    """Why a mutant may survive; None: it may not."""
    line = source.splitlines()[mutant.line - 1]
    for (piece, change), reason in KNOWN.get(module, {}).items():
        if piece in line and change == mutant.what:
            return reason
    return None
