"""The engine at a hundred frames a second: every sample says which frame of which section it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.compiler import LaidOut
from player.engine import (
    Again,
    Back,
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
)
from player.engine.engine import NOTICE, Engine
from player.engine.fader import fall
from player.engine.stock import Stock
from player.errors import SpeechError
from player.layout import Outline
from player.outputs.protocol import TroubleKind
from player.sound.clip import Clip, silence
from player.testing.manual_output import ManualOutput
from player.timeline import Activity, Cue, CueKind, Frames, Mark, MarkKind, Phase, PhaseKind, Section

from tests.sessions import HERE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray
    from player.engine import Command
    from player.outputs.protocol import Fall

RATE = 100
WORDLESS = 450
"""Frames of a section whose speech is silence."""
REMARK = 9
"""The number of an inserted section, which its samples show."""


class FakeCompiler:
    """Four sections of five seconds: talk, exercise, exercise, end. Remarks last a second and a half."""

    def __init__(self, until_done: Collection[int] = ()) -> None:
        kinds = [("Hello", None), ("Bridge", "bridge"), ("Cat", "cat"), ("The end", None)]
        self.outlines = tuple(
            Outline(title, MarkKind.SECTION, HERE, (), (), identity, until_done=index in until_done)
            for index, (title, identity) in enumerate(kinds)
        )
        self.made: list[int] = []
        self.voice_fails = self.mute = False
        self.asked = self.rested = 0

    def section(self, index: int) -> LaidOut:
        self.asked += 1
        if self.voice_fails:
            raise SpeechError("no voice")  # noqa: EM101, TRY003  a fake's
        self.made.append(index)
        return self.laid_out(made(index, 500, until_done=self.outlines[index].until_done))

    def lacks_words(self, outline: Outline) -> bool:
        return outline not in self.outlines or self.outlines.index(outline) not in self.made

    def without_voice(self, index: int) -> LaidOut:
        return self.laid_out(made(index, WORDLESS, until_done=self.outlines[index].until_done))

    def lay_out(self, outline: Outline, section: int) -> LaidOut:
        assert section in range(len(self.outlines))
        assert outline.title.startswith("remark")
        if self.mute:
            raise SpeechError("no voice")  # noqa: EM101, TRY003  as above
        return self.laid_out(made(REMARK, 150))

    def rest(self) -> None:
        self.rested += 1

    def laid_out(self, section: Section) -> LaidOut:
        return LaidOut(section, self.clips(section))

    def clips(self, section: Section) -> Mapping[tuple[CueKind, str], Clip]:
        number = int(section.mark.title)
        whole = 1000 * number + np.arange(section.length)
        return {
            (cue.kind, cue.content): silence(cue.length, RATE)
            if section.length == WORDLESS and cue.kind is CueKind.SPEECH
            else Clip(whole[cue.start : cue.end].astype(np.int16), RATE)
            for cue in section.cues
        }

    def estimates(self) -> tuple[Frames, ...]:
        return (Frames(400),) * 4

    def lead_in(self, section: int, kind: PhaseKind) -> Outline:
        return self.remark(f"remark lead-in {section} {kind}")

    def whereabouts(self, section: int, activity: Activity, seconds_left: float) -> Outline:
        return self.remark(f"remark where {section} {activity.exercise} {seconds_left}")

    def again(self, section: int) -> Outline:
        return self.remark(f"remark again {section}")

    def reminder(self, section: int) -> Outline:
        return self.remark(f"remark reminder {section}")

    def remark(self, title: str) -> Outline:
        return Outline(title, MarkKind.SECTION, HERE, ())


def made(number: int, length: int, *, until_done: bool = False) -> Section:
    """Speech in the second second, sound around it, so that every frame can be heard; a rest at the end."""
    edges = [(0, 50)] if number == REMARK else [(0, 100), (100, 200), (200, length - 100)]
    kinds = [CueKind.SOUND, CueKind.SPEECH, CueKind.SOUND]
    cues = [
        Cue(Frames(a), Frames(b - a), kind, f"{a}")
        for (a, b), kind in zip(edges, kinds, strict=False)
        if b > a
    ]
    phases = (
        Phase(Frames(0), Frames(length - 100), PhaseKind.HOLD, Activity(exercise=f"exercise {number}")),
        Phase(Frames(length - 100), Frames(100), PhaseKind.REST, Activity()),
    )
    mark = Mark(Frames(0), f"{number}", MarkKind.SECTION)
    return Section(Frames(length), tuple(cues), phases, mark, until_done=until_done)


class Player:
    """An engine whose time is pumped and whose stock works between two turns."""

    def __init__(
        self, *commands: Command, ahead: int = 0, ready: bool = True, until_done: Collection[int] = ()
    ) -> None:
        self.now = 0.0
        self.slept = 0.0
        self.compiler = FakeCompiler(until_done)
        self.stock = Stock(self.compiler, RATE, lambda: self.now)
        self.output = ManualOutput(RATE, ahead=ahead)
        self.engine = Engine(self.stock, self.output, lambda: self.now, slept=lambda: self.slept)
        for command in commands:
            self.engine.send(command)
        self.ready = ready
        self.turn()

    def turn(self) -> None:
        for _ in range(3):
            while self.ready and self.stock.work():
                pass
            self.engine.step()

    def do(self, *commands: Command) -> None:
        for command in commands:
            self.engine.send(command)
        self.turn()

    def hear(self, seconds: float) -> list[int]:
        """The samples of the left channel that the listener hears."""
        heard: list[int] = []
        for _ in range(round(seconds * 10)):
            block: NDArray[np.int16] = self.output.pump(10)
            assert np.array_equal(block[:, 0], block[:, 1])
            heard += [int(sample) for sample in block[:, 0]]
            self.now += 0.1
            self.turn()
        return heard

    @property
    def state(self) -> State:
        return self.engine.snapshot.state

    @property
    def place(self) -> tuple[int, int]:
        section, frame = self.engine.snapshot.place
        return section, int(frame)


def frames(section: int, first: int, last: int) -> list[int]:
    return [1000 * section + frame if frame < 400 or section == REMARK else 0 for frame in range(first, last)]


def remark() -> list[int]:
    return [1000 * REMARK + frame if frame < 50 else 0 for frame in range(150)]


def faded(samples: list[int]) -> list[int]:
    """Five milliseconds at this rate are one frame, which fades in."""
    return [0, *samples[1:]]


@pytest.fixture
def player() -> Player:
    return Player()


def test_it_plays_what_the_renderer_gives_sample_for_sample(player: Player) -> None:
    assert player.hear(8) == frames(0, 0, 500) + frames(1, 0, 300)
    assert player.place == (1, 300)
    assert player.state is State.PLAYING


def test_a_pause_stops_at_the_frame_heard_and_going_on_leads_in_first(player: Player) -> None:
    player.hear(3)
    player.do(Pause())
    assert player.state is State.PAUSED
    assert player.hear(1) == []

    player.do(Play())

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))


@pytest.mark.parametrize("ahead", [0, 7, 40])
def test_what_was_handed_over_and_not_heard_is_played_after_the_pause(ahead: int) -> None:
    player = Player(ahead=ahead)
    player.hear(3)
    player.do(Toggle())
    assert player.place == (0, 300)

    player.do(Toggle())

    assert player.hear(2)[150:] == frames(0, 300, 350)


def test_going_on_within_a_word_begins_at_its_start(player: Player) -> None:
    player.hear(1.5)
    player.do(Pause(), Play())

    assert player.hear(2)[150:] == frames(0, 100, 150)


class SoftPlayer(Player):
    """Its output can still change what comes next."""

    def __init__(self) -> None:
        super().__init__(ahead=20)
        self.ended: list[int] = []
        self.output.stop_softly = self._stop_softly  # type: ignore[attr-defined]

    def _stop_softly(self, fall: Fall) -> int:
        self.ended = fall(self.output._queue)[:, 0].tolist()
        return self.output.stop()


@pytest.mark.parametrize("command", [Pause(), Next(), SeekBy(2), Quit()], ids=repr)
def test_a_cut_ends_with_a_fall_and_what_falls_is_heard_again(command: Command) -> None:
    player = SoftPlayer()
    player.hear(1)
    player.do(command)

    assert player.ended == [0], "ten milliseconds at this rate are one frame"
    if command == Pause():
        assert player.place == (0, 100)


def test_a_fall_is_smooth_and_leads_to_silence() -> None:
    loud = np.full((2_000, 2), 32_767, np.int16)
    falling = fall(loud, 48_000)[:, 0].astype(int)

    assert len(falling) == 480
    assert falling[-1] == 0
    assert np.abs(np.diff(falling, prepend=32_767)).max() < 184, "-45 dBFS"
    assert len(fall(loud[:100], 48_000)) == 100
    assert len(fall(loud[:0], 48_000)) == 0


def test_every_start_fades_in(player: Player) -> None:
    player.hear(0.3)
    player.do(Next())

    assert player.hear(0.2) == faded(frames(1, 0, 20))


def test_next_and_back(player: Player) -> None:
    player.hear(1)
    player.do(Next())
    assert player.place == (1, 0)
    player.hear(3.5)
    player.do(Back())
    assert player.place == (1, 0)
    player.hear(1)
    player.do(Next())
    assert player.place == (2, 0)
    assert not player.engine.snapshot.can_next
    player.do(Next())
    assert player.engine.snapshot.message == "this is the last exercise"
    assert player.place == (2, 0)


def test_seeking_by_and_to_a_time(player: Player) -> None:
    player.hear(3)
    player.do(SeekBy(10))
    assert player.place == (2, 300)
    player.do(SeekBy(-1.5))
    assert player.place == (2, 100)
    player.do(SeekTo(7.5))
    assert player.place == (1, 250)
    player.do(Jump(3))
    assert player.place == (3, 0)
    assert player.engine.snapshot.seeks == 4


def test_moving_while_paused_stays_paused(player: Player) -> None:
    player.hear(1)
    player.do(Pause())
    for command, place in ((Next(), (1, 0)), (SeekBy(2.5), (1, 250)), (Back(), (0, 0)), (Jump(2), (2, 0))):
        player.do(command)
        assert (player.state, player.place) == (State.PAUSED, place)
    assert player.hear(0.5) == []


def test_the_end_is_reached_and_play_does_nothing_there(player: Player) -> None:
    player.hear(20.1)
    assert player.state is State.ENDED
    assert player.engine.snapshot.remaining == 0
    player.do(Play())
    assert player.state is State.ENDED
    player.do(Back())
    assert (player.state, player.place) == (State.PAUSED, (2, 0))


def test_say_again_and_where_am_i_are_put_in_and_the_session_stands_still_meanwhile(player: Player) -> None:
    for command in (Again(), Whereabouts()):
        before = player.place[1]
        player.hear(0.1)
        player.do(command)
        assert player.engine.snapshot.remark
        assert player.hear(2) == faded(remark() + frames(0, before + 10, before + 60))
        assert not player.engine.snapshot.remark


def test_ten_seconds_more_are_put_in_without_a_cut_where_nothing_sounds(player: Player) -> None:
    player.hear(4.5)
    starts = player.output.starts
    player.do(MoreTime())

    assert player.engine.snapshot.message == "ten more seconds"
    assert player.hear(11) == [0] * 1050 + frames(1, 0, 50)
    assert player.output.starts == starts


def test_more_time_in_a_hold_is_refused(player: Player) -> None:
    player.hear(2.5)
    player.do(MoreTime())

    assert player.engine.snapshot.message == "more time works in rests and while getting ready"
    assert player.hear(3) == frames(0, 250, 500) + frames(1, 0, 50)


def test_more_time_survives_a_pause(player: Player) -> None:
    player.hear(4.5)
    player.do(MoreTime())
    player.hear(4)
    player.do(Pause(), Play())

    assert player.hear(7) == [0] * 650 + frames(1, 0, 50)


def test_more_time_while_paused_in_a_rest(player: Player) -> None:
    player.hear(4.5)
    player.do(Pause(), MoreTime(), Play())

    assert player.hear(11) == [0] * 1050 + frames(1, 0, 50)


def test_more_time_goes_on_after_a_remark(player: Player) -> None:
    player.hear(4.5)
    player.do(MoreTime())
    player.hear(2)
    player.do(Whereabouts())

    assert player.hear(10.5) == faded(remark()) + [0] * 850 + frames(1, 0, 50)


def test_more_time_is_given_once_at_a_time(player: Player) -> None:
    player.hear(4.5)
    player.do(MoreTime())
    player.hear(2)
    player.do(Whereabouts(), MoreTime())

    assert player.engine.snapshot.message == "you already have more time"
    assert player.hear(10.5) == faded(remark()) + [0] * 850 + frames(1, 0, 50)


def test_more_time_asked_for_during_a_remark_comes_after_it(player: Player) -> None:
    player.hear(4.5)
    player.do(Whereabouts())
    player.do(MoreTime())

    assert player.engine.snapshot.message == "ten more seconds"
    assert player.hear(12) == faded(remark()) + [0] * 1050


@pytest.mark.parametrize("ahead", [0, 7, 40])
def test_more_time_that_has_not_begun_survives_a_pause(ahead: int) -> None:
    player = Player(ahead=ahead)
    player.hear(4.5)
    player.do(MoreTime(), Pause(), Play())

    assert player.hear(12).count(0) >= 1000
    assert player.place[0] == 1


def test_moving_on_gives_up_more_time(player: Player) -> None:
    player.hear(4.5)
    player.do(MoreTime())
    player.hear(2)
    player.do(Next())

    assert player.hear(1) == faded(frames(1, 0, 100))


def test_what_a_key_did_is_told_for_a_moment(player: Player) -> None:
    player.hear(4.5)
    player.do(MoreTime())
    player.hear(NOTICE + 0.1)
    assert player.engine.snapshot.message is None
    player.do(MoreTime())

    assert player.engine.snapshot.message == "you already have more time"


def test_seeking_while_paused_leads_in_where_no_announcement_does(player: Player) -> None:
    player.hear(3.9)
    player.do(Pause(), SeekBy(-1), Play())

    assert player.hear(2) == faded(remark() + frames(0, 290, 340))


def test_there_is_nothing_to_seek_behind_the_end(player: Player) -> None:
    player.hear(20.1)
    player.do(SeekBy(10))

    assert player.state is State.ENDED


def test_speech_that_is_late_is_waited_for_at_the_boundary() -> None:
    player = Player(ready=False)
    player.stock.work()
    player.turn()
    assert player.hear(6) == frames(0, 0, 500) + [0] * 100
    assert (player.state, player.place) == (State.PREPARING, (1, 0))
    assert player.engine.snapshot.phase is PhaseKind.GET_READY

    player.ready = True
    player.turn()

    assert player.hear(1) == frames(1, 0, 100)


def test_playing_begins_when_the_first_section_is_ready() -> None:
    player = Player(ready=False)
    assert (player.state, player.output.starts) == (State.PREPARING, 0)
    player.stock.work()
    player.turn()

    assert (player.state, player.compiler.made) == (State.PLAYING, [0])
    assert player.engine.snapshot.estimated
    assert (player.engine.snapshot.prepared, player.engine.snapshot.sections) == (1, 4)
    assert player.engine.snapshot.length == (500 + 3 * 400) / RATE


def test_a_skip_makes_its_target_the_voice_s_next_job() -> None:
    player = Player(ready=False)
    player.stock.work()
    player.do(Jump(3))
    player.stock.work()

    assert player.compiler.made == [0, 3]


def test_only_nearby_sections_are_held_in_memory(player: Player) -> None:
    player.hear(11)
    assert sorted(player.stock.shelf) == [1, 2, 3]
    assert sorted(player.stock.sections) == [0, 1, 2, 3]


def test_a_fault_while_speaking_is_told_and_never_silence_that_looks_like_playing() -> None:
    player = Player(ready=False)
    player.stock.error = OSError("no voice")
    player.turn()

    assert player.state is State.FAILED
    assert player.engine.snapshot.message == "no voice"


def test_volume_changes_without_a_step_and_full_volume_is_untouched(player: Player) -> None:
    player.hear(0.5)
    player.do(Volume(0.5))
    heard = player.hear(1)

    assert heard[10:] == [round(sample / 2) for sample in frames(0, 60, 150)]
    steps = np.abs(
        np.diff([sample / expected for sample, expected in zip(heard[:10], frames(0, 50, 60), strict=True)])
    )
    assert steps.max() < 0.4
    player.do(Volume(0.5, by=True))
    assert player.hear(1)[10:] == frames(0, 160, 250)
    assert player.engine.snapshot.volume == 1.0


def test_mute_is_silence_and_the_session_goes_on(player: Player) -> None:
    player.do(Mute())
    player.hear(0.5)
    assert player.hear(1) == [0] * 100
    player.do(Mute())
    assert player.hear(1)[10:] == frames(0, 160, 250)


def test_a_lost_device_is_asked_for_until_it_is_back_and_nothing_is_lost(player: Player) -> None:
    player.hear(3)
    player.output.fail(TroubleKind.LOST)
    player.output.refusal = "no sound device"
    player.turn()
    assert player.state is State.LOST
    assert player.engine.snapshot.message == "the test says: lost; retrying"

    player.hear(2)
    assert player.engine.snapshot.message == "no sound device; retrying"
    player.output.refusal = None
    player.now += 1.0
    player.turn()

    assert player.hear(2) == faded(remark() + frames(0, 300, 350))
    assert player.engine.snapshot.message is None


def test_another_device_stays_paused_and_says_so(player: Player) -> None:
    player.hear(3)
    player.output.fail(TroubleKind.CHANGED, device="Loudspeakers")
    player.turn()

    assert player.state is State.PAUSED
    assert player.engine.snapshot.message == "sound would now come from Loudspeakers; paused"
    player.do(Play())
    assert player.hear(2)[150:] == frames(0, 300, 350)


def test_a_fault_in_making_sound_reaches_the_screen(player: Player) -> None:
    player.hear(1)
    player.output.fail(TroubleKind.FAILED)
    player.turn()

    assert player.state is State.FAILED
    assert player.engine.snapshot.error is not None


def test_quit_works_while_the_device_is_gone(player: Player) -> None:
    player.output.fail()
    player.output.refusal = "gone"
    player.turn()
    player.do(Quit())

    assert player.engine.closed


def test_it_can_begin_anywhere() -> None:
    assert Player(Jump(2)).hear(1) == faded(frames(2, 0, 100))


def test_what_is_being_said_and_where(player: Player) -> None:
    player.hear(1.5)
    snapshot = player.engine.snapshot

    assert (snapshot.saying, snapshot.title) == ("100", "Hello")
    assert (snapshot.elapsed, snapshot.length, snapshot.phase_left) == (1.5, 20.0, 2.5)
