"""Choosing a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from player.errors import Error
from player.ui.screens.help import BROWSING, Help
from player.ui.texts import lines, minutes, plain
from player.ui.widgets.big_text import BigText
from player.ui.widgets.preview import PreviewPane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from player.app.ports import Preview, Sessions, Stopped, Summary

MOTTO = "Lie down. You will be told what to do."


class Browser(Screen[None]):
    """A list and a preview; both read the disk on a thread, one session after the other.

    Args:
        sessions: What can be chosen.
        stopped: What was broken off.
    """

    CSS_PATH = "browser.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "play", "Play", priority=False),
        Binding("c", "go_on", "Go on"),
        Binding("slash", "find", "Find", key_display="/"),
        Binding("e", "export", "Export"),
        Binding("o", "open", "Open"),
        Binding("s", "settings", "Settings"),
        Binding("question_mark", "help", "Keys", key_display="?"),
        Binding("q", "leave", "Quit"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
        Binding("escape", "forget", "All", show=False),
    ]

    class Seen(Message):
        """A session was looked into."""

        def __init__(self, session: str, found: Preview | Error) -> None:
            super().__init__()
            self.session, self.found = session, found

    class Asked(Message):
        """Something to be done with a session that the application does."""

        def __init__(self, what: str, summary: Summary | None) -> None:
            super().__init__()
            self.what, self.summary = what, summary

    class WentOn(Message):
        """A session that was broken off is to go on."""

        def __init__(self, stopped: Stopped) -> None:
            super().__init__()
            self.stopped = stopped

    def __init__(self, sessions: Sessions, stopped: Callable[[], Stopped | None]) -> None:
        super().__init__()
        self._sessions, self._look_back = sessions, stopped
        self._stopped: Stopped | None = None
        self._motto = Static(id="motto")
        self._summaries: dict[str, Summary] = {}
        self._found: dict[str, Preview | Error] = {}
        self._chosen: str | None = None
        self._list, self._preview = OptionList(id="sessions"), PreviewPane(id="preview")
        self._find = Input(placeholder="a few letters of a title or a tag", id="find")

    def compose(self) -> ComposeResult:
        """The wordmark, the list, what is inside."""
        with Horizontal(id="head"):
            yield BigText("Cuemat", id="wordmark", weight=0.22)
            yield self._motto
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield self._find
                yield self._list
            yield self._preview
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the heads now, look into the sessions afterwards."""
        self._find.display = False
        self.reload()

    def on_screen_resume(self) -> None:
        """What was broken off may have been ended meanwhile."""
        self._stopped = self._look_back()
        self._motto.set_class(self._stopped is not None, "-offer")
        self._motto.update(plain(f"{self._stopped.told}; c goes on there" if self._stopped else MOTTO))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  Textual's
        """Nothing is offered that cannot be done."""
        return action != "go_on" or self._stopped is not None

    def reload(self) -> None:
        """Read all scripts afresh."""
        self._summaries = {summary.id: summary for summary in self._sessions.summaries()}
        self._found = {}
        self._fill(self._summaries.values())
        self._list.focus()
        self.run_worker(self._look_into_all, thread=True, exclusive=True, name="previews")

    def _look_into_all(self) -> None:
        worker = get_current_worker()
        ready = [one.id for one in self._summaries.values() if not one.mistakes]
        while ready and not worker.is_cancelled:
            chosen = self._chosen
            session = chosen if chosen in ready else ready[0]
            ready.remove(session)
            found: Preview | Error
            try:
                found = self._sessions.preview(session)
            except Error as error:
                found = error
            if not worker.is_cancelled:
                self.post_message(self.Seen(session, found))

    def on_browser_seen(self, message: Seen) -> None:
        """Show how long it is, and what is inside if it is the chosen one."""
        if message.session not in self._summaries:
            return
        self._found[message.session] = message.found
        if any(option.id == message.session for option in self._list.options):
            self._list.replace_option_prompt(message.session, self._prompt(self._summaries[message.session]))
        if message.session == self._chosen:
            self._show_chosen()

    # --- the list ------------------------------------------------------------------------------------------

    def _fill(self, summaries: Iterable[Summary], *, ranked: bool = False) -> None:
        """Put sessions into the list, the user's own first; the best match first if they are ranked."""
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
            self._chosen = None
            self._show_chosen()

    def _options(self, name: str, group: Sequence[Summary]) -> Iterable[Option]:
        if group and name:
            yield Option(Content.styled(name, "bold $accent"), disabled=True)
        for summary in group:
            yield Option(self._prompt(summary), id=summary.id)

    def _prompt(self, summary: Summary) -> Content:
        """Two lines: the title; how long, what is needed, tags."""
        found = self._found.get(summary.id)
        if summary.mistakes or isinstance(found, Error):
            title = Content.assemble(("× ", "bold $error"), plain(summary.title, "bold"))
            return lines(title, plain("cannot be played yet", "$error"))
        facts = [minutes(found.seconds) if found else "≈ … min"]
        needs = found.needs if found else summary.needs
        facts += [", ".join(needs)] if needs else []
        facts += [" ".join(f"#{tag}" for tag in summary.tags)] if summary.tags else []
        words = (
            f"{summary.title}  (yours, instead of the bundled one)"
            if summary.replaces_bundled
            else summary.title
        )
        return lines(plain(words, "bold"), plain("   ".join(facts), "$soft"))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is inside."""
        self._chosen = event.option.id
        self._show_chosen()

    def _show_chosen(self) -> None:
        summary = self._summaries.get(self._chosen or "")
        found = self._found.get(self._chosen or "")
        if isinstance(found, Error):
            self._preview.show(summary, None, str(found))
        else:
            self._preview.show(summary, found)

    def on_option_list_option_selected(self) -> None:
        """Enter, or a click."""
        self.action_play()

    # --- finding -------------------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Open the line to type in."""
        self._find.display = True
        self._find.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        if not event.value.strip():
            self._fill(self._summaries.values())
            return
        matcher = Matcher(event.value.strip())
        scores = {
            one.id: max(matcher.match(one.title), *(matcher.match(text) for text in (one.id, *one.tags)))
            for one in self._summaries.values()
        }
        ranked = sorted((one for one in scores if scores[one]), key=lambda one: -scores[one])
        self._fill((self._summaries[one] for one in ranked), ranked=True)

    def on_input_submitted(self) -> None:
        """To the list, with what was found."""
        self._list.focus()

    def action_forget(self) -> None:
        """All sessions again."""
        self._find.value = ""
        self._find.display = False
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """Down, from the line to the list."""
        if self._find.has_focus and event.key == "down":
            event.stop()
            self._list.focus()

    # --- keys ----------------------------------------------------------------------------------------------

    def _playable(self) -> Summary | None:
        summary = self._summaries.get(self._chosen or "")
        if summary is None:
            return None
        found = self._found.get(summary.id)
        if summary.mistakes or isinstance(found, Error):
            self.notify("it has mistakes; o opens it", severity="warning")
            return None
        return summary

    def action_play(self) -> None:
        """Play the chosen one."""
        if summary := self._playable():
            self.post_message(self.Asked("play", summary))

    def action_go_on(self) -> None:
        """Go on where the last session was broken off."""
        if self._stopped:
            self.post_message(self.WentOn(self._stopped))

    def action_export(self) -> None:
        """Write the chosen one as a sound file."""
        if summary := self._playable():
            self.post_message(self.Asked("export", summary))

    def action_open(self) -> None:
        """Open the script in the user's editor, and read everything again."""
        if summary := self._summaries.get(self._chosen or ""):
            self.post_message(self.Asked("open", summary))

    def action_settings(self) -> None:
        """Open the settings."""
        self.post_message(self.Asked("settings", None))

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(Help(BROWSING))

    def action_move(self, by: int) -> None:
        """As the arrow keys do."""
        (self._list.action_cursor_down if by > 0 else self._list.action_cursor_up)()

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()
