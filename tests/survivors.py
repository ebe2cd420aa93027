"""Mutants that may survive, each with its reason: nobody can hear or feel them."""

from __future__ import annotations

KNOWN: dict[str, dict[tuple[str, str], str]] = {}
"""By module, then by a piece of the line and what was changed in it."""


def reason_for(module: str, line: str, what: str) -> str | None:
    """Why a mutant may survive; None: it may not."""
    for (piece, change), reason in KNOWN.get(module, {}).items():
        if piece in line and change == what:
            return reason
    return None
