"""From a timeline to a file that a phone plays: render, encode, put in place."""

from __future__ import annotations

from player.export.file import FORMATS, check_target, export

__all__ = ["FORMATS", "check_target", "export"]
