"""The renderer is a pure function of time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.render import Envelope, Renderer, StereoRenderer, mix, music_gain, remark_gain
from player.sound.bed import Bed
from player.sound.clip import Clip
from player.timeline import (
    Activity,
    Cue,
    CueKind,
    Frames,
    Mark,
    MarkKind,
    Phase,
    PhaseKind,
    Section,
    Timeline,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 10
SPEECH = CueKind.SPEECH

Clips = dict[tuple[CueKind, str], Clip]
Spoken = tuple[Timeline, Clips]


def clip(*samples: int) -> Clip:
    return Clip(np.array(samples, np.int16), RATE)


def section(length: int, *cues: tuple[int, str, int]) -> Section:
    """A talk with cues given as (start, text, length)."""
    return Section(
        Frames(length),
        tuple(Cue(Frames(start), Frames(frames), SPEECH, text) for start, text, frames in cues),
        (Phase(Frames(0), Frames(length), PhaseKind.TALK, Activity()),),
        Mark(Frames(0), "talk", MarkKind.SECTION),
    )


def renderer(*sections: Section, **clips: Clip) -> Renderer:
    return Renderer(Timeline(sections, RATE), {(SPEECH, text): sound for text, sound in clips.items()})


def read(source: Renderer, start: int, frames: int) -> list[int]:
    return source.read(start, frames).tolist()  # type: ignore[no-any-return]


def test_a_clip_sounds_at_its_cue_and_nothing_beside_it() -> None:
    source = renderer(section(8, (2, "a", 3)), a=clip(1, 2, 3))

    assert read(source, 0, 8) == [0, 0, 1, 2, 3, 0, 0, 0]


def test_sections_follow_each_other() -> None:
    source = renderer(section(4, (1, "a", 2)), section(3, (0, "a", 2)), a=clip(1, 2))

    assert read(source, 0, 7) == [0, 1, 2, 0, 1, 2, 0]


def test_outside_the_timeline_is_silence() -> None:
    source = renderer(section(3, (0, "a", 3)), a=clip(1, 2, 3))

    assert read(source, -2, 8) == [0, 0, 1, 2, 3, 0, 0, 0]
    assert read(source, -5, 3) == [0, 0, 0]
    assert read(source, 100, 2) == [0, 0]


def test_a_cue_ends_with_the_timeline() -> None:
    source = renderer(section(2, (1, "a", 3)), a=clip(1, 2, 3))

    assert read(source, 0, 5) == [0, 1, 0, 0, 0]
    assert read(source, 2, 2) == [0, 0]


def test_cues_that_overlap_are_added_up() -> None:
    source = renderer(
        section(5, (0, "a", 5), (1, "b", 2), (2, "b", 2)), a=clip(1, 2, 3, 4, 5), b=clip(10, 20)
    )

    assert read(source, 0, 5) == [1, 12, 33, 24, 5]


def test_a_sum_too_loud_is_clipped_and_never_wraps() -> None:
    loud = clip(30_000, -30_000)
    source = renderer(section(2, (0, "a", 2), (0, "b", 2)), a=loud, b=loud)

    assert read(source, 0, 2) == [32_767, -32_768]


def test_only_the_whole_sum_is_clipped() -> None:
    loud, other_way = clip(30_000, -30_000), clip(-30_000, 30_000)
    three = section(2, (0, "a", 2), (0, "b", 2), (0, "c", 2))
    source = renderer(three, a=loud, b=loud, c=other_way)

    assert read(source, 0, 2) == [30_000, -30_000]


def test_a_read_of_nothing_is_empty() -> None:
    source = renderer(section(3, (0, "a", 3)), a=clip(1, 2, 3))

    assert source.read(1, 0).shape == (0,)


def test_a_session_of_nothing_is_silence() -> None:
    assert read(renderer(), 0, 3) == [0, 0, 0]


def test_what_was_read_belongs_to_the_reader() -> None:
    source = renderer(section(3, (0, "a", 3)), a=clip(1, 2, 3))

    source.read(0, 3)[:] = 99

    assert read(source, 0, 3) == [1, 2, 3]


def test_a_cue_without_a_clip_is_refused() -> None:
    with pytest.raises(KeyError):
        renderer(section(3, (0, "a", 3)))


@pytest.mark.parametrize("wrong", [clip(1, 2), Clip(np.zeros(3, np.int16), 44_100)], ids=["length", "rate"])
def test_a_clip_that_is_not_what_was_laid_out_is_refused(wrong: Clip) -> None:
    with pytest.raises(ValueError, match="the cue 'a' has 3 frames at 10 Hz, its clip"):
        renderer(section(3, (0, "a", 3)), a=wrong)


samples = st.lists(st.integers(-32_768, 32_767), max_size=12).map(lambda values: clip(*values))


@st.composite
def sessions(draw: st.DrawFn) -> Spoken:
    """Sections with cues that start anywhere in them; some overlap, are empty, or end after their section."""
    clips = {text: draw(samples) for text in "abc"}
    sections = []
    for length in draw(st.lists(st.integers(0, 40), max_size=4)):
        starts = sorted(draw(st.lists(st.integers(0, length), max_size=5)))
        texts = [draw(st.sampled_from("abc")) for _ in starts]
        sections.append(section(length, *((s, t, len(clips[t])) for s, t in zip(starts, texts, strict=True))))
    return Timeline(tuple(sections), RATE), {(SPEECH, text): sound for text, sound in clips.items()}


def added_up(timeline: Timeline, clips: Clips) -> NDArray[np.int64]:
    """The simplest possible renderer."""
    mix = np.zeros(timeline.length + 100, np.int64)
    for cue in timeline.cues:
        mix[cue.start : cue.end] += clips[cue.kind, cue.content].samples
    return np.clip(mix, -32_768, 32_767)[: timeline.length]


@given(sessions())
def test_one_read_is_the_sum_of_the_cues(
    session: Spoken,
) -> None:
    timeline, clips = session

    assert np.array_equal(added_up(timeline, clips), Renderer(timeline, clips).read(0, timeline.length))


@given(sessions(), st.integers(-20, 200), st.integers(0, 100))
def test_any_read_is_a_part_of_the_one_read(session: Spoken, start: int, frames: int) -> None:
    timeline, clips = session
    silence = np.zeros(300, np.int64)
    whole = np.concatenate((silence, added_up(timeline, clips), silence))
    part = whole[300 + start : 300 + start + frames]

    assert np.array_equal(part, Renderer(timeline, clips).read(start, frames))


@pytest.fixture(scope="module")
def three_seconds() -> Renderer:
    """Noise that overlaps, that touches, that crosses borders of blocks, at the engine's rate."""
    noise = np.random.default_rng(7)
    lengths = {"a": 60_001, "b": 479, "c": 1, "d": 7_000}
    clips = {
        (SPEECH, text): Clip(noise.integers(-20_000, 20_000, length).astype(np.int16), 48_000)
        for text, length in lengths.items()
    }
    starts = [(0, "b"), (479, "b"), (1_000, "a"), (65_535, "c"), (65_536, "c"), (70_000, "a"), (90_000, "d")]
    return Renderer(
        Timeline((section(144_000, *((start, text, lengths[text]) for start, text in starts)),)), clips
    )


@pytest.mark.parametrize("frames", [1, 7, 480, 1024, 65_536])
@pytest.mark.parametrize("order", [1, -1], ids=["forwards", "backwards"])
def test_blocks_of_any_size_in_any_order_give_the_same_samples(
    three_seconds: Renderer, frames: int, order: int
) -> None:
    length = three_seconds.length
    blocks = {start: three_seconds.read(start, frames) for start in range(0, length, frames)[::order]}
    joined = np.concatenate([blocks[start] for start in sorted(blocks)])[:length]

    assert np.array_equal(three_seconds.read(0, length), joined)


# Music under the session


def said(*starts: float, length: float = 1, of: float = 20) -> Section:
    """A section at 100 Hz with words of `length` seconds at `starts`."""
    return section(round(of * 100), *((round(start * 100), "a", round(length * 100)) for start in starts))


def gain(envelope: Envelope, second: float) -> float:
    return float(envelope.at(round(second * 100), 1)[0])


def test_music_is_down_when_a_word_begins_and_comes_up_after_it() -> None:
    envelope = music_gain(said(5), 100)

    assert gain(envelope, 4.70) == 1
    assert 0.5 < gain(envelope, 4.85) < 0.7
    assert gain(envelope, 5.00) == pytest.approx(10 ** (-14 / 20))
    assert gain(envelope, 6.09) == pytest.approx(10 ** (-14 / 20))
    assert 0.5 < gain(envelope, 6.55) < 0.7
    assert gain(envelope, 7.00) == 1


def test_through_gaps_under_five_seconds_it_stays_down() -> None:
    apart, close = music_gain(said(2, 8), 100), music_gain(said(2, 7.9), 100)

    assert max(gain(apart, at / 100) for at in range(300, 800)) == 1
    assert {gain(close, at / 100) for at in range(200, 890)} == {gain(close, 2)}


def test_it_is_never_up_under_a_word() -> None:
    words = said(0, 0.5, 3, 7.2, 18.9, 19)
    envelope = music_gain(words, 100)

    for cue in words.cues:
        assert envelope.at(cue.start, cue.length).max() == pytest.approx(10 ** (-14 / 20))


def sounding(kind: CueKind, *cues: tuple[float, float], of: float = 40) -> Section:
    """A section at 100 Hz with sounds of a kind, given as (start, length) in seconds."""
    talk = section(round(of * 100))
    sounds = (Cue(Frames(round(at * 100)), Frames(round(length * 100)), kind, "a") for at, length in cues)
    return replace(talk, cues=tuple(sounds))


@pytest.mark.parametrize("kind", [CueKind.EARCON, CueKind.SOUND])
def test_under_tones_it_yields_a_little_and_as_softly_as_under_words(kind: CueKind) -> None:
    envelope = music_gain(sounding(kind, (10, 0.5), (30, 0.5)), 100)

    assert [gain(envelope, at) for at in (9.7, 11.5)] == [1, 1]
    assert gain(envelope, 9.85) == pytest.approx((1 + 10 ** (-4 / 20)) / 2)
    assert {gain(envelope, 10 + at / 100) for at in range(60)} == {gain(envelope, 10)}
    assert gain(envelope, 10) == pytest.approx(10 ** (-4 / 20))


def test_ticks_are_too_soft_to_yield_to() -> None:
    envelope = music_gain(sounding(CueKind.TICK, (10, 0.1), (11, 0.1), (12, 0.1)), 100)

    assert set(envelope.at(1_000, 300)) == {1}


def test_between_a_word_and_a_tone_it_comes_up_only_to_where_tones_have_it() -> None:
    words, tones = said(10, of=40), sounding(CueKind.EARCON, (14, 0.5))
    envelope = music_gain(replace(words, cues=(*words.cues, *tones.cues)), 100)

    assert gain(envelope, 13) == gain(envelope, 14) == pytest.approx(10 ** (-4 / 20))


@pytest.mark.parametrize("words", [(0.3, 10.7), (4.9, 6.1), (), (8,)])
def test_where_sections_join_it_is_down_whatever_is_in_them(words: tuple[float, ...]) -> None:
    envelope = music_gain(said(*words, of=13), 100)

    assert gain(envelope, 0) == gain(envelope, 13) == pytest.approx(10 ** (-14 / 20))


def test_words_on_both_sides_of_a_join_have_no_swell_between_them() -> None:
    before, after = music_gain(said(15, of=20.9), 100), music_gain(said(4.9), 100)

    assert {*before.at(1_600, 490), *after.at(0, 490)} == {np.float32(10 ** (-14 / 20))}


def test_it_comes_up_in_the_long_quiet_of_a_section_between_its_joins() -> None:
    envelope = music_gain(said(), 100)

    assert [gain(envelope, at) for at in (1, 10, 19.7)] == [1, 1, 1]


def test_it_comes_up_for_the_end() -> None:
    envelope = music_gain(said(10), 100, last=True)

    assert gain(envelope, 13.9) == 1


def test_a_remark_begins_and_ends_with_the_music_as_it_was() -> None:
    envelope = remark_gain(said(0.3, of=2.3), 100)

    assert [gain(envelope, at) for at in (0, 0.3, 1.3, 2.3)] == pytest.approx(
        [1, 0.1995, 0.1995, 1], abs=1e-3
    )


def test_music_fades_in_at_the_beginning_and_out_at_the_end() -> None:
    first, last = music_gain(section(2_000), 100, first=True), music_gain(section(2_000), 100, last=True)

    assert [gain(first, at) for at in (0, 1.5, 3, 19)] == [0, 0.5, 1, 1]
    assert [gain(last, at) for at in (1, 14, 17, 20)] == [1, 1, 0.5, 0]


def test_a_session_of_one_short_section_fades_in_and_out() -> None:
    only = music_gain(section(200), 100, first=True, last=True)

    assert gain(only, 0) == gain(only, 2) == 0
    assert gain(only, 1) == 1


def test_a_section_of_nothing_has_no_music() -> None:
    assert music_gain(section(0), 100, first=True, last=True).at(0, 0).shape == (0,)


def test_music_and_cues_are_two_buses() -> None:
    timeline = Timeline((section(6, (2, "a", 2)),), RATE)
    clips = {(SPEECH, "a"): clip(100, 200)}
    source = StereoRenderer(timeline, clips, Bed(np.full((7, 2), [0, 0], np.int16)))

    assert source.channels == 2
    assert source.read(0, 6).tolist() == [[0, 0], [0, 0], [100, 100], [200, 200], [0, 0], [0, 0]]


def test_the_sum_of_the_buses_never_wraps() -> None:
    loud = np.full(3, 32_000, np.int16)

    assert mix(loud, np.full((3, 2), 32_000, np.int16)).tolist() == [[32_767, 32_767]] * 3
    assert mix(-loud, np.full((3, 2), -32_000, np.int16)).tolist() == [[-32_768, -32_768]] * 3


@pytest.fixture(scope="module")
def with_music() -> StereoRenderer:
    """Three sections with words in them, and a bed that begins anew in the middle of blocks."""
    noise = np.random.default_rng(8)
    spoken = Clip(noise.integers(-9_000, 9_000, 30_000).astype(np.int16), 48_000)
    sections = tuple(
        section(length, *((start, "a", 30_000) for start in starts))
        for length, starts in ((190_000, (20_000, 60_000)), (150_001, (14_400,)), (200_000, (90_000,)))
    )
    bed = Bed(noise.integers(-9_000, 9_000, (48_123, 2)).astype(np.int16), level=-3)
    return StereoRenderer(Timeline(sections), {(SPEECH, "a"): spoken}, bed)


@pytest.mark.parametrize("frames", [7, 480, 1024, 65_536])
@pytest.mark.parametrize("order", [1, -1], ids=["forwards", "backwards"])
def test_with_music_too_blocks_of_any_size_give_the_same_samples(
    with_music: StereoRenderer, frames: int, order: int
) -> None:
    length = with_music.length if frames > 7 else 40_000
    blocks = {start: with_music.read(start, frames) for start in range(0, length, frames)[::order]}
    joined = np.concatenate([blocks[start] for start in sorted(blocks)])[:length]

    assert np.array_equal(with_music.read(0, length), joined)


def test_sections_played_one_by_one_are_the_whole() -> None:
    """What a player does: each section by itself, with a bed that counts its own frames."""
    noise = np.random.default_rng(9)
    spoken = {(SPEECH, "a"): Clip(noise.integers(-9_000, 9_000, 300).astype(np.int16), 100)}
    bed = Bed(noise.integers(-9_000, 9_000, (777, 2)).astype(np.int16))
    sections = (said(1, 5, length=3), said(0.3, length=3, of=4.3), said(9, length=3))
    timeline = Timeline(sections, 100)

    played = [
        mix(
            Renderer(Timeline((one,), 100), spoken).read(0, one.length),
            bed.read(start, music_gain(one, 100, first=index == 0, last=index == 2).at(0, one.length)),
        )
        for index, (start, one) in enumerate(zip(timeline.starts, sections, strict=True))
    ]

    whole = StereoRenderer(timeline, spoken, bed).read(0, timeline.length)
    assert np.array_equal(whole, np.concatenate(played))
