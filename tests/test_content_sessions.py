"""What the bundled sessions are: which exercises in which order, how long, and what is said around them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from player.render import PATIENCE, _join
from player.script import whole
from player.session import Choices, Coaching, Safety
from player.timeline import CueKind, PhaseKind
from player.wording.en.positions import posture_of
from player.wording.posture import Posture

from tests.content import LIBRARY, RATE, of_session, said, spoken
from tests.content_rows import ROWS

if TYPE_CHECKING:
    from player.timeline import Section

SESSIONS = sorted(LIBRARY.scripts)

CONTENT = {
    "first-time": (11, ["pelvic-tilt", "knee-to-chest", "rotational-stretch"]),
    "morning-stretch": (11, ["cat-stretch", "pelvic-tilt", "knee-to-chest", "rotational-stretch"]),
    "evening-stretch": (
        14,
        ["hamstring-stretch", "cat-stretch", "knee-to-chest", "rotational-stretch", "piriformis-stretch"],
    ),
    "five-stretches": (
        14,
        ["hamstring-stretch", "glute-squeeze", "psoas-stretch", "rotational-stretch", "piriformis-stretch"],
    ),
    "core-strength": (26, ["draw-in", "partial-curl", "bridge", "side-leg-raise", "superman"]),
    "desk-break": (8, ["seated-rotation", "glute-squeeze", "hamstring-stretch"]),
    "full-back-care": (50, [*sorted({*ROWS, "cat-stretch"})]),
}


def counted(session: str) -> list[str]:
    """The exercises of a session that count in "two of four"."""
    sections = of_session(session).sections
    return [
        section.exercise_id
        for section in sections
        if section.exercise_id and section.phases[0].activity.n is not None
    ]


def test_every_bundled_session_has_its_row() -> None:
    assert set(SESSIONS) == set(CONTENT)


@pytest.mark.parametrize("session", CONTENT)
def test_a_session_has_its_exercises_in_their_order(session: str) -> None:
    done = counted(session)

    expected = CONTENT[session][1]
    assert (sorted(done) if session == "full-back-care" else done) == expected


@pytest.mark.parametrize("session", CONTENT)
def test_a_session_is_about_as_long_as_promised(session: str) -> None:
    minutes = of_session(session).length / RATE / 60

    assert minutes == pytest.approx(CONTENT[session][0], rel=0.15)


def test_core_strength_grows_from_two_sets_to_three() -> None:
    for level, sets, minutes in ((0.0, 2, 26), (1.0, 3, 35)):
        timeline = of_session("core-strength", Choices(level=level))
        found = {
            phase.activity.exercise_id: phase.activity.sets
            for phase in timeline.phases
            if phase.kind is PhaseKind.HOLD
        }
        assert {name: found[name] for name in ("partial-curl", "bridge", "side-leg-raise")} == {
            "partial-curl": sets,
            "bridge": sets,
            "side-leg-raise": sets,
        }
        assert timeline.length / RATE / 60 == pytest.approx(minutes, rel=0.15)


def test_core_strength_ends_with_both_knees_hugged_for_twenty_seconds_on_the_back() -> None:
    timeline = of_session("core-strength")
    last = [phase for phase in timeline.phases if phase.kind is PhaseKind.HOLD][-1]

    assert (last.activity.exercise, last.activity.position, last.length) == (
        "Hug your knees",
        "on your back",
        20 * RATE,
    )
    assert "Roll over and lie on your back." in said(timeline)


@pytest.mark.parametrize("session", CONTENT)
def test_no_position_is_taken_twice(session: str) -> None:
    places = [
        posture_of(section.phases[0].activity.position or "")
        for section in of_session(session).sections
        if section.exercise_id in ROWS or section.exercise_id == "cat-stretch"
    ]
    stays = [place for place, before in zip(places, [None, *places], strict=False) if place is not before]

    assert len(stays) == len(set(stays))


def test_a_break_at_the_desk_never_goes_to_the_floor() -> None:
    places = {
        posture_of(phase.activity.position or "")
        for phase in of_session("desk-break").phases
        if phase.activity.exercise
    }

    assert places == {Posture.SEATED, Posture.STANDING}
    assert "mat" not in LIBRARY.load("desk-break").session.needs


@pytest.mark.parametrize("coaching", Coaching)
@pytest.mark.parametrize("session", CONTENT)
def test_nothing_is_silent_for_a_minute(session: str, coaching: Coaching) -> None:
    timeline = of_session(session, Choices(coaching=coaching))
    edges = [(0, 0), *((cue.start, cue.end) for cue in timeline.cues), (timeline.length, timeline.length)]

    assert max(after[0] - before[1] for before, after in pairwise(edges)) <= 60 * RATE


@pytest.mark.parametrize("session", CONTENT)
def test_every_sentence_of_a_session_is_short(session: str) -> None:
    heard = said(of_session(session, Choices(safety=Safety.FULL)))

    assert [text for text in heard if len(text.split()) > 20] == []


@pytest.mark.parametrize("session", CONTENT)
def test_everything_fits(session: str) -> None:
    assert [of_session(session, Choices(level=level)).misfits for level in (None, 1.0)] == [(), ()]


@pytest.mark.parametrize("session", CONTENT)
def test_a_session_begins_warm_and_ends_calm_and_says_what_to_gather(session: str) -> None:
    loaded = LIBRARY.load(session)
    sections = [section.exercise_id for section in of_session(session).sections if section.exercise_id]

    assert "warm-up" in sections[0]
    assert "cool-down" in sections[-1]
    assert loaded.session.needs
    assert [warning for warning in loaded.warnings if "music" not in warning.message] == []
    assert any(text.startswith("You will need ") for text in said(of_session(session)))


def test_the_first_time_teaches_every_tone_before_it_is_used() -> None:
    timeline = of_session("first-time")
    tones = [cue for cue in timeline.cues if cue.kind in {CueKind.EARCON, CueKind.SOUND, CueKind.TICK}]
    taught_here = {cue.content: cue.start for cue in tones if cue.kind is CueKind.SOUND}
    used = {cue.content: cue.start for cue in reversed(tones) if cue.kind is not CueKind.SOUND}

    assert set(used) - {"session-ends"} <= set(taught_here)
    assert all(taught_here[name] < used[name] for name in taught_here)
    assert "Ask first if you are pregnant, have weak bones, or have had surgery." in said(timeline)


def test_the_evening_has_music_and_no_ticks() -> None:
    session = LIBRARY.load("evening-stretch").session
    kinds = {cue.kind for cue in of_session("evening-stretch").cues}

    assert (session.music, session.ticks) == ("still-water", False)
    assert CueKind.TICK not in kinds


def test_each_day_has_its_own_point_of_posture() -> None:
    points = LIBRARY.talk("posture").points
    closing = [
        [text for text in said(of_session("desk-break", Choices(day=day))) if text.startswith("For today, ")]
        for day in range(1, 9)
    ]

    assert len(points) == 7
    assert closing == [spoken(points[index % 7])[:1] for index in range(8)]


def last_of(section: Section) -> str:
    return said(section)[-1]


@pytest.mark.parametrize("session", CONTENT)
def test_an_exercise_ends_with_what_comes_next(session: str) -> None:
    sections = [section for section in of_session(session).sections if section.exercise_id]

    for before, after in pairwise(sections):
        if after.exercise_id in ROWS:
            name = LIBRARY.exercise(after.exercise_id).name
            assert last_of(before).startswith(f"Next, {name[0].lower()}{name[1:]}.")


@pytest.mark.parametrize("level", [None, 0.0, 1.0])
@pytest.mark.parametrize("session", CONTENT)
def test_what_the_reader_counts_in_advance_is_much_of_a_session_and_never_more(
    session: str, level: float | None
) -> None:
    timeline, script = of_session(session, Choices(level=level)), LIBRARY.load(session).session
    counted = sum(whole.size(step, script.defaults).seconds for step in script.steps)

    assert timeline.length / RATE / 4 < counted <= timeline.length / RATE


def test_no_bundled_session_lets_its_music_swell_between_words_that_are_close() -> None:
    """Also where sections join; -5.2 dB is what a listener's meter counted as a swell."""
    for session in SESSIONS:
        timeline = of_session(session)
        gains = _join(timeline).at(0, timeline.length)
        words = [cue for cue in timeline.cues if cue.kind is CueKind.SPEECH]
        loudest = [gains[one.end : other.start].max(initial=0) for one, other in pairwise(words)]
        close = [other.start - one.end < PATIENCE * timeline.rate for one, other in pairwise(words)]

        assert not [loud for loud, near in zip(loudest, close, strict=True) if near and loud > 0.55]
