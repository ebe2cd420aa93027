"""`cuemat show`: what a session says and does, and when: as a table, as JSON or as a picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from player.app.request import Group
from player.cli.command import command
from player.cli.options import PLAYED, asks, session_argument
from player.cli.progress import progress_bar
from player.cli.report import complain, warn_of
from player.errors import UserError
from player.timeline import CueKind
from player.words import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.app.prepare import Prepared
    from player.app.request import Request
    from player.timeline import Phase


@command(
    "show",
    examples=(
        ("show morning-stretch", "every word and sound, with its time"),
        ("show morning-stretch --transcript", "the words and waits, as on paper"),
        ("show morning-stretch --day 12 --json", "the timeline of day 12, for other programs"),
        ("show morning-stretch --svg morning.svg", "a picture of it"),
    ),
    rules=(
        lambda typed: "--force needs --svg" if typed["force"] and typed["svg"] is None else None,
        lambda typed: "--json-format needs --json" if typed["json_format"] and not typed["as_json"] else None,
    ),
)
@session_argument()
@asks(*PLAYED, Group.SOUND, leave_out=frozenset({"music", "music_level", "output", "volume"}))
@click.option("--json", "as_json", is_flag=True, help="print the whole timeline as JSON, in frames")
@click.option(
    "--json-format", type=click.Choice(["1", "2"]), help="the format of that JSON; the usual one is 2"
)
@click.option("--transcript", is_flag=True, help="print the words, sounds and waits, a line an action")
@click.option("--svg", metavar="FILE", help="draw the phases to scale into an .svg file")
@click.option("--force", is_flag=True, help="overwrite the picture if it exists")
def show(
    request: Request,
    *,
    as_json: bool,
    json_format: str | None,
    transcript: bool,
    svg: str | None,
    force: bool,
) -> int:
    """Print the timeline, or draw it."""
    from player.app.prepare import compile_session, load, settle
    from player.files.whole import keep_input

    picture = Path(svg) if svg is not None else None
    if picture:
        _check(picture, force=force)
    request = settle(request, complain)
    script = load(request)
    if picture:
        keep_input(picture, script.entry.path)
    with progress_bar() as progress:
        prepared = compile_session(request, progress, script)
    warn_of(prepared)
    if picture:
        _draw(picture, prepared, force=force)
    elif as_json:
        from player.app.timeline_json import FORMATS, timeline_as_json

        form = int(json_format or FORMATS[-1])
        print(json.dumps(timeline_as_json(prepared, form), ensure_ascii=False, indent=1))
    elif transcript:
        from player.app.transcript import transcript as as_written

        print("\n".join(as_written(prepared.compiled.timeline)).rstrip())
    else:
        print("\n".join(timeline_as_table(prepared)))
    return 0


def _check(target: Path, *, force: bool) -> None:
    """Check, before any work, that the picture can be written; raises like `check_place`."""
    from player.files.whole import check_place

    if target.suffix.lower() != ".svg":
        message = f"{target}: the picture is an SVG file; choose a name that ends in .svg"
        raise UserError(message)
    check_place(target, force=force)


def _draw(target: Path, prepared: Prepared, *, force: bool) -> None:
    from player.files.whole import write_text
    from player.library import shown
    from player.pictures.timeline import as_svg

    title = prepared.script.session.title
    write_text(target, as_svg(title, prepared.compiled.timeline), force=force)
    print(f"{shown(target)}: {title}, {clock(prepared.seconds)}")


def timeline_as_table(prepared: Prepared) -> Iterator[str]:
    """The timeline as text: a line for each phase, and below it what sounds in it."""
    session, timeline, choices = prepared.script.session, prepared.compiled.timeline, prepared.choices
    dose = f"level {choices.level:g}" if choices.level is not None else f"day {choices.day}"
    yield f"{session.title}: {clock(timeline.length / timeline.rate)}, {dose}, voice {prepared.voice}"
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


COMMAND = show
