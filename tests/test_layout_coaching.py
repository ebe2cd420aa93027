"""How the coach speaks, rep by rep: worked examples, with every text taking one second."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from player.layout import Lengths, lay_out, plan
from player.session import (
    Back,
    BreatheStep,
    Choices,
    Coaching,
    Dose,
    Easier,
    Exercise,
    Growing,
    Move,
    Progress,
    Range,
    RepeatStep,
    RestStep,
    Safety,
    SayStep,
    Session,
    Sides,
    SilenceStep,
    SoundStep,
)
from player.timeline import Cue, CueKind, Frames, Phase, PhaseKind, Section, Timeline

from tests.sessions import HERE, SOUNDS, exercise, hold_for, session, words

RATE = 100


def laid(what: Session, choices: Choices | None = None, second: float = 1.0) -> Timeline:
    """Every text takes one second, or as long as said."""
    sounds = {name: Frames(round(length * RATE)) for name, length in SOUNDS.items()}
    sections = []
    for outline in plan(what, choices or Choices()):
        speech = dict.fromkeys(outline.texts(), Frames(round(second * RATE)))
        sections.append(lay_out(outline, Lengths(speech, sounds, RATE)))
    return Timeline(tuple(sections), RATE)


def exercise_section(timeline: Timeline, number: int = 1) -> Section:
    return [section for section in timeline.sections if section.exercise_id][number - 1]


def said(timeline: Timeline) -> list[str]:
    return [cue.content for cue in timeline.cues if cue.kind is CueKind.SPEECH]


def reps_of(section: Section) -> list[str]:
    """What sounds from the first movement on, with the second it starts at."""
    begin = next(phase.start for phase in section.phases if phase.kind is not PhaseKind.GET_READY)
    return [f"{(cue.start - begin) / RATE:g} {cue.content}" for cue in section.cues if cue.start >= begin]


def holds_of(section: Section) -> list[Phase]:
    return [phase for phase in section.phases if phase.kind is PhaseKind.HOLD]


def hold_of(section: Section, index: int = 0) -> Phase:
    return holds_of(section)[index]


def once(reps: int = 1, **more: object) -> Dose:
    return Dose(reps=(Range(reps, reps),), **more)  # type: ignore[arg-type]


ROTATION = exercise(
    Move(
        words("Let both knees roll to the <side>."),
        words("<side>."),
        hold=Range(5.0, 10.0),
        into=3.0,
        back=Back(2.0, words("Middle.")),
    ),
    name="Rotation",
    dose=once(2, rest=1.0, sides=Sides.ALTERNATING),
)


def test_alternating_sides_are_named_with_every_change_and_only_the_first_has_a_sound() -> None:
    section = exercise_section(laid(session(ROTATION), Choices(coaching=Coaching.BRIEF)))

    assert reps_of(section) == [
        "0 Right.",
        "4 hold-starts",
        "9 hold-ends",
        "10.02 Middle.",
        "11.27 switch-sides",
        "12.27 Now left.",
        "16.27 hold-starts",
        "21.27 hold-ends",
        "22.29 Middle.",
        "24.54 Last time. Right.",
        "27.04 hold-starts",
        "32.04 hold-ends",
        "33.06 Middle.",
        "35.31 And left.",
        "37.81 hold-starts",
        "42.81 hold-ends",
        "43.83 Middle.",
        "45.08 Now rest.",
    ]


@pytest.mark.parametrize("sides", [Sides.ALTERNATING, Sides.EACH])
@pytest.mark.parametrize("second", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("seconds", [5, 30])
def test_neither_side_is_stretched_longer_before_its_hold(
    sides: Sides, second: float, seconds: float
) -> None:
    lean = hold_for(seconds, "Now lean forward, slowly. Lean to the <side>.", "Lean <side>.")
    section = exercise_section(laid(session(exercise(lean, dose=once(2, sides=sides))), second=second))
    words_before = [
        max(cue.end for cue in section.cues if cue.kind is CueKind.SPEECH and cue.end <= hold.start)
        for hold in holds_of(section)
    ]
    waits = {
        (hold.activity.rep, hold.activity.side): hold.start - end
        for hold, end in zip(holds_of(section), words_before, strict=True)
    }

    assert waits[1, "right"] == waits[1, "left"] >= 3 * RATE
    assert waits[2, "right"] == waits[2, "left"]


def test_the_first_rep_is_taught_in_full_with_time_to_act_the_later_ones_in_brief() -> None:
    tilt = exercise(
        hold_for(5, "Gently hollow your lower back.", "Hollow."),
        hold_for(5, "Now flatten it.", "Flatten."),
        name="Pelvic tilt",
        position=None,
        dose=once(3, rest=1.0),
    )
    section = exercise_section(laid(session(tilt)))

    assert reps_of(section) == [
        "0 Gently hollow your lower back.",
        "4 hold-starts",
        "4.96 Keep breathing.",
        "9 hold-ends",
        "11 Now flatten it.",
        "15 hold-starts",
        "20 hold-ends",
        "23 Two. Hollow.",
        "24.75 hold-starts",
        "29.75 hold-ends",
        "31.75 Flatten.",
        "33.5 hold-starts",
        "38.5 hold-ends",
        "41.5 Last one. Hollow.",
        "43.25 hold-starts",
        "48.25 hold-ends",
        "50.25 Flatten.",
        "52 hold-starts",
        "57 hold-ends",
        "59 Now rest.",
    ]


LEG_RAISE = exercise(
    Move(
        words("Raise your top leg."), words("Up."), hold=Range(2.0, 2.0), back=Back(2.0, words("And down."))
    ),
    name="Side leg raise",
    position="on your <other side> side",
    dose=Dose(sets=Range(2, 2), reps=(Range(4, 4),), rest=1.0, sides=Sides.EACH),
)


def test_a_short_hold_is_a_rhythm_words_first_then_number_and_glide() -> None:
    section = exercise_section(laid(session(LEG_RAISE)))

    assert reps_of(section)[:16] == [
        "0 One. Up.",
        "2 And hold.",
        "4 And down.",
        "7 Two. Up.",
        "9 Hold.",
        "11 And down.",
        "13 From here on, a falling sound says down.",
        "14.5 Three.",
        "18.5 glide",
        "21.5 Last one.",
        "25.5 glide",
        "27.5 set-ends",
        "28.5 That sound ends a set.",
        "29.85 Rest.",
        "34.85 In one piece, roll over onto your right side.",
        "36.2 Left leg next.",
    ]


def test_turning_over_is_the_rest_and_the_words_come_again_with_each_set() -> None:
    section = exercise_section(laid(session(LEG_RAISE)))
    switches = [phase for phase in section.phases if phase.kind is PhaseKind.SWITCH]

    assert [(phase.activity.side, phase.activity.set) for phase in switches] == [
        ("left", 1), ("right", 2), ("left", 2),
    ]  # fmt: skip
    assert all(phase.length >= 12 * RATE for phase in switches)
    heard = [cue.content for cue in section.cues]
    assert heard.count("One. Up.") == 4
    assert "Set one of two." in heard
    assert "Last set." in heard


def test_a_rhythm_has_no_hold_tones_and_no_ticks() -> None:
    sounds = {
        cue.content
        for cue in exercise_section(laid(session(LEG_RAISE))).cues
        if cue.kind is not CueKind.SPEECH
    }

    assert sounds == {"glide", "set-ends"}


@pytest.mark.parametrize(("seconds", "ticks"), [(4, 0), (9, 0), (10, 3), (30, 3)])
def test_three_soft_ticks_end_a_hold_of_ten_seconds_and_more(seconds: float, ticks: int) -> None:
    section = exercise_section(laid(session(exercise(hold_for(seconds)))))

    assert sum(cue.kind is CueKind.TICK for cue in section.cues) == ticks


def find(section: Section, text: str) -> Cue:
    return next(cue for cue in section.cues if cue.content == text)


@pytest.mark.parametrize("second", [0.5, 1.0, 2.0])
def test_half_way_ends_within_a_second_after_the_middle(second: float) -> None:
    section = exercise_section(laid(session(exercise(hold_for(30))), second=second))
    hold = hold_of(section)

    after_the_middle = find(section, "Half way.").end - (hold.start + hold.length // 2)
    assert 0 < after_the_middle <= RATE


def test_a_long_hold_gives_a_sign_of_life_every_fifteen_to_twenty_seconds() -> None:
    section = exercise_section(laid(session(exercise(hold_for(120)))))
    hold = hold_of(section)
    spoken = [
        cue for cue in section.cues if cue.kind is CueKind.SPEECH and hold.start <= cue.start < hold.end
    ]
    edges = [hold.start, *(cue.start for cue in spoken), hold.end]

    assert len(spoken) >= 6
    assert max(b - a for a, b in pairwise(edges)) <= 21 * RATE


def test_the_breath_line_is_for_the_first_side_only() -> None:
    stretch = exercise(hold_for(30), dose=once(1, sides=Sides.EACH))
    section = exercise_section(laid(session(stretch)))
    breath = [cue for cue in section.cues if cue.content == "Breathe slowly."]

    assert len(breath) == 1
    hold = hold_of(section)
    assert hold.start + hold.length // 2 < breath[0].start < hold.end


def test_without_ticks_the_end_sound_is_followed_by_and_let_go() -> None:
    section = exercise_section(laid(session(exercise(hold_for(12))), Choices(ticks=False)))
    end = next(cue for cue in section.cues if cue.content == "hold-ends")

    assert not any(cue.kind is CueKind.TICK for cue in section.cues)
    assert find(section, "And let go.").start == end.end + 40


ADVICE: dict[str, Any] = {
    "feel": words("You feel it here."),
    "fault": words("Do not arch."),
    "easier": Easier(words("Less is fine."), None, ()),
}


def test_in_a_long_hold_it_is_told_where_it_is_felt_five_seconds_later_the_fault_then_the_breath() -> None:
    section = exercise_section(laid(session(exercise(hold_for(40), **ADVICE))))

    assert reps_of(section)[1:6] == [
        "5 hold-starts",
        "5.96 You feel it here.",
        "10.96 Do not arch.",
        "24.41 Half way.",
        "26.01 Breathe slowly.",
    ]


def test_short_holds_take_one_remark_each_and_the_easier_way_is_offered_after_the_first() -> None:
    section = exercise_section(laid(session(exercise(hold_for(5), dose=once(5), **ADVICE))))

    assert [text.split(maxsplit=1)[1] for text in reps_of(section)] == [
        *("Lift your hips.", "hold-starts", "Keep breathing.", "hold-ends"),
        "If that is too much: less is fine.",
        *("Two. Lift.", "hold-starts", "You feel it here.", "hold-ends"),
        *("Three. Lift.", "hold-starts", "Do not arch.", "hold-ends"),
        *("Four. Lift.", "hold-starts", "hold-ends", "Last one. Lift.", "hold-starts", "hold-ends"),
        "Now rest.",
    ]


@pytest.mark.parametrize(("seconds", "nearly"), [(50, 1), (60, 0), (300, 0)])
def test_nearly_there_is_told_only_near_the_end_and_from_a_minute_on_the_time(
    seconds: float, nearly: int
) -> None:
    section = exercise_section(laid(session(exercise(hold_for(seconds)))))
    hold = hold_of(section)
    near = [cue.start for cue in section.cues if cue.content == "Nearly there."]
    told = [(cue.content, hold.end - cue.end) for cue in section.cues if cue.content.endswith("left.")]

    assert len(near) == nearly
    assert all(start >= hold.start + hold.length * 4 // 5 for start in near)
    assert told == [
        (f"{count} left.", minutes * 60 * RATE)
        for count, minutes in (
            ("Four minutes", 4),
            ("Three minutes", 3),
            ("Two minutes", 2),
            ("One minute", 1),
        )
        if seconds == 300
    ]


def test_what_does_not_fit_a_hold_is_left_out_and_the_hold_keeps_its_length() -> None:
    bridge = exercise(hold_for(5), feel=words("You feel it here."))
    section = exercise_section(laid(session(bridge), second=6.0))

    assert hold_of(section).length == 5 * RATE
    assert "You feel it here." not in [cue.content for cue in section.cues]


def test_half_of_them_done_is_said_once_from_fifteen_reps_on() -> None:
    fifteen = exercise_section(laid(session(exercise(hold_for(5), dose=once(15)))))
    fourteen = exercise_section(laid(session(exercise(hold_for(5), dose=once(14)))))

    assert [cue.content for cue in fifteen.cues].count("Half of them done.") == 1
    assert "Half of them done." not in [cue.content for cue in fourteen.cues]


def test_set_two_of_three_ends_the_rest_and_ten_seconds_are_told_in_long_ones() -> None:
    curl = exercise(hold_for(5), dose=Dose(sets=Range(3, 3), reps=(Range(1, 1),), rest_between_sets=30.0))
    section = exercise_section(laid(session(curl)))
    rest = next(phase for phase in section.phases if phase.kind is PhaseKind.REST)

    assert rest.length == 30 * RATE
    assert [cue.content for cue in section.cues if rest.start <= cue.start < rest.end] == [
        "set-ends",
        "That sound ends a set.",
        "Rest. Thirty seconds.",
        "Ten seconds.",
        "Set two of three.",
    ]
    assert find(section, "Ten seconds.").start == rest.end - 10 * RATE
    assert "Last set." in [cue.content for cue in section.cues]


def test_blocks_does_all_sets_of_one_side_and_then_the_other() -> None:
    dose = Dose(sets=Range(2, 2), reps=(Range(1, 1),), sides=Sides.BLOCKS)
    section = exercise_section(laid(session(exercise(hold_for(5), dose=dose))))
    holds = [phase.activity for phase in section.phases if phase.kind is PhaseKind.HOLD]

    assert [(it.side, it.set) for it in holds] == [("right", 1), ("right", 2), ("left", 1), ("left", 2)]


def test_a_change_of_position_is_coached_step_by_step_each_with_its_time() -> None:
    standing = exercise(hold_for(5), name="Reach", position="standing")
    lying = exercise(hold_for(5), name="Bridge", position="on your back")
    timeline = laid(session(standing, lying))
    section = exercise_section(timeline, 2)
    way = section.cues[1:8]
    waits = [(before.content, (after.start - before.end) / RATE) for before, after in pairwise(way)]

    assert waits == [
        ("Now come down to the floor, holding on to something firm.", 4),
        ("One knee down first.", 6),
        ("Then the other.", 4),
        ("Hands on the floor.", 4),
        ("Sink onto your side.", 6),
        ("In one piece, roll onto your back.", 6),
    ]
    assert hold_of(section).start - find(section, "Lift your hips.").end == 3 * RATE
    assert "Push up with your hands, onto hands and knees." in said(timeline)[-6:]


def test_the_same_position_is_not_explained_twice() -> None:
    first = exercise(hold_for(5), name="Bridge", setup=words("Bend your knees. Arms by your sides."))
    second = exercise(hold_for(5), name="Tilt", setup=words("Bend your knees. Cross your arms."))
    third = exercise(hold_for(5), name="Curl", setup=words("Bend your knees."))
    timeline = laid(session(first, second, third))

    assert said(timeline).count("Bend your knees.") == 1
    assert "Cross your arms." in said(timeline)
    assert [cue.content for cue in exercise_section(timeline, 3).cues][1] == "Stay as you are."
    assert (
        hold_of(exercise_section(timeline, 2)).start
        - find(exercise_section(timeline, 2), "Lift your hips.").end
        == 3 * RATE
    )


def test_a_returning_exercise_is_announced_briefly() -> None:
    cat = exercise(hold_for(5), name="Cat")
    timeline = laid(session(cat, cat))

    assert "Cat, once more. Two of two." in said(timeline)
    assert said(timeline).count("Lift your hips.") == 1


def test_how_many_are_left_is_told_at_a_change_of_position() -> None:
    places = ["standing", "on your back", "on your back", "face down"]
    timeline = laid(
        session(*(exercise(hold_for(5), name=f"Move {i}", position=p) for i, p in enumerate(places)))
    )

    assert [text for text in said(timeline) if " more after this" in text] == [
        "Two more after this, about three minutes."
    ]


def test_warm_up_and_cool_down_are_not_counted() -> None:
    from player.session import Role  # noqa: PLC0415

    warm = exercise(hold_for(5), name="Warm-up", role=Role.WARM_UP)
    timeline = laid(session(warm, exercise(hold_for(5), name="A move"), exercise(hold_for(5), name="B move")))

    assert {phase.activity.n for phase in timeline.phases if phase.activity.exercise == "Warm-up"} == {None}
    assert "B move. Two of two." in said(timeline)


def test_between_exercises_holds_the_announcement_and_is_not_added_to_it() -> None:
    from player.session import Defaults  # noqa: PLC0415

    for between in (10.0, 40.0):
        defaults = Defaults(between_exercises=between, get_ready=2.0)
        timeline = laid(session(ROTATION, ROTATION, defaults=defaults), Choices(coaching=Coaching.BRIEF))
        first, second = (exercise_section(timeline, number) for number in (1, 2))
        gap = first.phases[-1].length + second.phases[0].length
        assert gap == {10.0: gap, 40.0: 40 * RATE}[between]
        assert gap >= between * RATE


def test_ranges_start_low_and_grow_with_the_level_in_whole_seconds() -> None:
    for level, seconds in ((None, 5), (0.0, 5), (0.5, 8), (1.0, 10)):
        section = exercise_section(laid(session(ROTATION), Choices(level=level)))
        assert hold_of(section).length == seconds * RATE


def test_a_dose_that_grows_does_so_by_the_day_up_to_its_limit_and_from_twenty_on_in_tens() -> None:
    rule = Progress(Growing.REPS, 1, 1, 30)
    tilt = exercise(hold_for(5), dose=once(5), progress=rule)

    for day, sets in ((1, [5]), (2, [6]), (15, [19]), (16, [10, 10]), (20, [10, 10, 4]), (400, [10, 10, 10])):
        holds = holds_of(exercise_section(laid(session(tilt), Choices(day=day))))
        assert [(hold.activity.set, hold.activity.rep, hold.activity.reps) for hold in holds] == [
            (number, rep, reps) for number, reps in enumerate(sets, start=1) for rep in range(1, reps + 1)
        ]


def test_breathing_lasts_exactly_what_the_script_says() -> None:
    timeline = laid(session(BreatheStep(HERE, 4.0, 6.0, 3)), second=0.5)
    breaths = [phase.length for phase in timeline.phases if phase.kind is PhaseKind.MOVE]

    assert breaths == [400, 600] * 3
    words_of_breath = {"Breathe in.", "And breathe out.", "Breathe out."}
    assert [text for text in said(timeline) if text in words_of_breath] == [
        "Breathe in.", "And breathe out.", "Breathe in.", "And breathe out.", "Breathe in.", "Breathe out.",
    ]  # fmt: skip


def test_words_that_do_not_fit_a_breath_are_left_out_and_reported() -> None:
    timeline = laid(session(BreatheStep(HERE, 1.0, 6.0, 1)), second=2.0)

    assert "Breathe in." not in said(timeline)
    assert [misfit.message for misfit in timeline.misfits] == [
        "'Breathe in.' takes 2.0 s and has 1 s; it is left out"
    ]


def test_a_rest_a_silence_a_sound_and_a_talk_are_sections_of_their_own() -> None:
    steps = [
        SayStep(HERE, words("Hello. Sit down.")),
        RestStep(HERE, 30.0),
        SilenceStep(HERE, 10.0),
        SoundStep(HERE, "bell"),
    ]
    timeline = laid(session(*steps))
    titles = [mark.title for mark in timeline.marks]

    assert titles == ["Hello.", "Before you start", "Rest", "Silence", "Sound", "The end"]
    assert timeline.sections[2].length == 30 * RATE
    assert timeline.sections[3].length == 10 * RATE
    assert timeline.sections[3].cues == ()
    assert [cue.content for cue in timeline.sections[4].cues] == ["bell"]


def test_a_repeat_is_written_out() -> None:
    timeline = laid(session(RepeatStep(HERE, 3, (SilenceStep(HERE, 10.0),))))

    assert [mark.title for mark in timeline.marks].count("Silence") == 3


def test_safety_is_spoken_short_unless_full_is_asked_for() -> None:
    short = said(laid(session(ROTATION)))
    full = said(laid(session(ROTATION), Choices(safety=Safety.FULL)))

    assert "If the pain gets worse, or goes down the leg, stop, or take it slower." in short
    assert not any("pregnant" in text for text in short)
    assert any("pregnant" in text for text in full)
    assert "If it stays worse, call your doctor." in short


def test_what_needs_an_ambulance_comes_before_what_needs_a_doctor() -> None:
    full = said(laid(session(ROTATION), Choices(safety=Safety.FULL)))
    wanted = (
        "ambulance",
        "emergency department",
        "See your doctor first",
        "Not every exercise",
        "gets worse",
    )
    places = [next(index for index, text in enumerate(full) if word in text) for word in wanted]

    assert places == sorted(places)
    assert places[-1] < full.index("Rotation.")


@pytest.mark.parametrize("live", [True, False])
def test_how_to_pause_and_skip_is_told_once_and_never_in_a_file(*, live: bool) -> None:
    heard = said(laid(session(ROTATION), Choices(live=live)))

    assert [text for text in heard if "space bar" in text] == (
        ["The space bar pauses, and N skips to the next exercise."] if live else []
    )


def test_advice_about_exercises_is_for_sessions_that_have_some() -> None:
    heard = said(laid(session(SayStep(HERE, words("Breathe.")), SilenceStep(HERE, 10.0))))

    assert [text for text in heard if "exercise" in text or "pain" in text] == []


def test_the_last_phase_is_done_and_holds_the_end_sound() -> None:
    timeline = laid(session(ROTATION))
    done = timeline.phases[-1]

    assert done.kind is PhaseKind.DONE
    assert [cue.content for cue in timeline.cues if cue.start >= done.start] == ["session-ends"]


def test_extra_time_to_get_ready_is_added_behind_the_words() -> None:
    usual = exercise_section(laid(session(ROTATION)))
    slow = exercise_section(laid(session(ROTATION), Choices(extra_get_ready=10.0)))

    assert slow.phases[0].length - usual.phases[0].length == 10 * RATE


def test_an_exercise_without_a_single_word_still_begins_with_one() -> None:
    plank: Exercise = exercise(Move(None, None, hold=Range(30.0, 30.0)), name="Plank", position=None)

    assert reps_of(exercise_section(laid(session(plank))))[:2] == ["0 And begin.", "5 hold-starts"]


def test_a_cue_keeps_the_line_that_asked_for_it() -> None:
    timeline = laid(session(ROTATION))

    assert all(cue.source == HERE for cue in timeline.cues)
