"""The listener's settings, saved when the screen closes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from player.app.request import SETTINGS, Group, Request, Setting, Wishes
from player.errors import Error
from player.ui.texts import lines, plain
from player.ui.widgets.big_text import BigText
from player.ui.widgets.choice import Choice
from player.ui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from player.app.ports import Ports

ORDER = (Group.VOICE, Group.SOUND, Group.MUSIC, Group.COACHING, Group.DOSE, Group.SCREEN)
"""The groups, from what you hear to what you see."""
USUAL = "the default device"


class SettingsScreen(Screen[None]):
    """One line for each setting, made from the table of what can be chosen.

    Args:
        usual: The file's current settings.
        request: The wishes of this run, which the file does not keep.
        ports: The rest of the program.
    """

    DEFAULT_CSS = """
    SettingsScreen { background: $background; }
    SettingsScreen BigText { margin: 1 4 0 4; color: $foreground; height: 3; }
    SettingsScreen VerticalScroll { padding: 1 3; height: 1fr; }
    SettingsScreen Choice { max-width: 70; margin: 0 0 1 0; }
    SettingsScreen Static { padding: 0 1; color: $soft; height: auto; }
    SettingsScreen.-tall BigText { height: 5; margin: 2 10 0 10; }
    SettingsScreen.-tall.-wide VerticalScroll { padding: 2 9; }
    SettingsScreen.-short BigText { display: none; }
    SettingsScreen.-short VerticalScroll { padding: 0 1; }
    SettingsScreen.-short Choice, SettingsScreen.-medium Choice { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,v", "sample", "Hear the voice", key_display="space"),
        Binding("escape,q,s", "leave", "Save and close", key_display="esc"),
    ]

    class Failed(Message):
        """Something asked for on a thread failed."""

        def __init__(self, error: Error) -> None:
            super().__init__()
            self.error = error

    class Kept(Message):
        """The listener chose wishes that last until the program ends."""

        def __init__(self, wishes: Wishes) -> None:
            super().__init__()
            self.wishes = wishes

    def __init__(self, usual: Wishes, request: Request, ports: Ports) -> None:
        super().__init__()
        self._before, self._request, self._ports = usual, request, ports
        self._choices = {
            setting.name: self._choice(setting)
            for group in ORDER
            for setting in SETTINGS.values()
            if setting.group is group and setting.label
        }

    def _choice(self, setting: Setting) -> Choice[object]:
        kept = self._before if setting.key else self._request.wishes
        value = getattr(kept, setting.name)
        if value is None and not any(one is None for one, _ in setting.offers):
            value = setting.usual
        options = list(setting.offers) or [(value, str(value) if value is not None else USUAL)]
        return Choice(setting.label, options, value, id=setting.name.replace("_", "-"))

    def compose(self) -> ComposeResult:
        """The groups, from what you hear to what you see."""
        yield BigText("Settings")
        with VerticalScroll(can_focus=False):
            yield from self._choices.values()
            yield Static(
                lines(
                    plain("Changes apply to the next session."),
                    plain(f"Saved in {self._ports.settings.path}"),
                )
            )
        yield KeyLine()

    def on_mount(self) -> None:
        """Look for voices and outputs, which takes a moment."""
        self._choices["voice"].focus()
        self.run_worker(self._ask_for_voices, thread=True)
        self.run_worker(self._ask_for_outputs, thread=True)

    def _ask_for_voices(self) -> None:
        try:
            voices = self._ports.voices.rows()
        except Error as error:
            self.post_message(self.Failed(error))
            return
        options: list[tuple[object, str]] = list(SETTINGS["voice"].offers)
        options += [(one.id, f"{one.id}  {one.name}" if one.name else one.id) for one in voices]
        self.call_later(self._offer, "voice", options)

    def _ask_for_outputs(self) -> None:
        options: list[tuple[object, str]] = [(None, USUAL)]
        self.call_later(self._offer, "output", [*options, *((one, one) for one in self._ports.outputs())])

    def _offer(self, name: str, options: list[tuple[object, str]]) -> None:
        self._choices[name].offer(options, self._choices[name].value)

    @property
    def usual(self) -> Wishes:
        """The settings to save; defaults that are not in the file stay out of it."""
        return self._shown(self._before, in_file=True)

    @property
    def wishes(self) -> Wishes:
        """The wishes that last until the program ends."""
        return self._shown(self._request.wishes, in_file=False)

    def _shown(self, before: Wishes, *, in_file: bool) -> Wishes:
        found: dict[str, object] = {}
        for name, choice in self._choices.items():
            setting = SETTINGS[name]
            if (setting.key is not None) is in_file:
                is_unsaid = getattr(before, name) is None and choice.value == setting.usual
                is_offered = any(value is None for value, _ in setting.offers)
                found[name] = None if is_unsaid and not is_offered else choice.value
        return replace(before, **found)  # type: ignore[arg-type]  # values of the table's own kinds

    def on_choice_changed(self) -> None:
        """Apply a new theme at once."""
        self.app.theme = str(self._choices["theme"].value)

    def action_sample(self) -> None:
        """Speak a sample with the chosen voice."""
        self.run_worker(self._speak, thread=True, exclusive=True, group="sample")

    def _speak(self) -> None:
        try:
            self._ports.voices.sample(self.usual)
        except Error as error:
            self.post_message(self.Failed(error))

    def on_settings_screen_failed(self, message: Failed) -> None:
        """Show the error."""
        self.notify(str(message.error), severity="error", markup=False)

    def action_leave(self) -> None:
        """Save what changed, and close."""
        after = self.usual
        if after != self._before:
            try:
                self._ports.settings.write(self._before, after)
            except Error as error:
                self.notify(str(error), severity="error", markup=False)
                self._before = after
                return
            self.notify(f"saved in {self._ports.settings.path}", markup=False)
        if self.wishes != self._request.wishes:
            self.post_message(self.Kept(self.wishes))
        self.dismiss(None)
