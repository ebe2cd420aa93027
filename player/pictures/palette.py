"""The one place with a phase's colour: screens, covers, drawings and pages take it from here.

The colours differ for every kind of colour blindness: warm is work, blue is rest, cream is getting ready,
grey is standing still. Nothing depends on colour alone; a word or a shape always says the same.
"""

from __future__ import annotations

from typing import NamedTuple

from player.timeline import PhaseKind

INK = "#0b0e13"
"""Colour of letters on a phase's colour."""


class Shades(NamedTuple):
    """A phase's colours, as #rrggbb."""

    fill: str
    """For bars and banners, on any screen."""
    dark_ground: str
    """Background of a dark screen, behind digits in `fill`."""
    light_ink: str
    """Digits on a light screen."""
    light_ground: str
    """Background of a light screen."""


TALK = Shades("#d8d4ca", "#16171a", "#55524b", "#f6f4ef")
READY = Shades("#f4ecc0", "#1a1a17", "#75620a", "#faf6e3")
MOVE = Shades("#f0b45f", "#1b1711", "#8f5a00", "#fbf3e6")
HOLD = Shades("#e8743b", "#1c1512", "#b0440f", "#fbefe8")
REST = Shades("#62b8f0", "#111a22", "#14629c", "#eaf3fa")
STILL = Shades("#8f99a6", "#15181e", "#566170", "#eef0f3")
"""Colours for paused, no sound and ended."""

PHASES = {
    PhaseKind.TALK: TALK,
    PhaseKind.GET_READY: READY,
    PhaseKind.MOVE: MOVE,
    PhaseKind.HOLD: HOLD,
    PhaseKind.REST: REST,
    PhaseKind.SWITCH: READY,
    PhaseKind.DONE: STILL,
}


def fill_of(kind: PhaseKind) -> str:
    """The colour of a phase, as #rrggbb."""
    return PHASES[kind].fill
