"""Words a minute, as a listener hears them, and the number that an engine takes for it.

Engines count in their own way: eSpeak's 165 is 197 words a minute, and the natural voice jumps at some
speeds. So each has a table, measured over real cues without the silence at their ends, and interpolated.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of an engine."""

    table: tuple[tuple[float, float], ...]
    """Words a minute and the engine's number for it, rising."""
    usual: float
    """The engine's number if the listener does not choose."""

    def setting(self, rate: float | None) -> float:
        """The engine's number for a rate in words a minute; at the ends of the table, its first or last."""
        if rate is None:
            return self.usual
        rates = [words for words, _ in self.table]
        at = min(max(bisect_left(rates, rate), 1), len(rates) - 1)
        (low, first), (high, last) = self.table[at - 1], self.table[at]
        share = min(max((rate - low) / (high - low), 0.0), 1.0)
        return first + share * (last - first)


ESPEAK = Pace(
    (
        *((99, 80), (118, 100), (143, 120), (168, 140), (197, 165), (241, 200), (290, 240), (338, 280)),
        *((387, 320), (444, 360), (489, 400), (534, 450)),
    ),
    usual=165,
)
"""Measured with `en-us`. The usual pace was the easiest to understand; going slower did not help."""
HEART = Pace(
    (
        *((108, 0.5), (131, 0.6), (155, 0.7), (161, 0.78), (176, 0.8), (194, 0.82), (197, 0.85), (203, 0.86)),
        *((209, 0.9), (215, 0.95), (218, 1.0), (226, 1.1), (238, 1.2), (252, 1.3), (339, 1.5), (381, 2.0)),
    ),
    usual=0.8,
)
"""Measured with `heart`. The usual pace, 176 words a minute, is calm, and the clearest in noise."""
