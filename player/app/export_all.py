"""Several sessions as sound files, side by side, and only those that have changed.

The slow parts (a voice in its own process, encoders, mixing) let other threads run, so threads are enough. A
mistake in one session never stops the others.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from player.app import exporting
from player.app.exporting import IN_A_FOLDER, Delivery, SpokenSession
from player.errors import Error, UserError
from player.files.whole import make_folder
from player.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from player.app.prepare import ProgressPort
    from player.app.request import Request
    from player.library import Entry

SPEAKING = 0.3
"""Share of a session's progress for speaking and laying out; the rest is for writing."""
STEPS = 1000
"""Progress steps for each session."""


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """The result for one session."""

    target: Path
    spoken: SpokenSession | None = None
    """None: it failed."""
    is_new: bool = True
    """False: the file was up to date."""
    error: Error | None = None


class StoppedError(Exception):
    """The export was stopped, so the remaining sessions stop too."""


@dataclass(slots=True)
class Together:
    """The progress of many sessions as one number; shared by their threads."""

    sessions: int
    show: ProgressPort
    stopped: threading.Event = field(default_factory=threading.Event)
    speaking: threading.Lock = field(default_factory=threading.Lock)
    """One session speaks at a time: sessions share words, and a voice never says words twice in the same
    way."""
    _done: dict[str, int] = field(default_factory=dict)

    def part(self, session: str, start: float, end: float) -> ProgressPort:
        """A callback for one part of a session's work.

        Raises:
            StoppedError: By the callback, once the export is stopped.
        """

        def progress(doing: str, done: int, total: int) -> None:
            del doing
            if self.stopped.is_set():
                raise StoppedError
            share = start + (end - start) * done / max(total, 1)
            self._done[session] = round(STEPS * share)
            self.show("exporting", sum(self._done.copy().values()), STEPS * self.sessions)

        return progress


def export_all(
    request: Request,
    delivery: Delivery,
    progress: ProgressPort,
    jobs: int | None = None,
    sessions: Sequence[str] = (),
) -> list[ExportOutcome]:
    """Write several sessions into a folder, except those that are up to date.

    Args:
        request: The wishes; its session is ignored.
        delivery: How to write, and the folder, which is created if needed.
        progress: Gets the progress of all sessions together.
        jobs: How many at once; None: one for each processor.
        sessions: Their ids or paths; none: every session in the library.

    Returns:
        One result for each session, in the order given, or of the ids.

    Raises:
        UserError: The target cannot be a folder, a session does not exist, or two have the same id.
        ExportError: The folder cannot be created.
    """
    exporting.check(replace(delivery, split=True))
    entries = _entries(sessions)
    make_folder(delivery.target)
    longest_first = sorted(entries, key=lambda session: -_size(entries[session].path))
    together = Together(len(entries), progress)

    def export(session: str) -> ExportOutcome:
        target = delivery.target / f"{entries[session].id}.{delivery.form or IN_A_FOLDER}"
        return _export(replace(request, session=session), replace(delivery, target=target), together)

    outcomes = _run(export, longest_first, together, jobs or os.cpu_count() or 1)
    found = dict(zip(longest_first, outcomes, strict=True))
    return [found[session] for session in entries]


def _entries(sessions: Sequence[str]) -> dict[str, Entry]:
    """The sessions as typed, each once; raises like `export_all`."""
    library = Library.found()
    if not sessions:
        return library.scripts
    entries: dict[str, Entry] = {}
    for session in sessions:
        entry = library.locate(session)
        for other, before in entries.items():
            if other != session and before.id.casefold() == entry.id.casefold():
                message = f"{session} and {other} would both become {entry.id}; export one of them alone"
                raise UserError(message)
        entries[session] = entry
    return entries


def _size(path: Path) -> int:
    """The size of a script; 0 if it is gone, which is told when it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _run(
    export: Callable[[str], ExportOutcome], sessions: Sequence[str], together: Together, jobs: int
) -> list[ExportOutcome]:
    with ThreadPoolExecutor(jobs, "export") as pool:
        work = [pool.submit(export, session) for session in sessions]
        try:
            wait(work, return_when=FIRST_EXCEPTION)
        finally:
            together.stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
        failed = [job for job in work if not job.cancelled() and job.exception()]
        unforeseen = [job for job in failed if not isinstance(job.exception(), StoppedError)]
        return [job.result() for job in unforeseen or work]


def _export(request: Request, delivery: Delivery, together: Together) -> ExportOutcome:
    """Export one session, in its own thread."""
    from player.export import up_to_date

    session, target = request.session, delivery.target
    delivery = replace(delivery, form=delivery.form or IN_A_FOLDER)
    try:
        with together.speaking:
            spoken = exporting.speak(request, delivery, together.part(session, 0, SPEAKING))
        fresh = up_to_date(spoken.prepared.compiled, target, spoken.options)
        is_new = not fresh or delivery.force
        if is_new:
            spoken = replace(spoken, delivery=replace(delivery, force=delivery.force or fresh is not None))
            exporting.check(spoken.delivery)
            exporting.write(spoken, together.part(session, SPEAKING, 1))
    except Error as error:
        return ExportOutcome(target, error=error)
    finally:
        together.part(session, 0, 1)("exporting", 1, 1)
    return ExportOutcome(target, spoken, is_new)
