"""A timeline as plain data, for other programs: `cuemat show --json`.

It is a public interface, described in player/README.md: `FORMAT` is raised when a reader of the old one would
be misled. Starts and lengths are in frames, `rate` of them a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from player.timeline import CueKind

if TYPE_CHECKING:
    from player.app.prepare import Prepared
    from player.timeline import Cue, Phase

FORMAT = 1


def timeline_as_json(prepared: Prepared) -> dict[str, Any]:
    """The timeline as plain data."""
    session, timeline, choices = prepared.script.session, prepared.compiled.timeline, prepared.choices
    sections = zip(timeline.starts, timeline.sections, strict=True)
    return {
        "format": FORMAT,
        "session": session.id,
        "title": session.title,
        "language": session.language,
        "voice": prepared.voice,
        "day": choices.day,
        "level": choices.level,
        "rate": timeline.rate,
        "frames": timeline.length,
        "sections": [
            {"start": start, "length": section.length, "exercise_id": section.exercise_id}
            for start, section in sections
        ],
        "cues": [_cue(cue) for cue in timeline.cues],
        "phases": [_phase(phase) for phase in timeline.phases],
        "marks": [{"start": mark.start, "title": mark.title, "kind": mark.kind} for mark in timeline.marks],
    }


def _cue(cue: Cue) -> dict[str, Any]:
    content = "text" if cue.kind is CueKind.SPEECH else "sound"
    source = {"file": cue.source.file, "line": cue.source.line} if cue.source else None
    return {
        "start": cue.start,
        "length": cue.length,
        "kind": cue.kind,
        content: cue.content,
        "source": source,
    }


def _phase(phase: Phase) -> dict[str, Any]:
    doing = phase.activity
    return {
        "start": phase.start,
        "length": phase.length,
        "kind": phase.kind,
        "exercise": doing.exercise,
        "exercise_id": doing.exercise_id,
        "position": doing.position,
        "set": doing.set,
        "sets": doing.sets,
        "rep": doing.rep,
        "reps": doing.reps,
        "side": doing.side,
        "n": doing.n,
        "of": doing.of,
    }
