"""What plays: the tape, the output, and what becomes of them when the device or the voice is in trouble.

The deck knows where the listener is, by what they heard. To move them it cuts the output and starts it anew
at the place they should be; a device that is gone is asked for again every second, from the place where the
sound broke off. It stays paused when sound would suddenly come from somewhere else.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from player.engine.snapshot import State
from player.engine.tape import Insertion, Loaded, More, Tape
from player.errors import OutputError
from player.outputs.protocol import TroubleKind
from player.timeline import Frames, PhaseKind
from player.transport import Place, Transport, phase_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from player.engine.stock import Stock
    from player.outputs.protocol import Output, Trouble
    from player.sound.bed import Bed

_log = logging.getLogger(__name__)

RETRY = 1.0
"""Seconds between two tries to get a lost device back."""
GIVE_UP = 120.0
"""Seconds after which a lost device is not tried again unless somebody asks: nobody lies there any more."""
NAP = 2.0
"""Seconds of sleep that nobody notices."""
REMARK_WAIT = 1.5
"""Seconds that going on waits for a lead-in to be spoken; then it goes on without."""


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
        exercises = tuple(outline.exercise_id is not None for outline in stock.outlines)
        self._place = Place(0, Frames(0))
        self.tape = Tape(Transport(exercises, stock.rate, self._place), stock.shelf, bed)
        self.state = State.PREPARING
        self.message: str | None = None
        self.error: BaseException | None = None
        self.closed = False
        """The output's reader has gone: there is nobody to play to."""
        self._leads_in = False
        """Begins with a lead-in, which can be prepared once the section is there."""
        self._more: More | None = None
        """More time that was promised, and not yet had."""
        self._playing_is_wanted = True
        self._lead_in: Future[Loaded] | None = None
        self._lead_in_by = self._retry_at = self._give_up_at = 0.0
        self._device = ""

    @property
    def device(self) -> str:
        """Where sound comes from, or came from last."""
        return self._device or self._output.device

    @property
    def wants_to_play(self) -> bool:
        """It plays, or will as soon as it can."""
        return self._playing_is_wanted

    def here(self) -> tuple[Place, Insertion | None]:
        """Where the listener is, by what they heard; and what is put in there."""
        if self.state is State.PLAYING:
            return self.tape.heard(self._output.heard())
        return self._place, self._more[1] if self._more and self._more[0] == self._place else None

    def transport(self) -> Transport:
        """The transport, standing where the listener is."""
        return self.tape.transport.at(self.here()[0])

    # --- what the listener asks for ------------------------------------------------------------------------

    def play(self) -> None:
        """Go on, after a lead-in."""
        if self.state in {State.ENDED, State.FAILED} or self._playing_is_wanted:
            return
        self._playing_is_wanted, self.message = True, None
        self.state = State.PREPARING
        if self._lead_in is not None and self._lead_in.done() and spoken(self._lead_in) is None:
            self._prepare_lead_in()
        self._lead_in_by = self._clock() + REMARK_WAIT

    def pause(self) -> None:
        """Cut the sound and stand still; the way back in is prepared meanwhile."""
        if self.state in {State.ENDED, State.FAILED} or not self._playing_is_wanted:
            return
        if self.state is not State.LOST:
            self.stop()
            self._prepare_lead_in()
        self._playing_is_wanted, self.state, self.message = False, State.PAUSED, None

    def leave(self) -> None:
        """Cut the sound for good; where the listener is does not change any more."""
        self.stop()
        self._playing_is_wanted = False
        if self.state not in {State.ENDED, State.FAILED}:
            self.state = State.PAUSED

    def move(self, place: Place, *, leads_in: bool = False) -> None:
        """Cut the sound and be somewhere else, playing or paused as before.

        Whoever hears nothing is led in, except at the start of a section, which announces itself.
        """
        hears = self._playing_is_wanted and self.state in {State.PLAYING, State.PREPARING}
        self.stop()
        self._forget_lead_in()
        self._place, self._more = place, None
        self._leads_in = leads_in or (not hears and place.frame > 0)
        if self.state is State.FAILED or self.state is State.LOST:
            return
        self.message = None
        if self.state is State.ENDED:
            self._playing_is_wanted = False
        self.state = State.PREPARING if self._playing_is_wanted else State.PAUSED

    def put_in(self, insertion: Insertion) -> bool:
        """Say a remark now, then go on; False if nothing plays."""
        if self.state is not State.PLAYING:
            return False
        self.stop()
        self._start(self._settled(), insertion)
        return True

    def more_is_coming(self) -> bool:
        """More time was promised, and is not over."""
        if self.state is State.PLAYING:
            return self.tape.owes(self._output.heard())
        return self._more is not None

    def wait_here(self, more: Insertion) -> None:
        """More time where the listener stands paused."""
        self._more = self._place, more

    def stop(self) -> None:
        """Cut the sound; the listener stays where it was cut."""
        if self.state is State.PLAYING:
            self._place, self._more = self.tape.cut(self._output.stop())

    # --- turns of the loop ---------------------------------------------------------------------------------

    def turn(self) -> None:
        """Look after the device, and start as soon as everything is there."""
        self._take_in_words()
        self._notice_sleep()
        if self.state is State.PLAYING:
            trouble = self._output.trouble()
            if trouble is not None:
                self._meet(trouble)
            elif self.tape.transport.ended and self._output.heard() >= self.tape.pulled:
                self.stop()
                self.state = State.ENDED
            elif self._stock.error is not None and self._is_starved():
                self.stop()
                self._fail(self._stock.error)
        over = self._place.section >= len(self._stock.outlines)
        if over and self.state not in {State.ENDED, State.FAILED}:
            self.state, self.message = State.ENDED, None
        self._get_ready()
        if self.state is State.PREPARING and self._playing_is_wanted:
            self._start_if_ready()
        elif self.state is State.LOST and self._clock() >= self._give_up_at:
            self._give_up()
        elif self.state is State.LOST and self._clock() >= self._retry_at:
            self._start_if_ready()

    def _take_in_words(self) -> None:
        """What the voice could not say before; not in the middle of what is heard."""
        for section in list(self._stock.remade):
            if self._place.section != section or self._place.frame == 0:
                self.tape.change(section, self._stock.take_in)

    def _notice_sleep(self) -> None:
        """Nobody lies on the mat any more when a computer wakes up; it must not begin to speak."""
        before, self._slept_before = self._slept_before, self._slept()
        if self._slept_before - before > NAP and self._playing_is_wanted:
            self.pause()
            self.message = "the computer was asleep; paused"
            _log.info("the computer was asleep for %.0f s", self._slept_before - before)

    def _is_starved(self) -> bool:
        """All that could be handed over has been heard."""
        return self.tape.head().section not in self._stock.shelf and self._output.heard() >= self.tape.pulled

    def _get_ready(self) -> None:
        """See that the place is there, and prepare the way in, as soon as its section is laid out."""
        if self.state is State.PLAYING or self._place.section not in self._stock.sections:
            return
        section, last = self._place.section, len(self._stock.outlines) - 1
        if (self._leads_in or section == last) and self._place.frame >= self._stock.sections[section].length:
            # What was estimated, or noted before an edit, is not there.
            self._place = Place(section, Frames(0))
        if self._leads_in:
            self._leads_in = False
            self._prepare_lead_in()

    def _start_if_ready(self) -> None:
        if self._place.section not in self._stock.shelf:
            if self._stock.error is not None:
                self._fail(self._stock.error)
        elif not self._lead_in or self._lead_in.done() or self._clock() >= self._lead_in_by:
            self._start(self._settled(), self._way_in())

    def _way_in(self) -> Insertion | None:
        """What is said before going on; nothing where more time is being given, which is a way in itself."""
        return None if self._more and self._more[0] == self._place else spoken(self._lead_in)

    def _settled(self) -> Place:
        return self.tape.transport.at(self._place).settled(self._stock.sections).place

    def _start(self, place: Place, insertion: Insertion | None) -> None:
        was_lost, self._place = self.state is State.LOST, place
        pull = self.tape.begin(place, insertion, self._more)
        try:
            self._output.start(pull)
        except OutputError as error:
            if self._device:
                self._lose(str(error))
            else:
                self._fail(error)
            return
        if was_lost and self._device not in {"", self._output.device}:
            self._output.stop()
            self._stay_paused(self._output.device)
            return
        self._forget_lead_in()
        self._device = self._output.device
        self.state = State.PLAYING
        if was_lost:
            self.message = None
            _log.info("the sound is back")

    def _meet(self, trouble: Trouble) -> None:
        self.stop()
        match trouble.kind:
            case TroubleKind.FAILED:
                self._fail(trouble.cause or OutputError(trouble.message))
            case TroubleKind.LOST:
                self._lose(trouble.message)
            case TroubleKind.CHANGED:
                self._stay_paused(trouble.device or "another device")
            case TroubleKind.CLOSED:
                self.state, self.message, self.closed = State.PAUSED, trouble.message, True

    def _lose(self, message: str) -> None:
        now = self._clock()
        if self.state is not State.LOST:
            _log.warning("no sound: %s", message)
            self._give_up_at = now + GIVE_UP
            if self._lead_in is None and self._place.frame > 0:
                self._prepare_lead_in()
        self.state, self.message = State.LOST, f"{message}; trying again"
        self._retry_at = now + RETRY

    def _give_up(self) -> None:
        _log.info("the sound has been gone for %.0f s; paused", GIVE_UP)
        self.state, self._playing_is_wanted = State.PAUSED, False
        self.message = "the sound has been gone for long; paused"

    def _stay_paused(self, device: str) -> None:
        """Headphones were pulled out: nobody wants the session on the loudspeakers without being asked."""
        _log.info("another device; paused")
        self.state, self._playing_is_wanted = State.PAUSED, False
        self.message = f"sound would now come from {device}; paused"
        self._device = device
        self._prepare_lead_in()

    def _fail(self, error: BaseException) -> None:
        _log.error("the session cannot go on", exc_info=error)
        self.state, self.error, self.message = State.FAILED, error, str(error)

    def _prepare_lead_in(self) -> None:
        self._forget_lead_in()
        if self._place.section < len(self._stock.outlines):
            phase = phase_at(self._place, self._stock.sections)
            kind = phase.kind if phase else PhaseKind.TALK
            self._lead_in = self._stock.remark(self._stock.lead_in(self._place.section, kind))
            self._lead_in_by = self._clock() + REMARK_WAIT

    def _forget_lead_in(self) -> None:
        if self._lead_in is not None:
            self._lead_in.cancel()
        self._lead_in = None


def spoken(remark: Future[Loaded] | None) -> Insertion | None:
    """What can be put in; None if it is not there: a session never stops for want of a remark."""
    if remark is None or not remark.done() or remark.cancelled() or remark.exception() is not None:
        return None
    loaded = remark.result()
    return Insertion(loaded.section.length, loaded)
