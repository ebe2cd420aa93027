"""What plays: the tape, the output, and what becomes of them when the device or the voice is in trouble.

The deck knows where the listener is, by what they heard. To move them it cuts the output and starts it again
at the place they should be; a lost device is tried again every second, from the place where the sound broke
off. The session stays paused when sound would suddenly come from somewhere else.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

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
from player.errors import OutputError
from player.outputs.protocol import TroubleKind
from player.timeline import Frames
from player.transport import LivePosition, Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.engine.status import Status
    from player.engine.stock import Stock
    from player.engine.tape import Insertion, More
    from player.outputs.protocol import Output, Trouble
    from player.sound.bed import Bed

_log = logging.getLogger(__name__)

RETRY = 1.0
"""Seconds between two tries to get a lost device back."""
GIVE_UP = 120.0
"""Seconds after which a lost device is not tried again unless asked to: nobody is on the mat any more."""
NAP = 2.0
"""Seconds of sleep that nobody notices."""


class Deck:
    """One session on one output; used by the control thread alone.

    Args:
        stock: What can be played.
        output: Not started yet.
        clock: Seconds that never run backwards.
        bed: The music, in memory.
        slept: Seconds that the machine has been asleep.
    """

    def __init__(
        self,
        stock: Stock,
        output: Output,
        clock: Callable[[], float],
        bed: Bed | None,
        slept: Callable[[], float],
    ) -> None:
        self._stock, self._output, self._clock, self._slept = stock, output, clock, slept
        self._slept_before = slept()
        start = LivePosition(0, Frames(0))
        exercises = tuple(outline.exercise_id is not None for outline in stock.outlines)
        self.tape = Tape(Transport(exercises, stock.rate, start), stock.shelf, bed)
        self.status: Status = Preparing(start)
        """Changed by `_become` alone."""
        self._device = ""

    @property
    def device(self) -> str:
        """Where sound comes from, or came from last."""
        return self._device or self._output.device

    @property
    def wants_to_play(self) -> bool:
        """It plays, or will as soon as it can."""
        return isinstance(self.status, Preparing | Playing | Lost)

    @property
    def transport(self) -> Transport:
        """The transport, standing where the listener is."""
        return self.tape.transport.at(self.locate()[0])

    def locate(self) -> tuple[LivePosition, Insertion | None]:
        """Where the listener is, by what they heard; and what is put in there."""
        if isinstance(self.status, Playing):
            return self.tape.locate(self._output.heard())
        place, more = standing(self.status)
        return place, more[1] if more and more[0] == place else None

    # --- what the listener asks for ------------------------------------------------------------------------

    def play(self) -> None:
        """Go on after a pause, with a lead-in; does nothing in any other state."""
        if not isinstance(self.status, Paused):
            return
        place, lead_in = self.status.place, self.status.lead_in
        if lead_in is not None:
            lead_in = self._ask(place) if lead_in.has_failed() else lead_in.wait_again(self._clock())
        self._become(Preparing(place, self.status.more, lead_in))

    def pause(self, message: str | None = None) -> None:
        """Cut the sound and stay here; the lead-in is prepared meanwhile.

        Args:
            message: Why, if the listener did not ask for it.
        """
        match self.status:
            case Lost(place, more, lead_in):
                self._become(Paused(place, more, lead_in, message))
            case Playing() | Preparing():
                place, more = self._cut()
                self._become(Paused(place, more, self._ask(place), message))

    def leave(self) -> None:
        """Cut the sound for good; where the listener is does not change any more."""
        if not isinstance(self.status, Closed | Ended | Failed):
            self._become(Paused(*self._cut()))

    def move(self, place: LivePosition, *, leads_in: bool) -> None:
        """Cut the sound and be somewhere else; see `status.move`."""
        self._cut()
        self._become(move(self.status, place, leads_in=leads_in))

    def put_in(self, insertion: Insertion) -> bool:
        """Say a remark now, then go on; False if nothing plays."""
        if not isinstance(self.status, Playing):
            return False
        self._start(Preparing(*self._cut()), insertion)
        return True

    def owes_more(self) -> bool:
        """More time was promised, and is not over."""
        if isinstance(self.status, Playing):
            return self.tape.owes(self._output.heard())
        return standing(self.status)[1] is not None

    def wait_here(self, more: Insertion) -> bool:
        """Give more time at the place where the session waits; False if it does not wait."""
        if not isinstance(self.status, Preparing | Paused | Lost):
            return False
        self._become(replace(self.status, more=(self.status.place, more)))
        return True

    # --- turns of the loop ---------------------------------------------------------------------------------

    def turn(self) -> None:
        """Look after the device, and start as soon as everything is there."""
        self._take_in_words()
        self._notice_sleep()
        self._look_after_what_plays()
        self._look_after_what_waits()
        now = self._clock()
        match self.status:
            case Preparing():
                self._start_if_ready(self.status)
            case Lost(give_up_at=give_up_at) if now >= give_up_at:
                _log.info("the sound has been gone for %.0f s; paused", GIVE_UP)
                self.pause("the sound has been gone for long; paused")
            case Lost(retry_at=retry_at) if now >= retry_at:
                self._start_if_ready(self.status)

    def _become(self, status: Status) -> None:
        """The one way from status to status; a lead-in that is not taken along is not spoken any more."""
        before, after = remark_of(self.status), remark_of(status)
        if before is not None and before is not after:
            before.cancel()
        self.status = status

    def _cut(self) -> tuple[LivePosition, More | None]:
        """Silence; where the listener is, and what they have not yet had of more time."""
        if isinstance(self.status, Playing):
            return self.tape.cut(self._output.stop())
        return standing(self.status)

    def _take_in_words(self) -> None:
        """Take in what the voice could not say before; not in the middle of what is heard."""
        for section in list(self._stock.remade):
            place, _ = self.locate()
            if place.section != section or place.frame == 0:
                self.tape.change(section, self._stock.take_in)

    def _notice_sleep(self) -> None:
        """Nobody is on the mat any more when a computer wakes up; it must not begin to speak."""
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
        """All that could be handed over has been heard."""
        return self.tape.head().section not in self._stock.shelf and self._output.heard() >= self.tape.pulled

    def _look_after_what_waits(self) -> None:
        """See that the place is there, and prepare the way in, as soon as its section is laid out."""
        status = self.status
        if not isinstance(status, Preparing | Paused | Lost):
            return
        section, last = status.place.section, len(self._stock.outlines) - 1
        if section > last:
            self._become(Ended(status.place))
        elif section in self._stock.sections:
            asks = status.lead_in is not None and status.lead_in.remark is None
            if status.place.frame >= self._stock.sections[section].length:
                # What was estimated, or noted before an edit, is not there.
                there = section if asks or section == last else section + 1
                status = replace(status, place=LivePosition(there, Frames(0)))
            if asks:
                status = replace(status, lead_in=self._ask(status.place))
            self._become(status)

    def _start_if_ready(self, ready: Preparing | Lost) -> None:
        if ready.place.section not in self._stock.shelf:
            if self._stock.error is not None:
                self._fail(self._stock.error)
        elif ready.lead_in is None or ready.lead_in.is_over(self._clock()):
            # More time is a way in itself.
            gets_more = ready.more is not None and ready.more[0] == ready.place
            self._start(ready, None if gets_more else insertion_from(remark_of(ready)))

    def _start(self, ready: Preparing | Lost, insertion: Insertion | None) -> None:
        settled = self.tape.transport.at(ready.place).settle(self._stock.sections)
        ready = replace(ready, place=settled.place)
        pull = self.tape.begin(ready.place, insertion, ready.more)
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
        """Headphones were pulled out: nobody wants the session on the loudspeakers without being asked."""
        _log.info("another device; paused")
        self._device = device
        message = f"sound would now come from {device}; paused"
        self._become(Paused(place, more, self._ask(place), message))

    def _fail(self, error: BaseException, place: LivePosition | None = None) -> None:
        _log.error("the session cannot go on", exc_info=error)
        self._become(Failed(place or self._cut()[0], error))

    def _ask(self, place: LivePosition) -> LeadIn | None:
        return ask_for_lead_in(self._stock, place, self._clock())
