"""What is heard while the session waits until the listener is done: silence, and a reminder each minute.

The wait takes the place of its section's last frame, in which nothing sounds. So it has a place like any
other: a pause, a lost device, a remark or a bookmark leads back to it, and it begins anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.timeline import Activity, Frames, Mark, MarkKind, Phase, PhaseKind, Section

if TYPE_CHECKING:
    from player.timeline import Cue

EACH = 60.0
"""Seconds from one reminder to the next, and before the first."""
AT_MOST = 600.0
"""Seconds until the session goes on by itself."""


def wait_with(reminder: tuple[Cue, ...], rate: int) -> Section:
    """The wait as a small section.

    Args:
        reminder: The cues of the reminder; none if no voice can say it.
        rate: Frames per second.
    """
    length, each = Frames(round(AT_MOST * rate)), round(EACH * rate)
    cues = tuple(
        replace(cue, start=Frames(start + cue.start))
        for start in range(each, length, each)
        for cue in reminder
    )
    phase = Phase(Frames(0), length, PhaseKind.REST, Activity())
    return Section(length, cues, (phase,), Mark(Frames(0), "", MarkKind.SECTION))
