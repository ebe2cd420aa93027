"""How long the machine has been asleep: the difference of two clocks, one of which stops during sleep.

Neither is the wall clock, so setting the time has no effect.
"""

from __future__ import annotations

import sys
import time


def seconds_asleep() -> float:
    """Seconds of sleep since the machine started; always 0 on systems without two such clocks."""
    asleep = 0.0
    if sys.platform == "linux":
        asleep = time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    elif sys.platform == "darwin":  # its monotonic clock also runs during sleep
        asleep = time.clock_gettime(time.CLOCK_MONOTONIC) - time.clock_gettime(time.CLOCK_UPTIME_RAW)
    return asleep
