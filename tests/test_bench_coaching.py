"""How the table of coaching counts; what it finds is measured by hand (`python -m tests.bench.coaching`)."""

from __future__ import annotations

import pytest
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

from tests.bench.coaching import (
    HEADS,
    busiest_minute,
    count_words,
    longest_wait,
    main,
    measure,
    overheads,
    table,
    total,
)

RATE = 10


def section(
    *phases: tuple[PhaseKind, float],
    cues: tuple[tuple[float, float, str], ...] = (),
    tones: tuple[tuple[float, float], ...] = (),
    kind: MarkKind = MarkKind.EXERCISE,
) -> Section:
    """A section of phases with their seconds; cues and tones have a start and a length."""
    at, made = 0, []
    for phase, seconds in phases:
        made.append(Phase(Frames(at), Frames(round(seconds * RATE)), phase, Activity()))
        at += made[-1].length
    sounds = [
        *((start, length, CueKind.SPEECH, text) for start, length, text in cues),
        *((start, length, CueKind.EARCON, "rest") for start, length in tones),
    ]
    found = (
        Cue(Frames(round(start * RATE)), Frames(round(length * RATE)), what, content)
        for start, length, what, content in sorted(sounds)
    )
    return Section(Frames(at), tuple(found), tuple(made), Mark(Frames(0), "A mark", kind))


TALK = section(
    (PhaseKind.TALK, 20), cues=((1, 4, "One two three four."), (6, 4, "Five six.")), kind=MarkKind.SECTION
)
BRIDGE = section(
    (PhaseKind.TALK, 10),
    (PhaseKind.GET_READY, 12),
    (PhaseKind.SWITCH, 8),
    (PhaseKind.HOLD, 30),
    (PhaseKind.REST, 20),
    cues=((1, 5, "Lift your hips slowly, please."), (12, 2, "Lie down."), (26, 2, "Right side.")),
    tones=((30, 1), (60, 1)),
)
TIMELINE = Timeline((TALK, BRIDGE), RATE)


@pytest.mark.parametrize(
    ("text", "count"),
    [("Lift your hips.", 3), ("Hip-width apart", 3), ("Don't hold it", 3), ("4/10, 5 times", 4), ("…", 0)],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count


def test_a_session_is_measured() -> None:
    found = measure("mine", TIMELINE)

    assert (found.length, found.speech, found.tones, found.holds) == (100, 17, 2, 30)
    assert found.shares == pytest.approx((0.17, 0.02, 0.81))
    assert (found.overheads, found.firsts, found.words) == ((30,), (50,), 15)
    assert (found.busiest, found.busiest_from) == (15, 0)
    assert found.row() == (
        *("mine", "1:40", "17%", "2%", "81%", "30", "30.0", "9", "15", "0:00", "50.0", "12.0"),
    )


def test_only_exercises_have_an_overhead_and_only_with_something_to_do() -> None:
    idle = section((PhaseKind.TALK, 5))
    talk = section((PhaseKind.TALK, 5), (PhaseKind.MOVE, 5), kind=MarkKind.SECTION)

    assert list(overheads(Timeline((TALK, BRIDGE, idle, talk), RATE))) == [30]


@pytest.mark.parametrize(
    ("said", "length", "expected"),
    [
        ([(0, 10, 10), (65, 75, 10)], 200, (10, 0)),
        ([(0, 10, 10), (60, 80, 60)], 200, (60, 20)),
        ([(0, 120, 240)], 120, (120, 0)),
        ([(100, 110, 9)], 200, (9, 50)),
    ],
)
def test_the_busiest_minute_takes_a_part_of_a_cue_for_a_part_of_its_words(
    said: list[tuple[float, float, int]], length: float, expected: tuple[float, float]
) -> None:
    assert busiest_minute(said, length) == pytest.approx(expected)


def test_a_session_of_less_than_a_minute_is_its_own_busiest() -> None:
    assert busiest_minute([(1, 3, 7)], 20) == (7, 0)
    assert busiest_minute([], 20) == (0, 0)


def test_a_wait_goes_on_from_one_phase_to_the_next_and_ends_with_a_word() -> None:
    assert longest_wait(TIMELINE) == 12  # from 14 to 26 s: ready, then the switch
    assert longest_wait(Timeline((section((PhaseKind.GET_READY, 7)),), RATE)) == 7
    assert longest_wait(Timeline((TALK,), RATE)) == 0


def test_a_word_that_began_before_the_wait_counts_to_its_end() -> None:
    made = section((PhaseKind.TALK, 5), (PhaseKind.GET_READY, 7), cues=((4, 3, "Lie down on your back."),))

    assert longest_wait(Timeline((made,), RATE)) == 5


def test_the_total_weighs_each_session_by_its_length() -> None:
    one, other = measure("one", TIMELINE), measure("other", Timeline((TALK,), RATE))
    both = total([one, other])

    assert (both.length, both.words, both.holds) == (120, 21, 30)
    assert both.shares == pytest.approx((25 / 120, 2 / 120, 93 / 120))
    assert (both.busiest, both.busiest_from, both.wait, both.firsts) == (15, None, 12, (50,))


def test_the_table_has_a_row_for_each_session_and_the_total_last() -> None:
    lines = list(table([measure("one", TIMELINE), measure("other", Timeline((TALK,), RATE))]))

    assert lines[0].split() == list(HEADS)
    assert [line.split()[0] for line in lines[1:]] == ["one", "other", "TOTAL"]
    assert lines[2].split()[6] == lines[2].split()[10] == "–"
    assert len({len(line) for line in lines}) == 1


def test_a_bundled_session_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["morning-stretch", "--coaching", "brief", "--day", "3"]) == 0

    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]] == [
        "morning-stretch",
        "TOTAL",
    ]
