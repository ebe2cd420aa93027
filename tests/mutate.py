"""Are the tests any good? `python -m tests.mutate [MODULE…] [--sample N] [--seed S] [--jobs N]`.

Puts one small mistake after another into a module and runs the tests that speak for it: a mistake that they
do not notice survives. A survivor is a test that is missing, or a change that nobody can hear or feel; the
latter stand with their reasons in `tests.survivors`. The command ends with 0 if nothing else survived.
Without arguments it takes the modules that decide what a listener hears, and when: `HEARD`.

`tests.trials` does the trying. What became of each mutant is written down as it ends, so a run that was
stopped goes on where it was: what was killed stays killed, what survived is tried again once the tests have
changed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.mutants import Mutant, mutants_of
from tests.survivors import reason_for
from tests.trials import ROOT, Runner

LAYOUT = ("tests/test_layout_coaching.py", "tests/test_layout_teaching.py", "tests/test_worked_examples.py")
ENGINE = (
    "tests/test_deck.py",
    "tests/test_engine.py",
    "tests/test_engine_music.py",
    "tests/test_engine_faults.py",
    "tests/test_engine_until_done.py",
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
    "player/engine/until_done.py": ENGINE,
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


@dataclass(slots=True)
class Notes:
    """What became of each mutant, in a file with a line for each."""

    path: Path
    fates: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By mutant: `killed`, `survived` or `untried`, and the tests that said so."""

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


@dataclass(frozen=True, slots=True)
class Trial:
    """Which mutants are tried, and how."""

    only: str
    """A regular expression that must find something in 'LINE: WHAT'."""
    sample: int | None
    """At most this many mutants of each module, chosen by `seed`."""
    seed: int
    tests: tuple[str, ...]
    """Instead of those that speak for the module."""
    jobs: int


def mutate(module: str, trial: Trial, notes: Notes) -> list[Mutant]:
    """Try the mutants of one module; give the survivors."""
    source = (ROOT / module).read_text("utf-8")
    tests = trial.tests or SPEAK_FOR[module]
    said_by = _digest(*((ROOT / name).read_text("utf-8") for name in tests))
    chosen = [one for one in mutants_of(source) if re.search(trial.only, f"{one.line}: {one.what}")]
    if trial.sample and trial.sample < len(chosen):
        chosen = Random(trial.seed).sample(chosen, trial.sample)  # noqa: S311  no secret
    runner = Runner(module, tests, trial.jobs)
    runner.check()

    def key(mutant: Mutant) -> str:
        return f"{module}:{mutant.line} {_digest(module, mutant.source)}"

    def unknown() -> list[Mutant]:
        return [one for one in chosen if notes.fate(key(one), said_by) is None]

    def note(mutant: Mutant, fate: str) -> None:
        notes.write(key(mutant), fate, said_by)

    def note_quickly(mutant: Mutant, fate: str) -> None:
        if fate == "killed" or (fate == "survived" and reason_for(module, mutant)):
            note(mutant, fate)

    runner.try_quickly(unknown(), note_quickly)
    notes.read()  # what the other process wrote
    runner.try_anew(unknown(), note)
    survivors = [one for one in chosen if notes.fate(key(one), said_by) != "killed"]
    print(f"{module}: {len(chosen) - len(survivors)} of {len(chosen)} killed", flush=True)
    return sorted(survivors, key=lambda one: one.line)


def tell(module: str, survivors: list[Mutant]) -> int:
    """Print the survivors of a module, with their reasons; give the number of those without."""
    unknown = 0
    for one in survivors:
        reason = reason_for(module, one)
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
    trial = Trial(options.only, options.sample, options.seed, tuple(options.tests or ()), options.jobs)
    notes = Notes(options.notes)
    notes.read()
    unknown = sum([tell(module, mutate(module, trial, notes)) for module in modules])
    print(f"{unknown} survived without a reason" if unknown else "nothing survived without a reason")
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())
