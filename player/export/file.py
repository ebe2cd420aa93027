"""Exports: pulls the whole timeline through an encoder into a file, block by block.

Memory does not grow with the session, and the samples are the same as a loudspeaker gets.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from functools import cache, partial
from typing import TYPE_CHECKING

from player.export.content import content_in, content_of
from player.export.formats import Format, check_ending, format_of
from player.export.recording import NAME, Options, Recording, chapters_of, words_of
from player.export.sidecars import SIDECARS, looks_like_ours
from player.files.plain import read_plain
from player.files.whole import check_place, placed, write_all
from player.pictures.cover import draw_cover
from player.render import Renderer, StereoRenderer
from player.sound.loudness import Meter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from player.compiler import Compiled

BLOCK = 65_536
"""Frames rendered at once: more need fewer calls, fewer need less memory."""

_log = logging.getLogger(__name__)


def check_target(target: Path, options: Options = Options(), *, force: bool) -> None:  # noqa: B008  immutable
    """Check, before any work, that `export` can write `target` and the files beside it.

    Raises:
        UserError: Its ending names no format, or another than the options; the format's library is not
            installed; the file exists and `force` is not set; it is not a regular file; its folder does not
            exist.
        ExportError: Its folder is not writable.
    """
    check_ending(target, format_of(target, options.form))
    check_place(target, force=force)
    for path in files_beside(target, options):
        check_place(path, force=force or looks_like_ours(path))  # it may have the same words already


def up_to_date(compiled: Compiled, target: Path, options: Options) -> bool | None:
    """Whether `target` is already what `export` would write.

    Returns:
        True if it is, False if it was exported from something else, None if there is no file, or it was not
        exported by Cuemat.
    """
    content = content_in(target)
    if content is None:
        return None
    complete = all(path.exists() for path in files_beside(target, options))
    recording = recording_of(compiled, format_of(target, options.form), options)
    return complete and content == recording.content


def files_beside(target: Path, options: Options, *, chapters: bool = True) -> list[Path]:
    """The files to write beside a sound file, with or without chapters."""
    wanted = [ending for ending in SIDECARS if chapters or "chapters" not in ending]
    return [target.with_suffix(ending) for ending in wanted] if options.sidecars else []


def export(
    compiled: Compiled,
    target: Path,
    options: Options = Options(),  # noqa: B008  immutable
    *,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write a session as a sound file.

    The file and those beside it appear whole or not at all. The same timeline and clips give the same bytes.

    Args:
        compiled: The whole session.
        target: The file to write.
        options: Its names, and how to write it.
        force: Overwrite existing files.
        progress: Called after each block with the frames done and the frames in all.

    Raises:
        UserError: The format is unknown or its library is not installed, or `target` exists and `force` is
            not set.
        ExportError: The file cannot be written, or the session is too long for its format.
    """
    form = format_of(target, options.form)
    sound = sound_of(compiled, options)
    recording = recording_of(compiled, form, options)
    with ExitStack() as files:
        stream = files.enter_context(placed(target, force=force))
        texts = texts_beside(recording, files_beside(target, options), force=force)
        form.write(recording, blocks(sound, 0, sound.length, progress), stream)
        write_beside(files, texts, force=force)
    _log.info("written: %s, %d s", form.name, sound.length // sound.rate)


def measure(compiled: Compiled, options: Options) -> Meter:
    """Measure the loudness of the whole session, with pauses and sounds; raises like `Renderer`."""
    sound = sound_of(compiled, options)
    meter = Meter(sound.rate, sound.channels)
    for block in blocks(sound, 0, sound.length, lambda _done, _total: None):
        meter.add(block)
    return meter


def texts_beside(recording: Recording, paths: Iterable[Path], *, force: bool) -> dict[Path, bytes]:
    """The chapters and words for separate files, without those that stand there already.

    Raises:
        UserError: A file has other words, and `force` is not set.
    """
    texts = {}
    for path in paths:
        text = next(text for ending, text in SIDECARS.items() if path.name.endswith(ending))
        content = text(recording).encode("utf-8", "replace")
        if not _stands_there(path, content):
            check_place(path, force=force)
            texts[path] = content
    return texts


def _stands_there(path: Path, content: bytes) -> bool:
    try:
        return read_plain(path, len(content)) == content
    except OSError:  # there is none, or a longer one
        return False


def write_beside(files: ExitStack, texts: Mapping[Path, bytes], *, force: bool) -> None:
    """Write files beside a sound file, which appear when `files` is closed."""
    for path, content in texts.items():
        write_all(files.enter_context(placed(path, force=force)), content)


def sound_of(compiled: Compiled, options: Options) -> Renderer | StereoRenderer:
    """The renderer for the session; raises like `Renderer`."""
    if options.bed is None:
        return Renderer(compiled.timeline, compiled.clips, options.noise)
    return StereoRenderer(compiled.timeline, compiled.clips, options.bed)


def recording_of(compiled: Compiled, form: Format, options: Options) -> Recording:
    """Everything in the file of a whole session besides its samples."""
    title, timeline = options.title, compiled.timeline
    return Recording(
        title=title,
        album=NAME,
        language=options.language,
        rate=timeline.rate,
        length=timeline.length,
        channels=2 if options.bed else 1,
        quality=options.quality,
        chapters=chapters_of(timeline, title),
        words=words_of(timeline),
        content=content_of(compiled, options, form.name),
        cover=cache(partial(draw_cover, title, timeline)),
    )


def blocks(
    sound: Renderer | StereoRenderer, start: int, end: int, progress: Callable[[int, int], None]
) -> Iterator[NDArray[np.int16]]:
    """The samples of a span, in blocks."""
    for at in range(start, end, BLOCK):
        after = min(at + BLOCK, end)
        yield sound.read(at, after - at)
        progress(after, sound.length)
