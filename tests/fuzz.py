"""The long run: `python -m tests.fuzz [N] [--seed S]`.

It reads and lays out N unlikely scripts, every hundredth with the real command; then N/100 listeners press
forty random keys at the panel, and N/10 engines run fifty random commands against their model. The seed
repeats a run. It fails on any exception, on any script that takes over two seconds, and on more than 300 MB
of memory for scripts; it names a folder with the failures and the slowest script.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import resource
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.commands import User
from tests.engine_model import EngineAgainstModel
from tests.fuzzing import from_nothing, mutated, used
from tests.pressing import press_at_random

SECONDS_AT_MOST = 2.0
MEGABYTES_AT_MOST = 300
EVERY = 100
"""Scripts read in this process for each one that the real command reads too."""
KEYS, COMMANDS = 40, 50
"""Keys that a listener presses at the panel, and the most commands that an engine gets."""


@dataclass
class Report:
    """The results of all scripts so far."""

    folder: Path
    seed: int
    accepted: int = 0
    commands: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    slowest_command: float = 0.0
    failures: list[str] = field(default_factory=list)

    def fail(self, number: int, why: str) -> None:
        """Keep the script that failed."""
        path = self.keep(f"failed-{number}.yaml", number)
        self.failures.append(f"script {number} ({path}): {why}")
        print(self.failures[-1], flush=True)

    def keep(self, name: str, number: int) -> Path:
        """Write a script into the folder."""
        path = self.folder / name
        path.write_bytes(script(self.seed, number))
        return path


def script(seed: int, number: int) -> bytes:
    """The script of a number: most are bundled ones with a few changes."""
    chance = Random(f"{seed} {number}")  # noqa: S311  repeatable
    return mutated(chance) if chance.random() < 0.75 else from_nothing(chance)


def megabytes(whose: int) -> float:
    """The peak memory so far."""
    return resource.getrusage(whose).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def run_scripts(count: int, report: Report) -> None:
    """Use a number of scripts."""
    user = User(report.folder)
    for number in range(count):
        data = script(report.seed, number)
        begun = time.perf_counter()
        try:
            report.accepted += used(data)
        except Exception:  # noqa: BLE001  any exception is a finding
            report.fail(number, traceback.format_exc())
        took = time.perf_counter() - begun
        report.slowest = max(report.slowest, (took, number))
        if took > SECONDS_AT_MOST:
            report.fail(number, f"took {took:.1f} s")
        if number % EVERY == 0:
            _run_command(number, user, report)


def _run_command(number: int, user: User, report: Report) -> None:
    report.keep("script.yaml", number)
    begun = time.perf_counter()
    outcome = user.cuemat("check", "script.yaml")
    took = time.perf_counter() - begun
    report.commands += 1
    report.slowest_command = max(report.slowest_command, took)
    shown = (outcome.stdout + outcome.stderr).replace("\n", "")
    if (
        outcome.code not in {0, 2}
        or "Traceback" in shown
        or not shown.isprintable()
        or took > SECONDS_AT_MOST
    ):
        report.fail(number, f"cuemat check: exit code {outcome.code} after {took:.1f} s\n{outcome.stderr}")


def run_panels(count: int, report: Report) -> None:
    """Let a number of listeners press keys."""
    for number in range(count):
        chance = Random(f"{report.seed} panel {number}")  # noqa: S311  repeatable
        try:
            asyncio.run(press_at_random(chance, KEYS))
        except Exception:  # noqa: BLE001  as above
            report.failures.append(f"listener {number}: {traceback.format_exc()}")
            print(report.failures[-1], flush=True)


def run_engines(count: int, report: Report) -> None:
    """Send commands to a number of engines."""
    bounds = settings(
        max_examples=count,
        stateful_step_count=COMMANDS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    try:
        run_state_machine_as_test(seeded(report.seed)(EngineAgainstModel), settings=bounds)
    except Exception:  # noqa: BLE001  as above
        report.failures.append(f"an engine: {traceback.format_exc()}")
        print(report.failures[-1], flush=True)


def main() -> int:
    """Run all; 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("scripts", nargs="?", type=int, default=10_000, metavar="N", help="scripts (10,000)")
    parser.add_argument("--seed", type=int, default=0, help="another number, another run (0)")
    options = parser.parse_args()
    report = Report(Path(tempfile.mkdtemp(prefix="cuemat-fuzz-")), options.seed)
    logging.disable()
    _tell_scripts(options.scripts, report)
    for what, run, count in (
        ("listeners at the panel", run_panels, options.scripts // 100),
        ("engines against their model", run_engines, options.scripts // 10),
    ):
        begun = time.perf_counter()
        if count:
            run(count, report)
        print(f"{count} {what} in {time.perf_counter() - begun:.0f} s", flush=True)
    print(f"{len(report.failures)} failures; seed {options.seed}" if report.failures else "nothing failed")
    return 1 if report.failures else 0


def _tell_scripts(count: int, report: Report) -> None:
    begun = time.perf_counter()
    run_scripts(count, report)
    print(f"{count} scripts in {time.perf_counter() - begun:.0f} s, {report.accepted} accepted")
    took, number = report.slowest
    print(f"the slowest took {took:.2f} s: script {number}, {report.keep('slowest.yaml', number)}")
    print(f"{report.commands} of them by the command as well, the slowest in {report.slowest_command:.2f} s")
    memory = {"here": megabytes(resource.RUSAGE_SELF), "the command": megabytes(resource.RUSAGE_CHILDREN)}
    print("memory at most: " + ", ".join(f"{where} {size:.0f} MB" for where, size in memory.items()))
    if max(memory.values()) > MEGABYTES_AT_MOST:
        report.failures.append(f"more than {MEGABYTES_AT_MOST} MB")


if __name__ == "__main__":
    raise SystemExit(main())
