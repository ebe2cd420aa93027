"""Asks what to write and where, then shows the progress. Playing continues meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from player.app.ports import ExportOrder
from player.app.request import SETTINGS, Wishes
from player.errors import Error
from player.ui.screens.card import Card
from player.ui.texts import safe
from player.ui.widgets.bar import Bar
from player.ui.widgets.choice import LABEL, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from player.app.ports import Ports
    from player.ui.job import Job


class Exporting(Card[None]):
    """A form before the export, a bar during it; closing the card does not stop the work."""

    DEFAULT_CSS = """
    Exporting Input { border: none; height: 1; padding: 0 1; background: transparent; width: 1fr; }
    Exporting Input:focus { background: $panel; border: none; }
    Exporting #folder-line { layout: horizontal; height: 1; }
    Exporting #folder-line Label { width: 17; padding: 0 0 0 1; color: $soft; }
    Exporting #asked { margin: 1 0 0 1; color: $soft; }
    Exporting #work { height: auto; }
    Exporting #work Bar { color: $secondary; margin: 1 0; }
    Exporting .hidden { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Export", priority=True),
        Binding("c", "cancel", "Cancel"),
        Binding("q", "close", "Close", show=False),
    ]

    def __init__(self, ports: Ports, job: Job, begin: Callable[[Job], None]) -> None:
        super().__init__()
        self._ports, self._job, self._begin = ports, job, begin
        wanted = replace(job.request, usual=_usual(ports))
        formats = ports.exports.formats()
        self._format = Choice("Format", [(one, one.upper()) for one in formats], formats[0], id="format")
        voice, music = wanted.chosen("voice"), wanted.chosen("music")
        self._voice = Choice("Voice", SETTINGS["voice"].offers, voice, id="voice")
        self._music = Choice("Music", SETTINGS["music"].offers, music, id="music")
        self._folder = Input(ports.exports.folder(), id="folder", select_on_focus=False)
        self._doing, self._bar = Label(markup=False), Bar()

    def compose(self) -> ComposeResult:
        """The form and the bar; only one is visible."""
        with self.titled(Vertical(), safe(f"Export {self._job.title}"), "enter export · esc close"):
            with Vertical(id="form"):
                yield self._format
                yield self._voice
                yield self._music
                with Vertical(id="folder-line"):
                    yield Label("Folder".ljust(LABEL))
                    yield self._folder
                yield Label("enter: write the file", id="asked")
            with Vertical(id="work"):
                yield self._doing
                yield self._bar
                yield Label("c cancel · esc hide; the export continues, and says when it is done")

    def on_mount(self) -> None:
        """Check the progress ten times a second."""
        self.query_one("#form").styles.height = "auto"
        self._face()
        self.set_interval(0.1, self.look)
        self.run_worker(self._ask_for_voices, thread=True)

    def _ask_for_voices(self) -> None:
        try:
            voices = self._ports.voices.rows()
        except Error:
            return  # the export itself says so
        options = [*SETTINGS["voice"].offers, *((voice.id, voice.id) for voice in voices)]
        self.call_later(self._offer, options)

    def _offer(self, voices: list[tuple[object, str]]) -> None:
        self._voice.offer(voices, self._voice.value)

    def _face(self) -> None:
        self.query_one("#form").set_class(self._job.runs, "hidden")
        self.query_one("#work").set_class(not self._job.runs, "hidden")
        if not self._job.runs:
            self._format.focus()
        self.look()

    def look(self) -> None:
        """Show the progress."""
        if self._job.runs:
            self._doing.update(f"{self._job.doing or 'starting'} … {self._job.done:.0%}")
            self._bar.show(self._job.done)

    def action_begin(self) -> None:
        """Start writing the file."""
        if self._job.order is None:
            asked = self._job.request
            wishes = replace(asked.wishes, voice=self._voice.value, music=self._music.value)
            request = replace(asked, wishes=wishes)
            self._job.order = ExportOrder(request, self._format.value, self._folder.value)
            self._begin(self._job)
            self._face()

    def action_cancel(self) -> None:
        """Cancel the export."""
        if self._job.runs:
            self._job.cancel()


def _usual(ports: Ports) -> Wishes:
    try:
        return ports.settings.read().wishes
    except Error:
        return Wishes()
