"""Are the tests any good? `python -m tests.mutate [MODULE…] [--sample N] [--seed S] [--jobs N]`.

Puts one small mistake after another into a module and runs the tests that speak for it: a mistake that they
do not notice survives. A survivor is a test that is missing, or a change that nobody can hear or feel; the
latter stand with their reasons in `tests.survivors`. The command ends with 0 if nothing else survived.
Without arguments it takes the modules that decide what a listener hears, and when: `HEARD`.

To be quick, one process imports what the tests need from elsewhere and forks once for each mutant. The child
finds the mutant in the place of the module, whoever imports it, and runs pytest. A test that takes too much
of the processor, of memory or of time ends the child, and so has killed the mutant. Processes that a test
starts see the module without the mistake.

A runner that breaks the tests by itself would call everything killed. So each module has three trials first:
as it stands, its tests have to pass; with a change that does nothing, too; and a module that cannot be
imported has to be noticed. A child in which nobody imported the mutant stops the run as well.

What became of each mutant is written down as it ends, so a run that was stopped goes on where it was: what
was killed stays killed, what survived is tried again once the tests have changed.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import json
import multiprocessing
import multiprocessing.connection
import os
import re
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.machinery import ModuleSpec, SourceFileLoader
from math import ceil
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, cast

from tests.mutants import Mutant, mutants_of
from tests.survivors import reason_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from multiprocessing.context import ForkProcess
    from types import CodeType, ModuleType

ROOT = Path(__file__).parents[1]
LAYOUT = ("tests/test_layout_coaching.py", "tests/test_layout_teaching.py", "tests/test_worked_examples.py")
ENGINE = (
    "tests/test_deck.py",
    "tests/test_engine.py",
    "tests/test_engine_music.py",
    "tests/test_engine_faults.py",
)
SPEAK_FOR = {
    "player/transport.py": ("tests/test_transport.py", *ENGINE),
    "player/layout/lay_out.py": ("tests/test_lay_out.py", *LAYOUT),
    "player/layout/between.py": ("tests/test_layout_between.py", *LAYOUT),
    "player/layout/announce.py": ("tests/test_layout_announce.py", *LAYOUT),
    "player/engine/tape.py": ("tests/test_tape.py", *ENGINE),
    "player/engine/deck.py": ENGINE,
    "player/engine/status.py": ENGINE,
    "player/engine/lead_in.py": ENGINE,
    "player/engine/engine.py": ENGINE,
    "player/engine/stock.py": ENGINE,
    "player/layout/coach.py": LAYOUT,
    "player/layout/reps.py": LAYOUT,
    "player/layout/dose.py": LAYOUT,
    "player/layout/plan.py": LAYOUT,
    "player/layout/positions.py": ("tests/test_layout_positions.py",),
    "player/render.py": ("tests/test_render.py",),
}
"""Which tests speak for which module: the quick ones first, because the first failure ends a run."""
HEARD = tuple(SPEAK_FOR)[:8]
"""What is mutated if nothing else is asked for: no survivor without a reason may be left in these."""
NEEDED = ("hypothesis.strategies", "numpy", "pytest", "soundfile", "yaml")
"""What the tests import from elsewhere; imported once, before the first fork."""
BUSY, PATIENCE = 3, 20
"""Seconds of a processor, and by the clock, that one test may take; the longest needs two thirds of one."""
MEMORY = 4 << 30
"""Bytes of addresses that a child may have."""
NOT_IMPORTED = 99
"""How a child ends whose tests never imported the mutant."""


@dataclass(slots=True)
class Notes:
    """What became of each mutant, in a file with a line for each."""

    path: Path
    fates: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By mutant: `killed` or `survived`, and the tests that said so."""

    def read(self) -> None:
        """Know what earlier runs found; the last word counts."""
        if self.path.exists():
            for line in self.path.read_text("utf-8").splitlines():
                mutant, fate, tests = json.loads(line)
                self.fates[mutant] = fate, tests

    def fate(self, mutant: str, tests: str) -> str | None:
        """What is known of it; None: it has to be tried."""
        fate, said_by = self.fates.get(mutant, ("", ""))
        return fate if fate == "killed" or (fate and said_by == tests) else None

    def write(self, mutant: str, fate: str, tests: str) -> None:
        """Note it, at once."""
        with self.path.open("a", encoding="utf-8") as file:
            self.fates[mutant] = fate, tests
            file.write(json.dumps([mutant, fate, tests]) + "\n")


class Swap(SourceFileLoader):
    """Finds one module, and loads another source than the one in its file."""

    def __init__(self, module: str, source: str) -> None:
        super().__init__(module.removesuffix(".py").replace("/", "."), str(ROOT / module))
        self.source, self.used = source, False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As `importlib` asks for it."""
        del path, target
        found = fullname == self.name
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self) if found else None

    def get_code(self, fullname: str) -> CodeType:
        """The mutant, and never what was compiled from the file."""
        del fullname
        self.used = True
        return compile(self.source, self.path, "exec")


class Limits:
    """A plugin of pytest: each test, and the collection before them, has its limits; who passes one dies."""

    def __init__(self) -> None:
        import resource  # noqa: PLC0415  there is none where there is no fork

        self._resource = resource
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        self.pytest_runtest_setup()

    def pytest_runtest_setup(self) -> None:
        """Begin anew."""
        busy = ceil(time.process_time()) + BUSY
        hard = self._resource.getrlimit(self._resource.RLIMIT_CPU)[1]
        self._resource.setrlimit(self._resource.RLIMIT_CPU, (busy, hard))
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)


def run_tests(module: str, source: str, tests: tuple[str, ...]) -> None:
    """In the child: run the tests with a source in the place of a module, and end as pytest does."""
    import hypothesis  # noqa: PLC0415  the parent has imported it by now
    import pytest  # noqa: PLC0415  as above

    os.setsid()
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(quiet, stream)
    # What another mutant got wrong, or a slow machine, must not count against this one.
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutants", database=None, deadline=None, phases=phases)
    hypothesis.settings.load_profile("mutants")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    swap = Swap(module, source)
    sys.meta_path.insert(0, swap)
    options = "-x -q -n0 -p no:randomly -p no:cacheprovider --hypothesis-seed=0"
    # `NEEDED` was imported before pytest could rewrite its assertions, which nobody needs.
    imported = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
    code = int(pytest.main([*options.split(), *imported, *tests], plugins=[Limits()]))
    os._exit(code if swap.used else NOT_IMPORTED)


@dataclass(slots=True)
class Runner:
    """Tries mutants of one module, some at a time."""

    module: str
    tests: tuple[str, ...]
    jobs: int
    _running: dict[int, tuple[ForkProcess, Mutant]] = field(default_factory=dict)
    """By what tells that a child has ended."""

    def check(self) -> None:
        """See that the tests pass without a mistake and notice a gross one.

        Raises:
            SystemExit: They do not.
        """
        source = (ROOT / self.module).read_text("utf-8")
        trials = [
            ("as it stands", source, "survived"),
            ("with a change that does nothing", f"{source}\n_NOTHING = None\n", "survived"),
            ("with nothing in it", "raise ImportError", "killed"),
        ]
        fates: dict[str, str] = {}
        self.run(
            [Mutant(0, what, text) for what, text, _ in trials],
            lambda one, fate: fates.update({one.what: fate}),
        )
        for what, _, expected in trials:
            if fates[what] != expected:
                message = (
                    f"{self.module} {what}: {fates[what]} by {' '.join(self.tests)}; nothing can be said"
                )
                raise SystemExit(message)

    def run(self, mutants: Iterable[Mutant], settle: Callable[[Mutant, str], None]) -> None:
        """Try mutants; `settle` is called with each and its fate, in the order in which they end."""
        waiting = list(reversed(list(mutants)))
        try:
            while waiting or self._running:
                while waiting and len(self._running) < self.jobs:
                    self._begin(waiting.pop())
                self._wait(settle)
        finally:
            for child, _ in self._running.values():
                _kill(child)

    def _begin(self, mutant: Mutant) -> None:
        arguments = (self.module, mutant.source, self.tests)
        child = multiprocessing.get_context("fork").Process(target=run_tests, args=arguments)
        child.start()
        self._running[child.sentinel] = child, mutant

    def _wait(self, settle: Callable[[Mutant, str], None]) -> None:
        for sentinel in multiprocessing.connection.wait(list(self._running)):
            child, mutant = self._running.pop(cast("int", sentinel))
            child.join()
            _kill(child)
            if child.exitcode == NOT_IMPORTED:
                message = f"{self.module}: nothing in {' '.join(self.tests)} imports it"
                raise SystemExit(message)
            settle(mutant, "killed" if child.exitcode else "survived")


def _kill(child: ForkProcess) -> None:
    """End a child and what its tests have started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid or 0, signal.SIGKILL)
    child.join()


def mutate(module: str, options: argparse.Namespace, notes: Notes) -> list[Mutant]:
    """Try the mutants of one module; give the survivors."""
    source = (ROOT / module).read_text("utf-8")
    tests = tuple(options.tests or SPEAK_FOR[module])
    said_by = _digest(*((ROOT / name).read_text("utf-8") for name in tests))
    chosen = [one for one in mutants_of(source) if re.search(options.only, f"{one.line}: {one.what}")]
    if options.sample and options.sample < len(chosen):
        chosen = Random(options.seed).sample(chosen, options.sample)  # noqa: S311  no secret
    runner = Runner(module, tests, options.jobs)
    runner.check()
    survivors: list[Mutant] = []

    def note(mutant: Mutant, fate: str) -> None:
        notes.write(key(mutant), fate, said_by)
        if fate == "survived":
            survivors.append(mutant)

    def key(mutant: Mutant) -> str:
        return f"{module}:{mutant.line} {_digest(module, mutant.source)}"

    known = {key(one): notes.fate(key(one), said_by) for one in chosen}
    survivors += [one for one in chosen if known[key(one)] == "survived"]
    runner.run([one for one in chosen if known[key(one)] is None], note)
    print(f"{module}: {len(chosen) - len(survivors)} of {len(chosen)} killed", flush=True)
    return sorted(survivors, key=lambda one: one.line)


def tell(module: str, survivors: list[Mutant]) -> int:
    """Print the survivors of a module, with their reasons; give the number of those without."""
    lines = (ROOT / module).read_text("utf-8").splitlines()
    unknown = 0
    for one in survivors:
        reason = reason_for(module, lines[one.line - 1], one.what)
        unknown += reason is None
        print(f"  {module}:{one.line}: {one.what}: {reason or 'SURVIVED'}", flush=True)
    return unknown


def _digest(*texts: str) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()[:16]


def main() -> int:
    """Mutate what was asked for; 1 if anything survived without a known reason."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="as in player/layout/lay_out.py")
    parser.add_argument("--only", default="", metavar="REGEX", help="mutants whose 'LINE: WHAT' it finds")
    parser.add_argument("--sample", type=int, metavar="N", help="at most N mutants of each module")
    parser.add_argument("--seed", type=int, default=0, help="chooses the sample (%(default)s)")
    parser.add_argument("--tests", nargs="+", metavar="FILE", help="instead of those that speak for it")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many run at a time")
    parser.add_argument("--notes", type=Path, default=Path(tempfile.gettempdir()) / "cuemat-mutants.jsonl")
    parser.add_argument("--list", action="store_true", help="name the mutants, and try none")
    options = parser.parse_args()
    modules = options.modules or HEARD
    if options.list:
        for module in modules:
            for one in mutants_of((ROOT / module).read_text("utf-8")):
                print(f"{module}:{one.line}: {one.what}")
        return 0
    if "fork" not in multiprocessing.get_all_start_methods():
        parser.error("this system has no fork; mutate on Linux or macOS")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads does not fork well
    for name in NEEDED:
        importlib.import_module(name)
    notes = Notes(options.notes)
    notes.read()
    unknown = sum([tell(module, mutate(module, options, notes)) for module in modules])
    print(f"{unknown} survived without a reason" if unknown else "nothing survived without a reason")
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())
