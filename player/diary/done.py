"""What was done in a session, by what the snapshots showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.engine import Snapshot


class Diary:
    """Notes which sections were heard to their end, and for how long the session played."""

    def __init__(self) -> None:
        self.seconds = 0.0
        """Of the session that were heard."""
        self.sections: set[int] = set()
        """Reached their end without a jump."""
        self._last: Snapshot | None = None

    def note(self, now: Snapshot) -> None:
        """Look at one snapshot; the more often, the more exact."""
        last, self._last = self._last, now
        if last is None or now.seeks != last.seeks:
            return
        self.sections |= set(range(last.place.section, now.place.section))
        if now.prepared == last.prepared:  # otherwise an estimate has moved, not the listener
            self.seconds += max(0.0, now.elapsed - last.elapsed)
