"""What was done in a session, judged by the moments seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.diary.moment import Moment


class Done:
    """Records which sections were heard to the end, and how long the session played."""

    def __init__(self) -> None:
        self.seconds = 0.0
        """Seconds of the session that were heard."""
        self.sections: set[int] = set()
        """Sections that reached their end without a jump."""
        self._last: Moment | None = None

    def note(self, now: Moment) -> None:
        """Record one moment; more moments give a more exact result."""
        last, self._last = self._last, now
        if last is None or now.seeks != last.seeks:
            return
        self.sections |= set(range(last.section, now.section))
        if now.prepared == last.prepared:  # otherwise an estimate moved, not the listener
            self.seconds += max(0.0, now.elapsed - last.elapsed)
