"""How one section becomes frames, at ten frames a second, so every number here can be read.

A quarter of a second is two frames.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from player.layout import Lengths, Line, Outline, Span, lay_out
from player.layout.outline import Asides
from player.timeline import CueKind, Frames, Mark, MarkKind, PhaseKind, Section

from tests.sessions import HERE

RATE = 10
SOUNDS = {"tone": 5, "gong": 20, "bell": 8, "tick": 1, "halfway": 4}


def line(text: str, pause: float = 0.5) -> Line:
    """Takes as many frames as it has letters."""
    return Line(text, HERE, pause)


def laid(*spans: Span, wishes: tuple[Line, ...] = ()) -> Section:
    outline = Outline("Bridge", MarkKind.EXERCISE, HERE, spans, wishes)
    speech = {text: Frames(len(text)) for text in outline.texts()}
    return lay_out(outline, Lengths(speech, {name: Frames(length) for name, length in SOUNDS.items()}, RATE))


def sounds(section: Section) -> list[str]:
    return [f"{cue.start}-{cue.end} {cue.content}" for cue in section.cues]


def held(seconds: float, asides: Asides, wishes: tuple[Line, ...] = (), **more: object) -> list[str]:
    """What sounds in a hold, which stands between two silent spans, counted from its first frame."""
    around = Span(PhaseKind.MOVE, length=2.0)
    hold = Span(PhaseKind.HOLD, length=seconds, exact=True, asides=asides, **more)  # type: ignore[arg-type]
    section = laid(around, hold, around, wishes=wishes)
    return [f"{cue.start - 20}-{cue.end - 20} {cue.content}" for cue in section.cues]


# --- a span that grows -----------------------------------------------------------------------------------


def test_a_section_is_silent_for_three_tenths_before_its_first_word_and_a_second_after_its_last() -> None:
    section = laid(Span(PhaseKind.TALK, lines=(line("Hello."),)))

    assert sounds(section) == ["3-9 Hello."]
    assert section.length == 9 + 10


def test_the_mark_of_a_section_stands_at_its_first_frame() -> None:
    section = laid(Span(PhaseKind.TALK, lines=(line("Hello."),)))

    assert section.mark == Mark(Frames(0), "Bridge", MarkKind.EXERCISE)


def test_only_the_first_span_of_a_section_waits_and_only_the_last_is_silent_at_its_end() -> None:
    talk = Span(PhaseKind.TALK, lines=(line("Hello."),))
    section = laid(talk, talk, talk)

    assert sounds(section) == ["3-9 Hello.", "14-20 Hello.", "25-31 Hello."]
    assert [phase.length for phase in section.phases] == [14, 11, 16]


def test_a_section_of_nothing_is_as_long_as_its_silence() -> None:
    assert laid(Span(PhaseKind.TALK)).length == 10


def test_a_span_of_nothing_lasts_one_frame() -> None:
    nothing = Span(PhaseKind.MOVE)

    assert [phase.length for phase in laid(nothing, nothing, nothing).phases] == [3, 1, 10]


def test_words_follow_each_other_after_their_pauses() -> None:
    section = laid(Span(PhaseKind.TALK, lines=(line("One.", 2.0), line("Two.", 1.0), line("Three."))))

    assert sounds(section) == ["3-7 One.", "27-31 Two.", "41-47 Three."]


def test_the_last_pause_keeps_the_next_span_away() -> None:
    section = laid(
        Span(PhaseKind.MOVE, lines=(line("Lift.", 4.0),)), Span(PhaseKind.HOLD, length=5.0, exact=True)
    )

    assert [phase.length for phase in section.phases] == [3 + 5 + 40, 50]


def test_a_span_is_as_long_as_asked_for_where_its_words_leave_room() -> None:
    section = laid(Span(PhaseKind.REST, length=8.0, lines=(line("Rest."),)), Span(PhaseKind.REST))

    assert section.phases[0].length == 80


def test_quiet_at_the_end_is_counted_from_the_last_word() -> None:
    section = laid(Span(PhaseKind.GET_READY, lines=(line("Ready."),), quiet=3.0), Span(PhaseKind.REST))

    assert section.phases[0].length == 9 + 30


def test_without_words_quiet_adds_nothing() -> None:
    assert laid(Span(PhaseKind.REST, length=2.0, quiet=5.0), Span(PhaseKind.REST)).phases[0].length == 20


def test_closing_words_end_with_the_span() -> None:
    section = laid(
        Span(PhaseKind.REST, length=10.0, lines=(line("Rest."),), closing=(line("Set two."),), quiet=1.0),
        Span(PhaseKind.REST),
    )

    assert sounds(section) == ["3-8 Rest.", f"{100 - 10 - 5 - 8}-{100 - 10 - 5} Set two."]
    assert section.phases[0].length == 100


def test_closing_words_make_a_short_span_longer() -> None:
    section = laid(
        Span(
            PhaseKind.REST, length=1.0, lines=(line("Rest."),), closing=(line("Up."), line("Go.")), quiet=2.0
        ),
        Span(PhaseKind.REST),
    )

    assert sounds(section) == ["3-8 Rest.", "13-16 Up.", "21-24 Go."]
    assert section.phases[0].length == 29 + 20


# --- tones and sounds ------------------------------------------------------------------------------------


def test_a_tone_sounds_at_the_first_frame_and_words_leave_it_four_tenths() -> None:
    section = laid(Span(PhaseKind.REST, earcon="tone", lines=(line("Rest."),)))

    assert sounds(section) == ["0-5 tone", "9-14 Rest."]
    assert [cue.kind for cue in section.cues] == [CueKind.EARCON, CueKind.SPEECH]


def test_a_tone_rings_out_within_its_span() -> None:
    section = laid(Span(PhaseKind.MOVE, earcon="gong", length=0.5), Span(PhaseKind.MOVE))

    assert section.phases[0].length == 20 + 4


def test_the_longest_sound_of_a_span_counts() -> None:
    section = laid(Span(PhaseKind.MOVE, earcon="gong", sound="bell"), Span(PhaseKind.MOVE))

    assert sounds(section) == ["0-20 gong", "24-32 bell"]
    assert section.phases[0].length == 32 + 4


def test_a_sound_of_the_script_comes_after_the_lead_and_before_the_words() -> None:
    section = laid(Span(PhaseKind.TALK, sound="bell", lines=(line("Hello."),)))

    assert sounds(section) == ["3-11 bell", "15-21 Hello."]
    assert section.cues[0].kind is CueKind.SOUND


def test_what_nobody_wrote_is_put_down_to_the_line_of_the_section() -> None:
    section = laid(Span(PhaseKind.REST, earcon="tone", lines=(line("Rest."),)))

    assert [cue.source for cue in section.cues] == [HERE, HERE]


# --- a span that is exact --------------------------------------------------------------------------------


def exact(length: float, *lines: Line, paced: bool = False) -> Section:
    first = Span(PhaseKind.TALK)
    return laid(first, Span(PhaseKind.MOVE, length=length, exact=True, lines=lines, paced=paced), first)


def test_a_word_may_end_a_quarter_second_before_the_end_of_an_exact_span() -> None:
    assert sounds(exact(0.7, line("Lift."))) == ["3-8 Lift."]
    assert sounds(exact(0.6, line("Lift."))) == []


def test_an_exact_span_keeps_its_length_and_leaves_out_what_does_not_fit() -> None:
    section = exact(2.0, line("Breathe in."), line("Slowly now."), line("In."))

    assert sounds(section) == ["3-14 Breathe in."]
    assert section.phases[1].length == 20


def test_a_later_word_that_fits_takes_the_place_of_one_that_does_not() -> None:
    assert sounds(exact(2.2, line("Breathe in."), line("Slowly now."), line("In."))) == [
        "3-14 Breathe in.",
        "19-22 In.",
    ]


def test_words_that_break_a_rhythm_are_reported_with_their_place_and_both_times() -> None:
    section = exact(0.5, line("Lift."), paced=True)

    assert [misfit.message for misfit in section.misfits] == [
        "'Lift.' takes 0.5 s and has 0.5 s; it is left out"
    ]
    assert [misfit.source for misfit in section.misfits] == [HERE]


def test_words_that_nobody_paced_are_left_out_without_a_report() -> None:
    assert exact(0.5, line("Lift.")).misfits == ()


@pytest.mark.parametrize(("seconds", "reported"), [(0.4, True), (0.5, False), (0.6, False)])
def test_a_movement_that_waits_for_its_words_is_reported(seconds: float, reported: bool) -> None:  # noqa: FBT001  a table
    section = laid(Span(PhaseKind.MOVE, length=seconds, lines=(line("Lift."),), paced=True))

    wait = [f"'Lift.' takes 0.5 s and has {seconds:g} s; the movement waits for it"]
    assert [misfit.message for misfit in section.misfits] == (wait if reported else [])


def test_every_sound_is_what_it_is_on_the_timeline() -> None:
    asides = Asides(ticks=1, halfway_earcon="halfway", wishes=True)
    hold = Span(PhaseKind.HOLD, length=12.0, exact=True, earcon="tone", sound="bell", asides=asides)

    assert [(cue.content, cue.kind) for cue in laid(hold, wishes=(line("Easy."),)).cues] == [
        ("tone", CueKind.EARCON),
        ("bell", CueKind.SOUND),
        ("Easy.", CueKind.SPEECH),
        ("halfway", CueKind.EARCON),
        ("tick", CueKind.TICK),
    ]


# --- asides of a hold ------------------------------------------------------------------------------------


def test_ticks_fall_on_the_last_seconds() -> None:
    assert held(12, Asides(ticks=3)) == ["90-91 tick", "100-101 tick", "110-111 tick"]


def test_notice_is_given_ten_seconds_before_the_end() -> None:
    assert held(30, Asides(notice=line("Ten."))) == ["200-204 Ten."]


def test_notice_is_left_out_where_a_word_would_be_cut_off() -> None:
    assert held(10, Asides(notice=line("Ten."))) == ["0-4 Ten."]
    assert held(9, Asides(notice=line("Ten."))) == []


def test_the_middle_is_sounded_to_the_frame() -> None:
    assert held(21, Asides(halfway_earcon="halfway")) == ["105-109 halfway"]


def test_half_way_is_said_so_that_it_ends_four_tenths_after_the_middle() -> None:
    assert held(30, Asides(halfway=line("Half way."))) == ["146-155 Half way."]


def test_half_way_moves_by_at_most_six_tenths_to_make_room_for_a_word() -> None:
    early = (line("x" * 130, 0.0),)
    late = (line("x" * 137, 0.0),)

    assert held(30, Asides(halfway=line("Half way.")), lines=early)[1:] == ["146-155 Half way."]
    assert held(30, Asides(halfway=line("Half way.")), lines=late)[1:] == []
    assert held(30, Asides(halfway=line("Half way.")), lines=(line("x" * 135, 0.0),))[1:] == [
        "150-159 Half way."
    ]
    assert held(30, Asides(halfway=line("Half way.")), lines=(line("x" * 136, 0.0),))[1:] == [
        "151-160 Half way."
    ]


def test_half_way_is_never_said_before_the_middle_is_near() -> None:
    asides = Asides(notice=line("Ten."), halfway=line("Half way."))

    assert held(20, asides, earcon="tone") == ["0-5 tone", "100-104 Ten."]


def test_lines_after_the_middle_are_said_there_in_their_order() -> None:
    after = Asides(after_middle=(line("Breathe."), line("Easy.")))

    assert held(40, after) == ["200-208 Breathe.", "223-228 Easy."]
    assert held(40, replace(after, halfway=line("Half way.")))[1:] == ["211-219 Breathe.", "234-239 Easy."]
    assert held(40, after, lines=(line("x" * 300, 0.0),))[1:] == ["306-314 Breathe.", "329-334 Easy."]


def test_time_is_told_when_it_is_true_or_a_second_later_at_most() -> None:
    told = Asides(told=((line("One minute left."), 6.0),))

    assert held(12, told) == ["44-60 One minute left."]
    assert held(12, told, lines=(line("x" * 39, 0.0),))[1:] == ["54-70 One minute left."]
    assert held(12, told, lines=(line("x" * 40, 0.0),))[1:] == []


def test_nearly_there_is_said_only_in_the_last_fifth() -> None:
    signs = Asides(signs=(line("One."),), nearly=line("Nearly."), silence=10.0)

    assert held(50, signs) == [
        *("80-84 One.", "164-168 One.", "248-252 One.", "332-336 One."),
        "416-423 Nearly.",
    ]


def test_wishes_begin_five_seconds_apart_and_four_tenths_after_a_tone() -> None:
    wishes = (line("Easy."), line("Soft."))

    assert held(12, Asides(wishes=True), wishes, earcon="tone") == ["0-5 tone", "9-14 Easy.", "59-64 Soft."]


def test_after_a_long_wish_the_next_leaves_it_a_second_and_a_half() -> None:
    wishes = (line("x" * 45), line("Soft."))

    assert held(12, Asides(wishes=True), wishes)[1:] == ["60-65 Soft."]


def test_a_wish_goes_into_a_gap_only_with_a_second_and_a_half_on_both_sides() -> None:
    def around_notice(letters: int) -> list[str]:
        return held(14, Asides(notice=line("Ten."), wishes=True), (line("x" * letters),))

    assert around_notice(25) == [f"0-25 {'x' * 25}", "40-44 Ten."]
    assert around_notice(26) == ["40-44 Ten.", f"59-85 {'x' * 26}"]


def test_a_word_leaves_a_quarter_second_before_a_tick() -> None:
    ticks = Asides(ticks=1, wishes=True)

    assert held(3, ticks, (line("x" * 18),)) == [f"0-18 {'x' * 18}", "20-21 tick"]
    assert held(3, ticks, (line("x" * 19),)) == ["20-21 tick"]


def test_a_word_may_stand_right_after_a_tick_and_before_the_end() -> None:
    assert held(4, Asides(ticks=3, wishes=True), (line("x" * 3),)) == [
        "0-3 xxx", "10-11 tick", "20-21 tick", "30-31 tick",
    ]  # fmt: skip


def test_a_word_ends_a_quarter_second_before_the_hold_does() -> None:
    assert held(4, Asides(wishes=True), (line("x" * 38),)) == [f"0-38 {'x' * 38}"]
    assert held(4, Asides(wishes=True), (line("x" * 39),)) == []


def test_wishes_are_said_in_their_order_once_each_as_far_as_there_is_room() -> None:
    hold = Span(PhaseKind.HOLD, length=4.0, exact=True, asides=Asides(wishes=True))
    wishes = (line("One, gently."), line("Two, softly."), line("No."))
    section = laid(Span(PhaseKind.MOVE, length=2.0), hold, hold, hold, Span(PhaseKind.MOVE), wishes=wishes)

    assert sounds(section) == ["20-32 One, gently.", "60-72 Two, softly.", "100-103 No."]


def test_the_first_span_of_a_section_says_no_aside_in_its_lead() -> None:
    hold = Span(PhaseKind.HOLD, length=6.0, exact=True, asides=Asides(wishes=True))

    assert sounds(laid(hold, Span(PhaseKind.MOVE), wishes=(line("Easy."),))) == []


# --- signs of life ---------------------------------------------------------------------------------------


def test_a_silence_is_broken_after_four_fifths_of_its_limit_by_each_sign_in_turn() -> None:
    signs = Asides(signs=(line("One."), line("Two."), line("Three.")), silence=10.0)

    assert held(40, signs) == ["80-84 One.", "164-168 Two.", "248-254 Three.", "334-338 One."]


def test_a_silence_begins_where_the_tone_before_it_ends() -> None:
    signs = Asides(notice=line("Ten."), signs=(line("One."),), silence=10.0)

    assert held(20.4, signs, earcon="tone") == ["0-5 tone", "104-108 Ten."]


def test_a_silence_of_just_its_limit_is_left_alone() -> None:
    signs = Asides(signs=(line("One."),), silence=10.0)

    assert held(10, signs) == []
    assert held(10.1, signs) == ["80-84 One."]


def test_silences_are_counted_between_whatever_sounds() -> None:
    signs = Asides(ticks=1, halfway_earcon="halfway", signs=(line("One."), line("Two.")), silence=10.0)

    assert held(18, signs) == ["90-94 halfway", "170-171 tick"]
    assert held(23, signs) == [
        "80-84 One.", "115-119 halfway", "199-203 Two.", "220-221 tick",
    ]  # fmt: skip
