"""What changes while a session waits: once its section is laid out, its place and its lead-in are certain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from player.engine.lead_in import ask_for_lead_in
from player.engine.status import Ended
from player.timeline import Frames
from player.transport import LivePosition

if TYPE_CHECKING:
    from player.engine.status import Status, Waiting
    from player.engine.stock import Stock


def settled(status: Waiting, stock: Stock, now: float) -> Status:
    """The status with its place corrected and its lead-in requested, once its section is laid out.

    Args:
        status: The status so far; returned itself if nothing has changed.
        stock: Knows the sections, and prepares the lead-in.
        now: Clock time.
    """
    section, last = status.place.section, len(stock.outlines) - 1
    if section > last:
        return Ended(status.place)
    if section not in stock.sections:
        return status
    asks = status.lead_in is not None and status.lead_in.remark is None
    if status.place.frame >= stock.sections[section].length:
        # An estimated place, or one from before an edit, may not exist.
        there = section if asks or section == last else section + 1
        status = replace(status, place=LivePosition(there, Frames(0)))
    return replace(status, lead_in=ask_for_lead_in(stock, status.place, now)) if asks else status
