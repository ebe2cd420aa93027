"""The control panel: first paint, what looking costs, a long list, and how soon a key is seen.

Measurements inside a process run as `python -m tests.bench.panel WHAT`, so nothing else counts.
"""

from __future__ import annotations

import asyncio
import os
import pty
import resource
import select
import subprocess
import sys
import termios
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from player.app import live, panel
from player.app.ports import ExportOrder, Playing, SessionRow, Surroundings
from player.app.request import Request
from player.engine import Quit, State
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.library import Library
from player.outputs.paced import BLOCKS, SilentOutput
from player.testing.panel import NOW, Sessions, Still, example
from player.ui.app import Panel
from player.ui.screens.browser import Browser
from player.ui.widgets.banner import Banner
from player.ui.widgets.big_text import BigText
from textual.widgets import OptionList

if TYPE_CHECKING:
    from collections.abc import Mapping

PAINTED = b"Settings"
"""Text in the footer, which is drawn last."""
LONG, SHORT = 12.0, 4.0
"""Seconds to watch the screen; the difference leaves out the start."""


def first_paint(variables: Mapping[str, str], folder: Path) -> float:
    """Seconds from `cuemat` to its first complete screen on a terminal of 80 by 24."""
    started = time.perf_counter()
    seen = _on_a_terminal([sys.executable, "-m", "player"], variables, folder, until=PAINTED)
    return seen - started


def looking(variables: Mapping[str, str], folder: Path) -> float:
    """The share of a core that the screen uses while a session plays."""

    def used(seconds: float) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "tests.bench.panel", "look", str(seconds)]
        _on_a_terminal(command, variables, folder)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return (used(LONG) - used(SHORT)) / (LONG - SHORT)


def inside(what: str, variables: Mapping[str, str], folder: Path) -> float:
    """Seconds measured by a separate process."""
    command = [sys.executable, "-m", "tests.bench.panel", what]
    done = subprocess.run(
        command, env={**os.environ, **variables}, cwd=folder, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def _on_a_terminal(
    command: list[str], variables: Mapping[str, str], folder: Path, until: bytes | None = None
) -> float:
    """Run a program on a pseudo-terminal until its end, or until it has written something; return the
    time."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    environment = {**os.environ, **variables, "TERM": "xterm-256color"}
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=folder, start_new_session=True
    )
    os.close(slave)
    seen, when = b"", 0.0
    while process.poll() is None:
        if select.select([master], [], [], 0.05)[0]:
            try:
                seen += os.read(master, 65536)
            except OSError:  # the other end is closed
                break
        if until and until in seen and not when:
            when = time.perf_counter()
            process.terminate()
    process.wait()
    os.close(master)
    return when


# --- inside a process of its own ---------------------------------------------------------------------------


class Running(Still):
    """An engine whose time follows the clock."""

    def __init__(self) -> None:
        super().__init__()
        self._began = time.monotonic()

    def __getattribute__(self, name: str) -> object:
        """A new snapshot at each look."""
        if name != "snapshot":
            return super().__getattribute__(name)
        gone = time.monotonic() - self._began
        left = NOW.phase_length - gone % NOW.phase_length
        return replace(NOW, elapsed=NOW.elapsed + gone, phase_left=left)


def look(seconds: float) -> None:
    """Show a playing session for some seconds."""
    shown = Panel(example(engine=Running()), Request("any"))
    threading.Timer(seconds, lambda: shown.call_from_thread(shown.exit)).start()
    shown.run()


class Many(Sessions):
    """Five hundred scripts."""

    def rows(self) -> tuple[SessionRow, ...]:
        tags, needs = ("stretch", "gentle"), ("mat", "chair")
        return tuple(
            SessionRow(f"s{number}", f"Session {number}", Path("x"), number % 2 == 0, "", tags, needs)
            for number in range(500)
        )


async def mount() -> float:
    """Seconds to put 500 scripts into the list and draw it."""
    shown = Panel(replace(example(), sessions=Many()), Request(""))
    async with shown.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await shown.workers.wait_for_complete()
        browser = shown.screen
        assert isinstance(browser, Browser)
        taken = []
        for _ in range(5):
            started = time.perf_counter()
            browser._fill(browser._rows.values())
            browser._compositor.reflow(browser, browser.size)
            browser._compositor.render_strips(browser.size)
            taken.append(time.perf_counter() - started)
        assert len(browser.query_one(OptionList).options) == 502
        return median(taken)


async def key() -> float:
    """Seconds from a key to the changed word on the screen, of which nine in ten are sooner."""
    from tests.test_engine import RATE, FakeCompiler  # noqa: PLC0415  only here

    stock = Stock(FakeCompiler(), RATE)
    engine = Engine(stock, SilentOutput(RATE), time.monotonic)
    threads = [threading.Thread(target=work, daemon=True) for work in (stock.run, engine.run)]
    for thread in threads:
        thread.start()
    playing = Playing("x", "Test", engine, (), lambda: (), lambda: None)
    shown = Panel(replace(example(), play=lambda _: playing), Request("x"))
    taken = []
    async with shown.run_test(size=(80, 24)) as pilot:
        while engine.snapshot.state is not State.PLAYING:  # noqa: ASYNC110  this is being measured
            await asyncio.sleep(0.01)
        await pilot.pause()
        word = shown.screen.query_one(Banner).query_one(BigText)
        for number in range(20):
            wanted = number % 2 == 0
            started = time.perf_counter()
            shown.simulate_key("space")
            while ("Paused" in word.text) is not wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            taken.append(time.perf_counter() - started)
            await asyncio.sleep(0.3)
    engine.send(Quit())
    stock.close()
    return sorted(taken)[-3]


class Watched(SilentOutput):
    """Records when each block was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[float] = []

    def take(self, samples: object, stopping: object) -> None:
        del samples, stopping
        self.taken.append(time.monotonic())


def export_beside() -> float:
    """Largest delay in seconds of a playing session's block while another session is exported."""
    output = Watched()
    live.choose = lambda _spec: output  # type: ignore[assignment, attr-defined]  # the rest is as for a listener
    request, script = Request("first-time"), Library.found().load("first-time")
    with live.live(script, request, Surroundings()) as playing, TemporaryDirectory() as folder:
        while playing.engine.snapshot.state is not State.PLAYING:
            time.sleep(0.01)
        began = time.monotonic()
        order = ExportOrder(Request("full-back-care"), "mp3", folder)
        panel.FileExports().write(order, lambda _doing, _done, _total: None)
        ended = time.monotonic()
    taken = [when for when in output.taken if began < when < ended]
    return max(b - a for a, b in pairwise(taken)) - 1 / BLOCKS


def main() -> None:
    """Measure one thing."""
    what = sys.argv[1]
    if what == "look":
        look(float(sys.argv[2]))
    elif what == "export":
        print(export_beside())
    else:
        print(asyncio.run(mount() if what == "mount" else key()))


if __name__ == "__main__":
    main()
