"""Are the tests any good? `python -m tests.mutate [MODULE…] [--sample N] [--seed S] [--only REGEX]`.

It puts one small mistake after another into a module and runs the module's tests: a mistake that they do not
notice survives, and is listed. A survivor means a missing test, or a change without effect. Every mutant runs
in a copy of the package. Each result is saved at once, so a stopped run resumes where it was: killed mutants
stay killed, survivors are tried again once the tests have changed. A mutant that makes the tests hang counts
as killed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[1]
LAYOUT = ("tests/test_layout_coaching.py", "tests/test_layout_teaching.py", "tests/test_worked_examples.py")
ENGINE = (
    "tests/test_deck.py",
    "tests/test_engine.py",
    "tests/test_engine_music.py",
    "tests/test_engine_faults.py",
)
SPEAK_FOR = {
    "player/layout/lay_out.py": ("tests/test_lay_out.py", *LAYOUT),
    "player/layout/between.py": ("tests/test_layout_between.py", *LAYOUT),
    "player/layout/announce.py": ("tests/test_layout_announce.py", *LAYOUT),
    "player/layout/coach.py": LAYOUT,
    "player/layout/reps.py": LAYOUT,
    "player/layout/dose.py": LAYOUT,
    "player/layout/plan.py": LAYOUT,
    "player/layout/positions.py": ("tests/test_layout_positions.py",),
    "player/engine/tape.py": ("tests/test_tape.py", *ENGINE),
    "player/engine/deck.py": ENGINE,
    "player/engine/status.py": ENGINE,
    "player/engine/lead_in.py": ENGINE,
    "player/engine/engine.py": ENGINE,
    "player/engine/stock.py": ENGINE,
    "player/transport.py": ("tests/test_transport.py", *ENGINE),
    "player/render.py": ("tests/test_render.py",),
}
"""The tests of each module, the quick ones first, because the first failure ends a run."""
SLACK = 10.0
"""Seconds more than four times as long as without a mistake; then the tests are taken to hang."""
LIMITED = (
    "import resource, runpy; resource.setrlimit(resource.RLIMIT_CPU, ({0}, {0})); "
    "runpy.run_module('pytest', run_name='__main__', alter_sys=True)"
)
"""A run that limits its own processor time, because a mutant may loop forever."""
SOUND = 3600.0
"""Seconds that the tests may take without a mistake."""


@dataclass(slots=True)
class Notes:
    """The results of all mutants, in a file with a line for each."""

    path: Path
    fates: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By mutant: `killed` or `survived`, and a digest of the tests."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self) -> None:
        """Read the results of earlier runs; the latest counts."""
        if self.path.exists():
            for line in self.path.read_text("utf-8").splitlines():
                mutant, fate, tests = json.loads(line)
                self.fates[mutant] = fate, tests

    def fate(self, mutant: str, tests: str) -> str | None:
        """The known result; None: it must be tried."""
        fate, said_by = self.fates.get(mutant, ("", ""))
        return fate if fate == "killed" or (fate and said_by == tests) else None

    def write(self, mutant: str, fate: str, tests: str) -> None:
        """Save a result at once."""
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            self.fates[mutant] = fate, tests
            file.write(json.dumps([mutant, fate, tests]) + "\n")


@dataclass(slots=True)
class Copies:
    """Copies of the package and its tests, one for each thread."""

    folder: Path
    _own: threading.local = field(default_factory=threading.local)

    def mine(self) -> Path:
        """This thread's copy, made on first use."""
        if not hasattr(self._own, "path"):
            self._own.path = Path(tempfile.mkdtemp(dir=self.folder))
            for name in ("player", "tests"):
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, self._own.path / name, ignore=ignored)
            for name in ("scripts", "sounds", "pyproject.toml", "README.md"):
                (self._own.path / name).symlink_to(ROOT / name)
        copy: Path = self._own.path
        return copy


def passes(copy: Path, tests: tuple[str, ...], timeout: float = SOUND) -> bool:
    """Whether the tests pass on a copy."""
    command = [sys.executable, "-c", LIMITED.format(round(timeout)), "-x", "-q", "-n", "0"]
    quiet = subprocess.DEVNULL
    try:
        run = subprocess.run(
            [*command, "-p", "no:randomly", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests],
            cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, stdin=quiet, stdout=quiet, stderr=quiet,
            timeout=timeout, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def try_out(copy: Path, module: str, mutant: Mutant, tests: tuple[str, ...], timeout: float) -> str:
    """Run the tests with one mistake in a module: `killed` or `survived`."""
    path = copy / module
    path.write_text(mutant.source, "utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()  # of the mutant before, which may be just as long and just as old
    return "survived" if passes(copy, tests, timeout) else "killed"


def mutate(module: str, options: argparse.Namespace, notes: Notes, copies: Copies) -> list[str]:
    """Try the mutants of one module; return the survivors, one line each."""
    source = (ROOT / module).read_text("utf-8")
    tests = tuple(options.tests or SPEAK_FOR[module])
    said_by = _digest(*((ROOT / name).read_text("utf-8") for name in tests))
    chosen = [one for one in mutants_of(source) if re.search(options.only, f"{one.line}: {one.what}")]
    if options.sample and options.sample < len(chosen):
        sample = Random(options.seed).sample(chosen, options.sample)  # noqa: S311  no secret
        chosen = sorted(sample, key=lambda one: one.line)
    begun = time.monotonic()
    pool = ThreadPoolExecutor(options.jobs)
    try:
        if not pool.submit(lambda: passes(copies.mine(), tests)).result():
            message = f"{module}: its tests fail without any mistake: {' '.join(tests)}"
            raise SystemExit(message)
        timeout = 4 * (time.monotonic() - begun) + SLACK

        def settle(mutant: Mutant) -> str:
            key = f"{module}:{mutant.line} {_digest(module, mutant.source)}"
            fate = notes.fate(key, said_by)
            if fate is None:
                fate = try_out(copies.mine(), module, mutant, tests, timeout)
                notes.write(key, fate, said_by)
            if fate == "survived":
                print(f"{module}:{mutant.line}: {mutant.what}", flush=True)
            return fate

        fates = list(pool.map(settle, chosen))
    finally:
        pool.shutdown(cancel_futures=True)
    survivors = [one for one, fate in zip(chosen, fates, strict=True) if fate == "survived"]
    print(f"{module}: {len(chosen) - len(survivors)} of {len(chosen)} killed")
    return [f"{module}:{one.line}: {one.what}" for one in survivors]


def _digest(*texts: str) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()[:16]


def main() -> int:
    """Mutate the given modules; 1 if anything survived."""
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
    modules = options.modules or list(SPEAK_FOR)
    if options.list:
        for module in modules:
            for one in mutants_of((ROOT / module).read_text("utf-8")):
                print(f"{module}:{one.line}: {one.what}")
        return 0
    notes = Notes(options.notes)
    notes.read()
    with tempfile.TemporaryDirectory(prefix="cuemat-mutants-") as folder:
        survivors = [line for one in modules for line in mutate(one, options, notes, Copies(Path(folder)))]
    print("\n".join(["", "Survivors:", *survivors] if survivors else ["nothing survived"]))
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main())
