"""The list of sessions, with a preview of the chosen one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from player.app.keys import KeyScreen, keys_of
from player.errors import Error
from player.ui.bindings import bindings_of
from player.ui.screens.help import Help
from player.ui.texts import describe_session, plain
from player.ui.widgets.big_text import BigText
from player.ui.widgets.key_line import KeyLine
from player.ui.widgets.preview import PreviewPane

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from player.app.following import Unfinished
    from player.app.ports import Ports, Preview, SessionRow
    from player.app.request import Request

MOTTO = "Lie down. You will be told what to do."
_ACTIONS = {
    "export_this": "export",
    "all_keys": "help",
    "quit": "leave",
    "down": "move(1)",
    "up": "move(-1)",
}
"""Textual's actions whose names differ from those in the table of keys."""


class PanelRun(Protocol):
    """What the screens need to know of this run of the panel."""

    ports: Ports
    request: Request
    """The request, with the wishes that last until the end of the run."""
    keys: Mapping[str, tuple[str, ...]]
    """The listener's own keys, by what they do."""


class Browser(Screen[None]):
    """A list and a preview; a thread reads both from the disk, one session after the other.

    Args:
        panel: Provides the sessions, the unfinished one, and the wishes of this run.
    """

    CSS_PATH = "browser.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(KeyScreen.CHOOSING, lambda name: _ACTIONS.get(name, name)),
        Binding("escape", "forget", "All", key_display="esc", tooltip="Show all sessions"),
    ]

    class Seen(Message):
        """The preview of a session is ready."""

        def __init__(self, session: str, found: Preview | Error) -> None:
            super().__init__()
            self.session, self.found = session, found

    class Asked(Message):
        """The listener asks for something that the application does."""

        def __init__(self, what: str, row: SessionRow | None) -> None:
            super().__init__()
            self.what, self.row = what, row

    class Resumed(Message):
        """The listener resumes the unfinished session."""

        def __init__(self, unfinished: Unfinished) -> None:
            super().__init__()
            self.unfinished = unfinished

    def __init__(self, panel: PanelRun) -> None:
        super().__init__()
        self._panel, self._sessions = panel, panel.ports.sessions
        self._unfinished: Unfinished | None = None
        self._motto = Static(id="motto")
        self._rows: dict[str, SessionRow] = {}
        self._found: dict[str, Preview | Error] = {}
        self._chosen: str | None = None
        self._list, self._preview = OptionList(id="sessions"), PreviewPane(id="preview")
        self._find = Input(placeholder="part of a title or tag", id="find")

    def compose(self) -> ComposeResult:
        """The wordmark, the list and the preview."""
        with Horizontal(id="head"):
            yield BigText("Cuemat", id="wordmark", weight=0.22)
            yield self._motto
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield self._find
                yield self._list
            yield self._preview
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the titles now, and the previews afterwards."""
        self._find.display = False
        self.reload()

    def on_screen_resume(self) -> None:
        """Look again for an unfinished session, which may have ended meanwhile."""
        self._unfinished = found = self._panel.ports.unfinished(self._panel.request)
        self._motto.set_class(found is not None, "-offer")
        self._motto.update(plain(f"{found.words}; {self._key('resume_last')} resumes it" if found else MOTTO))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  Textual's
        """Hide actions that are not possible now."""
        possible = {"resume_last": self._unfinished is not None, "forget": self._find.display}
        return possible.get(action, True)

    def reload(self) -> None:
        """Read all scripts again."""
        self._rows = {row.id: row for row in self._sessions.rows()}
        self._found = {}
        self._fill(self._rows.values())
        self._list.focus()
        self.run_worker(self._look_into_all, thread=True, exclusive=True, name="previews")

    def _look_into_all(self) -> None:
        worker = get_current_worker()
        ready = [one.id for one in self._rows.values() if not one.mistakes]
        while ready and not worker.is_cancelled:
            chosen = self._chosen
            session = chosen if chosen in ready else ready[0]
            ready.remove(session)
            found: Preview | Error
            try:
                found = self._sessions.preview(replace(self._panel.request, session=session))
            except Error as error:
                found = error
            if not worker.is_cancelled:
                self.post_message(self.Seen(session, found))

    def on_browser_seen(self, message: Seen) -> None:
        """Show its length, and its preview if it is the chosen one."""
        if message.session not in self._rows:
            return
        self._found[message.session] = message.found
        if any(option.id == message.session for option in self._list.options):
            self._list.replace_option_prompt(message.session, self._prompt(self._rows[message.session]))
        if message.session == self._chosen:
            self._show_chosen()

    # --- the list ------------------------------------------------------------------------------------------

    def _fill(self, summaries: Iterable[SessionRow], *, ranked: bool = False) -> None:
        """Fill the list: the user's sessions first, or if ranked, the best match first."""
        shown = list(summaries)
        chosen = self._chosen
        groups = [("", shown)] if ranked else [
            ("Yours", [one for one in shown if one.own]),
            ("With Cuemat", [one for one in shown if not one.own]),
        ]  # fmt: skip
        self._list.clear_options()
        self._list.add_options([option for name, group in groups for option in self._options(name, group)])
        ids = [option.id for option in self._list.options]
        first = next((index for index, identity in enumerate(ids) if identity), None)
        self._list.highlighted = ids.index(chosen) if chosen and chosen in ids and not ranked else first
        if first is None:
            self._list.add_option(Option("No session matches", disabled=True))
            self._chosen = None
            self._show_chosen()

    def _options(self, name: str, group: Sequence[SessionRow]) -> Iterable[Option]:
        if group and name:
            yield Option(Content.styled(name, "bold $accent"), disabled=True)
        for row in group:
            yield Option(self._prompt(row), id=row.id)

    def _prompt(self, row: SessionRow) -> Content:
        return describe_session(row, self._found.get(row.id))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the preview of the highlighted session."""
        self._chosen = event.option.id
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self._rows.get(self._chosen or "")
        found = self._found.get(self._chosen or "")
        if isinstance(found, Error):
            self._preview.show(row, None, str(found))
        else:
            self._preview.show(row, found)

    def on_option_list_option_selected(self) -> None:
        """Play the session on Enter or a click."""
        self.action_play()

    # --- finding -------------------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Open the search line."""
        self._find.display = True
        self._find.focus()
        self.refresh_bindings()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        if not event.value.strip():
            self._fill(self._rows.values())
            return
        matcher = Matcher(event.value.strip())
        scores = {
            one.id: max(matcher.match(one.title), *(matcher.match(text) for text in (one.id, *one.tags)))
            for one in self._rows.values()
        }
        ranked = sorted((one for one in scores if scores[one]), key=lambda one: -scores[one])
        self._fill((self._rows[one] for one in ranked), ranked=True)

    def on_input_submitted(self) -> None:
        """Return to the list with the matches."""
        self._list.focus()

    def action_forget(self) -> None:
        """Close the search and show all sessions."""
        self._find.value = ""
        self._find.display = False
        self._list.focus()
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """Move from the search line to the list with the down key."""
        if self._find.has_focus and event.key == "down":
            event.stop()
            self._list.focus()

    # --- keys ----------------------------------------------------------------------------------------------

    def _playable(self) -> SessionRow | None:
        row = self._rows.get(self._chosen or "")
        if row is None:
            return None
        found = self._found.get(row.id)
        if row.mistakes or isinstance(found, Error):
            self.notify(
                f"This script has mistakes. Press {self._key('open')} to open it.", severity="warning"
            )
            return None
        return row

    def action_play(self) -> None:
        """Play the chosen session."""
        if row := self._playable():
            self.post_message(self.Asked("play", row))

    def action_resume_last(self) -> None:
        """Resume the unfinished session."""
        if self._unfinished:
            self.post_message(self.Resumed(self._unfinished))

    def action_export(self) -> None:
        """Export the chosen session as a sound file."""
        if row := self._playable():
            self.post_message(self.Asked("export", row))

    def action_open(self) -> None:
        """Open the script in the user's editor, and read everything again."""
        if row := self._rows.get(self._chosen or ""):
            self.post_message(self.Asked("open", row))

    def action_settings(self) -> None:
        """Open the settings."""
        self.post_message(self.Asked("settings", None))

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(Help(KeyScreen.CHOOSING, self._panel.keys))

    def _key(self, name: str) -> str:
        return next(one.shown for one in keys_of(KeyScreen.CHOOSING, self._panel.keys) if one.name == name)

    def action_move(self, by: int) -> None:
        """Move the highlight by some rows."""
        (self._list.action_cursor_down if by > 0 else self._list.action_cursor_up)()

    def action_leave(self) -> None:
        """Quit the panel."""
        self.app.exit()
