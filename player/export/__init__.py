"""From a timeline to a file that a phone plays: render, encode, move into place."""

from __future__ import annotations

from player.export.file import check_target, export, measure, up_to_date
from player.export.formats import FORMATS, check_chapters, format_of
from player.export.recording import Options, Quality
from player.export.split import check_folder, export_split

__all__ = [
    "FORMATS",
    "Options",
    "Quality",
    "check_chapters",
    "check_folder",
    "check_target",
    "export",
    "export_split",
    "format_of",
    "measure",
    "up_to_date",
]
