"""Chapters and words as separate files, for players that do not read tags: WebVTT, LRC, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from player.export.recording import NAME, milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from player.export.recording import Recording

NO_BRACKETS = str.maketrans("[]", "()")
"""LRC has no way to write a bracket in a title."""
ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def vtt(recording: Recording) -> str:
    """The words as WebVTT, with start and end times."""
    entries = ["WEBVTT\n"]
    for number, spoken in enumerate(recording.words, 1):
        start, end = (clock(milliseconds(frame, recording.rate)) for frame in (spoken.start, spoken.end))
        text = "".join(ESCAPED.get(letter, letter) for letter in spoken.text)
        entries.append(f"{number}\n{start} --> {end}\n{text}\n")
    return "\n".join(entries)


def lrc(recording: Recording) -> str:
    """The words as LRC: a line for each utterance, with its start."""
    title, album = (text.translate(NO_BRACKETS) for text in (recording.title, recording.album))
    lines = [f"[ti:{title}]", f"[ar:{NAME}]", f"[al:{album}]"]
    for spoken in recording.words:
        minutes, rest = divmod(milliseconds(spoken.start, recording.rate), 60_000)
        lines.append(f"[{minutes:02d}:{rest // 1000:02d}.{rest % 1000 // 10:02d}]{spoken.text}")
    return "\n".join(lines) + "\n"


def chapters_json(recording: Recording) -> str:
    """The chapters as Podcasting 2.0 JSON."""
    chapters = [
        {"startTime": milliseconds(chapter.start, recording.rate) / 1000, "title": chapter.title}
        for chapter in recording.chapters
    ]
    return json.dumps({"version": "1.2.0", "chapters": chapters}, ensure_ascii=False, indent=1) + "\n"


def clock(milliseconds: int) -> str:
    """A time as `HH:MM:SS.mmm`."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}.{rest:03d}"


BEGINNINGS = {".vtt": b"WEBVTT\n", ".lrc": b"[ti:", ".json": b'{\n "version"'}


def looks_like_ours(path: Path) -> bool:
    """Whether a sidecar may be one that Cuemat wrote, judged by its first bytes."""
    beginning = BEGINNINGS[path.suffix]
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(beginning)) == beginning
    except OSError:
        return False


SIDECARS: Mapping[str, Callable[[Recording], str]] = {
    ".vtt": vtt,
    ".lrc": lrc,
    ".chapters.json": chapters_json,
}
"""The writers of sidecar files, by the ending that replaces the sound file's."""
