"""A fingerprint of what a file was made from, in one of its tags, so a later run sees if it is up to date.

The text is plain ASCII in every format, so one search finds it in any file.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from player.files.plain import open_plain

if TYPE_CHECKING:
    from pathlib import Path

    from player.compiler import Compiled
    from player.export.recording import Options

FORM = "4"
"""Raise it when a change here or in an encoder changes the files of a session."""
PREFIX = "cuemat-content-"
WRITTEN = re.compile(PREFIX.encode() + b"[0-9a-f]{32}")
WRITTEN_LENGTH = len(PREFIX) + 32
PIECE = 1 << 20
"""Bytes to search at once; the file is not mapped, because that is fatal if it gets shorter meanwhile."""


def content_of(compiled: Compiled, options: Options, form: str) -> str:
    """A text that is the same only for the same timeline, clips, music, noise, names and format."""
    timeline, bed, noise = compiled.timeline, options.bed, options.noise
    names = (form, str(options.quality), options.title, options.language)
    found = blake2b(repr((FORM, timeline.rate, timeline.length, *names)).encode())
    for cue in timeline.cues:
        found.update(repr((cue.start, cue.length, str(cue.kind), cue.content)).encode())
    for phase in timeline.phases:
        found.update(repr((phase.start, str(phase.kind))).encode())
    for mark in timeline.marks:
        found.update(repr((mark.start, str(mark.kind), mark.title)).encode())
    for (kind, content), clip in sorted(compiled.clips.items()):
        found.update(repr((str(kind), content, clip.rate, len(clip), clip.checksum)).encode())
    if bed:
        found.update(repr((bed.level, crc32(np.ascontiguousarray(bed.loop, "<i2").data))).encode())
    if noise and not bed:
        found.update(repr(crc32(np.ascontiguousarray(noise.loop, "<i2").data)).encode())
    return PREFIX + found.hexdigest()[:32]


def content_in(path: Path) -> str | None:
    """The text found in a file; None if there is no text or no file."""
    try:
        with open_plain(path) as file:
            seen = b""
            while piece := file.read(PIECE):
                seen = seen[-WRITTEN_LENGTH:] + piece
                if found := WRITTEN.search(seen):
                    return found[0].decode()
    except OSError:
        pass
    return None
