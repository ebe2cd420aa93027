"""How the coach speaks, rep by rep: worked examples, with every text taking one second."""

from __future__ import annotations

from itertools import pairwise

import pytest
from player.layout import Lengths, lay_out, plan
from player.session import (
    Back,
    BreatheStep,
    Choices,
    Coaching,
    Dose,
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
        "3 hold-starts",
        "8 hold-ends",
        "9.02 Middle.",
        "10.27 switch-sides",
        "11.27 Now left.",
        "14.27 hold-starts",
        "19.27 hold-ends",
        "20.29 Middle.",
        "22.54 Last time. Right.",
        "25.54 hold-starts",
        "30.54 hold-ends",
        "31.56 Middle.",
        "33.81 And left.",
        "36.81 hold-starts",
        "41.81 hold-ends",
        "42.83 Middle.",
        "44.08 Now rest.",
    ]


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
        "5 hold-starts",
        "5.96 Keep breathing.",
        "10 hold-ends",
        "12 Now flatten it.",
        "17 hold-starts",
        "22 hold-ends",
        "25 Two. Hollow.",
        "27 hold-starts",
        "32 hold-ends",
        "34 Flatten.",
        "36 hold-starts",
        "41 hold-ends",
        "44 Last one. Hollow.",
        "46 hold-starts",
        "51 hold-ends",
        "53 Flatten.",
        "55 hold-starts",
        "60 hold-ends",
        "62 Now rest.",
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

    assert reps_of(section)[:13] == [
        "0 One. Up.",
        "2 And hold.",
        "4 And down.",
        "7 Two. Up.",
        "9 Hold.",
        "11 And down.",
        "14 Three.",
        "18 glide",
        "21 Last one.",
        "25 glide",
        "27 set-ends",
        "28 Rest.",
        "29.35 Now roll over onto your right side, knees together.",
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
    assert "Left side, set one of two." in heard
    assert "Right side, last set." in heard


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


def hold_of(section: Section, index: int = 0) -> Phase:
    return [phase for phase in section.phases if phase.kind is PhaseKind.HOLD][index]


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
    breath = [cue for cue in section.cues if cue.content == "Breathe slowly in, and out."]

    assert len(breath) == 1
    assert hold_of(section).start < breath[0].start < hold_of(section).end


def test_without_ticks_the_end_sound_is_followed_by_and_let_go() -> None:
    section = exercise_section(laid(session(exercise(hold_for(12))), Choices(ticks=False)))
    end = next(cue for cue in section.cues if cue.content == "hold-ends")

    assert not any(cue.kind is CueKind.TICK for cue in section.cues)
    assert find(section, "And let go.").start == end.end + 40


def test_feel_fault_and_easier_are_said_once_each_in_the_first_holds_with_room() -> None:
    bridge = exercise(
        hold_for(5),
        dose=once(5),
        feel=words("You feel it here."),
        fault=words("Do not arch."),
        easier=words("Less is fine."),
    )
    section = exercise_section(laid(session(bridge)))
    heard = [cue.content for cue in section.cues]

    assert [heard.count(text) for text in ("You feel it here.", "Do not arch.", "Less is fine.")] == [1, 1, 1]
    assert heard.index("Keep breathing.") < heard.index("You feel it here.") < heard.index("Do not arch.")


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


def test_a_change_of_position_is_coached_and_given_time() -> None:
    standing = exercise(hold_for(5), name="Reach", position="standing")
    lying = exercise(hold_for(5), name="Bridge", position="on your back")
    timeline = laid(session(standing, lying))
    section = exercise_section(timeline, 2)
    heard = [cue.content for cue in section.cues]

    assert heard[1:6] == [
        "Now come down to the floor. Use a chair if you like.",
        "One knee down, then the other.",
        "Hands on the floor.",
        "From there, sink onto your side, and lie down.",
        "Lie on your back.",
    ]
    calm, after = (index + 6 for index in (0, 1))
    assert heard[calm] == "Take your time."
    assert section.cues[after].start - section.cues[calm].end >= 20 * RATE
    assert hold_of(section).start - find(section, "Lift your hips.").end >= 8 * RATE
    assert "Roll onto your side, and push up with your hands." in said(timeline)[-6:]


def test_the_same_position_is_not_explained_twice() -> None:
    first = exercise(hold_for(5), name="Bridge", setup=words("Bend your knees. Arms by your sides."))
    second = exercise(hold_for(5), name="Tilt", setup=words("Bend your knees. Cross your arms."))
    third = exercise(hold_for(5), name="Curl", setup=words("Bend your knees."))
    timeline = laid(session(first, second, third))

    assert said(timeline).count("Bend your knees.") == 1
    assert "Cross your arms." in said(timeline)
    assert [cue.content for cue in exercise_section(timeline, 3).cues][1] == "Stay as you are."
    assert "Next, curl. Same position." in said(timeline)
    assert (
        hold_of(exercise_section(timeline, 2)).start
        - find(exercise_section(timeline, 2), "Lift your hips.").end
        == 400
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

    assert [text for text in said(timeline) if " more exercise" in text] == [
        "Three more exercises, about three minutes."
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
        grown_for_words = 35
        assert gap == {10.0: gap, 40.0: 40 * RATE + grown_for_words}[between]
        assert gap >= between * RATE


def test_ranges_start_low_and_grow_with_the_level() -> None:
    for level, seconds in ((None, 5), (0.0, 5), (0.5, 7.5), (1.0, 10)):
        section = exercise_section(laid(session(ROTATION), Choices(level=level)))
        assert hold_of(section).length == seconds * RATE


def test_a_dose_that_grows_does_so_by_the_day_up_to_its_limit() -> None:
    rule = Progress(Growing.REPS, 1, 1, 30)
    tilt = exercise(hold_for(5), dose=once(5), progress=rule)

    for day, reps in ((1, 5), (2, 6), (10, 14), (400, 30)):
        section = exercise_section(laid(session(tilt), Choices(day=day)))
        assert hold_of(section).activity.reps == reps


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

    assert "Stop anything that makes the pain worse or sends it down the leg." in short
    assert not any("pregnant" in text for text in short)
    assert any("pregnant" in text for text in full)
    assert "If it stays worse, call your doctor." in short


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
