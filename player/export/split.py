"""One file for each chapter, for the many players without chapters, and a playlist.

The files join without gaps: each begins at the frame where the previous one ends, so the joined samples of
WAV and FLAC files are those of the whole session. They all appear once all are written.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from player.errors import UserError
from player.export.file import (
    blocks,
    files_beside,
    recording_of,
    sound_of,
    texts_beside,
    write_beside,
)
from player.export.formats import format_of
from player.export.recording import Options, Recording, words_between
from player.files.names import named_like
from player.files.whole import allow_open_files, check_place, make_folder, placed, write_all
from player.timeline import Frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from player.compiler import Compiled
    from player.export.formats import Format

LIST_ENDING = ".m3u8"
FEWEST_DIGITS = 2
_log = logging.getLogger(__name__)


def check_folder(folder: Path, options: Options = Options()) -> None:  # noqa: B008  it cannot change
    """Check, before any work, that files can be written into `folder`, which need not exist.

    Raises:
        UserError: The format is unknown, its library is not installed, `folder` is not a folder, or its
            parent does not exist.
        ExportError: The folder cannot be made or written.
    """
    format_of(folder, options.form)
    if folder.exists() and not folder.is_dir():
        message = f"cannot write into {folder}: it is not a folder"
        raise UserError(message)
    check_place(folder / "a" if folder.exists() else folder, force=True)


def export_split(
    compiled: Compiled,
    folder: Path,
    options: Options,
    *,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[Path, ...]:
    """Write a session as numbered files, and a list of them.

    Args:
        compiled: The whole session.
        folder: Where to write; created if needed.
        options: Their names, and how to write them; the format is required.
        force: Overwrite existing files.
        progress: Called after each block with the frames done and the frames in all.

    Returns:
        The sound files in order, then the playlist.

    Raises:
        UserError: As `export`.
        ExportError: As `export`.
    """
    form = format_of(folder, options.form)
    sound, whole = sound_of(compiled, options), recording_of(compiled, form, options)
    parts = tuple(_parts(whole))
    paths = tuple(folder / f"{_name(part)}{form.ending}" for part in parts)
    listing = folder / f"{named_like(options.title)}{LIST_ENDING}"
    allow_open_files(1 + sum(1 + len(files_beside(path, options, chapters=False)) for path in paths))
    with _folder_for_files(folder), ExitStack() as files:
        for path in (listing, *paths):
            check_place(path, force=force)
        beside = [
            texts_beside(part, files_beside(path, options, chapters=False), force=force)
            for part, path in zip(parts, paths, strict=True)
        ]
        for part, chapter, path, texts in zip(parts, whole.chapters, paths, beside, strict=True):
            stream = files.enter_context(placed(path, force=force))
            form.write(part, blocks(sound, chapter.start, chapter.end, progress), stream)
            write_beside(files, texts, force=force)
        stream = files.enter_context(placed(listing, force=force))
        write_all(stream, _list(parts, form).encode("utf-8", "replace"))
    _log.info("written: %d files of %s, %d s", len(paths), form.name, sound.length // sound.rate)
    return (*paths, listing)


def _parts(whole: Recording) -> Iterator[Recording]:
    """The recording for each file, which is one chapter without chapters of its own."""
    count = len(whole.chapters)
    for number, chapter in enumerate(whole.chapters, 1):
        yield replace(
            whole,
            title=chapter.title,
            album=whole.title,
            length=Frames(chapter.end - chapter.start),
            chapters=(),
            words=tuple(words_between(whole.words, chapter)),
            track=(number, count),
        )


def _list(parts: tuple[Recording, ...], form: Format) -> str:
    lines = ["#EXTM3U"]
    for part in parts:
        lines += [f"#EXTINF:{part.seconds:.3f},{part.title}", f"{_name(part)}{form.ending}"]
    return "\n".join(lines) + "\n"


def _name(part: Recording) -> str:
    """The file's name, with a number of as many digits as the last one has, so names sort in play order."""
    number, count = part.track or (1, 1)
    return f"{number:0{max(FEWEST_DIGITS, len(str(count)))}d}-{named_like(part.title)}"


@contextmanager
def _folder_for_files(folder: Path) -> Iterator[None]:
    """Make the folder if needed; if the block fails, remove it again."""
    made = not folder.exists()
    make_folder(folder)
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise
