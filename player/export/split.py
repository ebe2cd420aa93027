"""One file for each chapter, for the many players without chapters, and a playlist.

The files join without gaps: each begins at the frame where the previous one ends, so the joined samples of
WAV and FLAC files are those of the whole session. They all appear once all are written.
"""

from __future__ import annotations

import logging
import re
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from player.errors import UserError
from player.export.file import blocks, files_beside, recording_of, sound_of, write_beside
from player.export.formats import format_of
from player.export.recording import Options, Recording, words_between
from player.files.whole import check_place, make_folder, placed, write_all
from player.timeline import Frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from player.compiler import Compiled
    from player.export.formats import Format

LIST_ENDING = ".m3u8"
NOT_IN_NAMES = re.compile(r"[\W_]+")
"""Characters in names that some file systems or players reject."""
NAME_AT_MOST = 60
"""Letters of a name; each takes up to four bytes, and a file name at most 255."""

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
    listing = folder / f"{_plain(options.title)}{LIST_ENDING}"
    with _folder_for_files(folder), ExitStack() as files:
        _check_places(listing, paths, options, force=force)
        for part, chapter, path in zip(parts, whole.chapters, paths, strict=True):
            stream = files.enter_context(placed(path, force=force))
            form.write(part, blocks(sound, chapter.start, chapter.end, progress), stream)
            write_beside(files, part, files_beside(path, options, chapters=False), force=force)
        stream = files.enter_context(placed(listing, force=force))
        write_all(stream, _list(parts, form).encode("utf-8", "replace"))
    _log.info("written: %d files of %s, %d s", len(paths), form.name, sound.length // sound.rate)
    return (*paths, listing)


def _check_places(listing: Path, paths: tuple[Path, ...], options: Options, *, force: bool) -> None:
    """Check that each of the files can be written; raises like `check_place`."""
    beside = (path for target in paths for path in files_beside(target, options, chapters=False))
    for path in (listing, *paths, *beside):
        check_place(path, force=force)


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
    number = part.track[0] if part.track else 0
    return f"{number:02d}-{_plain(part.title)}"


def _plain(title: str) -> str:
    return NOT_IN_NAMES.sub("-", title.lower()).strip("-")[:NAME_AT_MOST] or "session"


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
