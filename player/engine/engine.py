"""The control loop: it carries out commands, watches the device and publishes a snapshot.

It is a loop of short turns rather than callbacks. A turn never waits for speech, and waits for a device only
while opening or cutting it, which takes milliseconds unless the sound server hangs. Tests call `step` and
pump the output themselves; only `run` sleeps.
"""

from __future__ import annotations

import logging
import queue
from dataclasses import replace
from typing import TYPE_CHECKING

from player.engine.commands import (
    Again,
    Back,
    Done,
    GoOn,
    Jump,
    MoreTime,
    MusicLevel,
    Mute,
    Next,
    Pause,
    Play,
    Quit,
    SeekBy,
    SeekTo,
    Toggle,
    Volume,
    Whereabouts,
)
from player.engine.deck import Deck
from player.engine.insertion import Insertion
from player.engine.lead_in import insertion_from
from player.engine.snapshot import State
from player.engine.status import Closed, error_of, message_of
from player.engine.view import View
from player.engine.waking import NEVER
from player.timeline import CueKind, Frames
from player.transport import LivePosition, place_for_more_time, sounding, waits_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from player.engine.commands import Command
    from player.engine.insertion import Playable
    from player.engine.snapshot import Snapshot
    from player.engine.stock import Stock
    from player.engine.waking import KeepsAwake
    from player.outputs.protocol import Output
    from player.sound.bed import Bed

_log = logging.getLogger(__name__)

TURN = 0.1
"""Seconds between two turns without commands; a command acts at once."""
HASTE = 0.01
"""The same while the listener waits for something."""
MORE_TIME = 10.0
"""Seconds that "more time" adds."""
NOTICE = 5.0
"""Seconds to show the answer to a key."""


class Engine:
    """Plays one session through one output.

    Args:
        stock: Provides what to play; it has its own thread.
        output: The output, not started yet; `run` closes it.
        clock: Seconds that never run backwards.
        volume: From 0 to 1.
        bed: The music under the session, in memory; None for no music.
        slept: Returns the seconds that the machine has slept since it started; only changes count.
        keeps_awake: What keeps the loudspeaker awake, and where.
    """

    def __init__(  # noqa: PLR0913  what plays, where, and what is known of the machine
        self,
        stock: Stock,
        output: Output,
        clock: Callable[[], float],
        *,
        volume: float = 1.0,
        bed: Bed | None = None,
        slept: Callable[[], float] = lambda: 0.0,
        keeps_awake: KeepsAwake = NEVER,
    ) -> None:
        self._stock, self._output, self._clock = stock, output, clock
        self._deck = Deck(stock, output, clock, bed, slept, keeps_awake)
        self._view = View(stock)
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._remark: Future[Playable] | None = None
        self._volume, self._muted, self._seeks = volume, False, 0
        self._notice, self._notice_ends = "", clock()
        self._begun = self._closed = False
        self._set_volume()
        self.snapshot: Snapshot = self._look()
        """The current state; replaced as a whole."""

    @property
    def closed(self) -> bool:
        """Whether the loop has ended, or ends with this turn."""
        return self._closed

    def send(self, command: Command) -> None:
        """Queue a command for the next turn; from any thread; returns at once."""
        self._commands.put(command)

    def run(self) -> None:
        """Take turns until `Quit`, on a separate thread; closes the output. The snapshot shows a failure."""
        try:
            while not self._closed:
                waiting = self._deck.status.state is State.PREPARING or self._remark is not None
                self._turn(wait=HASTE if waiting else TURN)
        except Exception as error:  # noqa: BLE001  it would be lost on this thread
            _log.exception("the engine failed")
            self.snapshot = replace(self.snapshot, state=State.FAILED, error=error, message=str(error))
        finally:
            self._output.close()

    def step(self) -> None:
        """Take one turn without waiting; does nothing after the end."""
        if not self._closed:
            self._turn(wait=None)

    def _turn(self, wait: float | None) -> None:
        try:
            self._obey(self._commands.get(block=wait is not None, timeout=wait))
            while not self._closed:
                self._obey(self._commands.get_nowait())
        except queue.Empty:
            pass
        self._deck.turn()
        self._say_remark()
        self._stock.want(min(self._deck.locate()[0].section, len(self._stock.outlines) - 1))
        self._closed = self._closed or isinstance(self._deck.status, Closed)
        self.snapshot = self._look()

    def _obey(self, command: Command) -> None:
        match command:
            case Done() | Next() | Play() if self._is_answered_by(command):
                self._go_on(command)
            case Play():
                self._deck.play()
            case Pause(reason):
                self._deck.pause(reason)
            case Toggle():
                (self._deck.pause if self._deck.wants_to_play else self._deck.play)()
            case Volume() | MusicLevel() | Mute():
                self._set_level(command)
            case Again() | Whereabouts():
                self._ask_for_remark(command)
            case MoreTime():
                self._give_more_time()
            case Quit():
                self._deck.leave()
                self._closed = True
            case Done():
                pass
            case _:
                self._move(command)

    def _move(self, command: Next | Back | Jump | SeekBy | SeekTo | GoOn) -> None:
        before, sections = self._deck.transport, self._stock.sections
        match command:
            case Next():
                after = before.next()
            case Back():
                after = before.back()
            case Jump(section):
                after = before.jump(min(max(0, section), len(self._stock.outlines) - 1))
            case SeekBy(seconds):
                after = before.seek_by(round(seconds * self._stock.rate), sections)
            case SeekTo(seconds):
                after = before.at(self._view.place_at(seconds)).settle(sections)
            case GoOn(section, frame):
                after = before.at(LivePosition(section, Frames(frame)))
        if after is None:
            self._tell("this is the last exercise")
            return
        self._forget_remark()
        self._tell("")
        self._seeks += 1
        self._stock.want(min(after.place.section, len(self._stock.outlines) - 1))
        self._deck.move(after.place, leads_in=isinstance(command, GoOn))

    def _waits(self) -> bool:
        """Whether the listener is where the session waits for them, paused or not."""
        return waits_at(self._deck.locate()[0], self._stock.sections)

    def _is_answered_by(self, command: Done | Next | Play) -> bool:
        """Whether the command says that the listener is done; `Play` first has to resume a pause."""
        plays = self._deck.status.state is State.PLAYING
        return self._waits() and (plays or not isinstance(command, Play))

    def _go_on(self, command: Done | Next | Play) -> None:
        """Go on with the next section, which is no jump; `Done` also resumes a pause."""
        self._forget_remark()
        self._tell("")
        self._deck.move(LivePosition(self._deck.locate()[0].section + 1, Frames(0)), leads_in=False)
        if isinstance(command, Done):
            self._deck.play()

    def _give_more_time(self) -> None:
        place, _ = self._deck.locate()
        more = Insertion(Frames(round(MORE_TIME * self._stock.rate)))
        given = False
        if self._waits():
            self._tell("there is no hurry; the session waits for you")
            return
        if self._deck.owes_more():
            self._tell("you already have more time")
            return
        if self._deck.status.state is State.PLAYING:
            at = place_for_more_time(self._deck.tape.head(), self._stock.sections)
            given = at is not None and self._deck.tape.put_in(at, more)
        elif place_for_more_time(place, self._stock.sections) == place:
            given = self._deck.wait_here(more)
        self._tell("ten more seconds" if given else "more time works in rests and while getting ready")

    def _ask_for_remark(self, command: Again | Whereabouts) -> None:
        section = min(self._deck.locate()[0].section, len(self._stock.outlines) - 1)
        now = self.snapshot
        self._forget_remark()
        self._remark = self._stock.remark(
            self._stock.again(section)
            if isinstance(command, Again)
            else self._stock.whereabouts(section, now.activity, now.remaining)
        )

    def _say_remark(self) -> None:
        """Insert the requested remark once it is spoken and the session plays."""
        if self._remark is None or not self._remark.done():
            return
        insertion = insertion_from(self._remark)
        if insertion is None:
            self._tell("the voice cannot say it now")
        if (
            insertion is None
            or self._deck.put_in(insertion)
            or self._deck.status.state is not State.PREPARING
        ):
            self._remark = None

    def _forget_remark(self) -> None:
        if self._remark is not None:
            self._remark.cancel()
        self._remark = None

    def _tell(self, notice: str) -> None:
        self._notice, self._notice_ends = notice, self._clock() + NOTICE

    def _set_level(self, command: Volume | MusicLevel | Mute) -> None:
        match command:
            case Volume(level, by):
                self._volume = min(1.0, max(0.0, self._volume + level if by else level))
                self._muted = False
            case MusicLevel(level):
                self._deck.tape.music.target = min(1.0, max(0.0, level))
            case Mute():
                self._muted = not self._muted
        self._set_volume()

    def _set_volume(self) -> None:
        self._deck.tape.volume.target = 0.0 if self._muted else self._volume

    def _look(self) -> Snapshot:
        place, insertion = self._deck.locate()
        self._begun = self._begun or self._deck.status.state is State.PLAYING
        state, waits = self._deck.status.state, self._waits()
        if state is State.PLAYING and place.section < len(self._stock.outlines):
            late = place.section not in self._stock.shelf
            state = State.PREPARING if late else State.WAITING if waits else state
        cue = sounding(
            LivePosition(place.section, Frames(place.frame + 1)), self._stock.sections, CueKind.SPEECH
        )
        notice = self._notice if self._clock() < self._notice_ends else ""
        return self._view.snapshot(
            state,
            place,
            waits=waits,
            can_next=waits or self._deck.transport.next() is not None,
            saying=cue.content if cue else "",
            volume=self._volume,
            muted=self._muted,
            device=self._deck.device,
            remark=insertion is not None or state is State.WAITING,
            message=notice or message_of(self._deck.status) or self._stock.notes.get(place.section),
            error=error_of(self._deck.status),
            seeks=self._seeks,
            begun=self._begun,
        )
