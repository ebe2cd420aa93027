"""`cuemat doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.doctor import checks

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 if something is to be done."""
    return checks.run(options)
