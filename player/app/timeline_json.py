"""A timeline as plain data, for other programs: `cuemat show --json`.

It is a public interface, described in player/README.md: the format is raised when a reader of the old one
would be misled, and the old one can still be asked for. Format 2 says which sections wait, because a reader
that does not know goes on too early, and what the exercises are. Starts and lengths are in frames, `rate` of
them a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from player.pictures.handout import exercises_of
from player.timeline import CueKind
from player.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.app.prepare import Prepared
    from player.session import Session
    from player.timeline import Cue, Phase, Section

FORMATS = (1, 2)
"""The formats that can be asked for; the last is the usual one."""


def timeline_as_json(prepared: Prepared, form: int = FORMATS[-1]) -> dict[str, Any]:
    """The timeline as plain data, in one of the formats."""
    session, timeline, choices = prepared.script.session, prepared.compiled.timeline, prepared.choices
    sections = zip(timeline.starts, timeline.sections, strict=True)
    return {
        "format": form,
        "session": session.id,
        "title": session.title,
        "language": session.language,
        "voice": prepared.voice,
        "day": choices.day,
        "level": choices.level,
        "rate": timeline.rate,
        "frames": timeline.length,
        **({} if form == 1 else {"exercises": list(_exercises(session))}),
        "sections": [_section(start, section, form) for start, section in sections],
        "cues": [_cue(cue) for cue in timeline.cues],
        "phases": [_phase(phase) for phase in timeline.phases],
        "marks": [{"start": mark.start, "title": mark.title, "kind": mark.kind} for mark in timeline.marks],
    }


def _exercises(session: Session) -> Iterator[dict[str, Any]]:
    """Each exercise with each of its doses, in the order of first use."""
    paper = wording_for(session.language).paper
    for one in exercises_of(session):
        yield {
            "id": one.id,
            "name": one.name,
            "kind": one.kind,
            "role": one.role,
            "avoid_if": list(one.avoid_if),
            "dose": paper.dose(one),
        }


def _section(start: int, section: Section, form: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"start": start, "length": section.length, "exercise_id": section.exercise_id}
    return facts if form == 1 else {**facts, "until_done": section.until_done}


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
