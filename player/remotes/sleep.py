"""How long the machine has been asleep: the difference of two clocks, one of which stands still meanwhile.

Neither is the wall clock, so that nothing happens when somebody sets that.
"""

from __future__ import annotations

import sys
import time


def seconds_asleep() -> float:
    """Seconds of sleep since the machine was started; always 0 where no two such clocks are to be had."""
    asleep = 0.0
    if sys.platform == "linux":
        asleep = time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    elif sys.platform == "darwin":  # where the monotonic clock goes on
        asleep = time.clock_gettime(time.CLOCK_MONOTONIC) - time.clock_gettime(time.CLOCK_UPTIME_RAW)
    return asleep
