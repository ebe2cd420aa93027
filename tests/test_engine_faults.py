"""The session continues whatever goes wrong, at a hundred frames a second."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from player.engine import Back, GoOn, Next, Pause, Play, Quit, SeekTo, State, Whereabouts
from player.engine.backoff import VOICE_RESTS
from player.engine.deck import GIVE_UP, NAP
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.errors import SpeechError
from player.outputs.protocol import TroubleKind
from player.testing.manual_output import ManualOutput
from player.testing.waiting import wait_until
from player.timeline import Frames

from tests.test_engine import RATE, WORDLESS, FakeCompiler, Player, faded, frames, remark

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.compiler import LaidOut
    from player.engine import Command
    from player.layout import Outline


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


def remarks_made(player: Player) -> list[str]:
    """The titles of the remarks that the voice will be asked for."""
    made: list[str] = []
    lay_out = player.compiler.lay_out

    def noted(outline: Outline, section: int) -> LaidOut:
        made.append(outline.title)
        return lay_out(outline, section)

    player.compiler.lay_out = noted  # type: ignore[method-assign]
    return made


# --- the voice -----------------------------------------------------------------------------------------


def test_without_a_voice_sounds_and_text_go_on_to_the_end(voiceless: Player) -> None:
    assert voiceless.engine.snapshot.message == "no voice; sounds and text continue"
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


def test_a_text_that_cannot_be_said_takes_no_other_words_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = FakeCompiler.section

    def section(self: FakeCompiler, index: int) -> LaidOut:
        if index == 1:
            raise SpeechError("unspeakable")  # noqa: EM101  a fake's
        return whole(self, index)

    monkeypatch.setattr(FakeCompiler, "section", section)

    assert Player().hear(20) == frames(0, 0, 500) + wordless(1) + frames(2, 0, 500) + frames(3, 0, 500)


def test_while_the_voice_rests_remarks_do_not_ask_it_either(voiceless: Player) -> None:
    made = remarks_made(voiceless)
    voiceless.do(Whereabouts())

    assert made == []
    assert voiceless.engine.snapshot.message == "the voice cannot say it now"


def test_of_many_questions_only_the_last_is_answered(player: Player) -> None:
    player.hear(0.5)
    made = remarks_made(player)
    player.do(*[Whereabouts()] * 9)

    assert len(made) == 1
    assert player.hear(2) == faded(remark() + frames(0, 50, 100))


def test_the_last_section_fades_its_music_out_whenever_it_gets_its_words(voiceless: Player) -> None:
    voiceless.compiler.voice_fails = False
    for _ in range(4):
        voiceless.now += VOICE_RESTS
        voiceless.turn()

    assert not voiceless.stock.notes
    assert voiceless.stock.shelf[3].music.gains[-1] == 0


def test_a_section_that_is_gone_when_its_words_come_is_left_alone(player: Player) -> None:
    player.stock.take_in(2)

    assert player.hear(1) == frames(0, 0, 100)


def test_a_later_section_that_cannot_be_made_ends_the_session_at_its_boundary() -> None:
    player = Player(ready=False)
    player.stock.work()
    player.turn()
    player.hear(3)
    player.stock.error = MemoryError("no room")
    player.turn()
    assert player.hear(2) == frames(0, 300, 500)

    assert (player.state, player.engine.snapshot.message) == (State.FAILED, "no room")


# --- the device ----------------------------------------------------------------------------------------


@pytest.fixture
def lost(player: Player) -> Player:
    """The device is gone, and cannot be opened."""
    player.hear(3)
    player.output.fail(TroubleKind.LOST)
    player.output.refusal = "no device"
    player.turn()
    return player


def is_back(player: Player) -> None:
    player.output.refusal = None
    player.now += 2
    player.turn()


def test_sound_that_comes_back_leads_in(lost: Player) -> None:
    is_back(lost)

    assert lost.hear(2) == faded(remark() + frames(0, 300, 350))


def test_sound_that_comes_back_leads_in_although_play_was_pressed_without_a_device(player: Player) -> None:
    player.hear(3)
    player.do(Pause())
    player.output.refusal = "no device"
    player.do(Play())
    assert player.state is State.LOST
    is_back(player)

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))


def test_a_pause_while_the_device_is_gone_stops_the_trying(lost: Player) -> None:
    lost.do(Pause())
    assert (lost.state, lost.engine.snapshot.message) == (State.PAUSED, None)
    is_back(lost)

    assert lost.state is State.PAUSED


def test_a_device_that_stays_away_for_long_does_not_speak_when_it_is_back(lost: Player) -> None:
    lost.now += GIVE_UP
    lost.turn()
    is_back(lost)
    assert (lost.state, lost.place) == (State.PAUSED, (0, 300))
    assert lost.engine.snapshot.message == "the sound did not come back; paused"
    lost.do(Play())

    assert lost.hear(2) == faded(remark() + frames(0, 300, 350))


def test_going_on_elsewhere_while_the_device_is_gone(lost: Player) -> None:
    lost.do(GoOn(1, 250))
    is_back(lost)

    assert lost.hear(2) == faded(remark() + frames(1, 250, 300))


def test_a_remark_for_another_place_is_never_said_here(lost: Player) -> None:
    is_back(lost)
    lost.hear(6)
    lost.output.refusal = "no device"
    made = remarks_made(lost)
    lost.do(Whereabouts())
    is_back(lost)

    assert made[-1].startswith("remark lead-in 1")


def test_a_pull_that_comes_after_its_start_was_over_takes_nothing(player: Player) -> None:
    player.hear(1)
    assert player.output._feed is not None
    stale = player.output._feed._pull
    player.do(Next())

    assert len(stale(10)) == 0
    assert player.hear(0.2) == faded(frames(1, 0, 20))


# --- quitting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead", [0, 40])
def test_where_it_was_quit_is_where_it_was_heard(ahead: int) -> None:
    player = Player(ahead=ahead)
    player.hear(3)
    player.do(Quit())

    assert player.place == (0, 300)


@pytest.mark.parametrize("command", [Next(), Play(), Whereabouts()])
def test_nothing_sounds_after_quitting(player: Player, command: Command) -> None:
    player.hear(3)
    starts = player.output.starts
    player.do(Quit(), command)

    assert player.output.starts == starts


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
