"""The timeline: what sounds when, and what the listener is doing meanwhile, in frames.

A timeline is the sections laid end to end. A section's cues, phases and mark are relative to its own start,
so a section can be laid out (and played) before the length of any other is known. All queries are functions
of a span of frames: nothing has a cursor, so skipping and any block size are safe.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.errors import Source

Frames = NewType("Frames", int)
"""A number of samples of every channel: the only unit of time inside."""

RATE = 48_000
"""The engine's frames per second."""
WAKING = 1.5
"""Seconds in which a sleeping loudspeaker wakes up; what sounds meanwhile is lost."""
LONGEST = 3 * 3600
"""Longest session in seconds."""
MOST_CUES = 10_000
"""Limit of cues in a session."""


class CueKind(StrEnum):
    """The kind of a cue's sound."""

    SPEECH = "speech"
    EARCON = "earcon"
    TICK = "tick"
    SOUND = "sound"
    """A sound that the script names."""


class PhaseKind(StrEnum):
    """What the listener is doing."""

    TALK = "talk"
    GET_READY = "get_ready"
    MOVE = "move"
    HOLD = "hold"
    REST = "rest"
    SWITCH = "switch"
    DONE = "done"


class MarkKind(StrEnum):
    """What a mark points to."""

    EXERCISE = "exercise"
    """A chapter."""
    SECTION = "section"
    """A talk, a rest, a sound."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One sound with a start and a length."""

    start: Frames
    length: Frames
    kind: CueKind
    content: str
    """The text of a speech cue; the stem of a file in sounds/ for every other kind."""
    source: Source | None = None
    """The script line it comes from."""
    voice: str = ""
    """The voice that stands in for the chosen one; empty for the chosen one, and for sounds."""

    @property
    def key(self) -> tuple[CueKind, str]:
        """What its clip is found by: its kind, and its content with the voice that stands in, if one does."""
        return self.kind, f"{self.voice}: {self.content}" if self.voice else self.content

    @property
    def end(self) -> Frames:
        """The first frame after the cue."""
        return Frames(self.start + self.length)


@dataclass(frozen=True, slots=True)
class Activity:
    """What a phase belongs to; fields that do not apply are None."""

    exercise: str | None = None
    """The exercise's name."""
    exercise_id: str | None = None
    position: str | None = None
    set: int | None = None
    sets: int | None = None
    rep: int | None = None
    reps: int | None = None
    side: str | None = None
    """`left` or `right`."""
    n: int | None = None
    """Exercise number `n` …"""
    of: int | None = None
    """… of this many; warm-up, cool-down and rests are not counted."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One span of what the listener does; each begins where the previous one ends."""

    start: Frames
    length: Frames
    kind: PhaseKind
    activity: Activity

    @property
    def end(self) -> Frames:
        """The first frame after the phase."""
        return Frames(self.start + self.length)


@dataclass(frozen=True, slots=True)
class Mark:
    """A named place that skip, chapters and the screen use: always the announcement."""

    start: Frames
    title: str
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Misfit:
    """Speech that did not fit its time, and what was done about it."""

    source: Source | None
    message: str


@dataclass(frozen=True, slots=True)
class Section:
    """An exercise with its announcement and its rest, or a talk; times are relative to its start."""

    length: Frames
    cues: tuple[Cue, ...]
    """Cues in order of their starts."""
    phases: tuple[Phase, ...]
    """Phases in order; they cover the section without gaps."""
    mark: Mark
    exercise_id: str | None = None
    misfits: tuple[Misfit, ...] = ()
    until_done: bool = False
    """Whether the engine waits at its end until the listener says that it is done."""


@dataclass(frozen=True)
class Timeline:
    """All sections of a session, laid end to end."""

    sections: tuple[Section, ...]
    rate: int = RATE
    """Frames per second."""

    @cached_property
    def starts(self) -> tuple[Frames, ...]:
        """The first frame of each section."""
        ends = accumulate((section.length for section in self.sections), initial=0)
        return tuple(Frames(end) for end in ends)[: len(self.sections)]

    @cached_property
    def length(self) -> Frames:
        """The length of the whole session."""
        return Frames(sum(section.length for section in self.sections))

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """All cues, with absolute starts."""
        return tuple(
            replace(cue, start=Frames(cue.start + start))
            for start, section in zip(self.starts, self.sections, strict=True)
            for cue in section.cues
        )

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """All phases, with absolute starts; together they cover the timeline."""
        return tuple(
            replace(phase, start=Frames(phase.start + start))
            for start, section in zip(self.starts, self.sections, strict=True)
            for phase in section.phases
        )

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The mark of each section, with absolute start."""
        return tuple(
            replace(section.mark, start=Frames(section.mark.start + start))
            for start, section in zip(self.starts, self.sections, strict=True)
        )

    @cached_property
    def misfits(self) -> tuple[Misfit, ...]:
        """The misfits of all sections."""
        return tuple(misfit for section in self.sections for misfit in section.misfits)

    @cached_property
    def _phase_starts(self) -> tuple[Frames, ...]:
        return tuple(phase.start for phase in self.phases)

    @cached_property
    def _latest_ends(self) -> tuple[int, ...]:
        return tuple(accumulate((cue.end for cue in self.cues), max))

    def cues_between(self, start: int, end: int) -> Iterator[Cue]:
        """All cues that sound in `[start, end)`, in order of their starts."""
        first = bisect_right(self._latest_ends, start)
        for cue in self.cues[first:]:
            if cue.start >= end:
                return
            if cue.end > start:
                yield cue

    def phase_at(self, frame: int) -> Phase:
        """The phase at `frame`; the last one for every later frame."""
        return self.phases[max(0, bisect_right(self._phase_starts, frame) - 1)]
