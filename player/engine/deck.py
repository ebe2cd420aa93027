"""Plays: owns the tape and the output, and handles trouble with the device or the voice.

The deck knows where the listener is by what they heard. To move them, it cuts the output and restarts it at
the new place; a lost device is retried every second, from where the sound broke off. If sound would suddenly
come from another device, the session stays paused.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from player.engine.fader import fall
from player.engine.lead_in import LeadIn, ask_for_lead_in, insertion_from
from player.engine.status import (
    Closed,
    Ended,
    Failed,
    Lost,
    Paused,
    Playing,
    Preparing,
    move,
    remark_of,
    standing,
)
from player.engine.tape import Tape
from player.engine.waiting import settled
from player.engine.waking import NEVER, Loudspeaker
from player.errors import OutputError
from player.outputs.protocol import TroubleKind, stop_softly
from player.timeline import Frames
from player.transport import LivePosition, Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.engine.insertion import Insertion, More
    from player.engine.status import Status
    from player.engine.stock import Stock
    from player.engine.waking import KeepsAwake
    from player.outputs.protocol import Output, Trouble
    from player.sound.bed import Bed

_log = logging.getLogger(__name__)

RETRY = 1.0
"""Seconds between two attempts to reopen a lost device."""
GIVE_UP = 120.0
"""Seconds after which a lost device is only retried on request: by then, no one is on the mat."""
NAP = 2.0
"""Seconds of sleep that go unnoticed."""


class Deck:
    """One session on one output; used by the control thread alone.

    Args:
        stock: Provides what to play.
        output: The output, not started yet.
        clock: Seconds that never run backwards.
        bed: The music, in memory.
        slept: Returns the seconds that the machine has slept.
        keeps_awake: What keeps the loudspeaker awake, and where.
    """

    def __init__(
        self,
        stock: Stock,
        output: Output,
        clock: Callable[[], float],
        bed: Bed | None,
        slept: Callable[[], float],
        keeps_awake: KeepsAwake = NEVER,
    ) -> None:
        self._stock, self._output, self._clock, self._slept = stock, output, clock, slept
        self._slept_before = slept()
        start = LivePosition(0, Frames(0))
        exercises = tuple(outline.exercise_id is not None for outline in stock.outlines)
        self.tape = Tape(Transport(exercises, stock.rate, start), stock.shelf, bed)
        self.status: Status = Preparing(start)
        """Only `_become` changes it."""
        self._device = ""
        self._speaker = Loudspeaker(output, keeps_awake, clock)

    @property
    def device(self) -> str:
        """The current device, or the last one."""
        return self._device or self._output.device

    @property
    def wants_to_play(self) -> bool:
        """Whether it plays, or will as soon as it can."""
        return isinstance(self.status, Preparing | Playing | Lost)

    @property
    def transport(self) -> Transport:
        """The transport at the listener's place."""
        return self.tape.transport.at(self.locate()[0])

    def locate(self) -> tuple[LivePosition, Insertion | None]:
        """Where the listener is, by what they heard, and the insertion that plays there."""
        if isinstance(self.status, Playing):
            return self.tape.locate(self._output.heard())
        place, more = standing(self.status)
        return place, more[1] if more and more[0] == place else None

    # --- what the listener asks for ------------------------------------------------------------------------

    def play(self) -> None:
        """Resume after a pause, with a lead-in; does nothing in any other state."""
        if not isinstance(self.status, Paused):
            return
        place, lead_in = self.status.place, self.status.lead_in
        if lead_in is not None:
            lead_in = self._ask(place) if lead_in.has_failed() else lead_in.wait_again(self._clock())
        self._become(Preparing(place, self.status.more, lead_in))

    def pause(self, message: str | None = None) -> None:
        """Cut the sound and stay here; the lead-in is prepared meanwhile.

        Args:
            message: The reason, if the listener did not ask.
        """
        match self.status:
            case Lost(place, more, lead_in):
                self._become(Paused(place, more, lead_in, message))
            case Playing() | Preparing():
                place, more = self._cut()
                self._become(Paused(place, more, self._ask(place), message))

    def leave(self) -> None:
        """Cut the sound at the end; the listener's place no longer changes."""
        if not isinstance(self.status, Closed | Ended | Failed):
            self._become(Paused(*self._cut()))

    def move(self, place: LivePosition, *, leads_in: bool) -> None:
        """Cut the sound and move to another place; see `status.move`."""
        self._cut()
        self._become(move(self.status, place, leads_in=leads_in))

    def put_in(self, insertion: Insertion) -> bool:
        """Say a remark now, then continue; False if nothing plays."""
        if not isinstance(self.status, Playing):
            return False
        self._start(Preparing(*self._cut()), insertion)
        return True

    def owes_more(self) -> bool:
        """Whether promised extra time is not over yet."""
        if isinstance(self.status, Playing):
            return self.tape.owes(self._output.heard())
        return standing(self.status)[1] is not None

    def wait_here(self, more: Insertion) -> bool:
        """Give more time where the session waits; False if it does not wait."""
        if not isinstance(self.status, Preparing | Paused | Lost):
            return False
        self._become(replace(self.status, more=(self.status.place, more)))
        return True

    # --- turns of the loop ---------------------------------------------------------------------------------

    def turn(self) -> None:
        """Check the device, and start as soon as everything is ready."""
        self._take_in_words()
        self._notice_sleep()
        self._look_after_what_plays()
        self._look_after_what_waits()
        now = self._clock()
        match self.status:
            case Preparing():
                self._start_if_ready(self.status)
            case Lost(give_up_at=give_up_at) if now >= give_up_at:
                _log.info("no sound for %.0f s; paused", GIVE_UP)
                self.pause("the sound did not come back; paused")
            case Lost(retry_at=retry_at) if now >= retry_at:
                self._start_if_ready(self.status)

    def _become(self, status: Status) -> None:
        """Change the status, the only way to do so; cancels a lead-in that the new status does not keep."""
        before, after = remark_of(self.status), remark_of(status)
        if before is not None and before is not after:
            before.cancel()
        self._speaker.becomes(status)
        self.status = status

    def _cut(self) -> tuple[LivePosition, More | None]:
        """Cut the sound; return where the listener is, and the rest of their extra time."""
        if isinstance(self.status, Playing):
            return self.tape.cut(stop_softly(self._output, partial(fall, rate=self._stock.rate)))
        return standing(self.status)

    def _take_in_words(self) -> None:
        """Take in sections that have their words now, except those being heard."""
        for section in list(self._stock.remade):
            place, _ = self.locate()
            if place.section != section or place.frame == 0:
                self.tape.change(section, self._stock.take_in)

    def _notice_sleep(self) -> None:
        """Pause after the computer slept: no one is on the mat, so it must not start to speak."""
        before, self._slept_before = self._slept_before, self._slept()
        if self._slept_before - before > NAP and self.wants_to_play:
            self.pause("the computer was asleep; paused")
            _log.info("the computer was asleep for %.0f s", self._slept_before - before)

    def _look_after_what_plays(self) -> None:
        if not isinstance(self.status, Playing):
            return
        trouble = self._output.trouble()
        if trouble is not None:
            self._meet(trouble)
        elif self.tape.transport.ended and self._output.heard() >= self.tape.pulled:
            self._become(Ended(self._cut()[0]))
        elif self._stock.error is not None and self._is_starved():
            self._fail(self._stock.error)

    def _is_starved(self) -> bool:
        """Whether everything available has been heard."""
        return self.tape.head().section not in self._stock.shelf and self._output.heard() >= self.tape.pulled

    def _look_after_what_waits(self) -> None:
        if isinstance(self.status, Preparing | Paused | Lost):
            self._become(settled(self.status, self._stock, self._clock()))

    def _start_if_ready(self, ready: Preparing | Lost) -> None:
        if ready.place.section not in self._stock.shelf:
            if self._stock.error is not None:
                self._fail(self._stock.error)
        elif ready.lead_in is None or ready.lead_in.is_over(self._clock()):
            # Extra time needs no lead-in.
            gets_more = ready.more is not None and ready.more[0] == ready.place
            self._start(ready, None if gets_more else insertion_from(remark_of(ready)))

    def _start(self, ready: Preparing | Lost, insertion: Insertion | None) -> None:
        there = self.tape.transport.at(ready.place).settle(self._stock.sections)
        ready = replace(ready, place=there.place)
        pull = self._speaker.begin(self.tape, self._stock, ready, insertion)
        try:
            self._output.start(pull)
        except OutputError as error:
            if self._device:
                self._lose(str(error), ready)
            else:
                self._fail(error, ready.place)
            return
        if isinstance(ready, Lost) and self._device != self._output.device:
            self._output.stop()
            self._stay_paused(self._output.device, ready.place, ready.more)
            return
        if self._speaker.is_another():
            self._output.stop()
            self._start(ready, insertion)
            return
        if isinstance(ready, Lost):
            _log.info("the sound is back")
        self._device = self._output.device
        self._become(Playing())

    def _meet(self, trouble: Trouble) -> None:
        place, more = self._cut()
        match trouble.kind:
            case TroubleKind.FAILED:
                self._fail(trouble.cause or OutputError(trouble.message), place)
            case TroubleKind.LOST:
                self._lose(trouble.message, Preparing(place, more))
            case TroubleKind.CHANGED:
                self._stay_paused(trouble.device or "another device", place, more)
            case TroubleKind.CLOSED:
                is_over = place.section >= len(self._stock.outlines)
                self._become(Ended(place) if is_over else Closed(place, trouble.message))

    def _lose(self, message: str, ready: Preparing | Lost) -> None:
        now = self._clock()
        if isinstance(ready, Lost):
            self._become(replace(ready, reason=message, retry_at=now + RETRY))
            return
        _log.warning("no sound: %s", message)
        lead_in = ready.lead_in or (self._ask(ready.place) if ready.place.frame > 0 else None)
        self._become(Lost(ready.place, ready.more, lead_in, message, now + RETRY, now + GIVE_UP))

    def _stay_paused(self, device: str, place: LivePosition, more: More | None) -> None:
        """Pause after headphones were pulled out: the loudspeakers must not start unasked."""
        _log.info("another device; paused")
        self._device = device
        message = f"sound would now come from {device}; paused"
        self._become(Paused(place, more, self._ask(place), message))

    def _fail(self, error: BaseException, place: LivePosition | None = None) -> None:
        _log.error("the session cannot continue", exc_info=error)
        self._become(Failed(place or self._cut()[0], error))

    def _ask(self, place: LivePosition) -> LeadIn | None:
        return ask_for_lead_in(self._stock, place, self._clock())
