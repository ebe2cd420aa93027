"""What an output gets, frame by frame, in blocks as large as real devices ask for."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.engine.insertion import Insertion, Playable
from player.engine.tape import Tape
from player.render import DUCKING, Envelope, Renderer, mix
from player.sound.bed import Bed
from player.sound.clip import Clip
from player.timeline import (
    RATE,
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
from player.transport import LivePosition, Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from player.outputs.protocol import Pull

LENGTH = 4 * RATE
"""Frames of a section: a word in its second second, a sound in its third, then silence."""
WORD, SOUND = (RATE, 2 * RATE), (2 * RATE, 3 * RATE)
SILENT = 3 * RATE + 12_345
"""A frame in which no cue sounds, on no boundary of any block."""
MORE = Insertion(Frames(2 * RATE))
FADE = 240
"""Frames: 5 ms."""
DUCKED = Envelope((WORD[0] - 14_400, *WORD, WORD[1] + 43_200), (1.0, DUCKING, DUCKING, 1.0))
"""The music's gain in each section and remark."""
BLOCKS = (480, 1024, 13_440)
"""Frames: of a paced output, of sound servers, of PulseAudio as we open it."""


def playable(number: int) -> Playable:
    """A section, or a remark, whose samples tell its frames apart."""
    cues = tuple(
        Cue(Frames(first), Frames(last - first), kind, f"{number} {kind}")
        for (first, last), kind in ((WORD, CueKind.SPEECH), (SOUND, CueKind.SOUND))
    )
    phase = Phase(Frames(0), Frames(LENGTH), PhaseKind.REST, Activity())
    section = Section(Frames(LENGTH), cues, (phase,), Mark(Frames(0), "", MarkKind.SECTION))
    clips = {
        (cue.kind, cue.content): Clip(((np.arange(cue.length) * 7 + number) % 9_001).astype(np.int16), RATE)
        for cue in cues
    }
    return Playable(section, Renderer(Timeline((section,), RATE), clips), DUCKED)


SHELF = {0: playable(0), 1: playable(1)}
REMARK = playable(5)
MUSIC = Bed(np.repeat((np.arange(RATE * 7) % 5_000 + 100).astype(np.int16)[:, np.newaxis], 2, axis=1))


def at(section: int, frame: int) -> LivePosition:
    return LivePosition(section, Frames(frame))


@pytest.fixture
def tape() -> Tape:
    return Tape(Transport((True, True), RATE, at(0, 0)), SHELF, MUSIC)


def pull_all(pull: Pull, block: int) -> NDArray[np.int16]:
    """As long as there is something."""
    blocks = []
    while len(samples := pull(block)):
        blocks.append(samples)
    return np.concatenate(blocks)


class Expected:
    """What should be heard, put together by hand."""

    def __init__(self) -> None:
        self.cues: list[NDArray[np.int16]] = []
        self.gains: list[NDArray[np.float32]] = []

    def section(self, section: int, first: int = 0, last: int = LENGTH) -> Expected:
        self.cues.append(SHELF[section].renderer.read(first, last - first))
        self.gains.append(SHELF[section].music.at(first, last - first))
        return self

    def silence(self, frames: int, section: int, frame: int) -> Expected:
        """While the section stands still at a frame, and so does the level of its music."""
        self.cues.append(np.zeros(frames, np.int16))
        self.gains.append(np.full(frames, SHELF[section].music.at(frame, 1)[0], np.float32))
        return self

    def samples(self, bed_frame: int = 0) -> NDArray[np.int16]:
        both = mix(np.concatenate(self.cues), MUSIC.read(bed_frame, np.concatenate(self.gains)))
        both[:FADE] = np.rint(both[:FADE] * (np.arange(FADE) / FADE)[:, np.newaxis]).astype(np.int16)
        return both


# --- without anything put in ---------------------------------------------------------------------------


@pytest.mark.parametrize("block", BLOCKS)
def test_sections_follow_each_other_without_a_gap_in_whole_blocks(tape: Tape, block: int) -> None:
    pull = tape.begin(at(0, 0))
    first = pull(block)
    rest = pull_all(pull, block)

    assert len(first) == block
    assert np.array_equal(np.concatenate((first, rest)), Expected().section(0).section(1).samples())
    assert tape.pulled == 2 * LENGTH


@pytest.mark.parametrize("block", [1, 100, 150])
def test_a_start_fades_in_over_five_milliseconds_even_in_blocks_shorter_than_that(block: int) -> None:
    full = Clip(np.full(LENGTH, 24_000, np.int16), RATE)
    cue = Cue(Frames(0), Frames(LENGTH), CueKind.SOUND, "loud")
    phase = Phase(Frames(0), Frames(LENGTH), PhaseKind.HOLD, Activity())
    section = Section(Frames(LENGTH), (cue,), (phase,), Mark(Frames(0), "", MarkKind.SECTION))
    renderer = Renderer(Timeline((section,), RATE), {(CueKind.SOUND, "loud"): full})
    tape = Tape(Transport((True,), RATE, at(0, 0)), {0: Playable(section, renderer, DUCKED)})
    pull = tape.begin(at(0, 100))
    heard = np.concatenate([pull(block) for _ in range(300 // block)])

    assert heard[:, 0].tolist() == [100 * min(frame, 240) for frame in range(300)]
    assert heard.shape == (300, 2)


def test_without_music_both_channels_are_the_cues() -> None:
    tape = Tape(Transport((True, True), RATE, at(0, 0)), SHELF)
    heard = pull_all(tape.begin(at(0, WORD[0])), 1024)
    cues = np.concatenate(
        (SHELF[0].renderer.read(WORD[0], LENGTH - WORD[0]), SHELF[1].renderer.read(0, LENGTH))
    )

    assert np.array_equal(heard[FADE:], np.stack((cues, cues), axis=1)[FADE:])


def test_a_section_that_is_late_is_waited_for_and_nothing_of_it_is_lost() -> None:
    shelf = {0: SHELF[0]}
    tape = Tape(Transport((True, True), RATE, at(0, 0)), shelf, MUSIC)
    pull = tape.begin(at(0, 0))
    before = pull_all(pull, 13_440)
    nothing = pull(13_440)
    shelf[1] = SHELF[1]
    after = pull_all(pull, 13_440)

    assert nothing.shape == (0, 2)
    assert np.array_equal(np.concatenate((before, after)), Expected().section(0).section(1).samples())


def test_a_pull_of_a_start_that_is_over_gets_nothing_and_takes_nothing(tape: Tape) -> None:
    stale = tape.begin(at(0, 0))
    pull = tape.begin(at(1, 0))

    assert stale(1024).shape == (0, 2)
    assert np.array_equal(pull_all(pull, 1024), Expected().section(1).samples())


def test_a_long_session_in_small_blocks_is_remembered_in_few_stretches(tape: Tape) -> None:
    pull = tape.begin(at(0, 0), Insertion(Frames(LENGTH), REMARK))
    tape.put_in(at(0, SILENT), MORE)
    pull_all(pull, 480)

    assert len(tape._given) == len(("remark", "section 0", "more time", "section 0", "section 1"))


# --- ten seconds more ----------------------------------------------------------------------------------


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("section", [0, 1])
def test_more_time_comes_at_its_very_frame_whatever_the_blocks(tape: Tape, block: int, section: int) -> None:
    pull = tape.begin(at(0, 0))
    first = pull(block)
    assert tape.put_in(at(section, SILENT), MORE)
    heard = np.concatenate((first, pull_all(pull, block)))

    expected = Expected().section(0, 0, SILENT if section == 0 else LENGTH)
    expected = expected.section(1, 0, SILENT) if section == 1 else expected
    expected = expected.silence(MORE.length, section, SILENT).section(section, SILENT)
    expected = expected.section(1) if section == 0 else expected
    assert np.array_equal(heard, expected.samples())


def test_more_time_can_come_at_the_next_frame_but_not_where_it_was_handed_over(tape: Tape) -> None:
    pull = tape.begin(at(0, SILENT - 1024))
    pull(1024)

    assert tape.head() == at(0, SILENT)
    assert not tape.put_in(at(0, SILENT - 1), MORE)
    assert tape.put_in(at(0, SILENT), MORE)
    pull(480)
    assert tape.head() == at(0, SILENT)


def test_more_time_is_given_once(tape: Tape) -> None:
    tape.begin(at(0, 0))
    tape.put_in(at(0, SILENT), MORE)

    assert not tape.put_in(at(1, SILENT), MORE)


@pytest.mark.parametrize("block", BLOCKS)
def test_what_is_left_of_more_time_comes_after_a_cut(tape: Tape, block: int) -> None:
    had = RATE + 77
    pull = tape.begin(at(0, 0))
    tape.put_in(at(0, SILENT), MORE)
    while tape.pulled < SILENT + had:
        pull(block)
    place, more = tape.cut(SILENT + had)
    again = pull_all(tape.begin(place, None, more), block)

    left = Insertion(Frames(MORE.length - had))
    assert (place, more) == (at(0, SILENT), (at(0, SILENT), left))
    expected = Expected().silence(left.length, 0, SILENT).section(0, SILENT).section(1)
    assert np.array_equal(again, expected.samples(SILENT + had))


@pytest.mark.parametrize(
    ("heard", "more"),
    [
        (0, MORE),
        (SILENT - 1, MORE),
        (SILENT, MORE),
        (SILENT + 1, Insertion(Frames(MORE.length - 1))),
        (SILENT + MORE.length - 1, Insertion(Frames(1))),
        (SILENT + MORE.length, None),
        (SILENT + MORE.length + 1, None),
    ],
)
def test_more_time_is_owed_until_all_of_it_was_heard(
    tape: Tape,
    heard: int,
    more: Insertion | None,
) -> None:
    pull = tape.begin(at(0, 0))
    tape.put_in(at(0, SILENT), MORE)
    pull_all(pull, 13_440)

    assert tape.owes(heard) == (more is not None)
    assert tape.cut(heard)[1] == (more and (at(0, SILENT), more))


def test_more_time_that_was_not_reached_is_owed(tape: Tape) -> None:
    pull = tape.begin(at(0, 0))
    tape.put_in(at(1, SILENT), MORE)
    pull(1024)

    assert tape.owes(1024)
    assert tape.cut(500) == (at(0, 500), (at(1, SILENT), MORE))
    assert not tape.owes(0)


# --- remarks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", BLOCKS)
def test_a_remark_is_played_whole_and_then_the_section_from_where_it_stood(tape: Tape, block: int) -> None:
    heard = pull_all(tape.begin(at(0, SILENT), Insertion(Frames(LENGTH), REMARK)), block)

    cues = np.concatenate((REMARK.renderer.read(0, LENGTH), SHELF[0].renderer.read(SILENT, LENGTH - SILENT)))
    music = heard[: len(cues), 0].astype(int) - cues
    assert len(heard) == LENGTH + LENGTH - SILENT + LENGTH
    assert ((music[FADE:] >= 0) & (music[FADE:] < 5_100)).all()


def test_the_music_is_ducked_under_the_words_of_a_remark(tape: Tape) -> None:
    heard = pull_all(tape.begin(at(0, SILENT), Insertion(Frames(LENGTH), REMARK)), 13_440)
    word = slice(*WORD)
    full = MUSIC.read(WORD[0], np.ones(RATE, np.float32))[:, 0]
    music = heard[word, 0].astype(int) - REMARK.renderer.read(WORD[0], RATE)

    assert SHELF[0].music.at(SILENT, 1)[0] == 1
    assert np.abs(music - full * DUCKING).max() <= 1
    assert np.array_equal(heard[FADE : RATE // 2], MUSIC.read(FADE, np.ones(RATE // 2 - FADE, np.float32)))


def test_a_remark_in_the_middle_of_ducked_music_leaves_it_down(tape: Tape) -> None:
    middle = (WORD[0] + WORD[1]) // 2
    heard = pull_all(tape.begin(at(0, middle), Insertion(Frames(LENGTH), REMARK)), 13_440)
    quiet = slice(FADE, RATE // 2)

    assert np.array_equal(heard[quiet], MUSIC.read(FADE, np.full(RATE // 2 - FADE, DUCKING, np.float32)))


def test_a_remark_while_its_section_is_late_has_music_at_its_full_level() -> None:
    tape = Tape(Transport((True, True), RATE, at(0, 0)), {0: SHELF[0]}, MUSIC)
    heard = pull_all(tape.begin(at(1, 0), Insertion(Frames(LENGTH), REMARK)), 13_440)
    full = np.ones(RATE // 2 - FADE, np.float32)

    assert np.array_equal(heard[FADE : RATE // 2], MUSIC.read(FADE, full))


def test_the_music_runs_on_through_a_cut(tape: Tape) -> None:
    tape.begin(at(0, 0))(13_440)
    tape.cut(9_999)
    heard = pull_all(tape.begin(at(1, 0)), 13_440)
    tape.cut(LENGTH)
    again = pull_all(tape.begin(at(1, 0)), 13_440)

    assert np.array_equal(heard, Expected().section(1).samples(9_999))
    assert np.array_equal(again, Expected().section(1).samples(9_999 + LENGTH))


def test_a_remark_that_was_cut_is_not_owed(tape: Tape) -> None:
    tape.begin(at(0, SILENT), Insertion(Frames(LENGTH), REMARK))(13_440)

    assert tape.cut(13_440) == (at(0, SILENT), None)


# --- where the listener is -----------------------------------------------------------------------------


@pytest.mark.parametrize("block", BLOCKS)
def test_where_the_listener_is_follows_what_was_heard(tape: Tape, block: int) -> None:
    pull = tape.begin(at(0, 0), Insertion(Frames(LENGTH), REMARK))
    tape.put_in(at(0, SILENT), MORE)
    pull_all(pull, block)
    edges = list(accumulate((LENGTH, SILENT, MORE.length, LENGTH - SILENT, LENGTH)))
    remark, silent, more, first, last = edges

    def located(heard: int) -> tuple[tuple[int, int], int]:
        (section, frame), insertion = tape.locate(heard)
        return (section, frame), insertion.length if insertion else 0

    assert located(0) == ((0, 0), LENGTH)
    assert located(1) == ((0, 0), LENGTH - 1)
    assert located(remark - 1) == ((0, 0), 1)
    assert located(remark) == ((0, 0), 0)
    assert located(remark + 1) == ((0, 1), 0)
    assert located(silent - 1) == ((0, SILENT - 1), 0)
    assert located(silent) == ((0, SILENT), MORE.length)
    assert located(more - 1) == ((0, SILENT), 1)
    assert located(more) == ((0, SILENT), 0)
    assert located(more + 1) == ((0, SILENT + 1), 0)
    assert located(first - 1) == ((0, LENGTH - 1), 0)
    assert located(first) == ((1, 0), 0)
    assert located(last - 1) == ((1, LENGTH - 1), 0)
    assert located(last) == ((2, 0), 0)
    assert located(last + 99) == ((2, 0), 0)


def test_before_anything_was_handed_over_the_listener_is_at_the_start(tape: Tape) -> None:
    remark = Insertion(Frames(LENGTH), REMARK)
    tape.begin(at(1, 7), remark)

    assert tape.locate(0) == (at(1, 7), remark)


def test_nothing_is_put_in_any_more_once_a_remark_was_heard_although_its_section_is_late() -> None:
    tape = Tape(Transport((True, True), RATE, at(0, 0)), {0: SHELF[0]}, MUSIC)
    pull_all(tape.begin(at(1, 0), Insertion(Frames(LENGTH), REMARK)), 13_440)

    assert tape.locate(LENGTH) == (at(1, 0), None)


def test_more_time_shows_as_soon_as_the_listener_stands_where_it_comes(tape: Tape) -> None:
    pull = tape.begin(at(0, SILENT - 480))
    pull(480)
    tape.put_in(at(0, SILENT), MORE)

    assert tape.locate(479) == (at(0, SILENT - 1), None)
    assert tape.locate(480) == (at(0, SILENT), MORE)


def test_after_a_cut_the_tape_stands_where_the_listener_is(tape: Tape) -> None:
    pull = tape.begin(at(0, 0))
    pull(13_440)
    tape.cut(10_000)

    assert tape.head() == at(0, 10_000)
    assert tape.transport.place == at(0, 10_000)
    assert pull(480).shape == (0, 2)


# --- what the stock changes meanwhile ------------------------------------------------------------------


@pytest.mark.parametrize(("section", "changes"), [(0, False), (1, True)])
def test_a_section_is_changed_only_while_nothing_of_it_was_handed_over(
    tape: Tape,
    section: int,
    changes: bool,  # noqa: FBT001  as above
) -> None:
    tape.begin(at(0, 0))(1024)
    changed: list[int] = []
    add: Callable[[int], None] = changed.append

    assert tape.change(section, add) == changes
    assert changed == ([section] if changes else [])


# --- levels --------------------------------------------------------------------------------------------


def test_a_level_that_was_set_while_nothing_sounds_holds_from_the_first_frame(tape: Tape) -> None:
    tape.volume.target, tape.music.target = 0.5, 0.25
    heard = pull_all(tape.begin(at(0, RATE // 2)), 1024)
    full = MUSIC.read(0, np.ones(RATE // 10, np.float32))[:, 0]

    assert np.abs(heard[FADE : RATE // 10, 0] - full[FADE:] / 8).max() <= 1


def test_the_level_of_the_music_leaves_the_voice_as_it_is(tape: Tape) -> None:
    tape.music.target = 0.0
    heard = pull_all(tape.begin(at(0, 0)), 1024)
    cues = np.concatenate([SHELF[section].renderer.read(0, LENGTH) for section in (0, 1)])

    assert np.array_equal(heard, np.stack((cues, cues), axis=1))
