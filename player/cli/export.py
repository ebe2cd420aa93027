"""`cuemat export`: a session as a sound file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from player.cli.compose import clock, compile_session, misfits, warn
from player.cli.progress import progress_bar
from player.library import Library

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Speak, render, write; the path and the length on stdout."""
    from player.export import (  # noqa: PLC0415  numpy, once it is sure to be needed
        Options,
        Quality,
        check_target,
        export,
    )

    target = Path(options.output)
    check_target(target, form=options.format, force=options.force)
    script = Library.found().load(options.session)
    compiled, _ = compile_session(script, options)
    warn(misfits(script, compiled.timeline))
    wanted = Options(script.session.title, script.session.language, options.format, Quality(options.quality))
    with progress_bar("Writing") as progress:
        timeline, clips = compiled.timeline, compiled.clips
        export(timeline, clips, target, wanted, force=options.force, progress=progress)
    print(f"{target}: {script.session.title}, {clock(compiled.timeline.length / compiled.timeline.rate)}")
    return 0
