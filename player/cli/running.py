"""Runs a command; the one place where an error becomes a message.

An expected failure is one calm line (or one for each mistake) and an exit code; anything else is a bug and
says so. Both also go into the log; a traceback goes only there.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import traceback
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from player import __version__
from player.app.folders import state_folder
from player.app.lacking import what_is_lacking
from player.app.logs import LOG, SHOWN_ALREADY, keep_log, note_crashes
from player.app.memory import keep_memory_small
from player.app.terminal_keys import hung_up
from player.cli import INTERRUPTED
from player.cli.report import complain
from player.errors import Error, ScriptError

if TYPE_CHECKING:
    from player.app.logs import LogFile
    from player.cli.command import Task

FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
"""The disk is full, or a size limit or quota is reached."""
PLACES = 20
"""Mistakes in scripts that the log lists, by place only: an author's words stay out of it."""

_log = logging.getLogger(__name__)


def run(task: Task) -> int:
    """Run a task with a log; the exit code: 0 done, 1 could not, 2 the user's mistake."""
    path, on_screen = state_folder() / LOG, task.verbose and not task.draws
    with ExitStack() as stack:
        log = stack.enter_context(keep_log(path, verbose=task.verbose, on_screen=on_screen))
        if task.plays:
            stack.enter_context(note_crashes(log))
        if task.plays or task.draws:
            keep_memory_small()
        python = f"Python {sys.version.split()[0]} on {sys.platform}"
        _log.info("%s, version %s, %s", task.name, __version__, python)
        code = _guarded(task, log)
        _log.info("exit code %d", code)
    return code


def _guarded(task: Task, log: LogFile) -> int:
    try:
        return _run(task)
    except ScriptError as error:
        places = ", ".join(str(mistake.source) for mistake in error.mistakes[:PLACES])
        _log.info("mistakes in scripts: %d, at %s", len(error.mistakes), places, extra=SHOWN_ALREADY)
        print(error, file=sys.stderr)
        return error.exit_code
    except Error as error:
        _log.info("%s: %s", type(error).__name__, error, extra=SHOWN_ALREADY)
        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        print("cuemat: stopped; no file was left half written", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  the one place where a bug becomes a message
        return _explain(error, task, log)


def _explain(error: Exception, task: Task, log: LogFile) -> int:
    """Handle what is not an `Error`: a reader that has gone, a full disk, or a bug."""
    if (code := meet_broken_output(error)) is not None:
        return code
    if (lacking := what_is_lacking(error)) is not None:
        complain(lacking)
        return lacking.exit_code
    _log.error("a bug in cuemat %s, %s", __version__, task.name, extra=SHOWN_ALREADY, exc_info=error)
    _tell_of_a_bug(error, log, verbose=task.verbose)
    return 1


def _run(task: Task) -> int:
    code = task.work()
    try:
        sys.stdout.flush()
    except OSError:
        if not hung_up():
            raise
        return _unread()
    return code


def meet_broken_output(error: Exception) -> int | None:
    """Handle a reader that has left, or a full disk; the exit code, or None for any other error."""
    if isinstance(error, BrokenPipeError):  # `cuemat show … | head`: the reader has left
        return _unread()
    if isinstance(error, OSError) and error.errno in FULL:
        with suppress(OSError):
            print("cuemat: the disk is full", file=sys.stderr, flush=True)
        _unread()
        return 1
    return None


def _unread() -> int:
    """Point the streams at nothing, or Python complains again at exit that the reader has left."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    return 0


def _tell_of_a_bug(error: Exception, log: LogFile, *, verbose: bool) -> None:
    if verbose or not log.wrote:
        traceback.print_exception(error)
    print("cuemat: something went wrong inside Cuemat.", file=sys.stderr)
    print("This is a bug in Cuemat, not a mistake of yours; no file was left half written.", file=sys.stderr)
    if log.wrote:
        print(f"The details are in {log.where}", file=sys.stderr)
