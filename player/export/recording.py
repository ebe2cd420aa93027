"""What is to be written besides the samples: names, chapters, words. All of it follows from the timeline.

Every format says the same things in its own way, so they are worked out once, here, and no encoder ever
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
    from player.timeline import Timeline

NAME = "Cuemat"
"""The artist of every recording, and the album of whole sessions: a phone then keeps them together."""


class Quality(StrEnum):
    """How many bits a lossy format spends."""

    SPEECH = "speech"
    """A voice and soft sounds; with music, twice as many."""
    MUSIC = "music"
    """For those who listen to the music."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A span that a phone can skip to: an exercise with its announcement, and what follows it."""

    start: Frames
    end: Frames
    title: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words, and when they are said."""

    start: Frames
    end: Frames
    text: str


@dataclass(frozen=True, slots=True)
class Options:
    """How a session is to be called, and how it is to be written."""

    title: str = NAME
    language: str = "en"
    """As BCP 47 says it."""
    form: str | None = None
    """The name of the format; None: the ending of the file's name says it."""
    quality: Quality = Quality.SPEECH
    bed: Bed | None = None
    """The music under the session; it is stereo then, and otherwise mono."""
    sidecars: bool = False
    """Whether chapters and words are written into files of their own, too."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One file: all but its samples."""

    title: str
    album: str
    language: str
    rate: int
    """Frames per second."""
    length: Frames
    channels: int
    quality: Quality
    chapters: tuple[Chapter, ...]
    """In order; they cover the recording without a gap."""
    words: tuple[Spoken, ...]
    """In order; no two overlap."""
    content: str
    """Stands in a tag: two files with the same text were made from the same things."""
    cover: Callable[[], bytes]
    """A PNG; drawn when a format has a place for it."""
    track: tuple[int, int] | None = None
    """Its number, and how many files there are."""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.length / self.rate


def chapters_of(timeline: Timeline, opening: str) -> tuple[Chapter, ...]:
    """One for each exercise, from its announcement to the next one's.

    Args:
        timeline: The whole session.
        opening: The title of what comes before the first exercise.
    """
    starts = [(mark.start, mark.title) for mark in timeline.marks if mark.kind is MarkKind.EXERCISE]
    if timeline.length and (not starts or starts[0][0] > 0):
        starts.insert(0, (Frames(0), opening))
    ends = [start for start, _ in starts[1:]] + [timeline.length]
    return tuple(Chapter(start, end, title) for (start, title), end in zip(starts, ends, strict=bool(starts)))


def words_of(timeline: Timeline) -> tuple[Spoken, ...]:
    """What is said in the whole session."""
    return tuple(
        Spoken(cue.start, cue.end, cue.content) for cue in timeline.cues if cue.kind is CueKind.SPEECH
    )


def words_between(words: tuple[Spoken, ...], chapter: Chapter) -> Iterator[Spoken]:
    """Those that begin in a chapter, counted from its start."""
    for spoken in words:
        if chapter.start <= spoken.start < chapter.end:
            start, end = spoken.start - chapter.start, min(spoken.end, chapter.end) - chapter.start
            yield Spoken(Frames(start), Frames(end), spoken.text)


def milliseconds(frames: int, rate: int) -> int:
    """To the nearest one; the unit of most formats' chapters."""
    return (frames * 2000 + rate) // (2 * rate)
