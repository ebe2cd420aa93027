"""Music under a session while it plays: the same as in the file, and never a jump back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.engine import Again, MoreTime, MusicLevel, Next, Pause, Play, stock
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.engine.tape import FADE
from player.render import Envelope, StereoRenderer
from player.sound.bed import Bed
from player.sound.clip import Clip
from player.testing.manual_output import ManualOutput
from player.timeline import RATE, Timeline

from tests.coded import SECTIONS, CodedCompiler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from player.engine import Command
    from player.timeline import CueKind, Section

MUSIC = Bed(np.repeat((np.arange(RATE * 7) % 5000 + 100).astype(np.int16)[:, np.newaxis], 2, axis=1))
"""Every sample gives its place in the loop, up to 5,000."""


class QuietCompiler(CodedCompiler):
    """The coded session without a sound of its own, so that only music is heard."""

    def clips(self, section: Section) -> Mapping[tuple[CueKind, str], Clip]:
        return {
            what: Clip(np.zeros(len(clip), np.int16), RATE) for what, clip in super().clips(section).items()
        }


class Player:
    def __init__(self, compiler: CodedCompiler) -> None:
        self.stock = Stock(compiler, RATE)
        self.output = ManualOutput(RATE)
        self.engine = Engine(self.stock, self.output, lambda: 0.0, bed=MUSIC)
        self.do()

    def do(self, *commands: Command) -> None:
        for command in commands:
            self.engine.send(command)
        for _ in range(3):
            while self.stock.work():
                pass
            self.engine.step()

    def hear(self, seconds: float) -> NDArray[np.int16]:
        """Both channels, pumped in blocks of an odd length."""
        blocks = []
        for _ in range(round(seconds * RATE) // 479):
            blocks.append(self.output.pump(479))
            self.engine.step()
        return np.concatenate(blocks)


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Player:
    """The music is as loud everywhere, so that each of its samples tells its frame."""
    for gain in ("music_gain", "remark_gain"):
        monkeypatch.setattr(stock, gain, lambda *_, **__: Envelope((0,), (1.0,)))
    return Player(QuietCompiler())


def test_playing_without_a_cut_is_the_file_sample_for_sample() -> None:
    compiler = CodedCompiler()
    laid = [compiler.section(index) for index in range(SECTIONS)]
    sections = tuple(each.section for each in laid)
    clips = {what: clip for each in laid for what, clip in each.clips.items()}
    file = StereoRenderer(Timeline(sections, RATE), clips, MUSIC)
    heard = Player(compiler).hear(20)

    fade = round(FADE * RATE)
    assert np.array_equal(heard[fade:], file.read(0, len(heard))[fade:])


def test_the_music_goes_on_where_it_was_after_a_pause(player: Player) -> None:
    before = player.hear(5)
    player.do(Pause(), Play())
    after = player.hear(2)

    assert after[300, 0] == MUSIC.loop[(len(before) + 300) % len(MUSIC.loop), 0]


def test_the_music_runs_on_through_a_skip_and_through_what_is_put_in(player: Player) -> None:
    heard = len(player.hear(4))
    for command in (Next(), Again()):
        player.do(command)
        samples = player.hear(3)
        expected = MUSIC.read(heard, np.ones(len(samples), np.float32))
        quiet = slice(round(FADE * RATE), round(0.01 * RATE))
        assert np.array_equal(samples[quiet], expected[quiet])
        heard += len(samples)


def test_more_time_has_music_too(player: Player) -> None:
    player.do(MoreTime())

    assert player.hear(6)[-1].any()


def test_the_music_s_level_changes_without_a_click_and_leaves_the_voice_alone(player: Player) -> None:
    before = player.hear(5)
    player.do(MusicLevel(0.0))
    after = player.hear(1)

    steps = np.abs(np.diff(np.concatenate((before[-480:], after))[:, 0].astype(int)))
    assert np.count_nonzero(steps > 100) <= 1  # the loop's own turn at 5,000
    assert not after[RATE // 10 :].any()
