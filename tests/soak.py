"""Plays the longest session fast through the real engine, with random keys.

`python -m tests.soak`, on Linux, takes about six minutes. It compares every sample with the renderer, and
every start with where the listener was before; after the first round, memory and open files must not grow.
Every other round has music. Voice, cache and threads are real; only the output is a double.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import math
import os
import random
import sys
import time
import tracemalloc
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from player.app.live import _run_threads, keeps_awake
from player.app.prepare import bed_for, compiler_for
from player.app.request import KeepAwake, Request, Wishes
from player.engine import Again, Back, Jump, MoreTime, Next, Pause, Play, SeekBy, SeekTo, State, Whereabouts
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.library import Library
from player.timeline import RATE

from tests.checking import CheckingOutput, Findings, Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from player.engine import Command
    from player.timeline import Timeline

SESSION, MUSIC = "full-back-care", "still-water"
LISTENS, PAUSES = 0.3, 0.1
"""Average seconds of real time between two keys, and the longest pause."""
MOVED = 0.3
"""After this many times its length, the session plays from start to end."""
MOVES = 0.3
"""The share of keys that move in the session, before that."""
MORE_HELD, MORE_COUNTED = 1.01, 1.1
"""Limits of memory after the first round: as counted by Python, and by the system, which includes the gaps
between blocks."""
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
PATIENCE = 20.0
"""Seconds in which something must be heard."""
STILL: tuple[Command, ...] = (
    *(Pause(), Pause(), Play(), Again(), Whereabouts()),
    *(MoreTime(), MoreTime(), MoreTime(), MoreTime()),
)
"""Keys that leave the listener where they are. More time is mostly refused, hence so often."""


class Listener:
    """A listener who presses keys at random.

    Args:
        seed: The same seed presses the same keys, but not at exactly the same places.
        session: The whole session.
    """

    def __init__(self, seed: int, session: Timeline) -> None:
        self.pressed: Counter[str] = Counter()
        self._random = random.Random(seed)  # noqa: S311  not for secrets
        self._session = session

    def pauses(self) -> float:
        """Seconds of real time to pause, if a key asked for it."""
        return self._random.uniform(0, PAUSES)

    def listens(self) -> float:
        """Seconds of real time until the next keys."""
        return self._random.expovariate(1 / LISTENS)

    def keys(self, *, moves: bool) -> Iterator[Command]:
        """The keys to press now, all at once."""
        for _ in range(self._random.choice((1, 1, 1, 1, 2, 3))):
            command = self._random.choice(self._moves() if moves and self._random.random() < MOVES else STILL)
            self.pressed[type(command).__name__] += 1
            yield command

    def _moves(self) -> tuple[Command, ...]:
        section = self._random.randrange(len(self._session.sections))
        seconds = self._random.uniform(0, self._session.length / RATE)
        return (Next(), Back(), Jump(section), SeekBy(10), SeekBy(-10), SeekTo(seconds))


class Soak:
    """Plays one session repeatedly.

    Args:
        session: Its id.
        speed: How much faster than real time.
        seed: The seed of everything random.
    """

    def __init__(self, session: str, speed: float, seed: int) -> None:
        self._script = Library.found().load(session)
        self._request = Request(session)
        self._speed, self._seed = speed, seed
        self.pressed: Counter[str] = Counter()
        with compiler_for(self._script, self._request) as (compiler, _):
            self.compiled = compiler.compile()

    @property
    def seconds(self) -> float:
        """The length of the session."""
        return self.compiled.timeline.length / RATE

    def play(
        self,
        number: int,
        music: str = "off",
        at_most: float = math.inf,
        spoil: Callable[[Engine], None] = lambda _: None,
    ) -> Findings:
        """Play it once, and return the findings.

        Args:
            number: The number of the round; each one is different.
            music: The name of a bed, or `off`.
            at_most: Seconds of real time after which to stop.
            spoil: Makes something go wrong.

        Raises:
            Exception: A failure of the engine.
        """
        bed = bed_for(self._script, Request("", Wishes(music=music)))
        keeps = keeps_awake(KeepAwake.ON, music=bed is not None)
        output = CheckingOutput(Whole(self.compiled, bed, keeps.noise), self._speed, self._seed + number)
        listener = Listener(self._seed + number, self.compiled.timeline)
        with compiler_for(self._script, self._request) as (compiler, _):
            stock = Stock(compiler, RATE)
            engine = Engine(stock, output, time.monotonic, bed=bed, keeps_awake=keeps)
            output.watch(engine)
            spoil(engine)
            with _run_threads(stock, engine):
                self._listen(engine, output.found, listener, time.monotonic() + at_most)
                if engine.snapshot.state is State.ENDED:
                    output.see_that_it_is_the_end()
        self.pressed += listener.pressed
        return output.found

    def _listen(self, engine: Engine, found: Findings, listener: Listener, until: float) -> None:
        """First jump around, then play from start to end."""
        moves, compared, progress = True, 0, time.monotonic()
        while (now := time.monotonic()) < until:
            if error := engine.snapshot.error:
                raise error
            if over(engine) and not moves:
                return
            enough = moves and found.heard > MOVED * self.compiled.timeline.length
            if over(engine) or enough:
                moves = not enough
                from_the_beginning(engine)
            for command in listener.keys(moves=moves):
                engine.send(command)
            time.sleep(listener.pauses())
            engine.send(Play())
            time.sleep(listener.listens())
            if found.samples != compared:
                compared, progress = found.samples, now
            elif now - progress > PATIENCE:
                message = f"nothing was heard for {PATIENCE:g} s: {engine.snapshot}"
                raise TimeoutError(message)


def from_the_beginning(engine: Engine) -> None:
    """Jump there, and check that it was done."""
    seeks = engine.snapshot.seeks
    engine.send(Jump(0))
    while engine.snapshot.seeks == seeks and engine.snapshot.error is None:
        time.sleep(0.001)


def over(engine: Engine) -> bool:
    """Whether everything has been heard."""
    return engine.snapshot.state is State.ENDED


def main() -> int:
    """Play it several times; 0: correct, 1: not."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--session", default=SESSION)
    parser.add_argument("--music", default=MUSIC, help="in every other round; off: in none")
    parser.add_argument("--speed", type=float, default=50.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    count_what_is_held()
    with TemporaryDirectory() as name:
        for variable in ("HOME", "CACHE", "STATE", "CONFIG"):
            os.environ[f"CUEMAT_{variable}"] = str(Path(name) / variable.lower())
        soak = Soak(options.session, options.speed, options.seed)
        print(f"{options.session}, {soak.seconds:.0f} s; seed {options.seed}, speed {options.speed:g}")
        return _rounds(soak, options.rounds, options.music)


def _rounds(soak: Soak, rounds: int, bed: str) -> int:
    good, before = True, used()
    for number in range(rounds):
        music = "off" if number % 2 else bed
        found = soak.play(number, music)
        now = used()
        before = now if number == 0 else before
        print(told(number + 1, music, found, soak.seconds), f"      {now}", sep="\n", flush=True)
        good = good and not (found.wrong or found.misplaced)
        good = good and found.seen.issuperset(range(int(soak.seconds)))
        good = good and now.no_more_than(before)
    print("pressed:", ", ".join(f"{name} {count}" for name, count in sorted(soak.pressed.items())))
    print("all as it should be" if good else "NOT AS IT SHOULD BE")
    return 0 if good else 1


def told(number: int, music: str, found: Findings, length: float) -> str:
    """A round in words."""
    played, seen = found.heard / RATE, 100 * len(found.seen) / length
    return (
        f"round {number}, music {music}: {played:.0f} s heard, {played / found.seconds:.1f} times real time, "
        f"{seen:.0f} % of the session\n"
        f"      {found.samples:,} samples compared, {found.wrong} wrong; "
        f"{found.starts} starts, {found.moves} after a move, {found.misplaced} misplaced {found.first}"
    )


@dataclass(frozen=True, slots=True)
class Used:
    """The resources of the process while nothing plays."""

    held: float
    """Megabytes allocated by Python and NumPy."""
    counted: float
    """Megabytes as counted by the system."""
    files: int

    def no_more_than(self, before: Used) -> bool:
        """Whether it has not grown."""
        held = self.held <= before.held * MORE_HELD
        return held and self.counted <= before.counted * MORE_COUNTED and self.files <= before.files

    def __str__(self) -> str:
        return f"memory: {self.held:.2f} MB held, {self.counted:.0f} MB in all; {self.files} open files"


def count_what_is_held() -> None:
    """Let Python count allocations, and glibc return freed memory.

    glibc keeps freed blocks, and larger ones the longer a program runs, so memory would seem to grow for a
    while.
    """
    tracemalloc.start()
    if set_option := getattr(ctypes.CDLL(None), "mallopt", None):
        set_option(M_MMAP_THRESHOLD, 128 * 1024)
        set_option(M_ARENA_MAX, 1)


def used() -> Used:
    """By now."""
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] / 1e6
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return Used(held, int(status["VmRSS"].split()[0]) / 1e3, len(list(Path("/proc/self/fd").iterdir())))


if __name__ == "__main__":
    sys.exit(main())
