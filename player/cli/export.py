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
    from player.export import check_target, export  # noqa: PLC0415  numpy, once it is sure to be needed

    target = Path(options.output)
    check_target(target, force=options.force)
    script = Library.found().load(options.session)
    compiled, _ = compile_session(script, options)
    warn(misfits(script, compiled.timeline))
    with progress_bar("Writing") as progress:
        export(compiled.timeline, compiled.clips, target, force=options.force, progress=progress)
    print(f"{target}: {script.session.title}, {clock(compiled.timeline.length / compiled.timeline.rate)}")
    return 0
