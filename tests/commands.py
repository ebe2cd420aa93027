"""Runs the real command in a separate process; the user's files are in a folder of the test."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests import forked

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT = Path(__file__).parents[1]
WITHOUT_NATURAL = os.pathsep.join((str(CHECKOUT), str(CHECKOUT / "tests" / "without_natural")))
"""A `PYTHONPATH` that hides the natural voice: most tests need no voice that takes so long to start."""
PATIENCE = 120
"""Seconds that a command may take."""
WITH_NATURAL = {"PYTHONPATH": str(CHECKOUT)}
"""What a test of the natural voice adds to the environment."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a command."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class User:
    """A user with their own home folder."""

    home: Path
    cache: Path | None = None
    """Where their clips are; None: in their home, with nothing spoken yet. See `spoken` in `conftest.py`."""
    forks: bool = False
    """Whether their commands are forked, as of all who share a cache; see `forked.py`."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment that points Cuemat to this user's folders; streams are buffered."""
        own = {
            "CUEMAT_HOME": "data",
            "CUEMAT_CACHE": "cache",
            "CUEMAT_CONFIG": "config.toml",
            "CUEMAT_STATE": "state",
        }
        places = {name: str(self.home / part) for name, part in own.items()}
        return {
            **{name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
            **(places | ({"CUEMAT_CACHE": str(self.cache)} if self.cache else {})),
            "PYTHONPATH": WITHOUT_NATURAL,
        }

    def cuemat(self, *arguments: object, more: Mapping[str, str] | None = None) -> Outcome:
        """Run a command in the user's home."""
        words = tuple(map(str, arguments))
        if (self.cache or self.forks) and forked.can_have(more or {}):
            environment = {**self.environment, **(more or {})}
            return Outcome(*forked.parent(WITHOUT_NATURAL).run(words, self.home, environment, PATIENCE))
        return self._run("-m", "player", *words, more=more)

    def python(self, program: str) -> Outcome:
        """Run a Python program in the user's home."""
        return self._run("-c", program)

    def _run(self, *words: str, more: Mapping[str, str] | None = None) -> Outcome:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.home,
            env={**self.environment, **(more or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def write(self, name: str, text: str) -> Path:
        """Write a file in the user's home."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path
