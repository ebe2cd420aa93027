"""Hides the natural voice from the programs that tests start; see `commands.py`."""

from __future__ import annotations

import sys

sys.modules["hibari"] = None  # type: ignore[assignment]  # as if it were not installed
