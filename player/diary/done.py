"""What was done in a session, by the moments that were seen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.diary.moment import Moment


class Done:
    """Notes which sections were heard to their end, and for how long the session played."""

    def __init__(self) -> None:
        self.seconds = 0.0
        """Of the session that were heard."""
        self.sections: set[int] = set()
        """Reached their end without a jump."""
        self._last: Moment | None = None

    def note(self, now: Moment) -> None:
        """Look at one moment; the more often, the more exact."""
        last, self._last = self._last, now
        if last is None or now.seeks != last.seeks:
            return
        self.sections |= set(range(last.section, now.section))
        if now.prepared == last.prepared:  # otherwise an estimate has moved, not the listener
            self.seconds += max(0.0, now.elapsed - last.elapsed)
