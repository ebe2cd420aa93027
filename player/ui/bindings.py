"""Textual's bindings, made from the one table of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from player.app.keys import KeyScreen, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import BindingType


def bindings_of(screen: KeyScreen, action: Callable[[str], str]) -> list[BindingType]:
    """The bindings of a screen, in the order of the table.

    Args:
        screen: The screen.
        action: Returns Textual's action for a name in the table.
    """
    return [
        Binding(
            ",".join(one.keys),
            action(one.name),
            one.short,
            show=one.footer,
            key_display=one.shown,
            tooltip=f"{one.long[0].upper()}{one.long[1:]}",
            id=one.name,
        )
        for one in keys_of(screen)
    ]


def keymap(changed: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The listener's changes as a Textual keymap."""
    return {name: ",".join(keys) for name, keys in changed.items()}
