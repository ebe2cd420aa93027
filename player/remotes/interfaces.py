"""The two D-Bus interfaces of a media player, backed by an engine.

Everything a client sees comes from the engine's snapshot. A command is answered once the engine has carried
it out, so the next query sees its effect. Desktops treat an exercise as a track: each has its own id, while
length and position are those of the session, which is what a listener wants to see and drag.

Stop only pauses: a headset sends it when it is taken off or its button is held, and an ended session cannot
be restarted from the floor. The rate is fixed: another speed would change the dose.

D-Bus types are annotations, read at run time. A method that returns nothing is annotated `Nothing`, because
`None` is misread when annotations are postponed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

from dbus_fast import DBusError, ErrorType, PropertyAccess
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusDouble,
    DBusInt64,
    DBusObjectPath,
    DBusSignature,
    DBusStr,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from player.engine import Back, Next, Pause, Play, Quit, SeekBy, SeekTo, Volume
from player.remotes.properties import MICRO, metadata, micro, properties_of, status, track_id, volume

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.engine import Command
    from player.engine.engine import Engine

Nothing = Annotated[None, DBusSignature("")]
Strings = Annotated[list[str], DBusSignature("as")]

READ = PropertyAccess.READ
PATIENCE = 0.3
"""Seconds to wait for the engine before answering; some clients give up after half a second."""
POLL = 0.005
"""Seconds between two looks at the engine while waiting."""
DRIFT = 1.0
"""Seconds of error in a client's position before it is corrected."""


class Root(ServiceInterface):
    """The program itself: its name, and how to end it.

    Args:
        engine: Ended by `Quit`.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__("org.mpris.MediaPlayer2")
        self._engine = engine

    @dbus_method("Raise")
    def raise_window(self) -> Nothing:
        """Do nothing: there is no window."""

    @dbus_method("Quit")
    def end(self) -> Nothing:
        """End the session, as the key `q` does."""
        self._engine.send(Quit())

    @dbus_property(READ, "CanQuit")
    def can_quit(self) -> DBusBool:
        """True: `Quit` works."""
        return True

    @dbus_property(READ, "CanRaise")
    def can_raise(self) -> DBusBool:
        """False: there is no window."""
        return False

    @dbus_property(READ, "HasTrackList")
    def has_track_list(self) -> DBusBool:
        """False: exercises are chosen with Next and Previous."""
        return False

    @dbus_property(READ, "Identity")
    def identity(self) -> DBusStr:
        """The name shown to people."""
        return "Cuemat"

    @dbus_property(READ, "DesktopEntry")
    def desktop_entry(self) -> DBusStr:
        """The name of our desktop file, if the system has one; some desktops show no player without it."""
        return "cuemat"

    @dbus_property(READ, "SupportedUriSchemes")
    def uri_schemes(self) -> Strings:
        """None: a session is chosen at the start."""
        return []

    @dbus_property(READ, "SupportedMimeTypes")
    def mime_types(self) -> Strings:
        """None, for the same reason."""
        return []


class Player(ServiceInterface):
    """The session as a media player.

    Args:
        engine: The engine to show and control.
        title: The session's title.
        clock: Seconds that never run backwards.
        cover: The address of its picture; empty if there is none.
    """

    def __init__(self, engine: Engine, title: str, clock: Callable[[], float], cover: str = "") -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._engine, self._title, self._clock, self._cover = engine, title, clock, cover
        self._deciding = asyncio.Lock()
        """Held from a look at the engine until the action based on it is done."""
        now = engine.snapshot
        self._last = properties_of(now, title, cover)
        self._last_seeks = now.seeks
        self._last_elapsed, self._last_at = now.elapsed, clock()

    def tell(self) -> None:
        """Signal what has changed since the last call."""
        now = self._engine.snapshot
        seen = properties_of(now, self._title, self._cover)
        changed = {name: value for name, value in seen.items() if value != self._last[name]}
        ran = self._last["PlaybackStatus"] == "Playing"
        expected = self._last_elapsed + (self._clock() - self._last_at if ran else 0.0)
        jumped = now.seeks != self._last_seeks or abs(now.elapsed - expected) > DRIFT
        self._last, self._last_seeks = seen, now.seeks
        if changed:
            self.emit_properties_changed(changed)
        if jumped:
            self.announce_seek(micro(now.elapsed))
        if jumped or "PlaybackStatus" in changed:
            self._last_elapsed, self._last_at = now.elapsed, self._clock()

    async def _do(self, command: Command) -> None:
        """Send a command, wait until the engine has carried it out, and signal the changes."""
        self._engine.send(command)
        clock = asyncio.get_running_loop().time
        deadline = clock() + PATIENCE
        for _ in range(2):  # the first turn may have begun before the command was sent
            before = self._engine.snapshot
            while self._engine.snapshot is before and clock() < deadline:  # noqa: ASYNC110  the engine has no event loop
                await asyncio.sleep(POLL)
        self.tell()

    @dbus_method("Play")
    async def play(self) -> Nothing:
        """Resume after a lead-in; go on where the session waits for the listener."""
        await self._do(Play())

    @dbus_method("Pause")
    async def pause(self) -> Nothing:
        """Pause the session."""
        await self._do(Pause())

    @dbus_method("PlayPause")
    async def play_pause(self) -> Nothing:
        """Play or pause, the opposite of the status, so a button does what it shows."""
        async with self._deciding:
            playing = status(self._engine.snapshot) == "Playing"
            await self._do(Pause() if playing else Play())

    @dbus_method("Stop")
    async def stop(self) -> Nothing:
        """Pause, and keep the place."""
        await self._do(Pause())

    @dbus_method("Next")
    async def next(self) -> Nothing:
        """Jump to the next exercise; go on where the session waits for the listener."""
        async with self._deciding:
            if not self._engine.snapshot.can_next:
                raise DBusError(ErrorType.FAILED, "this is the last exercise")
            await self._do(Next())

    @dbus_method("Previous")
    async def previous(self) -> Nothing:
        """Jump to the start of this exercise, or of the one before."""
        await self._do(Back())

    @dbus_method("Seek")
    async def seek(self, offset: DBusInt64) -> Nothing:
        """Move forwards by a time, in microseconds; backwards if it is negative."""
        await self._do(SeekBy(offset / MICRO))

    @dbus_method("SetPosition")
    async def set_position(self, track: DBusObjectPath, position: DBusInt64) -> Nothing:
        """Move to a time in microseconds; ignored if it is out of range or for another exercise."""
        async with self._deciding:
            now = self._engine.snapshot
            if track == track_id(now) and 0 <= position <= micro(now.length):
                await self._do(SeekTo(position / MICRO))

    @dbus_method("OpenUri")
    def open_uri(self, _uri: DBusStr) -> Nothing:
        """Refused: a session is chosen at the start."""
        raise DBusError(ErrorType.NOT_SUPPORTED, "Cuemat only plays the session it was started with")

    @dbus_signal("Seeked")
    def announce_seek(self, position: int) -> DBusInt64:
        """Signal a jump to a position, in microseconds."""
        return position

    @dbus_property(READ, "PlaybackStatus")
    def playback_status(self) -> DBusStr:
        """Playing, Paused or Stopped."""
        return status(self._engine.snapshot)

    @dbus_property(READ, "Metadata")
    def metadata(self) -> DBusDict:
        """The exercise as a track, the session as its album."""
        return metadata(self._engine.snapshot, self._title, self._cover)

    @dbus_property(READ, "Position")
    def position(self) -> DBusInt64:
        """Microseconds from the start of the session, as heard."""
        return micro(self._engine.snapshot.elapsed)

    @dbus_property(PropertyAccess.READWRITE, "Volume")
    def volume(self) -> DBusDouble:
        """From 0 to 1; 0 while muted."""
        return volume(self._engine.snapshot)

    @volume.setter
    def set_volume(self, level: DBusDouble) -> None:
        """Set the volume from 0 to 1, and unmute."""
        self._engine.send(Volume(level))

    @dbus_property(PropertyAccess.READWRITE, "Rate")
    def rate(self) -> DBusDouble:
        """Always 1."""
        return 1.0

    @rate.setter
    def set_rate(self, rate: DBusDouble) -> None:
        """Accept 1, and 0 as a pause; refuse any other rate."""
        if rate == 0.0:
            self._engine.send(Pause())
        elif rate != 1.0:
            raise DBusError(ErrorType.NOT_SUPPORTED, "another speed would change the dose")

    @dbus_property(READ, "MinimumRate")
    def minimum_rate(self) -> DBusDouble:
        """Always 1."""
        return 1.0

    @dbus_property(READ, "MaximumRate")
    def maximum_rate(self) -> DBusDouble:
        """Always 1."""
        return 1.0

    @dbus_property(READ, "CanGoNext")
    def can_go_next(self) -> DBusBool:
        """Whether an exercise follows this one, or the session waits for the listener."""
        return self._engine.snapshot.can_next

    @dbus_property(READ, "CanGoPrevious")
    def can_go_previous(self) -> DBusBool:
        """Always true: at least the start of this exercise can be reached."""
        return True

    @dbus_property(READ, "CanPlay")
    def can_play(self) -> DBusBool:
        """Always true."""
        return True

    @dbus_property(READ, "CanPause")
    def can_pause(self) -> DBusBool:
        """Always true."""
        return True

    @dbus_property(READ, "CanSeek")
    def can_seek(self) -> DBusBool:
        """Always true."""
        return True

    @dbus_property(READ, "CanControl")
    def can_control(self) -> DBusBool:
        """Always true."""
        return True
