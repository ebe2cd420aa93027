"""Finished clips on disk, keyed by everything that changes their sound.

Nothing that happens to the folder is an error: a corrupt entry is dropped and spoken again, and if the folder
cannot be written, clips are kept in memory. An entry is written under another name and renamed, so a reader
(this program or another one) sees all of it or nothing. It is not flushed to the disk, which would take
longer than speaking it: a checksum finds what a power cut or a failing disk tears, and it is spoken again.

Entries are read, never mapped: a mapped file that gets shorter kills the process, and one that is overwritten
is heard as it is. What was read and checked is a copy that nobody can change.
"""

from __future__ import annotations

import logging
import os
import re
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from zlib import crc32

from player.files.own import own_folder
from player.files.plain import open_plain
from player.files.whole import remove_strays, replacing, write_all

if TYPE_CHECKING:
    from pathlib import Path

HEADER = struct.Struct("<8sQI44x")
"""Magic, length and checksum of what follows; 64 bytes."""
MAGIC = b"cuemat\x01\n"
SUFFIX = ".clip"
OURS = re.compile(r"[0-9a-f]{40}\.clip")
"""Names of entries, which are digests like all our keys. Other files are not ours."""
SIZE_AT_MOST = 500_000_000
"""Bytes: almost an hour and a half of speech."""
EVICT_TO = 0.9
"""A full folder shrinks to this share of its size, so evictions are rare."""
DAY = 86_400.0
PIECE = 1 << 20
"""Bytes to read at once while verifying."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was read and checked."""

    content: bytes
    checksum: int
    """The CRC-32 of the content."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of checking every entry."""

    entries: int
    """Intact entries."""
    size: int
    """Their size in bytes."""
    dropped: int = 0
    """Corrupt entries that were removed."""
    stuck: int = 0
    """Corrupt or unreadable entries that cannot be removed."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What `clear` removed."""

    entries: int
    """Removed entries, including leftovers of dead runs."""
    size: int
    """Their size in bytes."""
    stuck: int = 0
    """Entries that could not be removed."""


class ClipCache:
    """A folder of entries; a mapping from key to bytes that may forget.

    Args:
        folder: Created with the first entry.
        size_at_most: In bytes; the least recently used entries go first, never those of this run.
    """

    def __init__(self, folder: Path, size_at_most: int = SIZE_AT_MOST) -> None:
        self._folder = folder
        self._size_at_most = size_at_most
        self._size: int | None = None
        self._used: set[str] = set()
        self.warning: str | None = None
        """Why entries are no longer kept; None if all is well."""

    def get(self, key: str) -> bytes | None:
        """The content of a key, read from disk and checked; None if it is missing or corrupt."""
        entry = self.read(key)
        return entry.content if entry else None

    def read(self, key: str) -> Entry | None:
        """The same with its checksum, which need not be computed again."""
        path = self._folder / (key + SUFFIX)
        try:
            with open_plain(path) as file:
                entry = _read(file)
                last_used = os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        if entry is None:
            _log.info("dropping a corrupt clip: %s", path.name)
            with suppress(OSError):
                path.unlink()
            return None
        self._used.add(path.name)
        if time.time() - last_used > DAY:
            with suppress(OSError):
                os.utime(path)
        return entry

    def put(self, key: str, content: bytes) -> bool:
        """Keep `content` for later; returns False if that fails, and `warning` says why."""
        if self.warning is not None:
            return False
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
            self.warning = f"spoken words cannot be cached: {self._folder}: {reason}"
            _log.info("%s", self.warning)
        return self.warning is None

    def verify(self) -> Verification:
        """Read every entry, and remove corrupt ones, which will be spoken again.

        It ignores links, folders and files with other names.

        Raises:
            OSError: The folder cannot be read; a missing folder is no error.
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
            except FileNotFoundError:  # another program evicted it meanwhile
                continue
            except OSError:
                stuck += 1
        return Verification(entries, size, dropped, stuck)

    def clear(self) -> Clearance:
        """Remove every entry and every leftover of dead runs, and nothing else in the folder.

        Raises:
            OSError: The folder cannot be read; a missing folder is no error.
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
        """The regular files with such names; links do not count."""
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

    def _write(self, name: str, content: bytes) -> None:
        with replacing(self._folder / name, force=True, private=True, durable=False) as stream:
            write_all(stream, HEADER.pack(MAGIC, len(content), crc32(content)))
            write_all(stream, content)

    def _survey(self) -> int:
        """The size of all entries, in bytes."""
        return sum(status.st_size for _, status in self._files(OURS))

    def _evict(self) -> int:
        """Remove the least recently used entries until the folder is small enough; return its new size."""
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


def _read(file: BinaryIO) -> Entry | None:
    """An entry; None if it is not intact."""
    length, checksum = _claims(file)
    content = file.read(length)
    return Entry(content, checksum) if 0 < length == len(content) and checksum == crc32(content) else None


def _is_sound(file: BinaryIO) -> bool:
    """Whether an entry is intact; reads it in pieces."""
    length, checksum = _claims(file)
    found = summed = 0
    while found < length and (piece := file.read(PIECE)):
        found, summed = found + len(piece), crc32(piece, summed)
    return 0 < length == found and checksum == summed


def _claims(file: BinaryIO) -> tuple[int, int]:
    """The length and checksum that an entry claims; the length is 0 unless it is exactly the file's."""
    head = file.read(HEADER.size)
    if len(head) < HEADER.size:
        return 0, 0
    magic, length, checksum = HEADER.unpack(head)
    size = os.fstat(file.fileno()).st_size
    fits = magic == MAGIC and length == size - HEADER.size <= SIZE_AT_MOST
    return (length if fits else 0), checksum
