"""A session that cannot just keep playing, state by state, at a hundred frames a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from player.engine import (
    Again,
    Back,
    GoOn,
    Jump,
    MoreTime,
    Next,
    Pause,
    Play,
    Quit,
    SeekBy,
    SeekTo,
    State,
    Toggle,
    Whereabouts,
)
from player.engine.backoff import VOICE_RESTS
from player.engine.deck import GIVE_UP, RETRY
from player.errors import OutputError
from player.outputs.protocol import TroubleKind

from tests.test_engine import FakeCompiler, Player, faded, frames, remark
from tests.test_engine_faults import is_back, remarks_made

if TYPE_CHECKING:
    from player.engine import Command


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def lost(player: Player) -> Player:
    """The device is gone after three seconds, and cannot be opened."""
    player.hear(3)
    player.output.fail(TroubleKind.LOST)
    player.output.refusal = "no device"
    player.turn()
    return player


@pytest.fixture
def ended(player: Player) -> Player:
    player.hear(20.1)
    return player


@pytest.fixture
def failed(player: Player) -> Player:
    player.hear(3)
    player.output.fail(TroubleKind.FAILED)
    player.turn()
    return player


# --- preparing -----------------------------------------------------------------------------------------


def test_a_lead_in_that_is_late_is_waited_for_a_second_and_a_half(player: Player) -> None:
    player.hear(3)
    player.ready = False
    player.do(Pause())
    player.now += 60
    player.do(Play())
    player.now += 1.4
    player.turn()
    assert player.state is State.PREPARING
    player.now += 0.2
    player.turn()

    assert player.hear(1) == faded(frames(0, 300, 400))


def test_a_lead_in_is_waited_for_a_moment(player: Player) -> None:
    player.hear(3)
    player.ready = False
    player.do(Pause(), Play())
    player.now += 0.7
    player.ready = True
    player.turn()

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))


def test_a_lead_in_that_the_voice_could_not_say_is_asked_for_again_on_going_on(player: Player) -> None:
    player.hear(3)
    player.compiler.mute = True
    player.do(Pause())
    player.compiler.mute = False
    player.now += VOICE_RESTS
    player.do(Play())

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))


def test_a_lead_in_that_was_spoken_in_the_pause_is_not_asked_for_again(player: Player) -> None:
    player.hear(3)
    made = remarks_made(player)
    player.do(Pause())
    player.do(Play())

    assert made == ["remark lead-in 0 hold"]


def test_a_lead_in_for_a_place_that_was_left_is_never_spoken(player: Player) -> None:
    player.hear(3)
    made = remarks_made(player)
    player.ready = False
    player.do(Pause(), SeekBy(-0.5), SeekBy(0.2))
    player.ready = True
    player.turn()

    assert made == ["remark lead-in 0 hold"]


def test_a_lead_in_says_in_what_phase_it_goes_on(player: Player) -> None:
    player.hear(9.5)
    made = remarks_made(player)
    player.do(Pause())

    assert made == ["remark lead-in 1 rest"]


def test_a_remark_asked_for_while_it_prepares_is_said_once_it_plays(player: Player) -> None:
    player.hear(3)
    player.ready = False
    player.do(Pause(), Play(), Whereabouts())
    player.ready = True
    player.turn()

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))


def test_a_remark_that_is_spoken_before_its_section_is_said_once_it_plays() -> None:
    player = Player(Whereabouts(), ready=False)
    player.stock.work()
    player.turn()
    assert player.state is State.PREPARING
    player.ready = True
    player.turn()

    assert player.hear(2) == faded(remark() + frames(0, 0, 50))


def test_a_pause_before_anything_plays_is_a_pause() -> None:
    player = Player(Pause(), ready=False)
    player.ready = True
    player.turn()
    assert (player.state, player.output.starts) == (State.PAUSED, 0)
    player.do(Play())

    assert player.state is State.PLAYING


def test_an_output_that_cannot_be_opened_at_the_start_is_a_failure() -> None:
    player = Player(ready=False)
    player.output.refusal = "no sound card"
    player.ready = True
    player.turn()

    assert (player.state, player.engine.snapshot.message) == (State.FAILED, "no sound card")
    assert isinstance(player.engine.snapshot.error, OutputError)


# --- paused --------------------------------------------------------------------------------------------


def test_what_is_asked_for_in_a_pause_is_not_said_afterwards(player: Player) -> None:
    player.hear(3)
    player.do(Pause(), Again())
    player.do(Play())

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))


def test_a_jump_in_a_pause_stays_paused_and_needs_no_lead_in(player: Player) -> None:
    player.hear(3)
    player.do(Pause(), Next())
    assert (player.state, player.place) == (State.PAUSED, (1, 0))
    player.do(Play())

    assert player.hear(1) == faded(frames(1, 0, 100))


def test_a_jump_takes_the_reason_of_a_pause_away(player: Player) -> None:
    player.hear(3)
    player.slept += 3600
    player.turn()
    player.do(Next())

    assert player.engine.snapshot.message is None


def test_two_seconds_of_sleep_are_not_noticed(player: Player) -> None:
    player.hear(3)
    player.slept += 2.0
    player.turn()

    assert player.hear(0.5) == frames(0, 300, 350)


def test_a_second_pause_changes_nothing(player: Player) -> None:
    player.hear(3)
    made = remarks_made(player)
    player.do(Pause(), Pause())

    assert (player.state, player.place, len(made)) == (State.PAUSED, (0, 300), 1)


def test_play_while_it_plays_changes_nothing(player: Player) -> None:
    player.hear(3)
    player.do(Play())

    assert player.hear(0.5) == frames(0, 300, 350)
    assert player.output.starts == 1


# --- lost ----------------------------------------------------------------------------------------------


def test_a_lost_device_is_tried_once_a_second(lost: Player) -> None:
    tries = []
    for _ in range(40):
        lost.now += 0.1
        lost.turn()
        tries.append(lost.output.tries)

    assert tries[-1] - tries[0] in {3, 4}
    assert tries[8] == 1


def test_a_lost_device_is_tried_again_as_soon_as_the_second_is_over(lost: Player) -> None:
    tries = lost.output.tries
    lost.now += RETRY
    lost.turn()

    assert lost.output.tries == tries + 1


def test_it_is_given_up_two_minutes_after_the_loss_however_often_it_was_tried(lost: Player) -> None:
    states = []
    for _ in range(120):
        lost.now += 1.0
        lost.turn()
        states.append(lost.state)

    assert states == [State.LOST] * (len(states) - 1) + [State.PAUSED]


def test_after_giving_up_the_listener_can_have_it_tried_again(lost: Player) -> None:
    lost.now += GIVE_UP
    lost.turn()
    tries = lost.output.tries
    lost.do(Play())
    assert (lost.state, lost.output.tries) == (State.LOST, tries + 1)
    is_back(lost)

    assert lost.state is State.PLAYING


def test_a_device_lost_at_the_very_start_of_a_section_needs_no_lead_in(player: Player) -> None:
    player.do(Pause(), Next())
    player.output.refusal = "no device"
    player.do(Play())
    is_back(player)

    assert player.hear(1) == faded(frames(1, 0, 100))


def test_a_skip_while_the_device_is_gone_begins_there_with_its_announcement(lost: Player) -> None:
    lost.do(Next())
    assert (lost.state, lost.place) == (State.LOST, (1, 0))
    is_back(lost)

    assert lost.hear(1) == faded(frames(1, 0, 100))


def test_the_toggle_pauses_what_waits_for_its_device(lost: Player) -> None:
    lost.do(Toggle())

    assert lost.state is State.PAUSED


def test_sound_that_comes_back_from_elsewhere_stays_paused(lost: Player) -> None:
    lost.output.device = "Loudspeakers"
    is_back(lost)
    assert (lost.state, lost.place) == (State.PAUSED, (0, 300))
    assert lost.engine.snapshot.message == "sound would now come from Loudspeakers; paused"
    assert lost.engine.snapshot.device == "Loudspeakers"
    assert lost.hear(1) == []
    lost.do(Play())

    assert lost.hear(2) == faded(remark() + frames(0, 300, 350))


def test_more_time_while_the_device_is_gone_is_the_way_back_in(player: Player) -> None:
    player.hear(4.5)
    player.output.fail(TroubleKind.LOST)
    player.output.refusal = "no device"
    player.turn()
    player.do(MoreTime())
    assert player.engine.snapshot.message == "ten more seconds"
    is_back(player)

    assert player.hear(11) == [0] * 1050 + frames(1, 0, 50)


def test_what_was_left_of_more_time_survives_the_device(player: Player) -> None:
    player.hear(4.5)
    player.do(MoreTime())
    player.hear(4)
    player.output.fail(TroubleKind.LOST)
    player.output.refusal = "no device"
    player.turn()
    assert player.engine.snapshot.remark
    is_back(player)

    assert player.hear(7) == [0] * 650 + frames(1, 0, 50)


def test_a_remark_that_finds_the_device_gone_loses_nothing_of_the_session(player: Player) -> None:
    player.hear(3)
    player.output.refusal = "no device"
    player.do(Whereabouts())
    assert (player.state, player.place) == (State.LOST, (0, 300))
    is_back(player)

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))


def test_a_computer_that_sleeps_while_the_device_is_gone_is_paused(lost: Player) -> None:
    lost.slept += 2.1
    lost.turn()

    assert (lost.state, lost.engine.snapshot.message) == (State.PAUSED, "the computer was asleep; paused")


# --- ended, failed, closed -----------------------------------------------------------------------------


def test_who_did_not_pause_it_themselves_is_told_why(player: Player) -> None:
    player.do(Pause("the reason"))

    assert player.engine.snapshot.state is State.PAUSED
    assert player.engine.snapshot.message == "the reason"


@pytest.mark.parametrize("command", [Play(), Pause(), Toggle(), MoreTime(), Whereabouts(), SeekBy(5)])
def test_nothing_but_a_way_back_leads_out_of_the_end(ended: Player, command: Command) -> None:
    starts = ended.output.starts
    ended.do(command)

    assert (ended.state, ended.place, ended.output.starts) == (State.ENDED, (4, 0), starts)


@pytest.mark.parametrize(
    ("command", "place"),
    [(Back(), (2, 0)), (Jump(1), (1, 0)), (SeekTo(3.5), (0, 350)), (SeekBy(-2), (3, 300))],
)
def test_a_way_back_from_the_end_waits_for_the_listener(
    ended: Player, command: Command, place: tuple[int, int]
) -> None:
    ended.do(command)
    assert (ended.state, ended.place) == (State.PAUSED, place)
    ended.do(Play())

    way_in = remark() if place[1] else []
    assert ended.hear(2) == faded((way_in + frames(place[0], place[1], 500))[:200])


def test_a_computer_that_sleeps_after_the_end_tells_nothing_new(ended: Player) -> None:
    ended.slept += 3600
    ended.turn()

    assert (ended.state, ended.engine.snapshot.message) == (State.ENDED, None)


@pytest.mark.parametrize("command", [Play(), Pause(), Toggle(), Next(), GoOn(1, 250), MoreTime(), Again()])
def test_nothing_leads_out_of_a_failure(failed: Player, command: Command) -> None:
    message = failed.engine.snapshot.message
    starts = failed.output.starts
    failed.do(command)
    failed.now += 60
    failed.turn()

    assert (failed.state, failed.output.starts) == (State.FAILED, starts)
    assert failed.engine.snapshot.message == message == "the test says: failed"


def test_a_failure_in_a_rest_promises_no_more_time(player: Player) -> None:
    player.hear(4.5)
    player.output.fail(TroubleKind.FAILED)
    player.turn()
    player.do(MoreTime())

    assert player.engine.snapshot.message == "more time works in rests and while getting ready"


def test_quitting_cuts_the_sound(player: Player) -> None:
    player.hear(3)
    player.do(Quit())

    assert player.hear(1) == []
    assert (player.state, player.place) == (State.PAUSED, (0, 300))


def test_a_failure_stays_one_after_quitting(failed: Player) -> None:
    failed.do(Quit())

    assert (failed.state, failed.place) == (State.FAILED, (0, 300))


def test_a_stream_that_nobody_reads_ends_the_loop_where_it_was(player: Player) -> None:
    player.hear(3)
    player.output.fail(TroubleKind.CLOSED)
    player.turn()

    assert player.engine.closed
    assert (player.state, player.place) == (State.PAUSED, (0, 300))
    assert player.engine.snapshot.message == "the test says: closed"


def test_a_stream_that_nobody_reads_after_the_last_sample_has_ended(player: Player) -> None:
    player.hear(19.9)
    player.output.pump(10)
    player.output.fail(TroubleKind.CLOSED)
    player.turn()

    assert player.state is State.ENDED


# --- places that may not be there ----------------------------------------------------------------------


def test_a_place_to_go_on_from_is_looked_at_once_its_section_is_there() -> None:
    player = Player(GoOn(1, 9999), ready=False)
    assert (player.state, player.output.tries) == (State.PREPARING, 0)
    player.ready = True
    player.turn()

    assert player.place == (1, 0)
    assert player.hear(2) == faded(remark() + frames(1, 0, 50))


@pytest.mark.parametrize("seconds", [10.0, 10.5])
def test_a_time_that_falls_behind_a_section_shorter_than_estimated_is_the_next_one(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(FakeCompiler, "estimates", lambda _: (600,) * 4)
    player = Player(ready=False)
    player.stock.work()
    player.turn()
    player.do(SeekTo(seconds))
    player.ready = True
    player.turn()

    assert player.hear(1) == faded(frames(2, 0, 100))


# --- names of devices ----------------------------------------------------------------------------------


def test_the_device_is_the_one_that_plays_or_played_last(player: Player) -> None:
    assert player.engine.snapshot.device == "a test"
    player.output.fail(TroubleKind.CHANGED, device="Loudspeakers")
    player.turn()
    assert player.engine.snapshot.device == "Loudspeakers"
    player.do(Play())

    assert player.engine.snapshot.device == "a test"


def test_a_device_without_a_name_is_another_one(player: Player) -> None:
    player.hear(3)
    player.output.fail(TroubleKind.CHANGED)
    player.turn()

    assert player.engine.snapshot.message == "sound would now come from another device; paused"
