"""A simple model of playing, a few numbers without sound, to compare the engine with.

It knows nothing of tapes, outputs or threads, only where the listener is, whether it plays, and what is
inserted. Any commands in any order must leave the engine where the model is, and every sample heard must
match the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from player.engine import (
    Again,
    Back,
    Done,
    GoOn,
    Jump,
    MoreTime,
    Mute,
    Next,
    Pause,
    Play,
    Quit,
    SeekBy,
    SeekTo,
    State,
    Toggle,
    Volume,
    Whereabouts,
    until_done,
)
from player.engine.deck import GIVE_UP
from player.outputs.protocol import TroubleKind
from player.timeline import PhaseKind

from tests.test_engine import RATE, REMARK, Player

if TYPE_CHECKING:
    from player.engine import Command

SECTIONS, LENGTH, REST = 4, 500, 400
"""What `FakeCompiler` makes: talk, exercise, exercise, end; each ends with a rest in which nothing sounds."""
EXERCISES = (1, 2)
WORD = range(101, 200)
"""Frames within the speech of each section."""
REMARK_LENGTH, MORE = 150, 1000
BLOCK = 10
GLIDE = 10
"""Frames in which a new volume may not be reached yet."""
EACH, AT_MOST = 2.0, 5.0
"""Seconds between the reminders of a wait, and of all of it: less than in truth, so both are met."""


@dataclass
class Model:
    """Where the listener is, and what happens next."""

    section: int = 0
    frame: int = 0
    state: State = State.PLAYING
    wanted: bool = True
    """Whether the listener wants it to play."""
    remark: int = 0
    """Frames left of the remark."""
    more: int = 0
    """Frames left of the extra time."""
    until_done: frozenset[int] = frozenset()
    """The sections at whose last frame it waits for the listener."""
    waited: int = 0
    """Frames of this wait that were heard."""
    leads_in: bool = False
    """Whether resuming begins with a lead-in."""
    volume: float = 1.0
    muted: bool = False
    fresh: bool = True
    """Whether the next frame fades in."""
    unsure: int = 0
    """Frames until the volume is certainly reached."""
    gone: bool = False
    """Whether the device cannot be opened."""
    lost_for: float = 0.0
    """Seconds."""

    @property
    def waits(self) -> bool:
        """Whether it waits here for the listener, paused or not."""
        return self.section in self.until_done and self.frame == LENGTH - 1

    @property
    def shown(self) -> State:
        """The state in the snapshot."""
        return State.WAITING if self.state is State.PLAYING and self.waits else self.state

    @property
    def total(self) -> int:
        """Frames from the start of the session."""
        return self.section * LENGTH + self.frame

    @property
    def settled(self) -> tuple[int, int]:
        """Where it restarts: never within a word."""
        return self.section, WORD.start - 1 if self.frame in WORD else self.frame

    def start(self) -> None:
        """Start the sound, if there is a device."""
        self.section, self.frame = self.settled
        if self.gone:
            self.lose()
            return
        self.remark = REMARK_LENGTH if self.leads_in and not self.more else 0
        self.waited = 0
        self.state, self.leads_in, self.fresh, self.unsure = State.PLAYING, False, True, 0

    def cut(self) -> None:
        """Stop the sound; a remark is not repeated."""
        self.remark = 0

    def play(self) -> None:
        """Resume; go on where it waits."""
        if self.shown is State.WAITING:
            self.go_on()
        elif self.state is not State.ENDED and not self.wanted:
            self.wanted = True
            self.start()

    def pause(self) -> None:
        """Pause."""
        if self.state is not State.ENDED and self.wanted:
            self.leads_in = self.leads_in or self.state is not State.LOST
            self.wanted, self.state = False, State.PAUSED
            self.cut()

    def lose(self) -> None:
        """The device is gone."""
        self.cut()
        self.leads_in = self.leads_in or self.frame > 0
        self.state, self.gone, self.lost_for = State.LOST, True, 0.0

    def find(self) -> None:
        """The device is there again."""
        self.gone = False
        if self.state is State.LOST:
            self.start()

    def move(self, section: int, frame: int) -> None:
        """Move to another place; if nothing is heard now, with a lead-in, except at a start."""
        self.leads_in = self.state is not State.PLAYING and frame > 0
        self.section, self.frame, self.remark, self.more = section, frame, 0, 0
        if self.state is State.ENDED:
            self.wanted, self.state = False, State.PAUSED
        if self.state is State.PLAYING:
            self.start()

    def seek(self, total: int) -> None:
        """Move to a frame from the start of the session, or to the start of the word there."""
        self.section, self.frame = divmod(min(max(0, total), SECTIONS * LENGTH - 1), LENGTH)
        self.move(*self.settled)

    def go_on(self) -> None:
        """Go on after a wait."""
        self.move(self.section + 1, 0)
        self.end()

    def end(self) -> None:
        """End the session, if it is over."""
        if self.section == SECTIONS:
            self.state = State.ENDED

    def done(self) -> None:
        """Go on where it waits, also if it is paused."""
        if self.waits:
            self.go_on()
            self.play()

    def next(self) -> None:
        """Jump to the next exercise, if there is one; go on where it waits."""
        if self.waits:
            self.go_on()
            return
        following = [index for index in EXERCISES if index > self.section]
        if following:
            self.move(following[0], 0)

    def back(self) -> None:
        """Jump to the start of this exercise after three seconds; else of the one before, or of the
        session."""
        if self.section < SECTIONS and self.frame > 3 * RATE:
            self.move(self.section, 0)
        else:
            self.move(max((index for index in EXERCISES if index < self.section), default=0), 0)

    def say(self) -> None:
        """Insert a remark; nothing if it does not play."""
        if self.state is State.PLAYING:
            self.start()
            self.remark = REMARK_LENGTH

    def more_time(self) -> None:
        """Add more time, in a rest, once."""
        if self.state is not State.ENDED and not self.more and self.frame >= REST and not self.waits:
            self.more = MORE

    def set_volume(self, volume: float, *, muted: bool, ahead: int) -> None:
        """Set the volume, which is reached soon."""
        self.volume, self.muted, self.unsure = min(1.0, max(0.0, volume)), muted, ahead + GLIDE

    def hear(self, blocks: int) -> list[int | None]:
        """The expected samples; None if they may be anything."""
        heard: list[int | None] = []
        for _ in range(blocks):
            self.lost_for += 0.1
            if self.state is State.LOST and self.lost_for > GIVE_UP:
                self.state, self.wanted = State.PAUSED, False
            if self.state is State.PLAYING:
                heard += [self._next() for _ in range(BLOCK)]
                self.end()
        return heard

    def _next(self) -> int | None:
        gain = 0.0 if self.muted or self.fresh else self.volume
        self.fresh, self.unsure = False, max(0, self.unsure - 1)
        if self.section == SECTIONS:
            return 0
        if self.remark:
            said = REMARK_LENGTH - self.remark
            sample = 1000 * REMARK + said if said < 50 else 0
            self.remark -= 1
        elif self.more:
            sample = 0
            self.more -= 1
        elif self.waits:
            sample = self._wait()
        else:
            sample = 1000 * self.section + self.frame if self.frame < REST else 0
            self._advance()
        return None if self.unsure else round(sample * gain)

    def _wait(self) -> int:
        said = self.waited % round(EACH * RATE)
        reminds = self.waited >= EACH * RATE and said < 50
        self.waited += 1
        if self.waited == AT_MOST * RATE:
            self._advance()
        return 1000 * REMARK + said if reminds else 0

    def _advance(self) -> None:
        self.frame += 1
        if self.frame == LENGTH:
            self.section, self.frame, self.waited = self.section + 1, 0, 0


class EngineAgainstModel(RuleBasedStateMachine):
    """Does the same to the engine and the model."""

    def __init__(self) -> None:
        super().__init__()
        self.shorter = patch.multiple(until_done, EACH=EACH, AT_MOST=AT_MOST)
        self.shorter.start()
        self.model, self.player, self.ahead = Model(), Player(), 0

    @initialize(
        ahead=st.sampled_from([0, 7, 40]),
        place=st.none() | st.tuples(st.integers(0, 3), st.integers(0, 499)),
        waiting=st.frozensets(st.integers(0, 3), max_size=2),
    )
    def begin(self, ahead: int, place: tuple[int, int] | None, waiting: frozenset[int]) -> None:
        self.ahead, self.model = ahead, Model(until_done=waiting)
        self.player = Player(*([GoOn(*place)] if place else []), ahead=ahead, until_done=waiting)
        if place:
            self.model.section, self.model.frame = place
            self.model.leads_in = True
            self.model.start()

    def ask(self, command: Command) -> None:
        note(f"{self.model}")
        self.player.do(command)

    @rule()
    def play(self) -> None:
        self.ask(Play())
        self.model.play()

    @rule()
    def pause(self) -> None:
        self.ask(Pause())
        self.model.pause()

    @rule()
    def toggle(self) -> None:
        self.ask(Toggle())
        (self.model.pause if self.model.wanted else self.model.play)()

    @rule()
    def done(self) -> None:
        self.ask(Done())
        self.model.done()

    @precondition(lambda self: self.model.section in self.model.until_done)
    @rule(ahead=st.integers(0, 2))
    def almost_wait(self, ahead: int) -> None:
        self.ask(GoOn(self.model.section, LENGTH - 1 - ahead))
        self.model.move(self.model.section, LENGTH - 1 - ahead)
        self.model.leads_in = True
        if self.model.state is State.PLAYING:
            self.model.start()

    @rule()
    def next(self) -> None:
        self.ask(Next())
        self.model.next()

    @rule()
    def back(self) -> None:
        self.ask(Back())
        self.model.back()

    @rule(section=st.integers(-1, 5))
    def jump(self, section: int) -> None:
        self.ask(Jump(section))
        self.model.move(min(max(0, section), SECTIONS - 1), 0)

    @rule(frames=st.integers(-1200, 1200))
    def seek_by(self, frames: int) -> None:
        self.ask(SeekBy(frames / RATE))
        if self.model.state is not State.ENDED or frames < 0:
            self.model.seek(self.model.total + frames)

    @rule(frames=st.integers(-100, 3000))
    def seek_to(self, frames: int) -> None:
        self.ask(SeekTo(frames / RATE))
        self.model.seek(frames)

    @rule(command=st.sampled_from([Again(), Whereabouts()]))
    def say(self, command: Command) -> None:
        self.ask(command)
        self.model.say()

    @precondition(lambda self: self.ahead == 0 or self.model.state is not State.PLAYING)
    @rule()
    def more_time(self) -> None:
        self.ask(MoreTime())
        self.model.more_time()

    @rule(level=st.floats(-2, 2), by=st.booleans())
    def set_volume(self, level: float, by: bool) -> None:  # noqa: FBT001  hypothesis names its arguments
        self.ask(Volume(level, by=by))
        self.model.set_volume(self.model.volume + level if by else level, muted=False, ahead=self.ahead)

    @rule()
    def mute(self) -> None:
        self.ask(Mute())
        self.model.set_volume(self.model.volume, muted=not self.model.muted, ahead=self.ahead)

    @rule()
    def sleep(self) -> None:
        self.player.slept += 3600
        self.player.turn()
        self.model.pause()

    @precondition(lambda self: self.model.state is State.PLAYING)
    @rule()
    def lose_the_device(self) -> None:
        self.player.output.fail(TroubleKind.LOST)
        self.player.output.refusal = "no sound device"
        self.player.turn()
        self.model.lose()

    @precondition(lambda self: self.model.gone)
    @rule()
    def find_the_device(self) -> None:
        self.player.output.refusal = None
        self.player.now += 2.0
        self.player.turn()
        self.model.find()

    @precondition(lambda self: self.model.state is State.PLAYING)
    @rule()
    def change_the_device(self) -> None:
        self.player.output.fail(TroubleKind.CHANGED, device="Loudspeakers")
        self.player.turn()
        self.model.pause()

    @rule(blocks=st.integers(1, 60))
    def hear(self, blocks: int) -> None:
        heard, expected = self.player.hear(blocks / 10), self.model.hear(blocks)
        assert len(heard) == len(expected)
        wrong = [
            (number, *both)
            for number, both in enumerate(zip(heard, expected, strict=True))
            if both[1] is not None and abs(both[0] - both[1]) > (self.model.volume < 1)
        ]
        assert not wrong, wrong[:5]

    @invariant()
    def agree(self) -> None:
        now, model = self.player.engine.snapshot, self.model
        assert now.state is model.shown
        assert self.player.place in {
            self.where,
            self.where if model.state is State.PLAYING else model.settled,
        }
        model.section, model.frame = self.player.place  # an attempt to reopen the device may have moved it
        assert now.remark == bool(model.remark or model.more or now.state is State.WAITING)
        assert (now.volume, now.muted) == (model.volume, model.muted)
        assert now.can_next == (model.waits or model.section < EXERCISES[-1])
        assert now.length == SECTIONS * LENGTH / RATE
        if model.section < SECTIONS:
            assert now.elapsed == model.total / RATE
            assert now.phase is (PhaseKind.REST if model.frame >= REST else PhaseKind.HOLD)

    @property
    def where(self) -> tuple[int, int]:
        return self.model.section, self.model.frame

    def teardown(self) -> None:
        self.find_the_device()
        self.play()
        self.hear(600)
        self.agree()
        assert self.model.state is State.ENDED
        self.shorter.stop()
        self.ask(Quit())
        assert self.player.engine.closed
