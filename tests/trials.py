"""Runs the tests of a module with one mistake in it after another.

To be quick, one process collects the tests and forks once for each mutant. The child gives the functions of
the module the mutant's code and runs the tests that call the function with the mistake. A test that takes too
much of the processor, of memory or of time ends the child, and so has killed the mutant. What that cannot
try, because it stands in no function, and what survives it for no known reason, is tried once more by a child
that collects the tests itself and finds the mutant in the place of the module, whoever imports it. Processes
that a test starts see the module without the mistake.

A runner that breaks the tests by itself would call everything killed. So each module has three trials first:
as it stands, its tests have to pass in either kind of child; and a module that cannot be imported has to be
noticed. A child whose tests never import the module stops the run as well.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib.util
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, SourceFileLoader
from math import ceil
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.mutants import Mutant

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from types import FrameType, ModuleType

ROOT = Path(__file__).parents[1]
BUSY, PATIENCE = 3, 30
"""Seconds of a processor, and by the clock, that one test may take; the longest needs two thirds of one."""
MEMORY = 4 << 30
"""Bytes of addresses that a child may have."""
NOT_IMPORTED, UNTRIED = 98, 99
"""How a child ends whose tests never import the module, and one that could not take in the mutant."""
FATES = {0: "survived", 3: "untried", 4: "untried", 5: "untried", UNTRIED: "untried"}
"""By how a child ends, where it is not by a test that failed: 3 to 5 are troubles of pytest itself."""
Settle = Callable[[Mutant, int], None]
"""Is called with a mutant and how its child has ended."""


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


class Record(Limits):
    """A plugin of pytest: writes down which functions of a module each test calls, by their first lines."""

    def __init__(self, module: str, file: Path) -> None:
        self._path, self._file, self._calls = str(ROOT / module), file, dict[str, list[int]]()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Watch one test and its fixtures."""
        called: set[int] = set()

        def note(frame: FrameType, _event: str, _argument: object) -> None:
            if frame.f_code.co_filename == self._path:
                called.add(frame.f_code.co_firstlineno)

        threading.setprofile(note)
        sys.setprofile(note)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            self._calls[item.nodeid] = sorted(called)

    def pytest_sessionfinish(self) -> None:
        """After the last test."""
        self._file.write_text(json.dumps(self._calls), "utf-8")


class Nursery(Limits):
    """A plugin of pytest: once the tests are collected, a child for each mutant runs those that call it."""

    def __init__(self, runner: Runner, mutants: list[Mutant], settle: Settle) -> None:
        self._runner, self._mutants, self._settle = runner, mutants, settle

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Fork; True: no tests are to be run here."""
        path = sys.modules[_dotted(self._runner.module)].__file__
        every = [one for one in gc.get_objects() if type(one) is FunctionType]
        functions = [one for one in every if one.__code__.co_filename == path]
        whole = Mutant(0, "", Path(str(path)).read_text("utf-8"))
        mutant = fork_for([whole], 1, lambda _, code: os._exit(1) if code else None)
        mutant = mutant or fork_for(self._mutants, self._runner.jobs, self._settle)
        if mutant is None:
            return True
        if mutant is not whole:
            here = {first for first, last in self._runner.functions if first <= mutant.line <= last}
            calls = self._runner.calls
            session.items[:] = [item for item in session.items if here.intersection(calls[item.nodeid])]
        codes = {_place(code): code for code in _codes(compile(mutant.source, str(path), "exec"))}
        try:
            for function in functions:
                function.__code__ = codes[_place(function.__code__)]
        except (KeyError, ValueError):
            os._exit(UNTRIED)
        return None


def fork_for(mutants: Iterable[Mutant], jobs: int, settle: Settle) -> Mutant | None:
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


@dataclass(slots=True)
class Runner:
    """Tries mutants of one module."""

    module: str
    tests: tuple[str, ...]
    jobs: int
    calls: dict[str, list[int]] = field(default_factory=dict)
    """Which functions each test calls, by their first lines."""

    @property
    def functions(self) -> list[tuple[int, int]]:
        """The first and the last line of each function."""
        functions = _functions((ROOT / self.module).read_text("utf-8"))
        firsts = [min([one.lineno, *(each.lineno for each in one.decorator_list)]) for one in functions]
        return [(first, one.end_lineno or 0) for first, one in zip(firsts, functions, strict=True)]

    def check(self) -> None:
        """See that the tests pass without a mistake and notice a gross one.

        Raises:
            SystemExit: They do not.
        """
        fates: list[str] = []
        source = (ROOT / self.module).read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            record = Record(self.module, file := Path(folder) / "calls.json")
            self.try_anew([Mutant(0, "", source)], lambda _, fate: fates.append(fate), record)
            self.try_anew([Mutant(0, "", "raise ImportError")], lambda _, fate: fates.append(fate))
            if fates != ["survived", "killed"]:
                message = (
                    f"{self.module}: as it stands {fates[0]}, when it cannot be imported {fates[1]} "
                    f"by {' '.join(self.tests)}; nothing can be said"
                )
                raise SystemExit(message)
            self.calls = json.loads(file.read_text("utf-8"))

    def try_anew(
        self, mutants: Iterable[Mutant], settle: Callable[[Mutant, str], None], plugin: Limits | None = None
    ) -> None:
        """Try mutants, each by tests that import it; `settle` is called with each and its fate."""
        mutant = fork_for(mutants, self.jobs, lambda one, code: settle(one, self._fate(code)))
        if mutant is not None:
            swap, plugin = Swap(self.module, mutant.source), plugin or Limits()
            sys.meta_path.insert(0, swap)
            plugin.pytest_runtest_setup()
            code = run_tests(self.tests, plugin)
            os._exit(code if swap.used else NOT_IMPORTED)

    def try_quickly(self, mutants: list[Mutant], settle: Callable[[Mutant, str], None]) -> None:
        """Try those mutants whose mistakes are within functions, by tests that are collected once.

        `settle` is called in another process.

        Raises:
            SystemExit: The tests fail without any mistake.
        """
        source = (ROOT / self.module).read_text("utf-8")
        inside = [one for one in mutants if one.line in _lines_of_bodies(source)]
        nursery = os.fork()
        if not nursery:
            judge: Settle = lambda one, code: settle(one, self._fate(code))  # noqa: E731  a line
            os._exit(run_tests(self.tests, Nursery(self, inside, judge)))
        if os.waitpid(nursery, 0)[1]:
            message = f"{self.module}: {' '.join(self.tests)} fail without any mistake"
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


def _functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]


def _lines_of_bodies(source: str) -> set[int]:
    """All lines that are run when a function is called, and not when the module is imported."""
    bodies = [(one.body[0].lineno, one.end_lineno or 0) for one in _functions(source)]
    return {line for first, last in bodies for line in range(first, last + 1)}
