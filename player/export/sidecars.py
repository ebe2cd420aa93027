"""Chapters and words as files of their own, for players that do not look inside: WebVTT, LRC, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from player.export.recording import NAME, milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from player.export.recording import Recording

ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def vtt(recording: Recording) -> str:
    """WebVTT: what is said, from when to when."""
    entries = ["WEBVTT\n"]
    for number, spoken in enumerate(recording.words, 1):
        start, end = (clock(milliseconds(frame, recording.rate)) for frame in (spoken.start, spoken.end))
        text = "".join(ESCAPED.get(letter, letter) for letter in spoken.text)
        entries.append(f"{number}\n{start} --> {end}\n{text}\n")
    return "\n".join(entries)


def lrc(recording: Recording) -> str:
    """LRC: one line for each thing that is said, with its start."""
    lines = [f"[ti:{recording.title}]", f"[ar:{NAME}]", f"[al:{recording.album}]"]
    for spoken in recording.words:
        minutes, rest = divmod(milliseconds(spoken.start, recording.rate), 60_000)
        lines.append(f"[{minutes:02d}:{rest // 1000:02d}.{rest % 1000 // 10:02d}]{spoken.text}")
    return "\n".join(lines) + "\n"


def chapters_json(recording: Recording) -> str:
    """Podcasting 2.0 chapters."""
    chapters = [
        {"startTime": milliseconds(chapter.start, recording.rate) / 1000, "title": chapter.title}
        for chapter in recording.chapters
    ]
    return json.dumps({"version": "1.2.0", "chapters": chapters}, ensure_ascii=False, indent=1) + "\n"


def clock(milliseconds: int) -> str:
    """`HH:MM:SS.mmm`."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}.{rest:03d}"


SIDECARS: Mapping[str, Callable[[Recording], str]] = {
    ".vtt": vtt,
    ".lrc": lrc,
    ".chapters.json": chapters_json,
}
"""What stands beside a sound file, by the ending that takes the place of its own."""
