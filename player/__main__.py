"""`python -m player` is `cuemat`."""

from __future__ import annotations

import sys

from player.cli import main

if __name__ == "__main__":
    sys.exit(main())
