"""The timeline: what sounds when, and what the listener is doing meanwhile, in frames.

A timeline is the sections laid end to end. A section's cues, phases and mark are relative to its own start,
so that one section can be laid out (and played) before the length of any other is known. All queries are
functions of a span of frames: nothing here has a cursor, which is why skipping and any block size are safe.
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
LONGEST = 3 * 3600
"""Seconds that a session may take."""
MOST_CUES = 10_000
"""That a session may have."""


class CueKind(StrEnum):
    """What a cue is made of."""

    SPEECH = "speech"
    EARCON = "earcon"
    TICK = "tick"
    SOUND = "sound"
    """A sound that the script asks for by name."""


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
    """What a mark leads to."""

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
    """The script line that asked for it."""

    @property
    def end(self) -> Frames:
        """The first frame after the cue."""
        return Frames(self.start + self.length)


@dataclass(frozen=True, slots=True)
class Activity:
    """What a phase is part of; what does not apply is None."""

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
    """This is exercise `n` …"""
    of: int | None = None
    """… of this many; warm-up, cool-down and rests are not counted."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One span of the listener's doing; each begins where the one before ends."""

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
    """Speech that did not fit where it belongs, and what was done about it."""

    source: Source | None
    message: str


@dataclass(frozen=True, slots=True)
class Section:
    """An exercise with its announcement and its rest, or a talk; times are relative to its start."""

    length: Frames
    cues: tuple[Cue, ...]
    """In order of their starts."""
    phases: tuple[Phase, ...]
    """They cover the section without a gap."""
    mark: Mark
    exercise_id: str | None = None
    misfits: tuple[Misfit, ...] = ()


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
        """Of the whole session."""
        return Frames(sum(section.length for section in self.sections))

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """All cues by absolute start."""
        return tuple(
            replace(cue, start=Frames(cue.start + start))
            for start, section in zip(self.starts, self.sections, strict=True)
            for cue in section.cues
        )

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """All phases by absolute start; together they cover the timeline."""
        return tuple(
            replace(phase, start=Frames(phase.start + start))
            for start, section in zip(self.starts, self.sections, strict=True)
            for phase in section.phases
        )

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """One for each section, by absolute start."""
        return tuple(
            replace(section.mark, start=Frames(section.mark.start + start))
            for start, section in zip(self.starts, self.sections, strict=True)
        )

    @cached_property
    def misfits(self) -> tuple[Misfit, ...]:
        """Of all sections."""
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
        """The phase that `frame` lies in; the last one for every later frame."""
        return self.phases[max(0, bisect_right(self._phase_starts, frame) - 1)]
