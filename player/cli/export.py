"""`cuemat export`: a session as a sound file, or as several."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.cli.compose import bed_for, clock, compile_session, misfits, music_for, music_path, warn
from player.cli.progress import progress_bar
from player.errors import UserError
from player.library import Library, shown
from player.place import keep_input

if TYPE_CHECKING:
    import argparse

    from player.compiler import Compiled
    from player.export import Options
    from player.library import Script

IN_A_FOLDER = "mp3"
"""The format if only a folder was named."""


def run(options: argparse.Namespace) -> int:
    """Speak, render, write; the path and the length on stdout.

    Raises:
        UserError: A stream was asked for; or as what is called raises it.
    """
    if options.output == "-":
        message = "export writes files; for a stream write: cuemat play SESSION --output -"
        raise UserError(message)
    if options.all:
        from player.cli.export_all import run_all  # noqa: PLC0415  one session needs no threads

        return run_all(options)
    from player.export import check_folder, check_target, export, export_split  # noqa: PLC0415  numpy, once needed

    target, wanted = Path(options.output), wanted_by(options)
    if options.split:
        check_folder(target, wanted)
    else:
        check_target(target, wanted, force=options.force)
    script = Library.found().load(options.session)
    keep_inputs(target, script, options)
    wanted = named(wanted, script, options)
    compiled, _ = compile_session(script, options)
    warn(misfits(script, compiled.timeline))
    timeline = compiled.timeline
    with progress_bar("Writing") as progress:
        if options.split:
            *_, target = export_split(compiled, target, wanted, force=options.force, progress=progress)
        else:
            export(compiled, target, wanted, force=options.force, progress=progress)
    if options.verbose:
        print(loudness(compiled, wanted), file=sys.stderr)
    print(f"{shown(target)}: {script.session.title}, {clock(timeline.length / timeline.rate)}")
    return 0


def wanted_by(options: argparse.Namespace) -> Options:
    """How to write what has no name yet."""
    from player.export import Options, Quality  # noqa: PLC0415

    form = options.format or (IN_A_FOLDER if options.split or options.all else None)
    return Options(form=form, quality=Quality(options.quality), sidecars=options.sidecars)


def named(wanted: Options, script: Script, options: argparse.Namespace) -> Options:
    """The same with the session's names and music.

    Raises:
        UserError: There is no such music.
        SoundError: The music cannot be read.
    """
    session, bed = script.session, bed_for(script, music_for(options), options.music_level)
    return replace(wanted, title=session.title, language=session.language, bed=bed)


def keep_inputs(target: Path, script: Script, options: argparse.Namespace) -> None:
    """See that the sound file would take the place neither of the script nor of its music.

    Raises:
        UserError: It would, or there is no such music.
    """
    keep_input(target, script.entry.path, music_path(script, music_for(options)))


def loudness(compiled: Compiled, wanted: Options) -> str:
    """How loud a session is as a whole, and at its loudest."""
    from player.export import measure  # noqa: PLC0415

    meter = measure(compiled, wanted)
    return f"cuemat: loudness {meter.loudness:.1f} LUFS, true peak {meter.true_peak:.1f} dBTP"
