"""A summary of what was done, after the end of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from player.ui import glyphs
from player.ui.looks import Look
from player.ui.texts import lines, plain
from player.ui.widgets.banner import Banner
from player.ui.widgets.key_line import KeyLine
from player.ui.widgets.strip import SessionStrip
from player.words import clock

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from player.app.ports import Playing
    from player.diary.done import Done

DONE = Look("talk", "Well done", glyphs.CHECK)


class Closing(Screen[None]):
    """Lists the exercises, each done or left out."""

    DEFAULT_CSS = """
    Closing Banner { background: $talk-banner; }
    Closing { background: $talk-ground; }
    Closing VerticalScroll { padding: 1 3; height: 1fr; }
    Closing SessionStrip { height: 2; margin: 1 0; }
    Closing.-tall SessionStrip { height: 5; margin: 2 0; }
    Closing.-tall.-wide VerticalScroll { padding: 1 10; }
    Closing.-narrow VerticalScroll { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,escape,space", "leave", "Close", key_display="enter")
    ]

    class Closed(Message):
        """The listener closed the summary."""

    def __init__(self, playing: Playing, done: Done) -> None:
        super().__init__()
        self._playing, self._done = playing, done
        self._banner, self._strip = Banner(), SessionStrip()

    def compose(self) -> ComposeResult:
        """The banner and the list."""
        yield self._banner
        with VerticalScroll():
            yield self._strip
            yield Static(lines(*self._lines()))
        yield KeyLine()

    def on_mount(self) -> None:
        """Show everything once; nothing changes after the end."""
        self._strip.stretches = self._playing.strip()
        self._banner.show(DONE, (f"{clock(self._done.seconds)} done", self._playing.title))

    def _lines(self) -> list[Content]:
        parts = []
        for exercise in self._playing.exercises:
            was_done = exercise.section in self._done.sections
            mark = ("✓  ", "bold $rest-ink") if was_done else ("–  ", "$soft")
            title = plain(exercise.title, "bold" if was_done else "$soft")
            parts.append(
                Content.assemble(mark, title, "  ", plain(exercise.dose if was_done else "left out", "$soft"))
            )
        return [*parts, Content(), plain(f"{clock(self._done.seconds)} of listening and moving.", "$soft")]

    def action_leave(self) -> None:
        """Close the summary."""
        self.post_message(self.Closed())
