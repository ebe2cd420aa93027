"""ID3v2.3: tags, chapters, timed words and the cover of an MP3, byte by byte.

Every phone reads version 2.3, and each frame has only a few fields. It is made by hand because mutagen, the
library for tags, is under the GPL. Chapters are in order of time, and also listed in the table of contents:
some players use one, some the other.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from player.export.recording import NAME, milliseconds
from player.wording import three_letters

if TYPE_CHECKING:
    from player.export.recording import Recording

LATIN_1, UTF_16 = b"\x00", b"\x01"
NO_OFFSET = 0xFFFFFFFF
"""Marks that a chapter is found by its time, not by its place in the file."""
CONTENTS = b"toc\x00"
TOP_LEVEL, ORDERED = 2, 1
IN_MILLISECONDS, LYRICS = 2, 1
FRONT_COVER = 3
ENTRIES_AT_MOST = 255
"""In one table of contents, whose count is one byte."""


def id3(recording: Recording, cover: bytes = b"", *, chapters: bool = True) -> bytes:
    """The whole tag.

    Args:
        recording: The recording to describe.
        cover: A PNG; empty for none.
        chapters: Whether to include chapters; a file with another kind of chapters must not have them twice.
    """
    frames = [
        _text("TIT2", recording.title),
        _text("TPE1", NAME),
        _text("TALB", recording.album),
        _text("TCON", "Speech"),
        _text("TLAN", _language(recording).decode()),
        _text("TLEN", str(milliseconds(recording.length, recording.rate))),
        _frame("TXXX", LATIN_1 + b"CUEMAT\x00" + recording.content.encode("ascii")),
    ]
    if recording.track:
        frames.append(_text("TRCK", f"{recording.track[0]}/{recording.track[1]}"))
    if recording.chapters and chapters:
        frames += _chapters(recording)
    if recording.words:
        frames += _words(recording)
    if cover:
        frames.append(_frame("APIC", LATIN_1 + b"image/png\x00" + bytes([FRONT_COVER]) + b"\x00" + cover))
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _seven_bits(len(body)) + body


def _chapters(recording: Recording) -> list[bytes]:
    chapters = recording.chapters
    names = [f"chp{number}".encode() + b"\x00" for number in range(len(chapters))]
    frames = _contents(names, recording.title)
    for name, chapter in zip(names, chapters, strict=True):
        start, end = (milliseconds(frame, recording.rate) for frame in (chapter.start, chapter.end))
        times = struct.pack(">4I", start, end, NO_OFFSET, NO_OFFSET)
        frames.append(_frame("CHAP", name + times + _text("TIT2", chapter.title)))
    return frames


def _contents(names: list[bytes], title: str) -> list[bytes]:
    """The table of contents; one with too many entries for its byte is a table of tables."""
    if len(names) <= ENTRIES_AT_MOST:
        return [_table(CONTENTS, TOP_LEVEL | ORDERED, names, title)]
    parts = [names[at : at + ENTRIES_AT_MOST] for at in range(0, len(names), ENTRIES_AT_MOST)]
    tables = [f"toc{number}".encode() + b"\x00" for number in range(1, len(parts) + 1)]
    below = [_table(name, ORDERED, part, title) for name, part in zip(tables, parts, strict=True)]
    return [_table(CONTENTS, TOP_LEVEL | ORDERED, tables, title), *below]


def _table(name: bytes, flags: int, entries: list[bytes], title: str) -> bytes:
    return _frame("CTOC", name + bytes([flags, len(entries)]) + b"".join(entries) + _text("TIT2", title))


def _words(recording: Recording) -> list[bytes]:
    """All words in UTF-16, because a frame has only one encoding."""
    language, none = _language(recording), _wide("")
    timed = b"".join(
        _wide(spoken.text) + struct.pack(">I", milliseconds(spoken.start, recording.rate))
        for spoken in recording.words
    )
    text = "\n".join(spoken.text for spoken in recording.words)
    return [
        _frame("SYLT", UTF_16 + language + bytes([IN_MILLISECONDS, LYRICS]) + none + timed),
        _frame("USLT", UTF_16 + language + none + _wide(text)[:-2]),
    ]


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + struct.pack(">IH", len(body), 0) + body


def _text(name: str, text: str) -> bytes:
    try:
        return _frame(name, LATIN_1 + text.encode("latin-1"))
    except UnicodeEncodeError:
        return _frame(name, UTF_16 + _wide(text)[:-2])


def _wide(text: str) -> bytes:
    """The text in UTF-16, with byte order mark and terminator."""
    return b"\xff\xfe" + text.encode("utf-16-le", "replace") + b"\x00\x00"


def _language(recording: Recording) -> bytes:
    return three_letters(recording.language).encode()


def _seven_bits(size: int) -> bytes:
    """A size with seven bits in each byte, so it never looks like sound."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
