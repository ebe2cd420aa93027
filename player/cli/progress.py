"""A progress bar for long work, shown only on a terminal.

The cursor stays visible beside it: a program that is stopped with Ctrl-Z, or killed, could not bring it back.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.app.prepare import ProgressPort


@contextmanager
def progress_bar() -> Iterator[ProgressPort]:
    """Draw the reported progress on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _doing, _done, _total: None
        return
    from rich.console import Console  # takes 80 ms, which a pipe need not wait for
    from rich.progress import Progress as Bar

    class CalmConsole(Console):
        """A console that leaves the cursor alone."""

        def show_cursor(self, show: bool = True) -> bool:  # noqa: ARG002, FBT001, FBT002  as in the base class
            """Leave it as it is."""
            return False

    console = CalmConsole(stderr=True)
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(doing: str, done: int, total: int) -> None:
            bar.update(task, description=doing.capitalize(), completed=done, total=total)

        yield show
