"""`cuemat show`: what a session says and does, and when; for people as a table, for machines as JSON.

The JSON is a public interface: its `format` number changes when a reader of the old one would be misled. It
is described in the README; starts and lengths are in frames, `rate` of them a second.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.cli.compose import clock, compile_session, manner_for, misfits, warn
from player.cli.picture import as_svg
from player.cli.writing import write_text
from player.errors import UserError
from player.library import Library, shown
from player.place import check_place, keep_input
from player.timeline import CueKind

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from player.session import Choices, Session
    from player.timeline import Cue, Phase, Timeline

FORMAT = 1


def run(options: argparse.Namespace) -> int:
    """Print the timeline, or draw it."""
    picture = Path(options.svg) if options.svg is not None else None
    if picture:
        _check(picture, force=options.force)
    script = Library.found().load(options.session)
    if picture:
        keep_input(picture, script.entry.path)
    session = script.session
    compiled, choices = compile_session(script, options)
    warn(misfits(script, compiled.timeline))
    voice = manner_for(options, session.language).voice
    if picture:
        _draw(picture, session, compiled.timeline, force=options.force)
    elif options.json:
        print(json.dumps(as_json(session, compiled.timeline, choices, voice), ensure_ascii=False, indent=1))
    else:
        print("\n".join(as_table(session, compiled.timeline, choices, voice)))
    return 0


def _check(target: Path, *, force: bool) -> None:
    """See, before any work, whether the picture can be written; raises as `check_place` does."""
    if target.suffix.lower() != ".svg":
        message = f"{target}: the picture is an SVG; choose a name that ends in .svg"
        raise UserError(message)
    check_place(target, force=force)


def _draw(target: Path, session: Session, timeline: Timeline, *, force: bool) -> None:
    write_text(target, as_svg(session.title, timeline), force=force)
    print(f"{shown(target)}: {session.title}, {clock(timeline.length / timeline.rate)}")


def as_json(session: Session, timeline: Timeline, choices: Choices, voice: str) -> dict[str, Any]:
    """The timeline as plain data."""
    sections = zip(timeline.starts, timeline.sections, strict=True)
    return {
        "format": FORMAT,
        "session": session.id,
        "title": session.title,
        "language": session.language,
        "voice": voice,
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


def as_table(session: Session, timeline: Timeline, choices: Choices, voice: str) -> Iterator[str]:
    """The timeline as lines for people: a line a phase, and below it what sounds in it."""
    dose = f"level {choices.level:g}" if choices.level is not None else f"day {choices.day}"
    yield f"{session.title}: {clock(timeline.length / timeline.rate)}, {dose}, voice {voice}"
    mark = None
    marks = {mark.start: mark for mark in timeline.marks}
    for phase in timeline.phases:
        if mark := marks.get(phase.start):
            yield ""
            yield f"{clock(phase.start / timeline.rate):>6}  {mark.title}"
        yield f"{clock(phase.start / timeline.rate):>6}    {_doing(phase, timeline.rate)}".rstrip()
        for cue in timeline.cues_between(phase.start, phase.end):
            if cue.start >= phase.start:
                said = f"“{cue.content}”" if cue.kind is CueKind.SPEECH else f"♪ {cue.content}"
                yield f"{clock(cue.start / timeline.rate):>6}      {said}"


def _doing(phase: Phase, rate: int) -> str:
    doing = phase.activity
    parts = [phase.kind.replace("_", " "), f"{phase.length / rate:g} s" if phase.kind == "hold" else ""]
    if doing.sets is not None and doing.sets > 1:
        parts.append(f"set {doing.set}/{doing.sets}")
    if doing.rep is not None:
        parts.append(f"rep {doing.rep}/{doing.reps}")
    parts.append(doing.side or "")
    return "  ".join(part for part in parts if part)
