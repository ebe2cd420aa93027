"""Whether a terminal is this program's to use; on its own, because it is needed before all else."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":

    def is_in_foreground(terminal: int) -> bool:
        """Always: Windows has no jobs in the background of a terminal."""
        del terminal
        return True

else:

    def is_in_foreground(terminal: int) -> bool:
        """Whether this program may use the terminal, and is not a background job of the shell."""
        try:
            return os.tcgetpgrp(terminal) == os.getpgrp()
        except OSError:  # it is not the terminal that controls this program
            return True
