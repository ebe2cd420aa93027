"""What goes wrong while somebody lies on the floor, at a hundred frames a second: the session goes on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from player.engine import Back, Engine, GoOn, Next, Pause, Play, Quit, SeekTo, State, Stock, Whereabouts
from player.engine.deck import NAP
from player.engine.stock import VOICE_RESTS
from player.outputs.manual import ManualOutput
from player.outputs.protocol import TroubleKind
from player.timeline import Frames

from tests.test_engine import RATE, WORDLESS, FakeCompiler, Player, faded, frames, remark
from tests.virtual_soundcard import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable


def wordless(section: int) -> list[int]:
    """A section whose words are silent; sound begins and ends it as ever."""
    spoken = range(100, 200)
    last = WORDLESS - 100
    return [0 if frame in spoken or frame >= last else 1000 * section + frame for frame in range(WORDLESS)]


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def voiceless() -> Player:
    """The voice has failed before a word was spoken."""
    player = Player(ready=False)
    player.compiler.voice_fails = True
    player.ready = True
    player.turn()
    return player


# --- the voice -----------------------------------------------------------------------------------------


def test_without_a_voice_sounds_and_text_go_on_to_the_end(voiceless: Player) -> None:
    assert voiceless.engine.snapshot.message == "no voice; sounds and text go on"
    assert voiceless.hear(1.5) == wordless(0)[:150]
    assert voiceless.engine.snapshot.saying == "100"

    assert voiceless.hear(20) == wordless(0)[150:] + wordless(1) + wordless(2) + wordless(3)
    assert voiceless.engine.snapshot.state is State.ENDED


def test_a_voice_that_fails_half_way_is_not_missed_where_it_has_spoken_before(player: Player) -> None:
    player.compiler.voice_fails = True

    assert player.hear(20) == frames(0, 0, 500) + frames(1, 0, 500) + frames(2, 0, 500) + frames(3, 0, 500)
    assert player.engine.snapshot.message is None


def test_a_voice_that_failed_is_left_alone_for_a_while(voiceless: Player) -> None:
    asked = voiceless.compiler.asked
    voiceless.hear(VOICE_RESTS - 1)
    assert voiceless.compiler.asked == asked
    voiceless.hear(1.1)

    assert voiceless.compiler.asked == asked + 1


def test_a_voice_that_keeps_failing_is_asked_less_and_less(voiceless: Player) -> None:
    asked = []
    for _ in range(20):
        before = voiceless.compiler.asked
        voiceless.now += VOICE_RESTS
        voiceless.turn()
        asked.append(voiceless.compiler.asked - before)

    assert asked == [1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_a_voice_that_is_back_speaks_from_the_next_section_on(voiceless: Player) -> None:
    voiceless.hear(1)
    voiceless.compiler.voice_fails = False
    voiceless.now += VOICE_RESTS
    voiceless.turn()

    assert voiceless.hear(8.5) == wordless(0)[100:] + frames(1, 0, 500)
    assert voiceless.engine.snapshot.message is None


def test_what_is_heard_is_never_changed_in_the_middle(voiceless: Player) -> None:
    voiceless.hear(2)
    voiceless.do(Pause())
    voiceless.compiler.voice_fails = False
    voiceless.now += VOICE_RESTS
    voiceless.do(Play())

    assert voiceless.hear(4)[150:] == wordless(0)[200:450]


def test_going_back_to_the_start_of_an_exercise_hears_its_words_once_the_voice_is_back(
    voiceless: Player,
) -> None:
    voiceless.do(Next())
    voiceless.hear(3.5)
    voiceless.compiler.voice_fails = False
    voiceless.now += VOICE_RESTS
    voiceless.turn()
    voiceless.do(Back())

    assert voiceless.hear(3)[150:] == frames(1, 150, 300)


def test_a_remark_that_cannot_be_spoken_is_told_and_the_session_goes_on(player: Player) -> None:
    player.hear(0.5)
    player.compiler.mute = True
    player.do(Whereabouts())

    assert player.engine.snapshot.message == "the voice cannot say it now"
    assert player.hear(1) == frames(0, 50, 150)


# --- the end -------------------------------------------------------------------------------------------


@pytest.fixture
def all_heard(player: Player) -> Player:
    """The last sample has been heard, and the engine has not looked since."""
    player.hear(19.9)
    player.output.pump(10)
    return player


def test_a_pause_after_the_last_sample_is_the_end(all_heard: Player) -> None:
    all_heard.do(Pause())
    assert all_heard.state is State.ENDED
    all_heard.do(Play())

    assert all_heard.state is State.ENDED


def test_a_device_that_goes_after_the_last_sample_is_not_waited_for(all_heard: Player) -> None:
    all_heard.output.fail(TroubleKind.LOST)
    all_heard.turn()

    assert (all_heard.state, all_heard.engine.snapshot.message) == (State.ENDED, None)


def test_a_place_in_the_last_section_that_is_not_there_is_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeCompiler, "estimates", lambda _: (Frames(600),) * 4)
    player = Player(ready=False)
    player.stock.work()
    player.turn()
    player.do(SeekTo(23.5))
    player.ready = True
    player.turn()

    assert (player.state, player.place) == (State.PLAYING, (3, 0))


# --- the machine ---------------------------------------------------------------------------------------


def test_a_computer_that_wakes_up_does_not_begin_to_speak(player: Player) -> None:
    player.hear(3)
    player.slept += 3600
    player.turn()
    assert (player.state, player.place) == (State.PAUSED, (0, 300))
    assert player.engine.snapshot.message == "the computer was asleep; paused"
    player.do(Play())

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))


def test_a_moment_of_sleep_is_nothing(player: Player) -> None:
    player.hear(3)
    player.slept += NAP
    player.turn()

    assert player.state is State.PLAYING


def test_a_computer_that_sleeps_during_a_pause_tells_nothing_new(player: Player) -> None:
    player.do(Pause())
    player.slept += 3600
    player.turn()

    assert (player.state, player.engine.snapshot.message) == (State.PAUSED, None)


# --- a session that was broken off ---------------------------------------------------------------------


def test_it_goes_on_where_it_was_broken_off_after_a_lead_in() -> None:
    player = Player(GoOn(1, 250))

    assert player.hear(3) == faded(remark() + frames(1, 250, 400))


def test_in_the_middle_of_a_word_it_begins_at_its_start() -> None:
    player = Player(GoOn(1, 150))

    assert player.hear(2)[150:] == frames(1, 100, 150)


def test_a_place_that_is_no_longer_there_is_the_exercises_start() -> None:
    player = Player(GoOn(1, 9999))

    assert player.hear(2)[150:] == frames(1, 0, 50)


# --- ourselves -----------------------------------------------------------------------------------------


def test_a_fault_in_the_control_loop_reaches_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    output = ManualOutput(RATE)
    engine = Engine(Stock(FakeCompiler(), RATE), output, lambda: 0.0)
    fault: Callable[[], None] = lambda: (_ for _ in ()).throw(ZeroDivisionError("ours"))  # noqa: E731
    monkeypatch.setattr(engine._deck, "turn", fault)
    thread = threading.Thread(target=engine.run)
    thread.start()
    wait_until(lambda: engine.snapshot.state is State.FAILED, "nobody is told")
    engine.send(Quit())
    thread.join()

    assert isinstance(engine.snapshot.error, ZeroDivisionError)
    assert engine.snapshot.message == "ours"
