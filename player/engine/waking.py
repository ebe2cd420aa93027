"""Loudspeakers that fall asleep: what keeps them awake, and the time they need to wake up.

A device that sleeps swallows what comes first. So before the first sound after a pause there is some time in
which nothing is lost, where the layout has not left it already. Which device plays is certain only once it is
open; if it turns out to be another kind than expected, it is started again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.engine.insertion import Insertion
from player.engine.status import Ended, Failed, Lost, Paused, Playing
from player.timeline import WAKING, Frames

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.engine.status import Preparing, Status
    from player.engine.stock import Stock
    from player.engine.tape import Tape
    from player.outputs.protocol import Output, Pull
    from player.sound.noise import Noise
    from player.timeline import Section

AGAIN = 0.8
"""Seconds for a device to wake up that has played in this session."""
STAYS_AWAKE = 1.0
"""Seconds without sound after which a device may sleep, if the listener did not pause."""


@dataclass(frozen=True, slots=True)
class KeepsAwake:
    """What keeps loudspeakers awake."""

    noise: Noise | None
    """The noise beneath everything; None: the music is enough."""
    is_needed: Callable[[Output], bool]
    """Whether the output's current device needs it."""


NEVER = KeepsAwake(None, lambda _: False)


class Loudspeaker:
    """What the deck knows of a device's sleep.

    Args:
        output: The output.
        keeps: What keeps it awake.
        clock: Seconds that never run backwards.
    """

    def __init__(self, output: Output, keeps: KeepsAwake, clock: Callable[[], float]) -> None:
        self._output, self._keeps, self._clock = output, keeps, clock
        self._needed, self._has_played = False, False
        self._awake_until = -math.inf

    def becomes(self, status: Status) -> None:
        """Learn of the deck's next status, before the deck has it."""
        if isinstance(status, Playing):
            self._has_played, self._awake_until = True, math.inf
        elif isinstance(status, Paused | Lost | Ended | Failed):
            self._awake_until = -math.inf
        elif self._awake_until == math.inf:
            self._awake_until = self._clock() + STAYS_AWAKE

    def begin(self, tape: Tape, stock: Stock, ready: Preparing | Lost, insertion: Insertion | None) -> Pull:
        """Let the tape begin, with time to wake up if the device, as far as it is known, needs it."""
        self._needed = self._keeps.is_needed(self._output)
        tape.noise = self._keeps.noise if self._needed else None
        if self._needed and self._clock() >= self._awake_until:
            section = stock.sections.get(ready.place.section)
            insertion = self._with_waking(insertion, _quiet_before(section, ready, insertion), stock.rate)
        return tape.begin(ready.place, insertion, ready.more)

    def is_another(self) -> bool:
        """Whether the device that is open now needs what was not expected, or the reverse."""
        return self._keeps.is_needed(self._output) != self._needed

    def _with_waking(self, insertion: Insertion | None, quiet: int, rate: int) -> Insertion | None:
        """The insertion with more time before it; a new one if there is none, and it is needed."""
        waking = Frames(max(0, round((AGAIN if self._has_played else WAKING) * rate) - quiet))
        if not waking:
            return insertion
        if insertion is None:
            return Insertion(waking, waking=waking)
        return Insertion(Frames(insertion.length + waking), insertion.loaded, waking)


def _quiet_before(section: Section | None, ready: Preparing | Lost, insertion: Insertion | None) -> int:
    """Frames without a sound, if it starts now."""
    quiet = 0
    if insertion is not None:
        if insertion.loaded is not None and insertion.loaded.section.cues:
            return insertion.loaded.section.cues[0].start
        quiet = insertion.length
    place, more = ready.place, ready.more
    if more is not None and more[0] == place:
        quiet += more[1].length
    if section is None:
        return quiet
    following = (cue.start for cue in section.cues if cue.end > place.frame)
    return quiet + max(0, min(following, default=section.length) - place.frame)
