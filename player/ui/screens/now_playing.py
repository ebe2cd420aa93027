"""The playing session, readable from the floor."""

from __future__ import annotations

import gc
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from player.app.commands import COMMANDS
from player.app.following import moment_of
from player.app.keys import KeyScreen, keys_of
from player.app.suspending import pause
from player.diary.done import Done
from player.engine import Jump, Quit, SeekTo, State
from player.errors import Error
from player.timeline import PhaseKind
from player.ui.bindings import bindings_of
from player.ui.looks import NAMES
from player.ui.screens.going_to import GoingTo
from player.ui.screens.help import Help
from player.ui.screens.quitting import Quitting
from player.ui.states import STATES, action_while_playing, look_of, offers_of
from player.ui.telling import SIDES, beside, name_of
from player.ui.texts import countdown, lines, plain, safe
from player.ui.widgets.banner import Banner
from player.ui.widgets.bar import Bar
from player.ui.widgets.big_text import BigText
from player.ui.widgets.dose import DoseFigures
from player.ui.widgets.key_line import KeyLine
from player.ui.widgets.strip import SessionStrip
from player.ui.widgets.upcoming import Upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from player.app.ports import Playing
    from player.engine import Command, Snapshot

LOOK = 0.1
"""Seconds between two looks at the engine."""
SOON = (0.01, 0.03, 0.05, 0.08)
"""Seconds after a key for extra looks, so its effect shows at once."""
PHASE_CLASSES = {"-resting", *(f"-{name}" for name in NAMES)}


def _end(playing: Playing) -> None:
    """End a session, and free the memory of its sound now: Python would wait until a few more have ended."""
    playing.close()
    del playing
    gc.collect()


class NowPlaying(Screen[None]):
    """Looks at the engine ten times a second and shows what changed.

    Args:
        begin: Starts the session; called on a thread; raises `Error`.
        keys: The listener's own keys, by what they do.
    """

    CSS_PATH = "now_playing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyScreen.PLAYING, action_while_playing)

    class Began(Message):
        """The session started to play."""

        def __init__(self, playing: Playing) -> None:
            super().__init__()
            self.playing = playing

    class Refused(Message):
        """The session cannot be played."""

        def __init__(self, error: Error) -> None:
            super().__init__()
            self.error = error

    class Left(Message):
        """The listener ended the session, or it could not continue."""

        def __init__(self, elapsed: float, error: BaseException | None = None) -> None:
            super().__init__()
            self.elapsed = elapsed
            """Seconds into the session."""
            self.error = error
            """Why it could not continue; None if the listener ended it."""

    class Ended(Message):
        """The session played to its end."""

        def __init__(self, playing: Playing, done: Done) -> None:
            super().__init__()
            self.playing, self.done = playing, done

    class ExportAsked(Message):
        """The listener asks for a sound file of this session."""

        def __init__(self, playing: Playing) -> None:
            super().__init__()
            self.playing = playing

    def __init__(
        self, begin: Callable[[], Playing], keys: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        super().__init__()
        self._begin, self._keys = begin, keys or {}
        self._offers = offers_of(self._keys)
        self._playing: Playing | None = None
        self._done = Done()
        self._left_already = False
        self._words_shown: tuple[str, str] = ("", "")
        self._prepared, self._waits = -1, False
        self._banner, self._timer = (
            Banner(),
            BigText(id="timer", even=True, weight=0.18, room_for="0:00", condensed=False, top=True),
        )
        self._side, self._dose = BigText(id="side", top=True), DoseFigures(id="dose")
        self._upcoming, self._called = Upcoming(id="upcoming"), BigText(id="name", inset=1)
        self._words = Static(id="words")
        self._bar, self._strip = Bar(id="bar"), SessionStrip(id="strip")

    def compose(self) -> ComposeResult:
        """The widgets, the most important first."""
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
        yield KeyLine()

    def on_mount(self) -> None:
        """Start the session and the regular looks."""
        self.add_class("-still")
        self._banner.show(STATES[State.PREPARING], ("",))
        self.run_worker(self._start, thread=True)
        self.set_interval(LOOK, self.look)
        self.app.app_suspend_signal.subscribe(self, self._pause, immediate=True)

    def _pause(self, _app: object) -> None:
        """Silence the session before the program stops, or lends its terminal."""
        if self._playing:
            pause(self._playing.engine)

    def _start(self) -> None:
        try:
            playing = self._begin()
        except Error as error:
            self.post_message(self.Refused(error))
            return
        if self._left_already or not self.post_message(self.Began(playing)):
            playing.close()

    def on_now_playing_began(self, message: Began) -> None:
        """Show the session that has started."""
        self._playing = message.playing
        self.look()

    def on_unmount(self) -> None:
        """Stop the session: nothing plays without its screen."""
        self._left_already = True
        self.app.app_suspend_signal.unsubscribe(self)  # which would keep this screen for ever
        playing, self._playing = self._playing, None
        if playing:  # it waits for threads, so not in the panel's own loop
            Thread(target=_end, args=(playing,), name="ending").start()

    def on_resize(self) -> None:
        """Draw again for the new width."""
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Show what changed since the last look."""
        if self._playing is None or self._left_already:
            return
        now = self._playing.engine.snapshot
        self._done.note(moment_of(now))
        if now.state is State.ENDED:
            self._leave(self.Ended(self._playing, self._done))
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
        self._timer.text = countdown(now.phase_left) if now.phase_length and not now.waits else ""
        self._side.text = SIDES.get(doing.side or "", "")
        self._dose.activity = doing
        self._upcoming.exercises = coming
        self._called.text = safe(name_of(now, playing))
        self._say(now)
        if now.waits != self._waits:
            self._waits = now.waits
            self.refresh_bindings()
        self._bar.show(1 - now.phase_left / now.phase_length if now.phase_length else 0.0)
        if now.prepared != self._prepared:
            self._prepared = now.prepared
            self._strip.stretches = playing.strip()
        self._strip.show(now.elapsed / now.length if now.length else 0.0, now.place.section)

    def _colour(self, name: str, *, resting: bool) -> None:
        """Change all classes at once, because each change makes Textual recompute all styles."""
        wanted = {f"-{name}", *(["-resting"] if resting else [])}
        if self.classes & PHASE_CLASSES != wanted:
            self.remove_class(*PHASE_CLASSES - wanted, update=False)
            self.add_class(*wanted, update=False)
            self.app.update_styles(self)

    def _say(self, now: Snapshot) -> None:
        offer = self._playing.offer(self._key("resume")) if self._playing else ""
        notice = " · ".join(part for part in (now.message, self._offers.get(now.state), offer) if part)
        if (notice, now.saying) != self._words_shown:
            self._words_shown = (notice, now.saying)
            said = plain(now.saying)
            self._words.update(lines(plain(notice, "bold $foreground"), said) if notice else said)

    # --- keys ----------------------------------------------------------------------------------------------

    def action_command(self, name: str) -> None:
        """Send a key's command to the engine."""
        self._send(COMMANDS[name])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Whether a key is of use now: `done` only where the session waits."""
        return self._waits or (action, parameters) != ("command", ("done",))

    def _send(self, command: Command) -> None:
        if self._playing:
            self._playing.engine.send(command)
            for delay in SOON:
                self.set_timer(delay, self.look)

    def on_session_strip_clicked(self, message: SessionStrip.Clicked) -> None:
        """Jump to the clicked moment."""
        if self._playing:
            self._send(SeekTo(message.fraction * self._playing.engine.snapshot.length))

    def action_go_to(self) -> None:
        """Let the listener choose an exercise."""
        if self._playing:
            section = self._playing.engine.snapshot.place.section
            self.app.push_screen(GoingTo(self._playing.exercises, section), self._go_to)

    def _go_to(self, section: int | None) -> None:
        if section is not None:
            self._send(Jump(section))

    def action_resume(self) -> None:
        """Jump to where the session stopped last time."""
        if self._playing:
            self._playing.go_on()

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(Help(KeyScreen.PLAYING, self._keys))

    def _key(self, name: str) -> str:
        return next(one.shown for one in keys_of(KeyScreen.PLAYING, self._keys) if one.name == name)

    def action_export(self) -> None:
        """Export this session as a sound file while it plays."""
        if self._playing:
            self.post_message(self.ExportAsked(self._playing))

    def action_leave(self) -> None:
        """End the session; ask first while it is still running."""
        now = self._playing.engine.snapshot if self._playing else None
        if self._playing is None or now is None or now.state is State.FAILED:
            self._leave(self.Left(0.0, now.error if now else None))
        else:
            self.app.push_screen(Quitting(self._playing.title, now.elapsed, now.remaining), self._answered)

    def _answered(self, end: bool | None) -> None:  # noqa: FBT001  the card's result
        if end and self._playing and not self._left_already:
            elapsed = self._playing.engine.snapshot.elapsed
            self._playing.engine.send(Quit())
            self._leave(self.Left(elapsed))
