"""Names, chapters and words as comments, and the cover as a block, for FLAC and Opus."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from player.export.recording import NAME, milliseconds
from player.export.sidecars import clock, lrc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.export.recording import Recording

FRONT_COVER = 3
BITS = 24
"""Bits for each pixel of the picture."""


def comments(recording: Recording) -> Iterator[tuple[str, str]]:
    """The comments' names and values, in order."""
    yield "CUEMAT", recording.content
    yield "TITLE", recording.title
    yield "ARTIST", NAME
    yield "ALBUM", recording.album
    yield "GENRE", "Speech"
    yield "LANGUAGE", recording.language
    if recording.track:
        yield "TRACKNUMBER", str(recording.track[0])
        yield "TRACKTOTAL", str(recording.track[1])
    for number, chapter in enumerate(recording.chapters, 1):
        yield f"CHAPTER{number:03d}", clock(milliseconds(chapter.start, recording.rate))
        yield f"CHAPTER{number:03d}NAME", chapter.title
    if recording.words:
        yield "LYRICS", lrc(recording)


def picture(png: bytes) -> bytes:
    """The cover as a FLAC picture block, which Opus uses too."""
    mime, about = b"image/png", b""
    width, height = struct.unpack_from(">II", png, 16)
    return (
        struct.pack(">II", FRONT_COVER, len(mime))
        + mime
        + struct.pack(">I", len(about))
        + about
        + struct.pack(">IIIII", width, height, BITS, 0, len(png))
        + png
    )
