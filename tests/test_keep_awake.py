"""A noise too soft to hear keeps loudspeakers awake, and nothing is said before they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.app.exporting import Delivery, speak
from player.app.live import keeps_awake
from player.app.prepare import Use, choices_for
from player.app.request import KeepAwake, Request, Wishes
from player.compiler import Compiled, Compiler
from player.engine import Again, GoOn, Jump, MoreTime, Next, Pause, Play
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.engine.tape import FADE
from player.engine.waking import AGAIN, NEVER, STAYS_AWAKE, KeepsAwake
from player.export import Options, export, export_split, up_to_date
from player.layout import estimate, plan
from player.outputs.protocol import TroubleKind
from player.outputs.wireless import is_wireless, may_sleep
from player.render import Renderer
from player.session import Choices
from player.sound.clip import Clip
from player.sound.load import load as load_clip
from player.sound.loudness import Meter
from player.sound.noise import Noise, load_noise
from player.sound.recipes.noise import noise as made_by_recipe
from player.speech.cast import Cast
from player.speech.speaker import Speaker
from player.testing.fake_voice import FakeVoice
from player.testing.manual_output import ManualOutput
from player.timeline import RATE, WAKING, CueKind, MarkKind, PhaseKind, Timeline

from tests.content import LIBRARY
from tests.listening import load, loudness
from tests.test_engine import RATE as SLOW
from tests.test_engine import FakeCompiler, Player, frames, remark
from tests.test_export_formats import needs_ffmpeg
from tests.test_render import SPEECH, section

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from player.engine import Command
    from player.outputs.protocol import Pull

FILE = Path(__file__).parents[1] / "sounds" / "beneath" / "keep-awake.wav"
SESSION = "desk-break"
SOFT = Noise(np.array([1, 2, 3, 4, 5, 6, 7], np.int16))
"""Noise whose samples tell their frames."""
ALWAYS = KeepsAwake(SOFT, lambda _: True)


@pytest.fixture(scope="module")
def noise() -> Noise:
    return load_noise(FILE, RATE)


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "CONFIG", "STATE"):
        monkeypatch.setenv(f"CUEMAT_{name}", str(tmp_path / name.lower()))


def longest_silence(samples: NDArray[np.int16]) -> int:
    """The longest run of zeros, in frames."""
    quiet = np.flatnonzero(np.concatenate(([True], samples != 0, [True])))
    return int(np.diff(quiet).max()) - 1


# The noise


def test_the_file_is_what_the_recipe_makes(noise: Noise) -> None:
    """The last bits of a Fourier transform differ between machines."""
    assert np.abs(noise.loop.astype(int) - made_by_recipe()).max() <= 1


def test_it_is_seventy_decibels_below_full_scale_and_never_near_a_sound(noise: Noise) -> None:
    level = 10 * np.log10(np.mean((noise.loop / 32_768) ** 2))

    assert level == pytest.approx(-70, abs=0.1)
    assert np.abs(noise.loop).max() <= 52


def test_it_is_where_loudspeakers_play_and_encoders_listen(noise: Noise) -> None:
    power = np.abs(np.fft.rfft(noise.loop / 1.0)) ** 2
    pitch = np.fft.rfftfreq(len(noise.loop), 1 / RATE)
    octaves = [power[(pitch >= low) & (pitch < 2 * low)].sum() for low in (125, 250, 500, 1000, 2000)]
    falls = 10 * np.log10(np.array(octaves[:-1]) / octaves[1:])

    assert power[(pitch < 60) | (pitch > 4_000)].sum() < power.sum() / 500
    assert falls == pytest.approx(1.5, abs=0.3)  # of a band as wide as its pitch: 4.5 dB in level, 3 in width


def test_no_moment_of_it_is_loud_enough_for_a_loudness_meter(noise: Noise) -> None:
    """Meters leave out 400 ms below -70 LUFS, so a session measures as loud with it as without."""
    meter = Meter(RATE, 1)
    meter.add(np.tile(noise.loop, 2))

    assert meter.loudness == -np.inf


def test_its_end_runs_into_its_beginning(noise: Noise) -> None:
    loop = noise.loop.astype(int)

    assert abs(loop[0] - loop[-1]) <= np.abs(np.diff(loop)).max()
    assert longest_silence(np.tile(noise.loop, 2)) < RATE // 1000


@given(st.integers(-30, 30), st.integers(0, 40))
def test_a_frame_has_the_same_noise_however_it_is_read(start: int, count: int) -> None:
    expected = [SOFT.loop[(start + frame) % 7] for frame in range(count)]

    assert SOFT.read(start, count).tolist() == expected


def test_what_was_read_belongs_to_the_reader() -> None:
    SOFT.read(0, 3)[:] = 99

    assert SOFT.read(0, 3).tolist() == [1, 2, 3]


def test_it_is_added_to_the_cues_and_no_sum_wraps() -> None:
    cues = np.array([0, 100, -100, 32_767, -32_768], np.int16)

    assert SOFT.beneath(cues, 0).tolist() == [1, 102, -97, 32_760 + 4, -32_760 + 5]


@pytest.mark.parametrize("loop", [np.zeros((3, 2), np.int16), np.zeros(3), np.zeros(0, np.int16)])
def test_what_is_no_mono_sound_is_refused(loop: NDArray[np.int16]) -> None:
    with pytest.raises(TypeError, match="noise is mono int16, not"):
        Noise(loop)


# The choice


@pytest.mark.parametrize(
    "name",
    [
        *("bluez_output.38_18_4C_7A_11_22.1", "bluez_sink.38_18_4C_7A_11_22.a2dp_sink"),
        *("38-18-4C-7A-11-22:output", "Ann's AirPods Pro", "AirPods"),
        *("WH-1000XM4", "WF-C500", "SRS-XB13", "Galaxy Buds2 Pro", "JBL Flip 5"),
        *("Headset (WH-1000XM4 Hands-Free AG Audio)", "Bose QC35 II", "Jabra Elite 75t", "Bluetooth Speaker"),
        *("Beats Fit Pro", "Soundcore 2", "MEGABOOM 3", "bluealsa:DEV=38:18:4C:7A:11:22,PROFILE=a2dp"),
        *("Wireless Headphones", "Pixel Buds A-Series", "HomePod mini"),
    ],
)  # fmt: skip
def test_what_is_connected_by_bluetooth_is_known_by_its_name(name: str) -> None:
    assert is_wireless(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", "the default device", "Built-in Audio Analog Stereo"),
        *("alsa_output.pci-0000_00_1f.3.analog-stereo", "Boomer's desk"),
        *("MacBook Pro Speakers", "External Headphones", "Speakers (Realtek(R) Audio)", "HDA NVidia HDMI"),
        *("Scarlett 2i2 USB", "PulseAudio, through pacat", "USB Audio DAC", "Null Output", "LG ULTRAGEAR"),
        *("Headphones (Realtek(R) Audio)", "BuiltInSpeakerDevice", "{0.0.0.00000000}.{a5b6-11}"),
    ],
)  # fmt: skip
def test_what_has_a_wire_is_not(name: str) -> None:
    assert not is_wireless(name)


def test_the_name_that_the_system_gives_counts_too() -> None:
    output = ManualOutput()
    assert not may_sleep(output)

    output.native = "bluez_output.38_18_4C_7A_11_22.1"  # type: ignore[attr-defined]

    assert may_sleep(output)


@pytest.mark.parametrize(
    ("wish", "on_bluetooth", "elsewhere"),
    [(KeepAwake.AUTO, True, False), (KeepAwake.ON, True, True), (KeepAwake.OFF, False, False)],
)
def test_live_it_is_where_it_is_wished(wish: KeepAwake, *, on_bluetooth: bool, elsewhere: bool) -> None:
    kept = keeps_awake(wish, music=False)
    output = ManualOutput()
    assert kept.is_needed(output) is elsewhere
    output.device = "AirPods"

    assert kept.is_needed(output) is on_bluetooth


def test_with_music_there_is_no_noise_but_still_time_to_wake_up() -> None:
    kept = keeps_awake(KeepAwake.ON, music=True)

    assert kept.noise is None
    assert kept.is_needed(ManualOutput())


@pytest.mark.parametrize(
    ("wish", "use", "waking", "each"),
    [
        (KeepAwake.AUTO, Use.FILE, WAKING, False),
        (KeepAwake.AUTO, Use.FILES, WAKING, True),
        (KeepAwake.AUTO, Use.LIVE, 0, False),  # the engine adds it where it is needed
        (KeepAwake.ON, Use.LIVE, WAKING, False),
        (KeepAwake.ON, Use.FILE, WAKING, False),
        (KeepAwake.OFF, Use.FILE, 0, False),
        (KeepAwake.OFF, Use.FILES, 0, False),
    ],
)
def test_the_timeline_leaves_time_where_every_listener_needs_it(
    wish: KeepAwake, use: Use, waking: float, *, each: bool
) -> None:
    session = LIBRARY.load(SESSION).session
    choices = choices_for(session, Request(SESSION, Wishes(keep_awake=wish)), use)

    assert (choices.waking, choices.wakes_each) == (waking, each)


# The layout


def of(choices: Choices) -> Timeline:
    return estimate(plan(LIBRARY.load(SESSION).session, choices))


def test_the_first_word_comes_after_the_time_to_wake_up_and_all_else_is_the_same() -> None:
    before, after = of(Choices()), of(Choices(waking=WAKING))
    later = after.length - before.length

    assert after.cues[0].start == WAKING * after.rate
    assert [cue.start - later for cue in after.cues] == [cue.start for cue in before.cues]
    assert [mark.title for mark in after.marks] == [mark.title for mark in before.marks]
    assert after.marks[0].start == 0


def test_with_a_file_for_each_exercise_every_one_of_them_begins_so() -> None:
    timeline = of(Choices(waking=WAKING, wakes_each=True))

    for start, one in zip(timeline.starts, timeline.sections, strict=True):
        if start == 0 or one.mark.kind is MarkKind.EXERCISE:
            assert one.cues[0].start >= WAKING * timeline.rate


def test_holds_stay_as_long_as_they_are() -> None:
    def holds(timeline: Timeline) -> list[int]:
        return [phase.length for phase in timeline.phases if phase.kind is PhaseKind.HOLD]

    assert holds(of(Choices(waking=WAKING, wakes_each=True))) == holds(of(Choices()))


# The file


@pytest.fixture(scope="module")
def compiler() -> Compiler:
    script = LIBRARY.load(SESSION)
    return Compiler(
        script.session,
        Choices(waking=WAKING),
        Cast(Speaker(FakeVoice(), gain=0.0)),
        lambda name: load_clip(script.library.sound(name), RATE),
    )


@pytest.fixture(scope="module")
def compiled(compiler: Compiler) -> Compiled:
    return compiler.compile()


def test_it_is_the_session_with_the_noise_beneath_it(compiled: Compiled, noise: Noise) -> None:
    plain = Renderer(compiled.timeline, compiled.clips).read(0, 40 * RATE)
    kept = Renderer(compiled.timeline, compiled.clips, noise).read(0, 40 * RATE)

    assert np.array_equal(kept, plain + noise.read(0, 40 * RATE))


@pytest.mark.parametrize("block", [479, 65_536, 500_000])
def test_blocks_of_any_size_give_the_same_samples(compiled: Compiled, noise: Noise, block: int) -> None:
    source, length = Renderer(compiled.timeline, compiled.clips, noise), 25 * RATE
    joined = np.concatenate([source.read(at, block) for at in range(0, length, block)])[:length]

    assert np.array_equal(source.read(0, length), joined)


def test_cues_that_overlap_have_it_beneath_them_too() -> None:
    both = Timeline((section(4, (0, "a", 3), (1, "a", 3)),), 10)
    loud = Clip(np.array([10, 20, 32_767], np.int16), 10)

    assert Renderer(both, {(SPEECH, "a"): loud}, SOFT).read(0, 4).tolist() == [11, 32, 32_763, 32_764]


@pytest.fixture(scope="module")
def a_minute(compiled: Compiled) -> Compiled:
    """The first sections, so that encoders take a moment."""
    return Compiled(Timeline(compiled.timeline.sections[:2]), compiled.clips)


def decoded(path: Path) -> NDArray[np.int16]:
    if path.suffix in {".wav", ".flac"}:
        return load(path)
    with av.open(str(path)) as file:
        blocks = [frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)]
        samples = np.concatenate(blocks)
    whole = samples if samples.dtype == np.int16 else np.clip(np.rint(samples * 32_768), -32_768, 32_767)
    return whole.astype(np.int16)


@pytest.mark.parametrize("ending", [".wav", ".flac", ".mp3", ".opus", ".m4a"])
def test_no_second_of_a_file_is_silent_whatever_the_format(
    tmp_path: Path, a_minute: Compiled, noise: Noise, ending: str
) -> None:
    for name, beneath in (("kept", noise), ("silent", None)):
        export(a_minute, tmp_path / f"{name}{ending}", Options(noise=beneath))

    assert longest_silence(decoded(tmp_path / f"kept{ending}")) < RATE // 10
    assert longest_silence(decoded(tmp_path / f"silent{ending}")) > RATE


def test_a_file_that_was_made_without_it_is_not_up_to_date(
    tmp_path: Path, a_minute: Compiled, noise: Noise
) -> None:
    export(a_minute, tmp_path / "a.wav", Options())

    assert up_to_date(a_minute, tmp_path / "a.wav", Options())
    assert up_to_date(a_minute, tmp_path / "a.wav", Options(noise=noise)) is False


@needs_ffmpeg
def test_it_makes_nothing_louder(compiled: Compiled, noise: Noise) -> None:
    plain, kept = (
        Renderer(compiled.timeline, compiled.clips, beneath).read(0, 120 * RATE) for beneath in (None, noise)
    )

    assert loudness(kept) == pytest.approx(loudness(plain), abs=0.1)


def test_sections_join_without_a_step(compiled: Compiled, noise: Noise) -> None:
    source = Renderer(compiled.timeline, compiled.clips, noise)
    steepest = np.abs(np.diff(noise.loop.astype(int))).max()

    for start in compiled.timeline.starts[1:]:
        around = source.read(start - 100, 200).astype(int)
        assert np.abs(np.diff(around)).max() <= steepest


@pytest.mark.usefixtures("own_folders")
@pytest.mark.parametrize("wish", [None, KeepAwake.OFF])
def test_exports_have_it_unless_they_are_to_be_silent(tmp_path: Path, wish: KeepAwake | None) -> None:
    spoken = speak(Request(SESSION, Wishes(keep_awake=wish)), Delivery(tmp_path / "a.wav"), lambda *_: None)

    assert (spoken.options.noise is not None) is (wish is None)
    assert (spoken.prepared.compiled.timeline.cues[0].start >= WAKING * RATE) is (wish is None)


@pytest.mark.usefixtures("own_folders")
def test_where_music_plays_a_file_has_no_noise(tmp_path: Path) -> None:
    wishes = Wishes(keep_awake=KeepAwake.ON, music="still-water")
    spoken = speak(Request(SESSION, wishes), Delivery(tmp_path / "a.wav"), lambda *_: None)

    assert spoken.options.noise is None


@pytest.mark.usefixtures("own_folders")
def test_each_of_several_files_gives_the_loudspeaker_time_to_wake_up(tmp_path: Path) -> None:
    delivery = Delivery(tmp_path / "parts", "wav", split=True)
    spoken = speak(Request(SESSION), delivery, lambda *_: None)
    *paths, _ = export_split(spoken.prepared.compiled, delivery.target, spoken.options)

    assert len(paths) > 3
    for path in paths:
        samples = load(path)
        sounds = np.flatnonzero(np.abs(samples.astype(int)) > 60)
        assert sounds[0] >= WAKING * RATE
        assert longest_silence(samples[: round(WAKING * RATE)]) < RATE // 1000


# Live


class Listener(Player):
    """A player on a loudspeaker that may sleep."""

    def __init__(self, keeps: KeepsAwake, *commands: Command, device: str = "a test") -> None:
        self.now = self.slept = 0.0
        self.compiler = FakeCompiler()
        self.stock = Stock(self.compiler, SLOW, lambda: self.now)
        self.output = ManualOutput(SLOW)
        self.output.device = device
        self.ready = True
        self.engine = Engine(self.stock, self.output, lambda: self.now, keeps_awake=keeps)
        for command in commands:
            self.engine.send(command)
        self.turn()

    def beneath(self, seconds: float) -> list[int]:
        """What is heard but the noise, which must be there in every frame, and go on from where it was."""
        start = self.engine._deck.tape._bed_frame + self.output.heard()
        heard = np.array(self.hear(seconds))
        return (heard - SOFT.read(start, len(heard)))[1:].tolist()  # type: ignore[no-any-return]  # one fades in


FIRST, LATER = [0] * round(WAKING * SLOW - 1), [0] * round(AGAIN * SLOW - 1)


def test_before_the_very_first_sound_there_is_time_to_wake_up() -> None:
    assert Listener(ALWAYS).beneath(5) == FIRST + frames(0, 0, 350)


def test_also_if_it_begins_elsewhere() -> None:
    assert Listener(ALWAYS, Jump(2)).beneath(5) == FIRST + frames(2, 0, 350)


def test_a_lead_in_comes_after_it() -> None:
    assert Listener(ALWAYS, GoOn(1, 250)).beneath(4) == FIRST + remark() + frames(1, 250, 350)


def test_after_a_pause_there_is_less_time_because_it_has_played_before() -> None:
    listener = Listener(ALWAYS)
    listener.hear(4.5)
    listener.do(Pause())
    listener.now += 60
    listener.do(Play())

    assert listener.beneath(3.3) == LATER + remark() + frames(0, 300, 400)


def test_a_skip_while_it_plays_waits_for_nothing() -> None:
    listener = Listener(ALWAYS)
    listener.hear(3)
    listener.do(Next())

    assert listener.beneath(1) == frames(1, 1, 100)


def test_a_skip_whose_section_is_long_in_coming_does() -> None:
    listener = Listener(ALWAYS)
    listener.hear(3)
    listener.ready = False
    listener.stock.shelf.pop(2)
    listener.do(Jump(2))
    listener.now += STAYS_AWAKE
    listener.ready = True
    listener.turn()

    assert listener.beneath(1.8) == LATER + frames(2, 0, 100)


def test_a_skip_in_a_pause_begins_awake_although_it_has_no_lead_in() -> None:
    listener = Listener(ALWAYS)
    listener.hear(3)
    listener.do(Pause(), Jump(2), Play())

    assert listener.beneath(1.8) == LATER + frames(2, 0, 100)


def test_a_remark_while_it_plays_comes_at_once() -> None:
    listener = Listener(ALWAYS)
    listener.hear(5.5)
    listener.do(Again())

    assert listener.beneath(1.5) == remark()[1:]


def test_after_the_device_was_lost_there_is_time_again() -> None:
    listener = Listener(ALWAYS)
    listener.hear(4.5)
    listener.output.fail(TroubleKind.LOST)
    listener.turn()
    listener.now += 2
    listener.turn()

    assert listener.beneath(2.8) == LATER + remark() + frames(0, 300, 350)


def test_more_time_is_time_enough() -> None:
    listener = Listener(ALWAYS)
    listener.hear(5.9)
    listener.do(Pause(), MoreTime(), Play())
    heard = listener.beneath(11)

    assert heard[: 10 * SLOW - 1] == [0] * (10 * SLOW - 1)
    assert heard[10 * SLOW - 1 :] == [0] * 60 + frames(1, 0, 40)


def test_a_pause_while_it_wakes_up_owes_nothing() -> None:
    listener = Listener(ALWAYS)
    listener.hear(1)
    listener.do(Pause())

    assert not listener.engine._deck.owes_more()
    assert listener.place == (0, 0)


def test_extra_time_has_the_noise_too() -> None:
    listener = Listener(ALWAYS)
    listener.hear(5.7)  # in the rest at the end of the first section
    listener.do(MoreTime())
    heard = listener.hear(8)

    assert 0 not in heard


def test_a_device_whose_name_is_known_only_once_it_is_open_is_woken_too() -> None:
    class Named(Listener):
        def turn(self) -> None:
            def start(pull: Pull) -> None:
                ManualOutput.start(self.output, pull)
                self.output.device = "AirPods"

            self.output.start = start  # type: ignore[method-assign]
            super().turn()

    listener = Named(KeepsAwake(SOFT, may_sleep), device="the default device")

    assert listener.beneath(2) == FIRST + frames(0, 0, 50)


def test_after_a_change_to_bluetooth_it_is_kept_awake_from_then_on() -> None:
    listener = Listener(KeepsAwake(SOFT, may_sleep), device="Speakers")
    assert listener.hear(3) == frames(0, 0, 300)
    listener.output.device = "AirPods"
    listener.do(Pause(), Play())

    assert listener.beneath(2.8) == LATER + remark() + frames(0, 300, 350)


def test_where_it_is_not_needed_nothing_is_added() -> None:
    for keeps in (NEVER, KeepsAwake(SOFT, may_sleep)):
        listener = Listener(keeps, device="Speakers")

        assert listener.hear(3) == frames(0, 0, 300)
        listener.do(Pause(), Play())
        assert listener.hear(2)[1:] == (remark() + frames(0, 300, 350))[1:]


def test_what_is_heard_is_the_file_sample_for_sample(
    compiler: Compiler, compiled: Compiled, noise: Noise
) -> None:
    stock, output = Stock(compiler, RATE), ManualOutput(RATE)
    engine = Engine(stock, output, lambda: 0.0, keeps_awake=KeepsAwake(noise, lambda _: True))
    heard: list[NDArray[np.int16]] = []
    for _ in range(60 * RATE // 4_801):
        while stock.work():
            pass
        engine.step()
        heard.append(output.pump(4_801))
    both = np.concatenate(heard)
    assert len(both) > 59 * RATE

    file, fade = Renderer(compiled.timeline, compiled.clips, noise), round(FADE * RATE)
    for channel in (0, 1):
        assert np.array_equal(both[fade:, channel], file.read(0, len(both))[fade:])


def test_the_first_word_of_a_file_stands_where_the_timeline_has_it(compiled: Compiled) -> None:
    words = [cue for cue in compiled.timeline.cues if cue.kind is CueKind.SPEECH]
    samples = Renderer(compiled.timeline, compiled.clips, SOFT).read(0, words[1].end)

    assert not np.flatnonzero(np.abs(samples[: words[0].start].astype(int)) > 7).size
    assert words[0].start == WAKING * RATE
