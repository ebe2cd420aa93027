"""Waits for another thread, for as long as a slow machine needs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 10.0
"""Seconds after which it is a failure, unless the test says otherwise."""
LOOK = 0.01
"""Seconds between two looks."""


def wait_until(happens: Callable[[], object], otherwise: str, patience: float = PATIENCE) -> None:
    """Look again and again until `happens` gives something true, for `patience` seconds at most.

    Raises:
        AssertionError: It never did; `otherwise` says what is wrong.
    """
    deadline = time.monotonic() + patience
    while not happens():
        if time.monotonic() >= deadline:
            raise AssertionError(otherwise)
        time.sleep(LOOK)
