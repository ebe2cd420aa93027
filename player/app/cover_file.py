"""The cover of a session as a file, for desktops that show what plays."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from player import layout
from player.files.own import own_folder
from player.files.whole import replacing, write_all
from player.pictures.cover import draw_cover

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from player.layout import Outline

FOLDER = "covers"
MOST = 20
"""Covers to keep; the oldest go first."""


def keep_cover(cache: Path, title: str, outlines: Sequence[Outline]) -> str:
    """Draw the cover of a session, and return its address; empty if it cannot be kept.

    Args:
        cache: Gets a private folder for covers.
        title: The session's title.
        outlines: Its sections; their lengths are estimated.
    """
    drawn = draw_cover(title, layout.estimate(outlines))
    folder = cache / FOLDER
    path = folder / f"{sha256(drawn).hexdigest()[:40]}.png"
    try:
        own_folder(folder)
        with replacing(path, force=True, private=True, durable=False) as stream:
            write_all(stream, drawn)
        old = sorted(folder.glob("*.png"), key=lambda one: one.stat().st_mtime)[:-MOST]
    except OSError:
        return ""
    for one in old:
        with suppress(OSError):
            one.unlink()
    return path.absolute().as_uri()
