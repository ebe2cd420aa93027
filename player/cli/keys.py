"""Single keys from a terminal, without waiting for Enter; nothing at all where stdin is no terminal.

Reading never blocks, so that whoever shows the session stays in charge of time; and whatever happens, the
terminal is given back as it was found.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SEQUENCES = {"[C": "right", "[D": "left", "OC": "right", "OD": "left"}
_NAMES = {" ": "space"}
GONE = "gone"


@contextmanager
def keys() -> Iterator[Callable[[], list[str]]]:
    """A function that gives the keys pressed since it was last called, such as `space`, `left` or `n`.

    `GONE` comes when the terminal has been closed: not everybody is sent a signal then.
    """
    if not sys.stdin or not sys.stdin.isatty():
        yield list
    elif sys.platform == "win32":
        yield _windows_keys
    else:
        with _cbreak(sys.stdin.fileno()) as read:
            yield read


def named(typed: str) -> list[str]:
    """What was typed, as names of keys; escape sequences that mean nothing here are dropped whole."""
    found: list[str] = []
    index = 0
    while index < len(typed):
        if typed[index] == "\x1b":
            name = _SEQUENCES.get(typed[index + 1 : index + 3])
            found += [name] if name else []
            index += 3
        else:
            found.append(_NAMES.get(typed[index], typed[index]))
            index += 1
    return found


if sys.platform == "win32":
    import msvcrt

    def hung_up() -> bool:
        """The terminal that keys come from has been closed; Windows does not tell."""
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
        """The terminal that keys come from has been closed."""
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
            with contextlib.suppress(termios.error):  # the terminal may have been closed
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)
