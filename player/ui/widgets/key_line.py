"""The line with the keys of a screen, in the order of the table of keys.

Textual's own footer adds a widget for each key each time one changes, and never lets go of them; it also puts
keys that the listener chose last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from player.app.keys import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.binding import Binding

GAP = 2
"""Columns between two keys."""


class KeyLine(Widget):
    """Shows each key with a word, as many as there is room for; a click presses the key."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}
    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; padding: 0 2; color: $soft; }
    KeyLine > .key-line--key { color: $foreground; text-style: bold; }
    """

    def on_mount(self) -> None:
        """Follow what can be pressed."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> Content:
        """The keys."""
        style = self.get_visual_style("key-line--key")
        parts: list[Content] = []
        end = 0
        for begin, sign, binding in self._placed():
            parts += [
                Content(" " * (begin - end)),
                Content.styled(sign, style),
                Content(f" {binding.description}"),
            ]
            end = begin + len(sign) + 1 + len(binding.description)
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        for begin, sign, binding in self._placed():
            if begin <= event.x - self.gutter.left < begin + len(sign) + 1 + len(binding.description):
                self.app.simulate_key(binding.key)

    def _placed(self) -> Iterator[tuple[int, str, Binding]]:
        """Each key that there is room for, with its first column and its sign."""
        column = 0
        for binding in self._pressable():
            sign = self.app.get_key_display(binding)
            width = len(sign) + 1 + len(binding.description)
            if column + width > self.content_size.width:
                return
            yield column, sign, binding
            column += width + GAP

    def _pressable(self) -> list[Binding]:
        """One binding for each action that is possible now."""
        found: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                found.setdefault(active.binding.action, active.binding)
        order = {name: place for place, name in enumerate(NAMES)}
        return sorted(found.values(), key=lambda one: order.get(one.id or "", -1))
