"""Single keys from a terminal, without waiting for Enter; none at all if stdin is not a terminal.

Reading never blocks, so the caller stays in charge of time. However the program ends, the terminal gets its
old mode back. A shell changes the mode while the program is stopped, and never changes it back; so each look
for keys sets it anew. In the background the terminal is the shell's: it is neither read nor changed.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.app.typed_keys import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GONE = "gone"


@dataclass(frozen=True, slots=True)
class Keys:
    """Where keys come from."""

    pressed: Callable[[], list[str]] = list
    """Returns the keys pressed since its last call, such as `space`, `left` or `n`. `GONE` means that the
    terminal was closed, for which not every system sends a signal."""
    give_back: Callable[[], None] = lambda: None
    """Gives the terminal its old mode back until keys are asked for again."""


@contextmanager
def keys() -> Iterator[Keys]:
    """The keys of the terminal; none if stdin is not one."""
    if not sys.stdin or not sys.stdin.isatty():
        yield Keys()
    elif sys.platform == "win32":
        yield Keys(_windows_keys)
    else:
        terminal = _Cbreak(sys.stdin.fileno())
        try:
            yield Keys(terminal.read, terminal.give_back)
        finally:
            terminal.give_back()


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

    from player.app.foreground import is_in_foreground

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

    class _Cbreak:
        """A terminal that gives each key at once, and does not echo it.

        Args:
            terminal: Its file descriptor.
        """

        def __init__(self, terminal: int) -> None:
            self._terminal = terminal
            self._before = self._ours = termios.tcgetattr(terminal)
            self._take()

        def read(self) -> list[str]:
            """The keys pressed since the last call."""
            if not self._take():
                return [GONE] if hung_up() else []
            typed = b""
            while select.select([self._terminal], [], [], 0)[0]:
                if hung_up():
                    return [GONE]
                typed += os.read(self._terminal, 64)
            return named(typed.decode(errors="ignore"))

        def give_back(self) -> None:
            """Set the mode that the terminal had before."""
            with contextlib.suppress(termios.error):  # the terminal may be closed
                if is_in_foreground(self._terminal) and termios.tcgetattr(self._terminal) == self._ours:
                    termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)

        def _take(self) -> bool:
            """Set our mode where it is not set; False if the terminal is not ours now."""
            if not is_in_foreground(self._terminal):
                return False
            with contextlib.suppress(termios.error):
                now = termios.tcgetattr(self._terminal)
                if now != self._ours or self._ours == self._before:
                    self._before = now
                    tty.setcbreak(self._terminal, termios.TCSANOW)
                    self._ours = termios.tcgetattr(self._terminal)
                return True
            return False
