"""A timeline as a physiotherapist would write it on paper: the words, the sounds, the holds, the waits.

A line is one action: what is said at that time, or a sound, and how long nobody says anything after it. A
reader hears the session in these lines, so a changed word is a changed line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.timeline import CueKind, PhaseKind
from player.words import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.timeline import Cue, Phase, Timeline

SIGNS = {
    "hold-starts": "▲",
    "hold-ends": "▼",
    "switch-sides": "⇄",
    "set-ends": "▼▼",
    "session-ends": "♪",
    "glide": "↘",
    "halfway": "½",
    "tick": "●",
}
"""How each sound is written; any other is a note with its name."""
SHORTEST_WAIT = 1.0
"""Seconds of silence that are written as a wait."""


def transcript(timeline: Timeline) -> Iterator[str]:
    """The lines of a whole session, section by section."""
    sections = zip(timeline.starts, timeline.sections, strict=True)
    for start, section in sections:
        yield f"{clock(start / timeline.rate):>6}  {section.mark.title.upper()}"
        yield from _lines(timeline, start, start + section.length)
        yield ""


def _lines(timeline: Timeline, start: int, end: int) -> Iterator[str]:
    cues = [cue for cue in timeline.cues_between(start, end) if cue.start >= start]
    phases = {
        phase.start: phase
        for phase in timeline.phases
        if phase.kind is PhaseKind.HOLD and start <= phase.start < end
    }
    if not cues:
        yield f"{'':>6}    ({(end - start) / timeline.rate:.0f} s)"
    index = 0
    while index < len(cues):
        cue = cues[index]
        group = [cue]
        while cue.kind is CueKind.TICK and index + 1 < len(cues) and cues[index + 1].kind is CueKind.TICK:
            index += 1
            group.append(cues[index])
        index += 1
        following = cues[index].start if index < len(cues) else end
        wait = (following - group[-1].end) / timeline.rate
        waits = f"  ({wait:.0f} s)" if wait >= SHORTEST_WAIT else ""
        said = " ".join(map(_written, group))
        hold = _hold(phases.get(cue.start), timeline.rate)
        yield f"{clock(cue.start / timeline.rate):>6}    {said}{hold}{waits}"


def _written(cue: Cue) -> str:
    return cue.content if cue.kind is CueKind.SPEECH else SIGNS.get(cue.content, f"♪ {cue.content}")


def _hold(phase: Phase | None, rate: int) -> str:
    return f" hold {phase.length / rate:g} s" if phase else ""
