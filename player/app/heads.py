"""The heads of scripts, and the mistakes that hide them, remembered from one list to the next.

A hostile or broken file of a megabyte takes a tenth of a second to refuse, and hundreds of them a minute. A
file of the same size and time is not read again; one that was only copied or touched is read, but not parsed.
The memory is only a convenience: what is lost, corrupt or not ours is read anew.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from player import __version__
from player.errors import Mistake, Source
from player.files.own import write_own
from player.files.plain import read_plain
from player.library import Summary, shown, summary_of
from player.script import Head
from player.words import printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from player.library import Entry, Library

FILE = "heads.json"
MOST_BYTES = 8_000_000
"""Size limit of the file; a head takes a few hundred bytes, a hundred mistakes ten thousand."""
MOST_READ = 2_000_000
"""Bytes of a script to read; a larger one is refused at once."""
RECENT = 2_000_000_000
"""Nanoseconds: a file that was written this recently may change without changing its time."""


class Seen(NamedTuple):
    """A file as it was when it was read."""

    size: int
    at: int
    """Time of its last change, in nanoseconds; 0 if it was too recent to tell changes apart."""
    digest: str
    head: tuple[str, str | None, tuple[str, ...], tuple[str, ...]] | None
    mistakes: tuple[tuple[int, int, str], ...]


@dataclass
class KnownHeads:
    """Summaries of scripts, remembered in a folder.

    Args:
        folder: Created with the first memory.
        now: Returns nanoseconds since 1970.
    """

    folder: Path
    now: Callable[[], int] = time.time_ns
    _known: dict[str, Seen] = field(default_factory=dict, init=False)
    _used: dict[str, Seen] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        with suppress(OSError, ValueError, RecursionError):
            read = json.loads(read_plain(self.folder / FILE, MOST_BYTES))
            if isinstance(read, dict) and read.get("version") == __version__:
                files = read.get("files")
                self._known = _believed(files) if isinstance(files, dict) else {}

    def summaries(self, library: Library) -> tuple[Summary, ...]:
        """A summary of every script, as `Library.summaries`; what is new is remembered."""
        self._used = {}
        found = tuple(self._summary(entry) for entry in library.scripts.values())
        if self._used != self._known:
            self._known = self._used
            with suppress(OSError):
                write_own(self.folder / FILE, self._as_text())
        return found

    def _as_text(self) -> str:
        """The memory as text; files that no longer fit are read again next time."""
        room, kept = MOST_BYTES - 1000, list[str]()
        for path, seen in self._used.items():
            kept.append(f"{json.dumps(path)}: {json.dumps(seen)}")
            room -= len(kept[-1]) + 2
            if room < 0:
                kept.pop()
                break
        return f'{{"version": {json.dumps(__version__)}, "files": {{{", ".join(kept)}}}}}'

    def _summary(self, entry: Entry) -> Summary:
        path = str(entry.path.absolute())
        known = self._known.get(path)
        try:
            stat = entry.path.stat()
            size, at = stat.st_size, stat.st_mtime_ns
            if known and (known.size, known.at) == (size, at):
                self._used[path] = known
                return _remembered(entry, known)
            digest = sha256(read_plain(entry.path, MOST_READ)).hexdigest()
        except (OSError, ValueError):
            return summary_of(entry)
        at = at if self.now() - at > RECENT else 0
        if known and (known.size, known.digest) == (size, digest):
            self._used[path] = known._replace(at=at)
            return _remembered(entry, known)
        summary = summary_of(entry)
        mistakes = tuple((one.source.line, one.source.column, one.message) for one in summary.mistakes)
        self._used |= _believed({path: (size, at, digest, summary.head, mistakes)})
        return summary


def _remembered(entry: Entry, known: Seen) -> Summary:
    file = printable(shown(entry.path))
    mistakes = tuple(Mistake(Source(file, line, column), what) for line, column, what in known.mistakes)
    return Summary(entry, Head(*known.head) if known.head else None, mistakes)


def _believed(files: dict[str, Any]) -> dict[str, Seen]:
    """What makes sense of a memory that anyone may have written."""
    found = {}
    for path, value in files.items():
        with suppress(TypeError, ValueError):
            found[path] = _seen(*value)
    return found


def _seen(size: object, at: object, digest: object, head: Any, mistakes: Any) -> Seen:  # noqa: ANN401
    """Check one memory; raises TypeError or ValueError if it is none."""
    read = None
    if head is not None:
        title, about, tags, needs = head
        read = (_text(title), None if about is None else _text(about), _texts(tags), _texts(needs))
    told = tuple((_number(line), _number(column), _text(what)) for line, column, what in mistakes)
    if (read is None) != bool(told):
        raise ValueError
    return Seen(_number(size), _number(at), _text(digest), read, told)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(map(_text, value))


def _text(value: object) -> str:
    """A text that a terminal can show."""
    if not isinstance(value, str) or not value.isprintable():
        raise TypeError
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value
