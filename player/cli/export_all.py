"""`cuemat export --all`: every session, several side by side, and only those that have changed.

What takes long (a voice in a process of its own, encoders, mixing) lets other threads work meanwhile, so
threads are enough. One session's mistake never keeps the others from being written.
"""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from player.cli.compose import clock, compile_quietly, misfits, warn
from player.cli.export import IN_A_FOLDER, keep_inputs, named, wanted_by
from player.cli.progress import progress_bar
from player.errors import Error, Mistake, ScriptError
from player.library import Library, shown
from player.place import make_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from player.export import Options

SPEAKING = 0.3
"""The part of a session's work that is speaking and laying out; the rest is writing."""
STEPS = 1000
"""Of a session in the progress that is shown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one session."""

    line: str | None = None
    """For stdout; None: it failed."""
    warnings: tuple[Mistake, ...] = ()
    warning: str | None = None
    """Of the voice."""
    error: Error | None = None


class Stopped(Exception):  # noqa: N818  it is no error
    """Nobody wants the rest any more."""


@dataclass(slots=True)
class Together:
    """How far many sessions are, as one number; used by all their threads."""

    sessions: int
    show: Callable[[int, int], None]
    stopped: threading.Event = field(default_factory=threading.Event)
    speaking: threading.Lock = field(default_factory=threading.Lock)
    """One at a time: a voice never says the same words twice in the same way, and sessions share words."""
    _done: dict[str, int] = field(default_factory=dict)

    def part(self, session: str, start: float, end: float) -> Callable[[int, int], None]:
        """A callback for one part of a session's work.

        Raises:
            Stopped: When it is called after everything was stopped.
        """

        def progress(done: int, total: int) -> None:
            if self.stopped.is_set():
                raise Stopped
            share = start + (end - start) * done / max(total, 1)
            self._done[session] = round(STEPS * share)
            self.show(sum(self._done.copy().values()), STEPS * self.sessions)

        return progress


def run_all(options: argparse.Namespace) -> int:
    """Write every session into a folder; what is up to date is left alone."""
    from player.export import check_folder  # noqa: PLC0415  numpy, once it is sure to be needed

    library, folder, wanted = Library.found(), Path(options.output), wanted_by(options)
    check_folder(folder, wanted)
    make_folder(folder)
    sessions = library.scripts
    longest_first = sorted(sessions, key=lambda session: -sessions[session].path.stat().st_size)
    with progress_bar("Exporting") as show:
        outcomes = _outcomes(longest_first, Together(len(sessions), show), library, wanted, options)
    told = dict(zip(longest_first, outcomes, strict=True))
    for session in sessions:
        _tell(told[session])
    return max((outcome.error.exit_code for outcome in outcomes if outcome.error), default=0)


def _outcomes(
    sessions: Sequence[str],
    together: Together,
    library: Library,
    wanted: Options,
    options: argparse.Namespace,
) -> list[Outcome]:
    with ThreadPoolExecutor(options.jobs or os.cpu_count() or 1, "export") as pool:
        jobs = [pool.submit(_export, session, together, library, wanted, options) for session in sessions]
        try:
            wait(jobs, return_when=FIRST_EXCEPTION)
        finally:
            together.stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
        failed = [job for job in jobs if not job.cancelled() and job.exception()]
        unforeseen = [job for job in failed if not isinstance(job.exception(), Stopped)]
        return [job.result() for job in unforeseen or jobs]


def _export(
    session: str, together: Together, library: Library, wanted: Options, options: argparse.Namespace
) -> Outcome:
    """One session, in a thread of its own."""
    from player.export import check_target, export, up_to_date  # noqa: PLC0415

    target = Path(options.output) / f"{session}.{wanted.form or IN_A_FOLDER}"
    try:
        script = library.load(session)
        keep_inputs(target, script, options)
        wanted = named(wanted, script, options)
        with together.speaking:
            progress = together.part(session, 0, SPEAKING)
            compiled, _, warning = compile_quietly(script, options, progress)
        fresh = up_to_date(compiled, target, wanted)
        if not fresh or options.force:
            force = options.force or fresh is not None
            check_target(target, wanted, force=force)
            progress = together.part(session, SPEAKING, 1)
            export(compiled, target, wanted, force=force, progress=progress)
    except Error as error:
        return Outcome(error=error)
    finally:
        together.part(session, 0, 1)(1, 1)
    timeline = compiled.timeline
    line = f"{shown(target)}: {script.session.title}, {clock(timeline.length / timeline.rate)}"
    told = f"{line}, up to date" if fresh and not options.force else line
    return Outcome(told, (*script.warnings, *misfits(script, timeline)), warning)


def _tell(outcome: Outcome) -> None:
    warn(outcome.warnings)
    if outcome.warning:
        print(f"cuemat: {outcome.warning}", file=sys.stderr)
    if outcome.error:
        known = isinstance(outcome.error, ScriptError)
        print(outcome.error if known else f"cuemat: {outcome.error}", file=sys.stderr)
    if outcome.line:
        print(outcome.line)
