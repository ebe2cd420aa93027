"""The command line: the composition root, and the one place where an error becomes a message.

A foreseen failure is one calm line (or one a mistake) and an exit code; anything else is ours and says so.
Commands are imported when they are asked for: most of them need no sound, and then load none.
"""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from player import __version__
from player.cli.arguments import parse_arguments
from player.cli.keys import hung_up
from player.errors import Error, ScriptError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

INTERRUPTED = 130
"""What a shell expects after Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 could not, 2 the user's mistake."""
    _speak_utf8()
    options = parse_arguments(arguments)
    try:
        return _run(options)
    except ScriptError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except Error as error:
        print(f"cuemat: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("cuemat: stopped; nothing was left half done", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `cuemat show … | head`: the reader has seen enough
        return _unread()
    except Exception:  # noqa: BLE001  the one place where a bug becomes a message
        traceback.print_exc()
        print(f"cuemat {__version__}: this is a bug in cuemat, not a mistake of yours.", file=sys.stderr)
        return 1


def _run(options: argparse.Namespace) -> int:
    name = {"list": "listing", None: "panel"}.get(options.command, options.command)
    code: int = import_module(f"player.cli.{name}").run(options)
    try:
        sys.stdout.flush()
    except OSError:
        if not hung_up():
            raise
        return _unread()
    return code


def _unread() -> int:
    """Nobody reads any more; Python would complain of it once again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    return 0


def _speak_utf8() -> None:
    """A terminal that cannot show a letter gets a substitute, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
