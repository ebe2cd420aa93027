"""Where the listener is in the session, and what comes next: a pure state machine.

A live position is a section and a frame in it, because sections that are not laid out yet have no absolute
frames. Every function returns a new transport and gets the sections laid out so far, so everything can be
tested at ten frames a second, without sound and without time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from player.timeline import CueKind, Frames, PhaseKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from player.timeline import Cue, Phase, Section

RESTART_AFTER = 3.0
"""Seconds into an exercise from which "back" restarts it instead of going to the one before."""


class LivePosition(NamedTuple):
    """Where the listener is; positions are in order."""

    section: int
    frame: Frames


class Run(NamedTuple):
    """Some frames of one section to play next."""

    section: int
    start: Frames
    length: Frames


@dataclass(frozen=True, slots=True)
class Transport:
    """The state. The `sections` passed to methods are those laid out so far, by index."""

    exercises: tuple[bool, ...]
    """For each section of the session, whether it is an exercise."""
    rate: int
    place: LivePosition
    """The next frame to play."""

    @property
    def ended(self) -> bool:
        """Whether the position is after the last frame."""
        return self.place.section >= len(self.exercises)

    def advance(self, frames: int, sections: Mapping[int, Section]) -> tuple[Transport, tuple[Run, ...]]:
        """Play at most `frames` frames; return the state after them, and the frames played.

        They are fewer if the session ends, or the next section is not laid out yet.
        """
        runs: list[Run] = []
        section, frame = self.place
        while frames > 0 and section in sections:
            length = Frames(min(frames, sections[section].length - frame))
            if length > 0:
                runs.append(Run(section, frame, length))
            frames -= length
            frame = Frames(frame + length)
            if frame >= sections[section].length:
                section, frame = section + 1, Frames(0)
        return self.at(LivePosition(section, frame)), tuple(runs)

    def at(self, place: LivePosition) -> Transport:
        """Move to a place."""
        return replace(self, place=place)

    def settle(self, sections: Mapping[int, Section]) -> Transport:
        """Where to begin after a pause or a seek: at the start of a cut word, or else right here."""
        cue = sounding(self.place, sections, CueKind.SPEECH)
        return self.at(LivePosition(self.place.section, cue.start)) if cue else self

    def seek_by(self, frames: int, sections: Mapping[int, Section]) -> Transport:
        """Move by some frames, within the sections laid out: not past the next one, not before the first.

        From the end there is no way forward.
        """
        if self.ended and frames >= 0:
            return self
        section, frame = self.place
        frame = Frames(frame + frames)
        while frame < 0 and section > 0 and section - 1 in sections:
            section -= 1
            frame = Frames(frame + sections[section].length)
        last = len(self.exercises) - 1
        while section in sections and frame >= sections[section].length:
            if section == last:
                frame = Frames(sections[section].length - 1)
                break
            frame = Frames(frame - sections[section].length)
            section += 1
        if section not in sections:
            frame = Frames(0)
        return self.at(LivePosition(min(section, last), Frames(max(0, frame)))).settle(sections)

    def next(self) -> Transport | None:
        """Jump to the announcement of the next exercise; None if this is the last one."""
        following = [index for index in self._exercise_indices() if index > self.place.section]
        return self.jump(following[0]) if following else None

    def back(self) -> Transport:
        """Jump to the start of this exercise; near its start, to the one before (or the session's start)."""
        section, frame = self.place
        if section < len(self.exercises) and frame > RESTART_AFTER * self.rate:
            return self.jump(section)
        earlier = [index for index in self._exercise_indices() if index < section]
        return self.jump(earlier[-1] if earlier else 0)

    def jump(self, section: int) -> Transport:
        """Jump to the announcement of a section."""
        return self.at(LivePosition(section, Frames(0)))

    def _exercise_indices(self) -> list[int]:
        return [index for index, exercise in enumerate(self.exercises) if exercise]


def phase_at(place: LivePosition, sections: Mapping[int, Section]) -> Phase | None:
    """The phase at a place; None if its section is not laid out."""
    section = sections.get(place.section)
    if section is None:
        return None
    return next((phase for phase in reversed(section.phases) if phase.start <= place.frame), None)


def waits_at(place: LivePosition, sections: Mapping[int, Section]) -> bool:
    """Whether the session waits here until the listener is done: at the last frame of such a section."""
    section = sections.get(place.section)
    return section is not None and section.until_done and place.frame == section.length - 1


def sounding(place: LivePosition, sections: Mapping[int, Section], kind: CueKind | None = None) -> Cue | None:
    """The cue that sounds at a place and began before it."""
    section = sections.get(place.section)
    for cue in section.cues if section else ():
        if cue.start < place.frame < cue.end and kind in {None, cue.kind}:
            return cue
    return None


def place_for_more_time(place: LivePosition, sections: Mapping[int, Section]) -> LivePosition | None:
    """The next frame of this rest or get-ready without a cue and before a countdown, if there is one."""
    section, phase = sections.get(place.section), phase_at(place, sections)
    if section is None or phase is None:
        return None
    if phase.kind not in {PhaseKind.REST, PhaseKind.GET_READY, PhaseKind.SWITCH}:
        return None
    frame = place.frame
    for cue in section.cues:
        if cue.start < phase.start or cue.start >= phase.end:
            continue
        if cue.kind is CueKind.TICK:
            return LivePosition(place.section, frame) if frame <= cue.start else None
        if cue.start < frame < cue.end:
            frame = cue.end
    return LivePosition(place.section, frame) if frame < phase.end else None
