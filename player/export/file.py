"""Exporting: pull the whole timeline through an encoder into a file, block by block.

Memory does not grow with the session, and the samples are those that a loudspeaker would get.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from player.export.content import content_of
from player.export.cover import draw_cover
from player.export.formats import Format, format_of
from player.export.place import check_place, placed
from player.export.recording import NAME, Options, Recording, chapters_of, words_of
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


def check_target(target: Path, *, form: str | None = None, force: bool) -> None:
    """See, before any work, whether `export` can write `target`.

    Raises:
        UserError: Its ending names no format, or what the format needs is not installed, or something stands
            there and `force` is not given.
        ExportError: There is no such folder, or it is not writable, or no plain file stands there.
    """
    format_of(target, form)
    check_place(target, force=force)


def export(
    timeline: Timeline,
    clips: Mapping[tuple[CueKind, str], Clip],
    target: Path,
    options: Options = Options(),  # noqa: B008  it cannot change
    *,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write a session as a sound file.

    The file appears whole or not at all. The same timeline and clips give the same bytes.

    Args:
        timeline: The whole session.
        clips: The clip of every cue, by its kind and content.
        target: The file to write.
        options: How it is called and written.
        force: Overwrite what stands there.
        progress: Called after each block with the frames done and the frames in all.

    Raises:
        UserError: There is no such format, or what it needs is not installed, or `target` exists and `force`
            is not given.
        ExportError: The file cannot be written, or its format cannot hold so long a session.
    """
    form = format_of(target, options.form)
    renderer = Renderer(timeline, clips)
    recording = recorded(timeline, clips, form, options)
    with placed(target, force=force) as stream:
        form.write(recording, _blocks(renderer, progress), stream)


def recorded(
    timeline: Timeline, clips: Mapping[tuple[CueKind, str], Clip], form: Format, options: Options
) -> Recording:
    """What stands in the file of a whole session, besides its samples."""
    title = options.title
    return Recording(
        title=title,
        album=NAME,
        language=options.language,
        rate=timeline.rate,
        length=timeline.length,
        channels=1,
        quality=options.quality,
        chapters=chapters_of(timeline, title),
        words=words_of(timeline),
        content=content_of(timeline, clips, form.name, str(options.quality), title, options.language),
        cover=cache(partial(draw_cover, title, timeline)),
    )


def _blocks(renderer: Renderer, progress: Callable[[int, int], None]) -> Iterator[NDArray[np.int16]]:
    total = renderer.length
    for start in range(0, total, BLOCK):
        end = min(start + BLOCK, total)
        yield renderer.read(start, end - start)
        progress(end, total)
