"""How each phase looks: a word, a shape and a colour, each of which is enough by itself.

The palette's colours become theme variables, so the light theme has its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.theme import Theme

from player.pictures import palette
from player.timeline import PhaseKind
from player.ui import glyphs

if TYPE_CHECKING:
    from textual.app import App


class Look(NamedTuple):
    """The look of a phase or a state."""

    name: str
    """The name of its CSS class and its colours."""
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
_SHADES = {
    "talk": palette.TALK,
    "ready": palette.READY,
    "move": palette.MOVE,
    "hold": palette.HOLD,
    "rest": palette.REST,
    "still": palette.STILL,
}
NAMES = tuple(_SHADES)


def _variables(*, dark: bool) -> dict[str, str]:
    """For each look, the colours of the banner, of digits and bars, and of the background."""
    named: dict[str, str] = {"banner-ink": palette.INK, "footer-background": "transparent"}
    for name, shades in _SHADES.items():
        named[f"{name}-banner"] = shades.fill
        named[f"{name}-ink"] = shades.fill if dark else shades.light_ink
        named[f"{name}-ground"] = shades.dark_ground if dark else shades.light_ground
    return named


DARK = Theme(
    "dark",
    primary=palette.HOLD.fill,
    secondary=palette.REST.fill,
    accent=palette.READY.fill,
    warning=palette.MOVE.fill,
    error="#f0908a",
    foreground="#f4f4f0",
    background="#0f1216",
    surface="#161a20",
    panel="#1e242c",
    dark=True,
    variables={
        **_variables(dark=True),
        "soft": "#9aa4b1",
        "line": "#333b46",
        "block-cursor-text-style": "none",
    },
)
LIGHT = Theme(
    "light",
    primary=palette.HOLD.light_ink,
    secondary=palette.REST.light_ink,
    accent=palette.READY.light_ink,
    warning=palette.MOVE.light_ink,
    error="#9c2a22",
    foreground="#1b1e23",
    background="#f7f6f2",
    surface="#efede7",
    panel="#e5e2da",
    dark=False,
    variables={
        **_variables(dark=False),
        "soft": "#5b6470",
        "line": "#c9c5bb",
        "block-cursor-text-style": "none",
    },
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def dress(app: App[Any]) -> None:
    """Give an application these themes and no others."""
    for name in app.available_themes:
        app.unregister_theme(name)
    for theme in THEMES.values():
        app.register_theme(theme)
    app.theme = DARK.name
