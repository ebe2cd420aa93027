"""The panel as an application: the order of screens, themes, and background work."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from player.errors import Error
from player.ui.bindings import keymap
from player.ui.forgetting import forget_closed_screens
from player.ui.job import ExportEnded, Job
from player.ui.lending import Lender
from player.ui.looks import THEMES, dress
from player.ui.screens.browser import Browser
from player.ui.screens.exporting import Exporting
from player.ui.screens.quitting import Quitting
from player.ui.texts import safe, stopped_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import Literal

    from textual.screen import Screen

    from player.app.ports import Ports
    from player.app.request import Request
    from player.ui.screens.now_playing import NowPlaying
    from player.ui.screens.settings import SettingsScreen


class Panel(App[BaseException | str | None]):
    """The control panel. Its result is the reason why it could not play, or a parting message.

    Args:
        ports: The rest of the program.
        request: The session to play before leaving; without a session, the listener chooses. Its wishes apply
            to every session of this run.
        obey_signals: Makes the panel obey the system, which may want it to end, or to stop for a while.
    """

    TITLE = "Cuemat"
    ENABLE_COMMAND_PALETTE = True
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "leave", "Quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True),
    ]

    def __init__(
        self,
        ports: Ports,
        request: Request,
        obey_signals: Callable[[Panel], None] = lambda _panel: None,
    ) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-normal"), (110, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (34, "-tall")]
        self._obey_signals = obey_signals
        self.ports = ports
        self.keys: Mapping[str, tuple[str, ...]] = {}
        """The listener's own keys, by what they do."""
        self._playing: Request | None = None
        self.job: Job | None = None
        """The latest export; it continues when its card is closed."""
        self.request = request
        """The request of this run, with the wishes that last until its end."""
        self.lender = Lender(self)
        dress(self)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Every variable that a style sheet uses, in any theme."""
        return THEMES["dark"].variables

    def on_mount(self) -> None:
        """Open the first screen."""
        self._obey_signals(self)
        self.screen_change_signal.subscribe(self, lambda _screen: forget_closed_screens())
        self._obey_settings()
        if self.request.session:
            self.play(self.request)
        else:
            self.push_screen(Browser(self))

    def drop(self, word: str | None = None) -> None:
        """Quit at once and stop all work; a listener who quits with `q` lets an export finish."""
        if self.job is not None:
            self.job.cancel()
        self.exit(word)

    def action_suspend_process(self) -> None:
        """Stop the whole program until it is continued."""
        self.lender.stop()

    @property
    def fault(self) -> Exception | None:
        """An unexpected exception, if there was one."""
        return self._exception

    def _obey_settings(self) -> None:
        """Apply the listener's theme and keys."""
        try:
            settings = self.ports.settings.read()
        except Error as error:
            self.tell(error)
            return
        self.theme = replace(self.request, usual=settings.wishes).chosen("theme")
        self.keys = settings.keys
        self.set_keymap(keymap(settings.keys))

    def on_browser_asked(self, message: Browser.Asked) -> None:
        """Do what the browser cannot do itself."""
        row = message.row
        if row is None:
            self.settings()
        elif message.what == "play":
            self.play(replace(self.request, session=row.id))
        elif message.what == "export":
            self.export(replace(self.request, session=row.id), row.title)
        else:
            self.edit(row.path)

    def on_browser_resumed(self, message: Browser.Resumed) -> None:
        """Resume the unfinished session."""
        self.play(message.unfinished.request)

    def tell(self, what: BaseException | str) -> None:
        """Show a message at the edge of the screen."""
        failed = isinstance(what, BaseException)
        severity: Literal["error", "information"] = "error" if failed else "information"
        self.notify(safe(str(what)), severity=severity, timeout=10 if failed else 5, markup=False)

    def play(self, request: Request) -> None:
        """Open the screen that plays."""
        from player.ui.screens.now_playing import NowPlaying

        self._playing = request
        self.push_screen(NowPlaying(partial(self.ports.play, request), self.keys))

    def on_now_playing_refused(self, message: NowPlaying.Refused) -> None:
        """Say why it cannot be played."""
        self._over(message.error)

    def on_now_playing_left(self, message: NowPlaying.Left) -> None:
        """Say where the listener stopped."""
        self._over(message.error or stopped_at(message.elapsed, leaves=bool(self.request.session)))

    def on_now_playing_ended(self, message: NowPlaying.Ended) -> None:
        """Show what was done."""
        from player.ui.screens.closing import Closing

        self._leave_cards()
        self.switch_screen(Closing(message.playing, message.done))

    def on_closing_closed(self) -> None:
        """Close the summary."""
        self._over(None)

    def on_now_playing_export_asked(self, message: NowPlaying.ExportAsked) -> None:
        """Export the session that plays."""
        self.export(self._playing or self.request, message.playing.title)

    def _leave_cards(self) -> None:
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()

    def _over(self, result: BaseException | str | None) -> None:
        """Return to the list, or leave if there was none."""
        self._leave_cards()
        if self.request.session:
            self.exit(result)
            return
        self.pop_screen()
        if result is not None:
            self.tell(result)

    def export(self, request: Request, title: str) -> None:
        """Ask what to write, or show the progress of the current export."""
        if self.job is None or self.job.over:
            self.job = Job(self.ports.exports, request, title)
        self.push_screen(Exporting(self.ports, self.job, self._begin_export))

    def _begin_export(self, job: Job) -> None:
        self.run_worker(partial(job.run, self._export_ended), thread=True, name="export")

    def _export_ended(self, job: Job) -> None:
        """Report the end, from the export's own thread."""
        self.post_message(ExportEnded(job))

    def on_export_ended(self, message: ExportEnded) -> None:
        """Say where the file is, or why there is none."""
        message.job.told = True
        if isinstance(self.screen, Exporting):
            self.screen.dismiss(None)
        self.tell(message.job.outcome)

    def settings(self) -> None:
        """Open the settings, if they can be read."""
        from player.ui.screens.settings import SettingsScreen

        try:
            self.push_screen(SettingsScreen(self.ports.settings.read().wishes, self.request, self.ports))
        except Error as error:
            self.tell(error)

    def edit(self, path: Path) -> None:
        """Lend the terminal to the user's editor."""
        if failed := self.lender.lend(partial(self.ports.edit, path)):
            self.tell(failed)
        if isinstance(self.screen, Browser):
            self.screen.reload()

    def on_settings_screen_kept(self, message: SettingsScreen.Kept) -> None:
        """Keep choices such as the day until the program ends."""
        self.request = replace(self.request, wishes=message.wishes)
        if isinstance(self.screen, Browser):
            self.screen.reload()

    def action_command_palette(self) -> None:
        """Open the palette: everything the screen's keys do, by name."""
        from player.ui.screens.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """List what the palette offers."""
        from player.ui.screens.palette import commands_of

        return commands_of(self, screen)

    def action_leave(self) -> None:
        """Quit; while a session plays, ask first. Asking a second time is the answer."""
        if isinstance(self.screen, Quitting):
            self.drop(stopped_at(self.screen.elapsed, leaves=True))
        elif isinstance(self.screen, ModalScreen):
            self.screen.dismiss(None)
        elif hasattr(self.screen, "action_leave"):
            self.screen.action_leave()
        else:
            self.exit()
