"""What the panel keeps in memory, on a real terminal: `python -m tests.bench.memory [OPENINGS] [MINUTES]`.

It opens and closes every screen so many times (300), and then plays the longest session for some minutes
(60), with no sound. It prints the memory of the real program after each, and by how much it has grown.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.commands import User
from tests.tmux import CUEMAT, Tmux, in_tmux

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = 3
"""Measurements for each screen."""
LONGEST = "full-back-care"
SCREENS = {
    "the page of keys": ("?", "quit Cuemat", "Escape"),
    "the settings": ("s", "Output", "Escape"),
    "the export": ("e", "Folder", "Escape"),
    "the palette": ("C-p", "Search", "Escape"),
    "a session": ("Enter", "then Warm-up", "q y"),
}
"""For each screen the key that opens it, what it shows, and the keys that close it."""


def memory(process: int) -> float:
    """Megabytes that a program has in memory."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1000


def main(openings: int = 300, minutes: int = 60) -> None:
    """Measure both."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # a program may end late
        user = User(Path(folder))
        user.write("config.toml", '[sound]\noutput = "silent"\n')
        _measure(user, CUEMAT, "Core strength", lambda tmux, process: _open(tmux, process, openings))
        play = f"{CUEMAT} play {LONGEST}"
        _measure(user, play, "End", lambda _, process: _play(process, minutes))


def _measure(user: User, command: str, first: str, work: Callable[[Tmux, int], None]) -> None:
    with in_tmux(user, command) as tmux:
        tmux.see(first)
        work(tmux, int(tmux("display-message", "-p", "#{pane_pid}")))


def _open(tmux: Tmux, process: int, openings: int) -> None:
    for name, (there, shown, back) in SCREENS.items():
        sizes = []
        for part in range(PARTS + 1):
            for _ in range(openings // PARTS if part else 5):
                tmux.press(there)
                tmux.see(shown)
                for key in back.split():
                    tmux.press(key)
                tmux.miss(shown)
            sizes.append(memory(process))
        print(f"{name}, {openings} times: {_told(sizes)}", flush=True)


def _play(process: int, minutes: int) -> None:
    sizes = []
    for _ in range(PARTS + 1):
        time.sleep(minutes * 60 / (PARTS + 1))
        sizes.append(memory(process))
    print(f"{LONGEST}, {minutes} minutes: {_told(sizes)}")


def _told(sizes: list[float]) -> str:
    return f"{', '.join(f'{size:.1f}' for size in sizes)} MB; {sizes[-1] - sizes[0]:+.1f} MB"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
