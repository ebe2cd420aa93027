"""The command line: it parses and prints, and leaves the rest to `app`.

Nothing heavy is imported before the command is known, so `--help` and completion answer at once.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
"""What a shell expects after Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 could not, 2 the user's mistake."""
    _settle_streams()
    try:
        if arguments is None:  # the process is ours
            from player.app.interrupts import end_at_second_press

            end_at_second_press(INTERRUPTED)
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:  # while modules are still loading
        return INTERRUPTED


def _run(typed: list[str]) -> int:
    from player.cli.root import parse  # click, once the streams are usable

    try:
        task = parse(typed)
        if isinstance(task, int):
            sys.stdout.flush()
            return task
    except OSError as error:  # `cuemat --help >/dev/full`
        from player.cli.running import meet_broken_output

        code = meet_broken_output(error)
        if code is None:
            raise
        return code
    from player.cli.running import run  # the log, which `--help` does not need

    return run(task)


def _settle_streams() -> None:
    """Point closed streams (`cuemat list >&-`) at nothing, and replace characters that a stream cannot show.

    Otherwise the next file that is opened would take the closed stream's number, and be printed into.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
