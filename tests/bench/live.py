"""Measures live playing as a listener hears it, from a virtual sound card: `python -m tests.bench.live`.

It takes about ten minutes. A number as argument adds that many minutes, in which it watches memory. Each
result is printed beside its promise; compared values are measured in the same run.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from player.engine import Jump, Pause, Play, Quit, State
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.outputs.miniaudio_output import MiniaudioOutput
from player.testing.waiting import wait_until
from player.timeline import RATE

from tests.bench.__main__ import CHECKOUT, say
from tests.coded import CodedCompiler, milliseconds
from tests.listening import load
from tests.virtual_soundcard import VirtualSoundCard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tests.virtual_soundcard import Recording

SESSION = "core-strength"
STALL = 0.2
BURN = "while True: pass"
WALL_CLOCK = """
import sys, time
import numpy as np, simpleaudio
tone = (8000 * np.sin(np.arange(2400) * 0.5)).astype(np.int16)
begin = time.monotonic() + 1
for second in range(int(sys.argv[1])):
    time.sleep(max(0, begin + second - time.monotonic()))
    simpleaudio.play_buffer(tone, 1, 2, 48000)
time.sleep(1)
"""


def main() -> None:
    """Run all measurements."""
    with TemporaryDirectory() as name:
        home = Path(name)
        variables = {"CUEMAT_HOME": str(home / "data"), "CUEMAT_CACHE": str(home / "cache")}
        os.environ.update(variables)
        first_sound(home)
        drift(home, seconds=300)
        stalled(seconds=60)
        answers(times=20)
        costs(seconds=120)
        if sys.argv[1:]:
            flat(int(sys.argv[1]))


@contextmanager
def card() -> Iterator[VirtualSoundCard]:
    """A virtual card for this process and its children."""
    with VirtualSoundCard() as one:
        os.environ.update(one.environment)
        yield one


@contextmanager
def playing(session: str, *arguments: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `cuemat play` during the block."""
    command = [
        sys.executable,
        "-m",
        "player",
        "play",
        session,
        "--plain",
        "--output",
        "miniaudio",
        *arguments,
    ]
    nothing = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=CHECKOUT, env={**os.environ, **variables}, stdin=nothing, stdout=nothing
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)


def first_sound(home: Path) -> None:
    """Measure the time from `cuemat play` to the first sound."""
    with card() as one:
        for cached, promise in (("nothing cached", "1.5 s"), ("speech cached", "1.0 s")):
            times = []
            for number in range(5):
                if cached == "nothing cached":
                    os.environ["CUEMAT_CACHE"] = str(home / f"cache-{number}")
                with one.recording() as recording:
                    begun = time.monotonic()
                    with playing(SESSION):
                        wait_until(partial(sounds, recording), "nothing is heard")
                        times.append(time.monotonic() - begun)
            say(
                f"first sound, {cached} (0.3 s of it is the session's own silence)",
                f"{median(times):.2f} s",
                promise,
            )
    start = [
        timed("-c", ""),
        timed("-c", "import player.cli.play, player.compiler, player.outputs.miniaudio_output"),
    ]
    say("  of which Python's start, and with imports", f"{start[0]:.2f} s, {start[1]:.2f} s")


def sounds(recording: Recording) -> bool:
    """Whether anything but silence has been recorded."""
    return bool(recording.samples.any())


def timed(*arguments: str) -> float:
    """Seconds of an empty Python process, the median of five."""
    times = []
    for _ in range(5):
        begun = time.monotonic()
        subprocess.run([sys.executable, *arguments], cwd=CHECKOUT, check=True)
        times.append(time.monotonic() - begun)
    return median(times)


def drift(home: Path, seconds: int) -> None:
    """Compare every sample of five minutes with the export, and with a wall-clock scheduler."""
    subprocess.run(
        [sys.executable, "-m", "player", "export", SESSION, "-o", home / "session.wav"],
        cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    exported = load(home / "session.wav")
    with card() as one, VirtualSoundCard() as other:
        scheduler = subprocess.Popen(
            [sys.executable, "-c", WALL_CLOCK, str(seconds)], env={**os.environ, **other.environment}
        )
        with other.recording() as beside, one.recording() as recording, playing(SESSION):
            wait_until(lambda: bool(recording.samples.any()), "nothing is heard")
            wait(recording, seconds + 2)
            heard, ticks = recording.samples[:, 0], beside.samples[:, 0]
        scheduler.wait()
    first, begins = (int(np.flatnonzero(what)[0]) for what in (heard, exported))
    frames = seconds * RATE
    wrong = int(np.count_nonzero(heard[first : first + frames] != exported[begins : begins + frames]))
    say(f"{seconds} s played: frames that differ from the export", f"{wrong}", "0")
    onsets = np.array(
        [
            at
            for at in np.flatnonzero(np.abs(ticks) > 100)
            if not np.abs(ticks[max(0, at - 4000) : at]).max(initial=0) > 100
        ]
    )
    off = np.abs(np.diff(onsets) - RATE) / RATE * 1000
    say(
        "  a wall-clock scheduler through simpleaudio: off by (median, worst)",
        f"{np.median(off):.1f}, {off.max():.1f} ms",
    )


def wait(recording: Recording, seconds: float) -> None:
    """Continue recording for some seconds."""
    for _ in range(round(seconds)):
        recording.go_on(1)


class LongCompiler(CodedCompiler):
    """Repeats the coded session."""

    def __init__(self) -> None:
        super().__init__()
        self.outlines *= 10

    def section(self, index: int):  # type: ignore[no-untyped-def]  # noqa: ANN201  as the parent's
        return super().section(index % 3)


def stalled(seconds: int) -> None:
    """Check for dropouts while another process uses a core and the interpreter stalls for 0.2 s each
    second."""
    burner = subprocess.Popen([sys.executable, "-c", BURN])
    try:
        with card() as one, one.recording() as recording, engine(LongCompiler()):
            for _ in range(seconds):
                time.sleep(1 - STALL)
                stall()
            heard = recording.samples[:, 0]
    finally:
        burner.kill()
        burner.wait()
    first = int(np.flatnonzero(heard)[0])
    played = heard[first + RATE // 100 :]
    steps = np.diff(milliseconds(played[:, np.newaxis]).astype(int))
    round_again = 1 - 27_000
    jumps = int(np.count_nonzero((steps != 1) & (steps != round_again)))
    silent = int(np.count_nonzero(played == 0))
    say(
        f"{seconds} s with a burnt core and stalls of {STALL} s: gaps, silent frames",
        f"{jumps}, {silent}",
        "0, 0",
    )


def stall() -> None:
    """Call into C without releasing the interpreter's lock, as a careless library does."""
    ctypes.PyDLL(None).usleep(round(STALL * 1_000_000))


@contextmanager
def engine(compiler: CodedCompiler) -> Iterator[Engine]:
    """An engine on the card, with its threads."""
    stock = Stock(compiler, RATE)
    one = Engine(stock, MiniaudioOutput(), time.monotonic)
    threads = [threading.Thread(target=stock.run), threading.Thread(target=one.run)]
    for thread in threads:
        thread.start()
    try:
        wait_until(lambda: one.snapshot.state is State.PLAYING, "it does not begin to play")
        yield one
    finally:
        one.send(Quit())
        stock.close()
        for thread in threads:
            thread.join()


def answers(times: int) -> None:
    """Measure the time from a command to its effect in the recording."""
    pauses, skips = [], []
    with card() as one, one.recording() as recording, engine(CodedCompiler()) as playing_engine:
        for _ in range(times):
            recording.go_on(0.6)
            before = len(recording.samples)
            playing_engine.send(Pause())
            recording.go_on(0.4)
            tail: NDArray[np.int16] = recording.samples[before:, 0]
            pauses.append(int(np.flatnonzero(tail)[-1]) / RATE * 1000 if tail.any() else 0.0)
            playing_engine.send(Play())
            recording.go_on(2.0)
            section = playing_engine.snapshot.place.section
            target = 0 if section else 1
            before = len(recording.samples)
            playing_engine.send(Jump(target))
            recording.go_on(0.5)
            tail = recording.samples[before:, 0]
            new = (tail > 9000) if target else ((tail > 0) & (tail < 500))
            skips.append(int(np.flatnonzero(new)[0]) / RATE * 1000)
    for what, taken in (("pause", pauses), ("skip", skips)):
        say(
            f"{what} in effect after (median of {times}, worst)",
            f"{median(taken):.0f}, {max(taken):.0f} ms",
            "50 ms",
        )


def costs(seconds: int) -> None:
    """Measure the processor time and memory of playing."""
    with card():
        for session, promise in (("morning-stretch", "110 MB"), ("full-back-care", "160 MB")):
            with playing(session) as process:
                time.sleep(20)
                begun = used(process.pid)
                time.sleep(seconds)
                percent = (used(process.pid) - begun) / seconds * 100
                memory = resident(process.pid)
            say(f"{session}: of a core; memory", f"{percent:.2f} %, {memory:.0f} MB", f"1.5 %, {promise}")


def flat(minutes: int) -> None:
    """Watch memory over a long session, repeated if it ends; the promise is for 60 minutes."""
    seen: list[float] = []
    with card():
        while len(seen) < minutes:
            with playing("full-back-care") as process:
                while process.poll() is None and len(seen) < minutes:
                    time.sleep(60)
                    seen.append(now(process.pid))
    settled = seen[2:]
    say(
        f"memory over {minutes} minutes: lowest, highest",
        f"{min(settled):.0f}, {max(settled):.0f} MB",
        "160 MB",
    )


def now(pid: int) -> float:
    """Megabytes in memory now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def used(pid: int) -> float:
    """Seconds of processor time."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Peak megabytes in memory so far."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
