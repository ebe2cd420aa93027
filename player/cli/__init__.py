"""The command line: the composition root.

It reads what was typed and hands it on; `--help` is there before anything else is loaded.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from player.cli.arguments import parse_arguments

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 could not, 2 the user's mistake."""
    _speak_utf8()
    options = parse_arguments(arguments)
    from player.cli.running import run  # noqa: PLC0415  the log and the settings, which `--help` does without

    return run(options)


def _speak_utf8() -> None:
    """A terminal that cannot show a letter gets a substitute, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
