"""What is said before a session resumes within a section, and how long to wait for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from player.engine.insertion import Insertion
from player.transport import phase_at, waits_at

if TYPE_CHECKING:
    from concurrent.futures import Future

    from player.engine.insertion import Playable
    from player.engine.stock import Stock
    from player.transport import LivePosition

REMARK_WAIT = 1.5
"""Seconds to wait for a lead-in; then the session resumes without it."""


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A lead-in, requested now or as soon as the section is laid out."""

    remark: Future[Playable] | None = None
    """None: the section is not laid out yet."""
    by: float = 0.0
    """Clock time at which the session resumes without it."""

    def is_over(self, now: float) -> bool:
        """Whether it is spoken, has failed, or is too late."""
        return self.remark is None or self.remark.done() or now >= self.by

    def has_failed(self) -> bool:
        """Whether the voice failed to say it."""
        return self.remark is not None and self.remark.done() and insertion_from(self.remark) is None

    def wait_again(self, now: float) -> LeadIn:
        """The same, with the wait starting now."""
        return replace(self, by=now + REMARK_WAIT)


def ask_for_lead_in(stock: Stock, place: LivePosition, now: float) -> LeadIn | None:
    """Request the lead-in for a place; None after the end of the session."""
    if place.section >= len(stock.outlines):
        return None
    phase = phase_at(place, stock.sections)
    if phase is None:
        return LeadIn()
    if waits_at(place, stock.sections):
        outline = stock.reminder(place.section)
    else:
        outline = stock.lead_in(place.section, phase.kind)
    return LeadIn(stock.remark(outline), now + REMARK_WAIT)


def insertion_from(remark: Future[Playable] | None) -> Insertion | None:
    """The finished insertion, or None: a session never stops because a remark is missing."""
    if remark is None or not remark.done() or remark.cancelled() or remark.exception() is not None:
        return None
    loaded = remark.result()
    return Insertion(loaded.section.length, loaded)
