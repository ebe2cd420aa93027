"""How each phase looks: a word, a shape and a colour, any one of which is enough.

The colours were chosen to be told apart with every kind of colour blindness: warm is work, blue is rest,
cream is getting ready, grey stands still. They are theme variables, so that a light theme has its own.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.theme import Theme

from player.timeline import PhaseKind
from player.ui import glyphs


class Look(NamedTuple):
    """Of a phase or a state."""

    name: str
    """Of its CSS class and its colours."""
    word: str
    shape: str
    """A character of the big font."""


PHASES = {
    PhaseKind.TALK: Look("talk", "Listen", glyphs.DOTS),
    PhaseKind.GET_READY: Look("ready", "Get ready", glyphs.DIAMOND),
    PhaseKind.MOVE: Look("move", "Move", glyphs.CHEVRON),
    PhaseKind.HOLD: Look("hold", "Hold", glyphs.SQUARE),
    PhaseKind.REST: Look("rest", "Rest", glyphs.RING),
    PhaseKind.SWITCH: Look("ready", "Switch sides", glyphs.TURN),
    PhaseKind.DONE: Look("talk", "Done", glyphs.CHECK),
}
NAMES = ("talk", "ready", "move", "hold", "rest", "still")


_INK = "#0b0e13"
_DARK = {
    "talk": ("#d8d4ca", "#16171a"),
    "ready": ("#f4ecc0", "#1a1a17"),
    "move": ("#f0b45f", "#1b1711"),
    "hold": ("#e8743b", "#1c1512"),
    "rest": ("#62b8f0", "#111a22"),
    "still": ("#8f99a6", "#15181e"),
}
_LIGHT = {
    "talk": ("#55524b", "#f6f4ef"),
    "ready": ("#75620a", "#faf6e3"),
    "move": ("#8f5a00", "#fbf3e6"),
    "hold": ("#b0440f", "#fbefe8"),
    "rest": ("#14629c", "#eaf3fa"),
    "still": ("#566170", "#eef0f3"),
}


def _variables(ink: dict[str, tuple[str, str]]) -> dict[str, str]:
    """For each name the banner's colour, that of figures and bars, and the ground."""
    named: dict[str, str] = {"banner-ink": _INK, "footer-background": "transparent"}
    for name, (colour, ground) in ink.items():
        named |= {f"{name}-banner": _DARK[name][0], f"{name}-ink": colour, f"{name}-ground": ground}
    return named


DARK = Theme(
    "dark",
    primary="#e8743b",
    secondary="#62b8f0",
    accent="#f4ecc0",
    warning="#f0b45f",
    error="#f0908a",
    foreground="#f4f4f0",
    background="#0f1216",
    surface="#161a20",
    panel="#1e242c",
    dark=True,
    variables={**_variables(_DARK), "soft": "#9aa4b1", "line": "#333b46", "block-cursor-text-style": "none"},
)
LIGHT = Theme(
    "light",
    primary="#b0440f",
    secondary="#14629c",
    accent="#75620a",
    warning="#8f5a00",
    error="#9c2a22",
    foreground="#1b1e23",
    background="#f7f6f2",
    surface="#efede7",
    panel="#e5e2da",
    dark=False,
    variables={**_variables(_LIGHT), "soft": "#5b6470", "line": "#c9c5bb", "block-cursor-text-style": "none"},
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}
