"""Are the tests any good? `python -m tests.mutate [MODULE…] [--sample N] [--seed S] [--jobs N]`.

Puts one small mistake after another into a module and runs the tests that speak for it: a mistake that they
do not notice survives. A survivor is a test that is missing, or a change that nobody can hear or feel; the
latter stand with their reasons in `tests.survivors`. The command ends with 0 if nothing else survived.
Without arguments it takes the modules that decide what a listener hears, and when: `HEARD`.

To be quick, one process collects the tests and forks once for each mutant. The child gives the functions of
the module the mutant's code and runs the tests. A test that takes too much of the processor, of memory or of
time ends the child, and so has killed the mutant. What that cannot try, because it stands in no function, and
what survives it, is tried once more by a child that collects the tests itself and finds the mutant in the
place of the module, whoever imports it. Processes that a test starts see the module without the mistake.

A runner that breaks the tests by itself would call everything killed. So each module has three trials first:
as it stands, its tests have to pass in either kind of child; and a module that cannot be imported has to be
noticed. A child whose tests never import the module stops the run as well.

What became of each mutant is written down as it ends, so a run that was stopped goes on where it was: what
was killed stays killed, what survived is tried again once the tests have changed.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib.util
import json
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
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.mutants import Mutant, mutants_of
from tests.survivors import reason_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import ModuleType

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
BUSY, PATIENCE = 3, 20
"""Seconds of a processor, and by the clock, that one test may take; the longest needs two thirds of one."""
MEMORY = 4 << 30
"""Bytes of addresses that a child may have."""
NOT_IMPORTED, UNTRIED = 98, 99
"""How a child ends whose tests never import the module, and one that could not take in the mutant."""
FATES = {0: "survived", UNTRIED: "untried"}
"""By how a child ends; else its mutant was killed."""


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
        super().__init__(_dotted(module), str(ROOT / module))
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
    """A plugin of pytest: each test has its limits, and whoever passes one ends the process."""

    def pytest_runtest_setup(self) -> None:
        """Begin anew."""
        import resource  # noqa: PLC0415  there is none where there is no fork

        busy = ceil(time.process_time()) + BUSY
        resource.setrlimit(resource.RLIMIT_CPU, (busy, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)


class Nursery(Limits):
    """A plugin of pytest: once the tests are collected, there is a child for each mutant, which runs them."""

    def __init__(
        self, module: str, mutants: list[Mutant], jobs: int, settle: Callable[[Mutant, int], None]
    ) -> None:
        self._module, self._mutants, self._jobs, self._settle = module, mutants, jobs, settle

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self) -> bool | None:
        """Fork; True: no tests are to be run here."""
        imported = sys.modules.get(_dotted(self._module))
        if imported is None:
            os._exit(NOT_IMPORTED)
        path = imported.__file__
        functions = [
            one for one in gc.get_objects() if type(one) is FunctionType and one.__code__.co_filename == path
        ]
        mutant = fork_for(self._mutants, self._jobs, self._settle)
        if mutant is None:
            return True
        codes = {_place(code): code for code in _codes(compile(mutant.source, str(path), "exec"))}
        try:
            for function in functions:
                function.__code__ = codes[_place(function.__code__)]
        except (KeyError, ValueError):
            os._exit(UNTRIED)
        return None


def fork_for(mutants: Iterable[Mutant], jobs: int, settle: Callable[[Mutant, int], None]) -> Mutant | None:
    """A process for each mutant, some at a time.

    Returns:
        In a child its mutant; in the parent None, once `settle` was called with each and how its child ended.
    """
    waiting, running = list(reversed(list(mutants))), dict[int, Mutant]()
    try:
        while waiting or running:
            if waiting and len(running) < jobs:
                mutant = waiting.pop()
                child = os.fork()
                if not child:
                    os.setsid()
                    return mutant
                running[child] = mutant
            else:
                child, status = os.wait()
                _end(child)
                settle(running.pop(child), os.waitstatus_to_exitcode(status))
    except BaseException:
        for child in running:
            _end(child)
        raise
    return None


def run_tests(tests: tuple[str, ...], plugin: Limits) -> int:
    """In a child: run the tests; give the exit code of pytest."""
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(quiet, stream)
    # What another mutant got wrong, or a slow machine, must not count against this one.
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutants", database=None, deadline=None, phases=phases)
    hypothesis.settings.load_profile("mutants")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    options = "-x -q -n0 -p no:randomly -p no:cacheprovider --hypothesis-seed=0"
    # Hypothesis was imported before pytest could rewrite its assertions, which nobody needs.
    imported = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
    return int(pytest.main([*options.split(), *imported, *tests], plugins=[plugin]))


@dataclass(frozen=True, slots=True)
class Runner:
    """Tries mutants of one module."""

    module: str
    tests: tuple[str, ...]
    jobs: int

    def check(self) -> None:
        """See that the tests pass without a mistake and notice a gross one.

        Raises:
            SystemExit: They do not.
        """
        fates: list[str] = []
        source = (ROOT / self.module).read_text("utf-8")
        self.try_anew([Mutant(0, "", source)], lambda _, fate: fates.append(fate))
        self.try_anew([Mutant(0, "", "raise ImportError")], lambda _, fate: fates.append(fate))
        if fates != ["survived", "killed"]:
            message = (
                f"{self.module}: as it stands {fates[0]}, when it cannot be imported {fates[1]} "
                f"by {' '.join(self.tests)}; nothing can be said"
            )
            raise SystemExit(message)

    def try_anew(self, mutants: Iterable[Mutant], settle: Callable[[Mutant, str], None]) -> None:
        """Try mutants, each by tests that import it; `settle` is called with each and its fate."""
        mutant = fork_for(mutants, self.jobs, lambda one, code: settle(one, self._fate(code)))
        if mutant is not None:
            swap, limits = Swap(self.module, mutant.source), Limits()
            sys.meta_path.insert(0, swap)
            limits.pytest_runtest_setup()
            code = run_tests(self.tests, limits)
            os._exit(code if swap.used else NOT_IMPORTED)

    def try_quickly(self, mutants: list[Mutant], settle: Callable[[Mutant, str], None]) -> None:
        """Try mutants whose mistakes are within functions, by tests that are collected once.

        `settle` is called in another process.

        Raises:
            SystemExit: The tests cannot be collected, or fail without any mistake.
        """
        whole = Mutant(0, "", (ROOT / self.module).read_text("utf-8"))

        def judge(mutant: Mutant, code: int) -> None:
            fate = self._fate(code)
            if mutant is not whole:
                settle(mutant, fate)
            elif fate != "survived":
                os._exit(1)

        nursery = os.fork()
        if not nursery:
            os._exit(run_tests(self.tests, Nursery(self.module, [whole, *mutants], self.jobs, judge)))
        if os.waitpid(nursery, 0)[1]:
            message = f"{self.module}: {' '.join(self.tests)} fail without any mistake, or never import it"
            raise SystemExit(message)

    def _fate(self, code: int) -> str:
        if code == NOT_IMPORTED:
            message = f"{self.module}: nothing in {' '.join(self.tests)} imports it"
            raise SystemExit(message)
        return FATES.get(code, "killed")


def _end(child: int) -> None:
    """End a child, if it has not ended, and what its tests have started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def _dotted(module: str) -> str:
    return module.removesuffix(".py").replace("/", ".")


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A code, and all codes in it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _place(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _lines_of_functions(source: str) -> set[int]:
    """All lines that are run when a function is called, and not when the module is imported."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return {line for one in functions for line in range(one.body[0].lineno, (one.end_lineno or 0) + 1)}


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

    def key(mutant: Mutant) -> str:
        return f"{module}:{mutant.line} {_digest(module, mutant.source)}"

    def unknown() -> list[Mutant]:
        return [one for one in chosen if notes.fate(key(one), said_by) is None]

    def note(mutant: Mutant, fate: str) -> None:
        notes.write(key(mutant), fate, said_by)

    inside = _lines_of_functions(source)
    quick = [one for one in unknown() if one.line in inside]
    runner.try_quickly(quick, lambda one, fate: note(one, fate) if fate == "killed" else None)
    notes.read()  # what the other process wrote
    runner.try_anew(unknown(), note)
    survivors = [one for one in chosen if notes.fate(key(one), said_by) == "survived"]
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
    if not hasattr(os, "fork"):
        parser.error("this system cannot fork a process; mutate on Linux or macOS")
    notes = Notes(options.notes)
    notes.read()
    unknown = sum([tell(module, mutate(module, options, notes)) for module in modules])
    print(f"{unknown} survived without a reason" if unknown else "nothing survived without a reason")
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())
