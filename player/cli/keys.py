"""Single keys from a terminal, without waiting for Enter; nothing at all where stdin is no terminal.

Reading never blocks, so that whoever shows the session stays in charge of time; and whatever happens, the
terminal is given back as it was found.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SEQUENCE = re.compile(r"\x1b(?:\[([0-9;]*)([A-Za-z~])|O([A-Za-z])|[^\x1b]?)", re.DOTALL)
"""What a terminal sends for a key that no character stands for, and what else may follow an escape."""
_LETTERS = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end",
    "P": "f1", "Q": "f2", "R": "f3", "S": "f4",
}  # fmt: skip
_NUMBERS = {
    "1": "home", "2": "insert", "3": "delete", "4": "end", "5": "pageup", "6": "pagedown",
    **{str(sent): f"f{key}" for key, sent in enumerate((*range(11, 16), *range(17, 22), 23, 24), 1)},
}  # fmt: skip
_NAMES = {" ": "space", "\r": "enter", "\n": "enter", "\x7f": "backspace", "\b": "backspace"}
_CONTROLS = {chr(number): f"ctrl+{chr(number + 96)}" for number in range(1, 27)}
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
    """What was typed, as names of keys.

    A sequence that means nothing here is dropped whole, and so is an escape alone: it may be half a
    sequence on a slow line, and must not end a session.
    """
    found: list[str | None] = []
    while typed:
        sequence = _SEQUENCE.match(typed)
        if sequence:
            number, letter, other = sequence.groups()
            found.append(_NUMBERS.get(number) if letter == "~" else _LETTERS.get(letter or other or ""))
            typed = typed[sequence.end() :]
        else:
            key, typed = typed[0], typed[1:]
            found.append(_NAMES.get(key) or _CONTROLS.get(key) or key)
    return [name for name in found if name]


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
