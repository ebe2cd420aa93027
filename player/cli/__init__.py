"""The command line: the composition root.

It reads what was typed and hands it on; `--help` is there before anything else is loaded.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from player.cli.arguments import parse_arguments

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 could not, 2 the user's mistake."""
    _settle_streams()
    options = parse_arguments(arguments)
    from player.cli.running import run  # noqa: PLC0415  the log and the settings, which `--help` does without

    return run(options)


def _settle_streams() -> None:
    """What was closed (`cuemat list >&-`) leads nowhere; what cannot show a letter shows a substitute.

    Otherwise the next file that is opened would stand in the place of the closed one, and be printed into.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
