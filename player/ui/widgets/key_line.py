"""The line with the keys of a screen, in the order of the table of keys.

Textual's own footer adds a widget for each key each time one changes, and never lets go of them; it also puts
keys that the listener chose last, and cuts off the way out where there is little room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget

from player.app.keys import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.binding import Binding

GAP = 2
"""Columns between two keys."""
ALWAYS = {"help", "all_keys", "end", "quit"}
"""What is shown even where there is little room, besides the keys of a screen that are not in the table."""


class Shown(NamedTuple):
    """A key on the line."""

    sign: Content
    word: Content
    binding: Binding

    @property
    def width(self) -> int:
        """Its columns."""
        return self.sign.cell_length + 1 + self.word.cell_length


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
        keys = (Content.assemble(one.sign.stylize(style), " ", one.word) for one in self._shown())
        return Content(" " * GAP).join(keys)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        column = event.x - self.gutter.left
        for one in self._shown():
            if 0 <= column < one.width:
                self.app.simulate_key(one.binding.key)
            column -= one.width + GAP

    def _shown(self) -> list[Shown]:
        """The keys that there is room for: the way out first, then in their order."""
        every = [
            Shown(Content(self.app.get_key_display(one)), Content(one.description), one)
            for one in self._pressable()
        ]
        room, chosen = self.content_size.width + GAP, set[int]()
        for index in sorted(range(len(every)), key=lambda index: not _always(every[index].binding)):
            if every[index].width + GAP > room:
                break
            room -= every[index].width + GAP
            chosen.add(index)
        return [every[index] for index in sorted(chosen)]

    def _pressable(self) -> Iterator[Binding]:
        """One binding for each action that is possible now, in the order of the table."""
        found: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                found.setdefault(active.binding.action, active.binding)
        order = {name: place for place, name in enumerate(NAMES)}
        yield from sorted(found.values(), key=lambda one: order.get(one.id or "", -1))


def _always(binding: Binding) -> bool:
    return binding.id in ALWAYS or (binding.id is None and binding.key == "escape")
