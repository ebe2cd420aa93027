"""A snapshot in words: names, sides, progress, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.ui import glyphs
from player.ui.texts import clipped
from player.words import clock

if TYPE_CHECKING:
    from player.app.ports import Playing
    from player.engine import Snapshot

LONGEST_NAME = 26
"""Characters of a talk's first sentence that fit as its name; a longer one gives way to the session's
title."""
BESIDE = 30
"""Width of a line beside the phase, in cells."""
SIDES = {"left": f"{glyphs.TO_LEFT} Left", "right": f"Right {glyphs.TO_RIGHT}"}
"""The sides in the big font, with an arrow to each."""


def name_of(now: Snapshot, playing: Playing) -> str:
    """The name of the exercise, or of what plays instead."""
    is_exercise = any(one.section == now.place.section for one in playing.exercises)
    return now.title if is_exercise or len(now.title) <= LONGEST_NAME else playing.title


def beside(now: Snapshot, title: str, coming: str) -> tuple[str, ...]:
    """The time left, the exercise, what comes next, and anything unusual."""
    doing = now.activity
    about = "≈ " if now.estimated else ""
    number = f"exercise {doing.n} of {doing.of}" if doing.n and doing.of else title
    unusual = "muted" if now.muted else f"volume {now.volume:.0%}" if now.volume < 1 else ""
    preparing = f"preparing {now.prepared} of {now.sections}" if now.estimated else ""
    return (
        f"{about}{clock(now.remaining)} left",
        clipped(number, BESIDE),
        clipped(f"then {coming}" if coming else "then it ends", BESIDE),
        " · ".join(part for part in (unusual, preparing) if part),
    )
