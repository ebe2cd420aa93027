"""What the screen says of a snapshot in words: names, sides, how far it is, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.ui import glyphs
from player.ui.texts import clipped
from player.words import clock

if TYPE_CHECKING:
    from player.app.ports import Playing
    from player.engine import Snapshot

LONGEST_NAME = 26
"""Characters of a talk's first sentence that can stand for its name; else the session's title does."""
BESIDE = 30
"""Cells of a line beside the phase."""
SIDES = {"left": f"{glyphs.TO_LEFT} Left", "right": f"Right {glyphs.TO_RIGHT}"}
"""In the big font: the arrow points there."""


def name_of(now: Snapshot, playing: Playing) -> str:
    """The exercise, or what the listener hears instead of one."""
    is_exercise = any(one.section == now.place.section for one in playing.exercises)
    return now.title if is_exercise or len(now.title) <= LONGEST_NAME else playing.title


def beside(now: Snapshot, title: str, coming: str) -> tuple[str, ...]:
    """How far the session is, where in it, what comes next, and what is unusual."""
    doing = now.activity
    about = "≈ " if now.estimated else ""
    number = f"exercise {doing.n} of {doing.of}" if doing.n and doing.of else title
    unusual = "muted" if now.muted else f"volume {now.volume:.0%}" if now.volume < 1 else ""
    preparing = f"preparing {now.prepared} of {now.sections}" if now.estimated else ""
    return (
        f"{about}{clock(now.remaining)} left",
        clipped(number, BESIDE),
        clipped(f"then {coming}" if coming else "then the end", BESIDE),
        " · ".join(part for part in (unusual, preparing) if part),
    )
