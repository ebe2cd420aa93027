"""The listener's own settings; kept when the screen is left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from player.errors import Error
from player.session import Coaching
from player.ui.looks import THEMES
from player.ui.texts import lines, plain
from player.ui.widgets.big_text import BigText
from player.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from player.app.ports import Ports, Preferences

SCRIPTS = "as the script says"


def _steps(low: int, high: int, step: int, value: int, unit: str) -> list[tuple[int, str]]:
    values = sorted({*range(low, high + 1, step), value})
    return [(one, f"{one}{unit}") for one in values]


class SettingsScreen(Screen[None]):
    """One line a setting.

    Args:
        preferences: What the file says now.
        ports: The rest of the program.
    """

    DEFAULT_CSS = """
    SettingsScreen { background: $background; }
    SettingsScreen BigText { margin: 1 4 0 4; color: $foreground; height: 3; }
    SettingsScreen VerticalScroll { padding: 1 3; height: 1fr; }
    SettingsScreen Choice { max-width: 70; margin: 0 0 1 0; }
    SettingsScreen Static { padding: 0 1; color: $soft; height: auto; }
    SettingsScreen Footer { padding: 0 2; }
    SettingsScreen.-tall BigText { height: 5; margin: 2 10 0 10; }
    SettingsScreen.-tall.-wide VerticalScroll { padding: 2 9; }
    SettingsScreen.-short BigText { display: none; }
    SettingsScreen.-short VerticalScroll { padding: 0 1; }
    SettingsScreen.-short Choice, SettingsScreen.-medium Choice { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,v", "sample", "Hear the voice", key_display="space"),
        Binding("escape,q,s", "leave", "Keep and close", key_display="esc"),
    ]

    class Failed(Message):
        """Something that was asked for on a thread cannot be done."""

        def __init__(self, error: Error) -> None:
            super().__init__()
            self.error = error

    def __init__(self, preferences: Preferences, ports: Ports) -> None:
        super().__init__()
        self._before, self._ports = preferences, ports
        now = preferences
        ready = sorted({0, 2, 5, 10, 15, 20, 30, now.extra_get_ready})
        self._voice = Choice("Voice", [(now.voice, now.voice)], now.voice, id="voice")
        self._rate = Choice("Words a minute", _steps(100, 260, 5, now.rate, ""), now.rate, id="rate")
        self._volume = Choice("Volume", _steps(0, 100, 5, now.volume, " %"), now.volume, id="volume")
        self._music = Choice("Music", [(True, SCRIPTS), (False, "none")], now.music, id="music")
        self._ticks = Choice(
            "Ticks", [(None, SCRIPTS), (True, "on the last seconds of longer holds"), (False, "none")],
            now.ticks, id="ticks",
        )  # fmt: skip
        coaching = [
            (None, SCRIPTS),
            (Coaching.FULL, "full"),
            (Coaching.BRIEF, "brief: what you know is left out"),
        ]
        self._coaching = Choice("Coaching", coaching, now.coaching, id="coaching")
        self._ready = Choice(
            "Getting ready", [(float(one), f"{one:g} s longer" if one else SCRIPTS) for one in ready],
            float(now.extra_get_ready), id="ready",
        )  # fmt: skip
        self._theme = Choice("Theme", [(name, name) for name in THEMES], now.theme, id="theme")

    def compose(self) -> ComposeResult:
        """From what is heard to what is seen."""
        yield BigText("Settings")
        with VerticalScroll(can_focus=False):
            yield from (self._voice, self._rate, self._volume, self._music)
            yield from (self._ticks, self._coaching, self._ready, self._theme)
            yield Static(
                lines(
                    plain("A session that has begun stays as it is."),
                    plain(f"Kept in {self._ports.settings.path}"),
                )
            )
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The list of voices takes a moment."""
        self._voice.focus()
        self.run_worker(self._ask_for_voices, thread=True)

    def _ask_for_voices(self) -> None:
        try:
            voices = self._ports.voices.known()
        except Error as error:
            self.post_message(self.Failed(error))
            return
        self.call_later(
            self._offer, [(one.id, f"{one.id}  {one.name}" if one.name else one.id) for one in voices]
        )

    def _offer(self, voices: list[tuple[str, str]]) -> None:
        self._voice.offer(voices, self._voice.value)

    @property
    def preferences(self) -> Preferences:
        """As they stand on the screen."""
        return replace(
            self._before,
            voice=self._voice.value,
            rate=self._rate.value,
            volume=self._volume.value,
            music=self._music.value,
            ticks=self._ticks.value,
            coaching=self._coaching.value,
            extra_get_ready=self._ready.value,
            theme=self._theme.value,
        )

    def on_choice_changed(self) -> None:
        """A theme is tried on at once."""
        self.app.theme = self._theme.value

    def action_sample(self) -> None:
        """Let the voice say something."""
        self.run_worker(self._speak, thread=True, exclusive=True, group="sample")

    def _speak(self) -> None:
        now = self.preferences
        try:
            self._ports.voices.sample(now.voice, now.rate, now.volume)
        except Error as error:
            self.post_message(self.Failed(error))

    def on_settings_screen_failed(self, message: Failed) -> None:
        """Say so."""
        self.notify(str(message.error), severity="error", markup=False)

    def action_leave(self) -> None:
        """Keep what has changed."""
        after = self.preferences
        if after != self._before:
            try:
                self._ports.settings.write(self._before, after)
            except Error as error:
                self.notify(str(error), severity="error", markup=False)
                self._before = after
                return
            self.notify(f"kept in {self._ports.settings.path}", markup=False)
        self.dismiss(None)
