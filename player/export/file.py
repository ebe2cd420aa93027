"""Exporting: pull the whole timeline through an encoder into a file, block by block.

Memory does not grow with the session, and the samples are those that a loudspeaker would get.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.errors import UserError
from player.export.encoders import Encoder, write_flac, write_wav
from player.export.place import check_place, placed
from player.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from player.sound.clip import Clip
    from player.timeline import CueKind, Timeline

BLOCK = 65_536
"""Frames rendered at once: the more, the fewer calls; the fewer, the less memory."""

FORMATS: Mapping[str, Encoder] = {".wav": write_wav, ".flac": write_flac}
"""The encoder for each ending of a file's name."""


def check_target(target: Path, *, force: bool) -> None:
    """See, before any work, whether `export` can write `target`.

    Raises:
        UserError: Its ending names no format, or something stands there and `force` is not given.
        ExportError: There is no such folder, or it is not writable, or no plain file stands there.
    """
    _encoder(target)
    check_place(target, force=force)


def export(
    timeline: Timeline,
    clips: Mapping[tuple[CueKind, str], Clip],
    target: Path,
    *,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write a session as a sound file; the format follows from the ending of `target`.

    The file appears whole or not at all. The same timeline and clips give the same bytes.

    Args:
        timeline: The whole session.
        clips: The clip of every cue, by its kind and content.
        target: The file to write.
        force: Overwrite what stands there.
        progress: Called after each block with the frames done and the frames in all.

    Raises:
        UserError: The ending names no format, or `target` exists and `force` is not given.
        ExportError: The file cannot be written, or its format cannot hold so long a session.
    """
    encode = _encoder(target)
    renderer = Renderer(timeline, clips)
    with placed(target, force=force) as stream:
        encode(timeline, _blocks(renderer, progress), stream)


def _blocks(renderer: Renderer, progress: Callable[[int, int], None]) -> Iterator[NDArray[np.int16]]:
    total = renderer.length
    for start in range(0, total, BLOCK):
        end = min(start + BLOCK, total)
        yield renderer.read(start, end - start)
        progress(end, total)


def _encoder(target: Path) -> Encoder:
    try:
        return FORMATS[target.suffix.lower()]
    except KeyError:
        message = f"cannot tell the format of {target}: its name must end in {' or '.join(FORMATS)}"
        raise UserError(message) from None
