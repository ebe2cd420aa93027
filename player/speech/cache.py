"""Finished clips on disk, found again by everything that changes their sound.

Nothing that happens to the folder is an error: an entry that is damaged is dropped and spoken again, a folder
that cannot be written means that clips are kept in memory. An entry is written beside its place, flushed
to the disk and renamed, so that a reader (this program or another one) sees all of it or nothing; the
checksum finds what a power cut or a failing disk leaves all the same.
"""

from __future__ import annotations

import logging
import mmap
import os
import re
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from zlib import crc32

from player.files.own import own_folder
from player.files.whole import flush_folder, remove_strays, replacing, write_all

if TYPE_CHECKING:
    from pathlib import Path

HEADER = struct.Struct("<8sQI44x")
"""Magic, length and checksum of what follows; 64 bytes, so that samples stay aligned when mapped."""
MAGIC = b"cuemat\x01\n"
SUFFIX = ".clip"
OURS = re.compile(r"[0-9a-f]{40}\.clip")
"""What entries are called: after digests, as all keys of the program are. Another file is somebody's own."""
SIZE_AT_MOST = 500_000_000
"""Bytes: some three hours of speech."""
EVICT_TO = 0.9
"""When the folder is full it shrinks to this part of its size, so that evicting is rare."""
DAY = 86_400.0
PIECE = 1 << 20
"""Bytes that are read at once where nothing is mapped."""
MAPPED_AT_MOST = 256
"""A mapping holds a file descriptor, of which a process has 1,024; further entries are read into memory."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look at every entry found."""

    entries: int
    """That are as they were written."""
    size: int
    """Of these, in bytes."""
    dropped: int = 0
    """That were damaged, and are gone."""
    stuck: int = 0
    """That are damaged or unreadable, and cannot be removed either."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What `clear` removed."""

    entries: int
    """And what dead runs had left."""
    size: int
    """Of these, in bytes."""
    stuck: int = 0
    """That could not be removed."""


class ClipCache:
    """A folder of entries; a mapping from key to bytes that may forget.

    Args:
        folder: Made when the first entry is put.
        size_at_most: In bytes; the least recently used entries go first, never those of this run.
    """

    def __init__(self, folder: Path, size_at_most: int = SIZE_AT_MOST) -> None:
        self._folder = folder
        self._size_at_most = size_at_most
        self._size: int | None = None
        self._used: set[str] = set()
        self._mapped = 0
        self.warning: str | None = None
        """Why nothing is kept any longer; None: all is well."""

    def get(self, key: str) -> memoryview | None:
        """What was put under a key, mapped from disk and checked; None if it is missing or was damaged."""
        path = self._folder / (key + SUFFIX)
        try:
            with path.open("rb") as file:
                content = self._content(file)
                last_used = os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        if content is None:
            _log.info("dropping a damaged clip: %s", path.name)
            with suppress(OSError):
                path.unlink()
            return None
        self._used.add(path.name)
        if time.time() - last_used > DAY:
            with suppress(OSError):
                os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` for later runs, if that is possible; `warning` says if it is not."""
        if self.warning is not None:
            return
        name = key + SUFFIX
        self._used.add(name)
        try:
            if self._size is None:
                own_folder(self._folder)
                self._size = self._survey()
            self._write(name, content)
            self._size += HEADER.size + len(content)
            if self._size > self._size_at_most:
                self._size = self._evict()
        except OSError as error:
            reason = error.strerror or error
            self.warning = f"speech is not kept for next time: {self._folder}: {reason}"
            _log.info("%s", self.warning)

    def verify(self) -> Verification:
        """Read every entry, and drop those that are damaged: they will be spoken again.

        It leaves links, folders and files with other names alone.

        Raises:
            OSError: The folder cannot be read; that it does not exist yet is no error.
        """
        entries = size = dropped = stuck = 0
        for path, status in self._files(OURS):
            try:
                with path.open("rb") as file:
                    sound = _is_sound(file)
                if sound:
                    entries, size = entries + 1, size + status.st_size
                else:
                    path.unlink()
                    dropped += 1
            except FileNotFoundError:  # another program has evicted it meanwhile
                continue
            except OSError:
                stuck += 1
        return Verification(entries, size, dropped, stuck)

    def clear(self) -> Clearance:
        """Remove every entry and what dead runs left unfinished; and nothing else in the folder.

        They are unlinked, never truncated: a player that has one mapped goes on to play it.

        Raises:
            OSError: The folder cannot be read; that it does not exist yet is no error.
        """
        remove_strays(self._folder)
        entries = size = stuck = 0
        for path, status in self._files(OURS):
            try:
                path.unlink()
                entries, size = entries + 1, size + status.st_size
            except FileNotFoundError:  # as above
                continue
            except OSError:
                stuck += 1
        self._size = None
        return Clearance(entries, size, stuck)

    def _files(self, called: re.Pattern[str]) -> list[tuple[Path, os.stat_result]]:
        """The regular files of such names; a link is none, wherever it leads."""
        found = []
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    with suppress(OSError):
                        if called.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                            found.append((self._folder / entry.name, entry.stat(follow_symlinks=False)))
        except FileNotFoundError:
            return []
        return found

    def _content(self, file: BinaryIO) -> memoryview | None:
        size = os.fstat(file.fileno()).st_size
        if size <= HEADER.size:
            return None
        # Windows refuses to delete or replace a file that is mapped.
        if self._mapped < MAPPED_AT_MOST and os.name != "nt":
            whole = memoryview(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ))
            self._mapped += 1
        else:
            whole = memoryview(file.read())
        magic, length, checksum = HEADER.unpack_from(whole)
        content = whole[HEADER.size :]
        sound = magic == MAGIC and length == len(content) and checksum == crc32(content)
        return content if sound else None

    def _write(self, name: str, content: bytes) -> None:
        with replacing(self._folder / name, force=True, private=True) as stream:
            write_all(stream, HEADER.pack(MAGIC, len(content), crc32(content)))
            write_all(stream, content)
        flush_folder(self._folder)

    def _survey(self) -> int:
        """The size of all entries, in bytes."""
        return sum(status.st_size for _, status in self._files(OURS))

    def _evict(self) -> int:
        """Remove the least recently used entries until the folder is small enough; its new size."""
        found = self._files(OURS)
        size = sum(status.st_size for _, status in found)
        for path, status in sorted(found, key=lambda entry: entry[1].st_mtime):
            if size <= self._size_at_most * EVICT_TO:
                break
            if path.name not in self._used:
                with suppress(OSError):
                    path.unlink()
                    size -= status.st_size
        return size


def _is_sound(file: BinaryIO) -> bool:
    """Whether an entry is as it was written; reads it piece by piece, and maps nothing."""
    head = file.read(HEADER.size)
    if len(head) < HEADER.size:
        return False
    magic, length, checksum = HEADER.unpack(head)
    found = summed = 0
    while piece := file.read(PIECE):
        found, summed = found + len(piece), crc32(piece, summed)
    return bool(magic == MAGIC and 0 < length == found and checksum == summed)
