"""Single keys from a terminal, without waiting for Enter; none at all if stdin is not a terminal.

Reading never blocks, so the caller stays in charge of time. However the program ends, the terminal gets its
old mode back.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from player.app.typed_keys import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GONE = "gone"


@contextmanager
def keys() -> Iterator[Callable[[], list[str]]]:
    """A function that returns the keys pressed since its last call, such as `space`, `left` or `n`.

    `GONE` means that the terminal was closed, for which not every system sends a signal.
    """
    if not sys.stdin or not sys.stdin.isatty():
        yield list
    elif sys.platform == "win32":
        yield _windows_keys
    else:
        with _cbreak(sys.stdin.fileno()) as read:
            yield read


if sys.platform == "win32":
    import msvcrt

    def hung_up() -> bool:
        """Whether the terminal that keys come from was closed; Windows cannot tell."""
        return False

    def _windows_keys() -> list[str]:
        found: list[str] = []
        while msvcrt.kbhit():
            key = msvcrt.getwch()
            if key in {"\x00", "\xe0"}:
                name = {"M": "right", "K": "left"}.get(msvcrt.getwch())
                found += [name] if name else []
            else:
                found += named(key)
        return found

else:
    import termios
    import tty

    def hung_up() -> bool:
        """Whether the terminal that keys come from was closed."""
        if not sys.stdin:
            return False
        poll = select.poll()
        try:
            poll.register(sys.stdin.fileno(), 0)
            return any(happened & (select.POLLHUP | select.POLLERR) for _, happened in poll.poll(0))
        except (OSError, ValueError):
            return True

    @contextmanager
    def _cbreak(terminal: int) -> Iterator[Callable[[], list[str]]]:
        before = termios.tcgetattr(terminal)

        def read() -> list[str]:
            typed = b""
            while select.select([terminal], [], [], 0)[0]:
                if hung_up():
                    return [GONE]
                typed += os.read(terminal, 64)
            return named(typed.decode(errors="ignore"))

        try:
            tty.setcbreak(terminal)
            yield read
        finally:
            with contextlib.suppress(termios.error):  # the terminal may be closed
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)
