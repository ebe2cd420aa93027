"""A section that lasts until the listener is done: where it waits, what is heard, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player import timeline
from player.compiler import Compiler
from player.engine import (
    Again,
    Back,
    Done,
    GoOn,
    MoreTime,
    Next,
    Pause,
    Play,
    Quit,
    SeekBy,
    State,
    Toggle,
    Whereabouts,
)
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.engine.until_done import AT_MOST, EACH, wait_with
from player.layout import Lengths, lay_out, remarks
from player.library import Library
from player.outputs.protocol import TroubleKind
from player.session import Choices
from player.sound.bed import Bed
from player.sound.load import load
from player.speech.cast import Cast
from player.speech.speaker import Speaker
from player.testing.fake_voice import FakeVoice
from player.testing.manual_output import ManualOutput
from player.timeline import Cue, CueKind, Frames
from player.wording import ENGLISH, wording_for

from tests.test_engine import RATE, REMARK, FakeCompiler, Player, faded, frames, remark
from tests.test_engine_faults import remarks_made

if TYPE_CHECKING:
    from player.engine import Command

WAITED, LAST = 1, 499
"""The section that lasts until the listener is done, and its last frame."""


def waiting(*, ahead: int = 0, section: int = WAITED) -> Player:
    """The session waits at the end of a section, and has done so for a second."""
    player = Player(ahead=ahead, until_done=[section])
    player.hear(5 * (section + 1) + 1)
    assert (player.state, player.place) == (State.WAITING, (section, LAST))
    return player


@pytest.mark.parametrize("ahead", [0, 7, 40])
def test_it_waits_at_the_end_of_the_section_and_time_stands_still(ahead: int) -> None:
    player = Player(ahead=ahead, until_done=[WAITED])
    assert player.hear(10) == frames(0, 0, 500) + frames(1, 0, 500)
    left = player.engine.snapshot.remaining

    assert player.hear(30) == [0] * 3000
    now = player.engine.snapshot
    assert (now.state, now.remaining, now.phase_left) == (State.WAITING, left, 1 / RATE)
    assert (now.title, now.length, now.remark) == ("Bridge", 20.0, True)


@pytest.mark.parametrize("ahead", [0, 7, 40])
@pytest.mark.parametrize("command", [Done(), Next(), Play()], ids=str)
def test_the_listener_who_is_done_goes_on_at_once(command: Command, ahead: int) -> None:
    player = waiting(ahead=ahead)
    player.do(command)

    assert (player.state, player.place) == (State.PLAYING, (2, 0))
    assert player.hear(1) == faded(frames(2, 0, 100))
    assert player.engine.snapshot.seeks == 0  # nothing was left out


def test_next_goes_on_with_what_follows_and_leaves_nothing_out() -> None:
    player = waiting(section=2)
    assert player.engine.snapshot.can_next
    player.do(Next())

    assert player.hear(1) == faded(frames(3, 0, 100))


@pytest.mark.parametrize("command", [Done(), Play()], ids=str)
def test_elsewhere_there_is_nothing_to_be_done(command: Command) -> None:
    player = Player(until_done=[WAITED])
    heard = player.hear(3)
    player.do(command)

    assert heard + player.hear(2) == frames(0, 0, 500)


def test_a_reminder_is_heard_each_minute_and_after_ten_it_goes_on_by_itself() -> None:
    player = Player(until_done=[WAITED])
    player.hear(9.9)
    heard = player.hear(EACH * 10 + 0.1)

    minute = [*remark(), *[0] * (6000 - len(remark()))]
    assert heard == [*frames(1, 490, 499), *[0] * 6000, *minute * 9, *frames(2, 0, 1)]
    assert (player.state, player.place) == (State.PLAYING, (2, 1))


def test_the_last_section_waits_and_then_the_session_ends() -> None:
    player = waiting(section=3)
    assert player.engine.snapshot.can_next
    player.do(Done())

    assert player.state is State.ENDED
    assert player.engine.snapshot.remaining == 0


def test_the_last_section_ends_by_itself_after_ten_minutes() -> None:
    player = waiting(section=3)
    player.hear(AT_MOST)

    assert player.state is State.ENDED
    assert player.place == (4, 0)


def test_it_waits_even_where_the_next_section_is_not_there_yet() -> None:
    player = Player(until_done=[0])
    player.ready = False
    for index in (1, 2, 3):
        player.stock.shelf.pop(index)
    player.hear(7)
    assert player.state is State.WAITING
    player.do(Done())
    assert (player.state, player.place) == (State.PREPARING, (1, 0))
    player.ready = True
    player.turn()

    assert player.hear(1) == faded(frames(1, 0, 100))


# --- a pause, and what else may happen meanwhile -----------------------------------------------------------


def test_the_space_bar_pauses_and_then_it_waits_again_with_a_reminder_first() -> None:
    player = waiting()
    made = remarks_made(player)
    player.do(Toggle())
    assert (player.state, player.place) == (State.PAUSED, (1, LAST))
    assert player.hear(5) == []
    player.do(Toggle())

    assert made == ["remark reminder 1"]
    assert player.hear(3) == faded([*remark(), *[0] * 150])
    assert player.state is State.WAITING


def test_done_in_a_pause_goes_on_and_next_stays_paused() -> None:
    paused = waiting()
    paused.do(Pause(), Done())
    assert (paused.state, paused.place) == (State.PLAYING, (2, 0))

    paused = waiting()
    paused.do(Pause(), Next())
    assert (paused.state, paused.place) == (State.PAUSED, (2, 0))


def test_done_ends_a_session_that_is_paused_in_its_last_wait() -> None:
    player = waiting(section=3)
    player.do(Pause(), Done())

    assert player.state is State.ENDED


def test_the_way_back_leads_into_the_section_and_it_waits_again() -> None:
    player = waiting()
    player.do(SeekBy(-2))
    assert player.place == (1, 299)
    player.hear(3)
    assert player.state is State.WAITING

    player.do(Back())
    assert player.hear(1) == faded(frames(1, 0, 100))


def test_ten_seconds_ahead_leave_the_wait() -> None:
    player = waiting()
    player.do(SeekBy(1))

    assert player.place == (2, 99)


@pytest.mark.parametrize("command", [Whereabouts(), Again()], ids=str)
def test_remarks_are_heard_and_it_still_waits(command: Command) -> None:
    player = waiting()
    player.do(command)

    assert player.hear(2) == faded([*remark(), *[0] * 50])
    assert (player.state, player.place) == (State.WAITING, (1, LAST))
    player.do(Done())
    assert player.place == (2, 0)


def test_more_time_is_not_needed() -> None:
    player = waiting()
    player.do(MoreTime())

    assert player.engine.snapshot.message == "there is no hurry; the session waits for you"
    assert player.state is State.WAITING


def test_more_time_given_just_before_comes_before_the_wait() -> None:
    player = Player(until_done=[WAITED])
    player.hear(9.5)
    player.do(MoreTime())
    player.hear(10)
    assert (player.state, player.place) == (State.PLAYING, (1, 450))
    player.hear(1)

    assert player.state is State.WAITING


def test_what_was_said_and_asked_for_in_the_wait_is_over_with_it() -> None:
    player = waiting()
    player.do(MoreTime())
    player.ready = False
    player.do(Whereabouts(), Done())
    player.ready = True
    player.turn()

    assert player.engine.snapshot.message is None
    assert player.hear(2) == faded(frames(2, 0, 200))


def test_a_lost_device_comes_back_with_a_reminder_and_it_waits_again() -> None:
    player = waiting()
    made = remarks_made(player)
    player.output.fail(TroubleKind.LOST)
    player.output.refusal = "no device"
    player.turn()
    assert (player.state, player.place) == (State.LOST, (1, LAST))
    player.output.refusal = None
    player.now += 2
    player.turn()

    assert made == ["remark reminder 1"]
    assert player.hear(2) == faded([*remark(), *[0] * 50])
    assert player.state is State.WAITING


def test_done_while_the_device_is_gone_goes_on_when_it_is_back() -> None:
    player = waiting()
    player.output.fail(TroubleKind.LOST)
    player.output.refusal = "no device"
    player.turn()
    player.do(Done())
    assert (player.state, player.place) == (State.LOST, (2, 0))
    player.output.refusal = None
    player.now += 2
    player.turn()

    assert player.hear(1) == faded(frames(2, 0, 100))


def test_a_place_kept_while_it_waited_waits_again_with_a_reminder_first() -> None:
    player = Player(GoOn(1, LAST), until_done=[WAITED])

    assert player.hear(2) == faded([*remark(), *[0] * 50])
    assert (player.state, player.place) == (State.WAITING, (1, LAST))


def test_quitting_keeps_the_place() -> None:
    player = waiting()
    player.do(Quit())

    assert player.engine.closed
    assert player.place == (1, LAST)


def test_without_a_voice_it_waits_in_silence() -> None:
    player = Player(ready=False, until_done=[WAITED])
    player.compiler.mute = True
    player.ready = True
    player.turn()
    player.hear(9)
    heard = player.hear(100)

    assert not any(heard[200:])
    assert player.state is State.WAITING


def test_a_voice_that_failed_is_left_alone_but_words_at_hand_are_used() -> None:
    player = Player(ready=False, until_done=[WAITED])
    player.compiler.mute = True
    player.ready = True
    player.turn()
    player.compiler.mute = False
    made = remarks_made(player)

    player.stock.shelf.pop(WAITED)
    player.turn()
    assert made == []
    player.compiler.lacks_words = lambda outline: outline.title == ""  # type: ignore[method-assign]
    player.stock.shelf.pop(WAITED)
    player.turn()
    assert made == ["remark reminder 1"]


# --- what is heard in a wait -----------------------------------------------------------------------------


@pytest.mark.parametrize(("section", "level"), [(1, 100), (3, 0)])
def test_the_music_comes_up_in_a_wait_and_stays_out_after_the_last_section(section: int, level: int) -> None:
    loop = np.repeat(np.full(700, 100, np.int16)[:, np.newaxis], 2, axis=1)
    output = ManualOutput(RATE)
    engine = Engine(Player(until_done=[section]).stock, output, lambda: 0.0, bed=Bed(loop))
    for _ in range(50 * (section + 1) + 100):
        engine.step()
        output.pump(10)
    engine.step()
    assert engine.snapshot.state is State.WAITING

    assert set(output.pump(50)[:, 0]) == {level}
    for _ in range(490):
        output.pump(10)
        engine.step()
    remark_and_music = output.pump(100)[:50, 0] - 1000 * REMARK
    assert remark_and_music.max() <= 50 + level / 2  # it yields


def test_the_wait_has_a_reminder_each_minute_for_ten_minutes() -> None:
    cue = Cue(Frames(30), Frames(40), CueKind.SPEECH, "Take your time.")
    wait = wait_with((cue,), RATE)

    assert wait.length == AT_MOST * RATE
    assert [one.start for one in wait.cues] == [6000 * minute + 30 for minute in range(1, 10)]
    assert [(phase.start, phase.length) for phase in wait.phases] == [(0, wait.length)]
    assert wait.mark.start == 0
    assert wait_with((), RATE).cues == ()


@pytest.mark.parametrize(
    ("has_keys", "last"), [(True, "Press enter when you are done."), (False, "Go on when you are done.")]
)
def test_the_reminder_names_the_key_only_where_it_is_certain(has_keys: bool, last: str) -> None:  # noqa: FBT001
    outline = remarks.reminder(FakeCompiler().outlines[1], wording_for("en"), has_keys=has_keys)
    section = lay_out(outline, Lengths(dict.fromkeys(outline.texts(), Frames(100)), {}, RATE))

    assert [cue.content for cue in section.cues] == ["Take your time.", last]


def compiled_by(*, live: bool, until_done: bool) -> Compiler:
    library = Library.found()
    made = Compiler(
        library.load("desk-break").session,
        Choices(live=live),
        Cast(Speaker(FakeVoice(), gain=0.0)),
        lambda name: load(library.sound(name), timeline.RATE),
    )
    made.outlines = tuple(replace(outline, until_done=until_done) for outline in made.outlines)
    return made


@pytest.mark.parametrize("live", [False, True])
def test_each_section_that_is_compiled_so_has_a_wait_in_the_same_voice(*, live: bool) -> None:
    stock = Stock(compiled_by(live=live, until_done=True), timeline.RATE)
    stock.work()
    wait = stock.shelf[0].wait

    assert wait is not None
    assert [cue.content for cue in wait.section.cues[:2]] == list(
        ENGLISH.phrases.WAITING_FOR_YOU if live else ENGLISH.phrases.WAITING_WITHOUT_KEYS
    )
    assert len(wait.section.cues) == 18
    assert wait.renderer.length == AT_MOST * timeline.RATE
    first = wait.section.cues[0]
    assert first.start > EACH * timeline.RATE
    assert wait.renderer.read(first.start, 100).any()


def test_a_file_does_not_wait() -> None:
    waits, goes_on = (
        compiled_by(live=False, until_done=until_done).compile() for until_done in (True, False)
    )

    assert waits.timeline.length == goes_on.timeline.length
    assert waits.timeline.cues == goes_on.timeline.cues
