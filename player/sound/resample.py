"""The one way to change a sample rate, used once for each sound before caching.

Interpolation between samples leaves images at -6 dB; soxr's HQ keeps them under -130 dB and still takes under
a millisecond for three seconds of speech. Windows on ARM has no wheel of soxr: there scipy does it, with a
filter long enough for -100 dB.
"""

from __future__ import annotations

from importlib.util import find_spec
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


ZERO_CROSSINGS = 64
"""Of the sinc, on each side."""
PASSES = 0.95
"""The part of the lower rate's band that passes."""
KAISER = 10.0
"""The shape of the window: images stay under -100 dB."""


def resample(samples: NDArray[np.float32], native: int, rate: int) -> NDArray[np.float32]:
    """Resample `samples`, shape (frames,) or (frames, channels), from rate `native` to `rate`."""
    if native == rate or len(samples) == 0:
        return samples
    if find_spec("soxr") is None:
        return by_scipy(samples, native, rate)
    import soxr  # type: ignore[import-untyped]  # noqa: PLC0415 - a cached session does not need it

    return np.asarray(soxr.resample(samples, native, rate, quality="HQ"), dtype=np.float32)


def by_scipy(samples: NDArray[np.float32], native: int, rate: int) -> NDArray[np.float32]:
    """The same with a windowed sinc; the length is rounded as soxr rounds it."""
    from scipy.signal import firwin, resample_poly  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    up, down = rate // gcd(native, rate), native // gcd(native, rate)
    steps = max(up, down)
    taps = firwin(2 * ZERO_CROSSINGS * steps + 1, PASSES / steps, window=("kaiser", KAISER))
    made = resample_poly(samples.astype(np.float64), up, down, axis=0, window=taps)
    return np.asarray(made[: round(len(samples) * rate / native)], dtype=np.float32)
