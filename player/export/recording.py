"""What goes into a file besides samples: names, chapters, words, all derived from the timeline.

Every format stores the same things in its own way, so they are worked out once here, and no encoder ever
looks at a cue. Nothing depends on the date or the machine: the same session gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from player.timeline import CueKind, Frames, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from player.sound.bed import Bed
    from player.sound.noise import Noise
    from player.timeline import Timeline

NAME = "Cuemat"
"""The artist of every recording, and the album of whole sessions, so a phone keeps them together."""


class Quality(StrEnum):
    """The quality of a lossy format."""

    SPEECH = "speech"
    """For a voice and soft sounds; with music it uses twice the bits."""
    MUSIC = "music"
    """For listeners who care about the music."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A span that a phone can skip to: an exercise with its announcement, up to the next one."""

    start: Frames
    end: Frames
    title: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words and their time."""

    start: Frames
    end: Frames
    text: str


@dataclass(frozen=True, slots=True)
class Options:
    """The names of a session, and how to write it."""

    title: str = NAME
    language: str = "en"
    """A BCP 47 tag."""
    form: str | None = None
    """The name of the format; None: from the file's ending."""
    quality: Quality = Quality.SPEECH
    bed: Bed | None = None
    """The music under the session; with music the file is stereo, otherwise mono."""
    noise: Noise | None = None
    """What is beneath everything where there is no music; None: silence."""
    sidecars: bool = False
    """Also write chapters and words into separate files."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Everything in one file except its samples."""

    title: str
    album: str
    language: str
    rate: int
    """Frames per second."""
    length: Frames
    channels: int
    quality: Quality
    chapters: tuple[Chapter, ...]
    """Chapters in order; they cover the recording without gaps."""
    words: tuple[Spoken, ...]
    """Words in order; no two overlap."""
    content: str
    """Fingerprint for a tag: files with the same text were made from the same things."""
    cover: Callable[[], bytes]
    """Draws the cover as a PNG; called by formats that store one."""
    track: tuple[int, int] | None = None
    """The file's number, and the number of files."""

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.length / self.rate


def chapters_of(timeline: Timeline, opening: str) -> tuple[Chapter, ...]:
    """One chapter for each exercise, from its announcement to the next one's.

    Args:
        timeline: The whole session.
        opening: The title of the part before the first exercise.
    """
    starts = [(mark.start, mark.title) for mark in timeline.marks if mark.kind is MarkKind.EXERCISE]
    if timeline.length and (not starts or starts[0][0] > 0):
        starts.insert(0, (Frames(0), opening))
    ends = [start for start, _ in starts[1:]] + [timeline.length]
    return tuple(Chapter(start, end, title) for (start, title), end in zip(starts, ends, strict=bool(starts)))


def words_of(timeline: Timeline) -> tuple[Spoken, ...]:
    """All words of the session."""
    return tuple(
        Spoken(cue.start, cue.end, cue.content) for cue in timeline.cues if cue.kind is CueKind.SPEECH
    )


def words_between(words: tuple[Spoken, ...], chapter: Chapter) -> Iterator[Spoken]:
    """The words that begin in a chapter, with times from its start."""
    for spoken in words:
        if chapter.start <= spoken.start < chapter.end:
            start, end = spoken.start - chapter.start, min(spoken.end, chapter.end) - chapter.start
            yield Spoken(Frames(start), Frames(end), spoken.text)


def milliseconds(frames: int, rate: int) -> int:
    """Frames as rounded milliseconds, the unit of most formats' chapters."""
    return (frames * 2000 + rate) // (2 * rate)
