"""What is said before a session goes on in the middle of a section, and how long that is waited for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from player.engine.tape import Insertion
from player.transport import phase_at

if TYPE_CHECKING:
    from concurrent.futures import Future

    from player.engine.stock import Stock
    from player.engine.tape import Playable
    from player.transport import LivePosition

REMARK_WAIT = 1.5
"""Seconds that going on waits for a lead-in to be spoken; then it goes on without."""


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A lead-in that was asked for, or will be as soon as the section is laid out."""

    remark: Future[Playable] | None = None
    """None: the section is not laid out yet."""
    by: float = 0.0
    """When, by the clock, the session goes on without it."""

    def is_over(self, now: float) -> bool:
        """It is spoken, it failed, or it is too late for it."""
        return self.remark is None or self.remark.done() or now >= self.by

    def has_failed(self) -> bool:
        """The voice could not say it."""
        return self.remark is not None and self.remark.done() and insertion_from(self.remark) is None

    def wait_again(self, now: float) -> LeadIn:
        """The same, waited for from now on."""
        return replace(self, by=now + REMARK_WAIT)


def ask_for_lead_in(stock: Stock, place: LivePosition, now: float) -> LeadIn | None:
    """Have the lead-in for a place spoken; None after the end of the session."""
    if place.section >= len(stock.outlines):
        return None
    phase = phase_at(place, stock.sections)
    if phase is None:
        return LeadIn()
    return LeadIn(stock.remark(stock.lead_in(place.section, phase.kind)), now + REMARK_WAIT)


def insertion_from(remark: Future[Playable] | None) -> Insertion | None:
    """What can be put in; None if it is not there: a session never stops for want of a remark."""
    if remark is None or not remark.done() or remark.cancelled() or remark.exception() is not None:
        return None
    loaded = remark.result()
    return Insertion(loaded.section.length, loaded)
