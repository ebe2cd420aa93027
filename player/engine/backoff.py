"""How long a voice that failed is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

VOICE_RESTS, VOICE_RESTS_AT_MOST = 10.0, 300.0
"""Seconds until a failure is retried, and their limit: they double each time, because a voice may hang."""


class Backoff:
    """Exponential back-off: each failure doubles the wait."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._until, self._next = clock, clock(), VOICE_RESTS

    @property
    def over(self) -> bool:
        """Whether it may be retried."""
        return self._clock() >= self._until

    def begin(self) -> None:
        """Record another failure."""
        self._until = self._clock() + self._next
        self._next = min(2 * self._next, VOICE_RESTS_AT_MOST)
