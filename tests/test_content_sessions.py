"""What the bundled sessions are: which exercises in which order, how long, and what is said around them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from player.render import PATIENCE, _join
from player.script import whole
from player.session import Choices, Coaching, Safety, SilenceStep
from player.timeline import CueKind, PhaseKind
from player.wording.en.positions import posture_of
from player.wording.posture import Posture

from tests.content import LIBRARY, RATE, of_session, said, spoken
from tests.content_rows import ROWS

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
    "full-back-care": (50, [*sorted({*ROWS, "cat-stretch"} - {"seated-hamstring-stretch"})]),
    "on-a-chair": (10, ["seated-cat", "seated-rotation", "glute-squeeze", "seated-hamstring-stretch"]),
    "tabata-gentle": (9, ["marching"]),
    "body-scan": (9, []),
    "breathing-breaks": (4, []),
}
EXERCISED = [name for name, (_, exercises) in CONTENT.items() if exercises]


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

    assert 0.9 * CONTENT[session][0] <= minutes <= 1.25 * CONTENT[session][0]  # the waits are the coach's


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
        assert minutes <= timeline.length / RATE / 60 <= 1.25 * minutes


def test_core_strength_ends_with_both_knees_hugged_for_twenty_seconds_on_the_back() -> None:
    timeline = of_session("core-strength")
    last = [phase for phase in timeline.phases if phase.kind is PhaseKind.HOLD][-1]

    assert (last.activity.exercise, last.activity.position, last.length) == (
        "Hug your knees",
        "on your back",
        20 * RATE,
    )
    heard = said(timeline)
    assert heard.index("In one piece, roll onto your back.") < heard.index("Hug both knees with your arms.")


@pytest.mark.parametrize("session", CONTENT)
def test_no_position_is_taken_twice(session: str) -> None:
    places = [
        posture_of(section.phases[0].activity.position or "")
        for section in of_session(session).sections
        if section.exercise_id in ROWS or section.exercise_id == "cat-stretch"
    ]
    stays = [place for place, before in zip(places, [None, *places], strict=False) if place is not before]

    assert len(stays) == len(set(stays))


@pytest.mark.parametrize("session", ["desk-break", "on-a-chair", "tabata-gentle"])
def test_a_session_beside_a_chair_never_goes_to_the_floor(session: str) -> None:
    places = {
        posture_of(phase.activity.position or "")
        for phase in of_session(session).phases
        if phase.activity.exercise
    }

    assert places <= {Posture.SEATED, Posture.STANDING}
    assert "mat" not in LIBRARY.load(session).session.needs
    assert not any("floor" in text and "come down" in text for text in said(of_session(session)))


@pytest.mark.parametrize("session", ["desk-break", "on-a-chair"])
def test_at_the_desk_the_chair_is_described_before_anybody_sits_on_it(session: str) -> None:
    heard = said(of_session(session))

    assert heard.index("You need a firm chair without arms.") < heard.index("Sit on a chair.")


def test_intervals_of_two_exercises_are_named_in_turn_and_end_after_eight_rounds() -> None:
    section = next(one for one in of_session("tabata-gentle").sections if one.exercise_id == "marching")
    work = [phase.activity.exercise for phase in section.phases if phase.kind is PhaseKind.MOVE]

    assert work == ["Marching", "Sit to stand"] * 4
    assert "In turn: marching and sit to stand." in said(section)


@pytest.mark.parametrize("session", ["body-scan", "breathing-breaks"])
def test_a_session_without_exercises_has_no_word_of_them_and_leaves_one_where_one_is(session: str) -> None:
    heard = said(of_session(session))

    assert [text for text in heard if "exercise" in text or "pain" in text or "stand up" in text] == []


@pytest.mark.parametrize("coaching", Coaching)
@pytest.mark.parametrize("session", CONTENT)
def test_nothing_is_silent_for_a_minute_unless_its_script_asks_for_it(
    session: str, coaching: Coaching
) -> None:
    timeline = of_session(session, Choices(coaching=coaching))
    edges = [(0, 0), *((cue.start, cue.end) for cue in timeline.cues), (timeline.length, timeline.length)]

    asked = [step.length for step in LIBRARY.load(session).session.steps if isinstance(step, SilenceStep)]

    silent = max(after[0] - before[1] for before, after in pairwise(edges))
    assert silent <= 60 * RATE or silent <= (max(asked) + 2) * RATE


@pytest.mark.parametrize("session", CONTENT)
def test_every_sentence_of_a_session_is_short(session: str) -> None:
    heard = said(of_session(session, Choices(safety=Safety.FULL)))

    assert [text for text in heard if len(text.split()) > 20] == []


@pytest.mark.parametrize("session", CONTENT)
def test_everything_fits(session: str) -> None:
    assert [of_session(session, Choices(level=level)).misfits for level in (None, 1.0)] == [(), ()]


@pytest.mark.parametrize("session", EXERCISED)
def test_a_session_begins_warm_and_ends_calm_and_says_what_to_gather(session: str) -> None:
    loaded = LIBRARY.load(session)
    sections = [section.exercise_id for section in of_session(session).sections if section.exercise_id]

    assert "warm-up" in sections[0]
    assert "cool-down" in sections[-1]
    assert loaded.session.needs
    assert [warning for warning in loaded.warnings if "music" not in warning.message] == []
    heard = said(of_session(session))
    needs = next(index for index, text in enumerate(heard) if text.startswith("You need "))
    assert heard[needs + 2] == "I will wait."


@pytest.mark.parametrize("session", EXERCISED)
def test_there_are_ten_seconds_to_fetch_what_is_needed(session: str) -> None:
    words = [cue for cue in of_session(session).cues if cue.kind is CueKind.SPEECH]
    waits = [
        (after.start - before.end) / RATE
        for before, after in pairwise(words)
        if before.content.endswith("I will wait.")
    ]

    assert len(waits) == 1
    assert 10 <= waits[0] <= 15


def test_the_first_time_teaches_every_tone_before_it_is_used() -> None:
    timeline = of_session("first-time")
    tones = [cue for cue in timeline.cues if cue.kind in {CueKind.EARCON, CueKind.SOUND, CueKind.TICK}]
    taught_here = {cue.content: cue.start for cue in tones if cue.kind is CueKind.SOUND}
    used = {cue.content: cue.start for cue in reversed(tones) if cue.kind is not CueKind.SOUND}

    assert set(used) - {"session-ends"} <= set(taught_here)
    assert all(taught_here[name] < used[name] for name in taught_here)
    assert "Ask first if you are pregnant, have weak bones or cancer, or had an operation." in said(timeline)


def test_the_evening_has_music_and_no_ticks() -> None:
    session = LIBRARY.load("evening-stretch").session
    kinds = {cue.kind for cue in of_session("evening-stretch").cues}

    assert (session.music, session.ticks) == ("still-water", False)
    assert CueKind.TICK not in kinds


def test_each_day_has_its_own_point_of_posture() -> None:
    points = LIBRARY.talk("posture").points
    heard = [said(of_session("desk-break", Choices(day=day))) for day in range(1, len(points) + 2)]
    closing = [texts[texts.index("One thing for today.") + 1] for texts in heard]

    assert len(set(points)) == len(points) >= 7
    assert closing == [spoken(points[index % len(points)])[0] for index in range(len(heard))]


def test_what_is_told_in_the_evening_is_for_tomorrow() -> None:
    heard = said(of_session("evening-stretch"))

    assert "One thing for tomorrow." in heard
    assert "One thing for today." not in heard
    assert "Stay lying as long as you like." in heard


@pytest.mark.parametrize("session", EXERCISED)
def test_after_an_exercise_it_is_quiet_and_the_next_name_is_said_once(session: str) -> None:
    timeline = of_session(session)
    words = [cue for cue in timeline.cues if cue.kind is CueKind.SPEECH]
    quiet = [
        (after.start - before.end) / RATE
        for before, after in pairwise(words)
        if before.content == "Now rest."
    ]

    assert quiet
    assert min(quiet) >= 4
    for section in timeline.sections:
        if section.exercise_id in ROWS:
            name = said(section)[0].partition(".")[0]
            assert [text for text in said(timeline) if name in text] == [said(section)[0]]


@pytest.mark.parametrize("session", EXERCISED)
def test_each_caution_is_heard_once_and_says_what_to_do_now(session: str) -> None:
    timeline = of_session(session)
    done = {section.exercise_id for section in timeline.sections} & set(LIBRARY.exercises)
    cautions = Counter(text for one in done for text in spoken(LIBRARY.exercise(one or "").caution))
    heard = Counter(text for text in said(timeline) if text in cautions)

    assert heard == cautions
    assert [text for text in cautions if "ask" in text.lower()] == []


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
