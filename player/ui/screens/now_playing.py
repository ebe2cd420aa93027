"""The session that plays, to be read from the floor."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from player.engine import Jump, Quit, SeekTo, State
from player.errors import Error
from player.timeline import PhaseKind
from player.ui.done import Diary
from player.ui.keyboard import COMMANDS
from player.ui.looks import NAMES
from player.ui.screens.going_to import GoingTo
from player.ui.screens.help import PLAYING, Help
from player.ui.screens.quitting import Quitting
from player.ui.states import OFFERS, STATES, look_of
from player.ui.telling import SIDES, beside, name_of
from player.ui.texts import countdown, lines, plain, safe
from player.ui.widgets.banner import Banner
from player.ui.widgets.bar import Bar
from player.ui.widgets.big_text import BigText
from player.ui.widgets.dose import Dose
from player.ui.widgets.strip import SessionStrip
from player.ui.widgets.upcoming import Upcoming

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from player.engine import Command, Snapshot
    from player.ui.ports import Playing

LOOK = 0.1
"""Seconds between two looks at the engine."""
SOON = (0.01, 0.03, 0.05, 0.08)
"""Seconds after a key at which to look besides, so that its effect is seen at once."""
PHASE_CLASSES = {"-resting", *(f"-{name}" for name in NAMES)}


def _command(
    keys: str, name: str, short: str, shown: str | None = None, *, at_length: str = "", show: bool = True
) -> Binding:
    """A key that the engine obeys; `at_length` says more than there is room for below the screen."""
    return Binding(
        keys, f"command('{name}')", short, show=show, key_display=shown, tooltip=at_length or short
    )


class NowPlaying(Screen[None]):
    """Looks at the engine ten times a second and writes what has changed.

    Args:
        begin: Starts the session; called on a thread; raises `Error`.
    """

    CSS_PATH = "now_playing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        _command("space,p,k", "toggle", "Pause", "space"),
        _command("b,less_than_sign", "back", "Back", "b"),
        _command("n,greater_than_sign", "next", "Next", "n"),
        _command("left,j", "earlier", "10 s", "←", at_length="Ten seconds back"),
        _command("right,l", "later", "10 s", "→", at_length="Ten seconds on"),
        Binding("g,slash", "go_to", "Go to", key_display="g"),
        _command("w", "where", "Where am I?", show=False),
        _command("plus,equals_sign,0", "louder", "Louder", show=False),
        _command("minus,9", "softer", "Softer", show=False),
        _command("m", "mute", "Mute", show=False),
        Binding("c", "go_on", "Go on where it stopped", show=False),
        Binding("e", "export", "Export", show=False),
        Binding("question_mark", "help", "Keys", key_display="?"),
        Binding("q,escape", "leave", "End", key_display="q"),
        _command("t", "more", "More", at_length="More time"),
        _command("r", "again", "Again"),
    ]

    class Began(Message):
        """The session plays."""

        def __init__(self, playing: Playing) -> None:
            super().__init__()
            self.playing = playing

    class Refused(Message):
        """The session cannot be played."""

        def __init__(self, error: Error) -> None:
            super().__init__()
            self.error = error

    class Left(Message):
        """The listener ended it."""

        def __init__(self, elapsed: float, error: BaseException | None = None) -> None:
            super().__init__()
            self.elapsed = elapsed
            """Seconds into the session."""
            self.error = error
            """Why it could not go on."""

    class Ended(Message):
        """The session was played to its end."""

        def __init__(self, playing: Playing, diary: Diary) -> None:
            super().__init__()
            self.playing, self.diary = playing, diary

    class ExportAsked(Message):
        """The listener wants a sound file of what plays."""

        def __init__(self, playing: Playing) -> None:
            super().__init__()
            self.playing = playing

    def __init__(self, begin: Callable[[], Playing]) -> None:
        super().__init__()
        self._begin = begin
        self._playing: Playing | None = None
        self._diary = Diary()
        self._left_already = False
        self._words_shown: tuple[str, str] = ("", "")
        self._prepared = -1
        self._banner, self._timer = (
            Banner(),
            BigText(id="timer", even=True, weight=0.18, room_for="0:00", condensed=False, top=True),
        )
        self._side, self._dose = BigText(id="side", top=True), Dose(id="dose")
        self._upcoming, self._called = Upcoming(id="upcoming"), BigText(id="name", inset=1)
        self._words = Static(id="words")
        self._bar, self._strip = Bar(id="bar"), SessionStrip(id="strip")

    def compose(self) -> ComposeResult:
        """From the most to the least important."""
        yield self._banner
        with Horizontal(id="main"):
            yield self._timer
            with Vertical(id="doing"):
                yield self._side
                yield self._dose
            yield self._upcoming
        yield self._called
        yield self._words
        yield self._bar
        yield self._strip
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin, and look from now on."""
        self.add_class("-still")
        self._banner.show(STATES[State.PREPARING], ("",))
        self.run_worker(self._start, thread=True)
        self.set_interval(LOOK, self.look)

    def _start(self) -> None:
        try:
            playing = self._begin()
        except Error as error:
            self.post_message(self.Refused(error))
            return
        if self._left_already or not self.post_message(self.Began(playing)):
            playing.close()

    def on_now_playing_began(self, message: Began) -> None:
        """Show it."""
        self._playing = message.playing
        self.look()

    def on_unmount(self) -> None:
        """Nothing plays unseen."""
        self._left_already = True
        if self._playing:  # waits for threads; not in the panel's own loop, and to its end
            Thread(target=self._playing.close, name="ending").start()

    def on_resize(self) -> None:
        """Widths are known anew."""
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Write what has changed since the last look."""
        if self._playing is None or self._left_already:
            return
        now = self._playing.engine.snapshot
        self._diary.note(now)
        if now.state is State.ENDED:
            self._leave(self.Ended(self._playing, self._diary))
        elif self._playing.engine.closed:
            self._leave(self.Left(now.elapsed))
        else:
            self._show(now, self._playing)

    def _leave(self, message: Message) -> None:
        self._left_already = True
        self.post_message(message)

    def _show(self, now: Snapshot, playing: Playing) -> None:
        look, doing = look_of(now), now.activity
        self._colour(look.name, resting=now.phase in {PhaseKind.REST, PhaseKind.TALK})
        coming = tuple(one for one in playing.exercises if one.section > now.place.section)
        self._banner.show(look, beside(now, playing.title, coming[0].title if coming else ""))
        self._timer.text = countdown(now.phase_left) if now.phase_length else ""
        self._side.text = SIDES.get(doing.side or "", "")
        self._dose.activity = doing
        self._upcoming.exercises = coming
        self._called.text = safe(name_of(now, playing))
        self._say(now)
        self._bar.show(1 - now.phase_left / now.phase_length if now.phase_length else 0.0)
        if now.prepared != self._prepared:
            self._prepared = now.prepared
            self._strip.stretches = playing.strip()
        self._strip.show(now.elapsed / now.length if now.length else 0.0, now.place.section)

    def _colour(self, name: str, *, resting: bool) -> None:
        """One change of classes, because each makes Textual work out all styles anew."""
        wanted = {f"-{name}", *(["-resting"] if resting else [])}
        if self.classes & PHASE_CLASSES != wanted:
            self.remove_class(*PHASE_CLASSES - wanted, update=False)
            self.add_class(*wanted, update=False)
            self.app.update_styles(self)

    def _say(self, now: Snapshot) -> None:
        offer = self._playing.offer() if self._playing else ""
        notice = " · ".join(part for part in (now.message, OFFERS.get(now.state), offer) if part)
        if (notice, now.saying) != self._words_shown:
            self._words_shown = (notice, now.saying)
            said = plain(now.saying)
            self._words.update(lines(plain(notice, "bold $foreground"), said) if notice else said)

    # --- keys ----------------------------------------------------------------------------------------------

    def action_command(self, name: str) -> None:
        """Hand a key on to the engine."""
        self._send(COMMANDS[name])

    def _send(self, command: Command) -> None:
        if self._playing:
            self._playing.engine.send(command)
            for delay in SOON:
                self.set_timer(delay, self.look)

    def on_session_strip_clicked(self, message: SessionStrip.Clicked) -> None:
        """Go to the moment under the pointer."""
        if self._playing:
            self._send(SeekTo(message.fraction * self._playing.engine.snapshot.length))

    def action_go_to(self) -> None:
        """Choose an exercise."""
        if self._playing:
            section = self._playing.engine.snapshot.place.section
            self.app.push_screen(GoingTo(self._playing.exercises, section), self._go_to)

    def _go_to(self, section: int | None) -> None:
        if section is not None:
            self._send(Jump(section))

    def action_go_on(self) -> None:
        """Where it was broken off before."""
        if self._playing:
            self._playing.go_on()

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(Help(PLAYING))

    def action_export(self) -> None:
        """Write this session as a sound file, while it plays."""
        if self._playing:
            self.post_message(self.ExportAsked(self._playing))

    def action_leave(self) -> None:
        """End the session; not without being asked while there is something to lose."""
        now = self._playing.engine.snapshot if self._playing else None
        if self._playing is None or now is None or now.state is State.FAILED:
            self._leave(self.Left(0.0, now.error if now else None))
        else:
            self.app.push_screen(Quitting(self._playing.title, now.remaining), self._answered)

    def _answered(self, end: bool | None) -> None:  # noqa: FBT001  as the card gives it
        if end and self._playing and not self._left_already:
            elapsed = self._playing.engine.snapshot.elapsed
            self._playing.engine.send(Quit())
            self._leave(self.Left(elapsed))
