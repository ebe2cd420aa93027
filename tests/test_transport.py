"""Moving through a session, at ten frames a second."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from player.timeline import Activity, Cue, CueKind, Frames, Mark, MarkKind, Phase, PhaseKind, Section
from player.transport import LivePosition, Run, Transport, phase_at, place_for_more_time, sounding

RATE = 10


def section(seconds: float, *cues: tuple[float, float, CueKind], kind: PhaseKind = PhaseKind.REST) -> Section:
    made = tuple(Cue(f(start), f(length), what, "x") for start, length, what in cues)
    phase = Phase(Frames(0), f(seconds), kind, Activity())
    return Section(f(seconds), made, (phase,), Mark(Frames(0), "x", MarkKind.SECTION))


def f(seconds: float) -> Frames:
    return Frames(round(seconds * RATE))


TALK, TILT, REST, CAT, END = range(5)
SECTIONS = {
    TALK: section(5, (0.3, 2, CueKind.SPEECH)),
    TILT: section(20, (1, 2, CueKind.SPEECH), (10, 1, CueKind.EARCON)),
    REST: section(10),
    CAT: section(20),
    END: section(3),
}
EXERCISES = (False, True, False, True, False)


def at(section: int, seconds: float = 0.0) -> Transport:
    return Transport(EXERCISES, RATE, LivePosition(section, f(seconds)))


def where(transport: Transport | None) -> tuple[int, float]:
    assert transport is not None
    return transport.place.section, transport.place.frame / RATE


def test_playing_runs_over_the_boundaries_of_sections() -> None:
    after, runs = at(TALK, 4).advance(25, SECTIONS)

    assert runs == (Run(TALK, f(4), f(1)), Run(TILT, f(0), f(1.5)))
    assert where(after) == (TILT, 1.5)


def test_it_stops_at_a_section_that_is_not_laid_out_yet_and_waits() -> None:
    after, runs = at(TALK, 4).advance(25, {TALK: SECTIONS[TALK]})

    assert runs == (Run(TALK, f(4), f(1)),)
    assert where(after) == (TILT, 0)


def test_the_end_is_behind_the_last_section() -> None:
    after, runs = at(END, 2).advance(25, SECTIONS)

    assert runs == (Run(END, f(2), f(1)),)
    assert after.ended
    assert after.advance(25, SECTIONS) == (after, ())


def test_a_single_frame_is_played() -> None:
    after, runs = at(TALK, 4).advance(1, SECTIONS)

    assert runs == (Run(TALK, f(4), Frames(1)),)
    assert where(after) == (TALK, 4.1)


def test_next_goes_to_announcements_of_exercises_only() -> None:
    assert where(at(TALK, 1).next()) == (TILT, 0)
    assert where(at(TILT, 1).next()) == (CAT, 0)
    assert where(at(REST, 1).next()) == (CAT, 0)
    assert at(CAT, 1).next() is None


def test_back_restarts_the_exercise_first_and_then_goes_to_the_one_before() -> None:
    assert where(at(CAT, 3.1).back()) == (CAT, 0)
    assert where(at(CAT, 3.0).back()) == (TILT, 0)
    assert where(at(TILT, 1).back()) == (TALK, 0)
    assert where(at(TALK, 1).back()) == (TALK, 0)
    assert where(at(5).back()) == (CAT, 0)


def test_a_seek_moves_over_boundaries_as_far_as_is_laid_out() -> None:
    assert where(at(REST, 2).seek_by(f(-10), SECTIONS)) == (TILT, 12)
    assert where(at(REST, 2).seek_by(f(10), SECTIONS)) == (CAT, 2)
    assert where(at(TALK, 2).seek_by(f(-10), SECTIONS)) == (TALK, 0)
    assert where(at(CAT, 19).seek_by(f(100), SECTIONS)) == (END, 2.9)
    assert where(at(TALK, 4).seek_by(f(100), {TALK: SECTIONS[TALK]})) == (TILT, 0)


def test_a_seek_goes_back_into_the_first_section_and_to_the_last_frame_of_one() -> None:
    assert where(at(TILT, 1).seek_by(f(-2), SECTIONS)) == (TALK, 4)
    assert where(at(REST, 0.5).seek_by(f(-0.6), SECTIONS)) == (TILT, 19.9)


def test_a_seek_to_the_end_of_a_section_is_at_the_start_of_the_next_one() -> None:
    assert where(at(TALK, 2).seek_by(f(3), SECTIONS)) == (TILT, 0)
    assert where(at(END, 1).seek_by(f(2), SECTIONS)) == (END, 2.9)


def test_a_seek_back_stops_where_nothing_is_laid_out() -> None:
    assert where(at(CAT, 1).seek_by(f(-10), {CAT: SECTIONS[CAT]})) == (CAT, 0)
    assert where(at(CAT, 1).seek_by(f(-1), {CAT: SECTIONS[CAT]})) == (CAT, 0)


def test_a_seek_leads_out_of_the_end_only_backwards() -> None:
    assert at(5).seek_by(0, SECTIONS) == at(5)
    assert at(5).seek_by(1, SECTIONS) == at(5)
    assert where(at(5).seek_by(-1, SECTIONS)) == (END, 2.9)


def test_a_seek_into_a_word_begins_at_its_start_and_into_a_tone_at_the_exact_frame() -> None:
    assert where(at(TILT, 12).seek_by(f(-10), SECTIONS)) == (TILT, 1)
    assert where(at(TILT, 0.5).seek_by(f(10), SECTIONS)) == (TILT, 10.5)
    assert where(at(TILT, 2.5).settle(SECTIONS)) == (TILT, 1)
    assert where(at(TILT, 5).settle(SECTIONS)) == (TILT, 5)


def test_a_word_that_was_heard_to_its_end_is_not_said_again() -> None:
    assert where(at(TILT, 2.9).settle(SECTIONS)) == (TILT, 1)
    assert where(at(TILT, 3).settle(SECTIONS)) == (TILT, 3)


def test_what_sounds_at_a_place() -> None:
    assert sounding(LivePosition(TILT, f(2)), SECTIONS, CueKind.SPEECH) == SECTIONS[TILT].cues[0]
    assert sounding(LivePosition(TILT, f(1)), SECTIONS) is None
    assert sounding(LivePosition(9, f(1)), SECTIONS) is None
    assert phase_at(LivePosition(TILT, f(2)), SECTIONS) == SECTIONS[TILT].phases[0]
    assert phase_at(LivePosition(9, f(2)), SECTIONS) is None


def test_a_phase_begins_with_its_first_frame() -> None:
    first, second = phases = (
        Phase(Frames(0), f(5), PhaseKind.HOLD, Activity()),
        Phase(f(5), f(5), PhaseKind.REST, Activity()),
    )
    both = {0: replace(section(10), phases=phases)}

    assert phase_at(LivePosition(0, f(0)), both) == first
    assert phase_at(LivePosition(0, f(4.9)), both) == first
    assert phase_at(LivePosition(0, f(5)), both) == second


def test_more_time_is_put_in_where_nothing_sounds() -> None:
    rest = {0: section(10, (1, 2, CueKind.SPEECH), (3, 1, CueKind.SPEECH))}

    assert place_for_more_time(LivePosition(0, f(0.5)), rest) == LivePosition(0, f(0.5))
    assert place_for_more_time(LivePosition(0, f(1.5)), rest) == LivePosition(0, f(3))
    assert place_for_more_time(LivePosition(0, f(8)), rest) == LivePosition(0, f(8))


def test_no_more_time_in_a_hold_or_once_a_countdown_has_begun() -> None:
    hold = {0: section(10, kind=PhaseKind.HOLD)}
    countdown = {0: section(10, (7, 0.1, CueKind.TICK), kind=PhaseKind.GET_READY)}

    assert place_for_more_time(LivePosition(0, f(1)), hold) is None
    assert place_for_more_time(LivePosition(0, f(6)), countdown) == LivePosition(0, f(6))
    assert place_for_more_time(LivePosition(0, f(8)), countdown) is None


def test_more_time_never_cuts_a_word_at_the_start_of_its_phase() -> None:
    rest = {0: section(10, (0, 2, CueKind.SPEECH))}

    assert place_for_more_time(LivePosition(0, f(1)), rest) == LivePosition(0, f(2))


def test_more_time_comes_before_a_word_or_a_countdown_that_would_begin_now() -> None:
    rest = {0: section(10, (3, 2, CueKind.SPEECH), (7, 0.1, CueKind.TICK))}

    assert place_for_more_time(LivePosition(0, f(3)), rest) == LivePosition(0, f(3))
    assert place_for_more_time(LivePosition(0, f(7)), rest) == LivePosition(0, f(7))
    assert place_for_more_time(LivePosition(0, f(7.1)), rest) is None


def test_more_time_can_be_had_while_changing_sides() -> None:
    switch = {0: section(10, kind=PhaseKind.SWITCH)}

    assert place_for_more_time(LivePosition(0, f(1)), switch) == LivePosition(0, f(1))


def test_a_countdown_or_a_word_of_another_phase_does_not_keep_more_time_from_a_rest() -> None:
    ticks = [(seconds, 0.1, CueKind.TICK) for seconds in (1, 10, 11)]
    phases = tuple(
        Phase(f(start), f(5), kind, Activity())
        for start, kind in ((0, PhaseKind.GET_READY), (5, PhaseKind.REST), (10, PhaseKind.HOLD))
    )
    both = {0: replace(section(15, *ticks), phases=phases)}

    assert place_for_more_time(LivePosition(0, f(5)), both) == LivePosition(0, f(5))
    assert place_for_more_time(LivePosition(0, f(9.9)), both) == LivePosition(0, f(9.9))


def test_no_more_time_where_a_word_lasts_to_the_end_of_the_phase() -> None:
    phases = (
        Phase(f(0), f(10), PhaseKind.REST, Activity()),
        Phase(f(10), f(5), PhaseKind.HOLD, Activity()),
    )
    cues = (8, 2, CueKind.SPEECH), (10, 0.1, CueKind.TICK)
    rest = {0: replace(section(15, *cues), phases=phases)}

    assert place_for_more_time(LivePosition(0, f(9)), rest) is None


class Model:
    """The same session as one row of frames, and the listener as one number."""

    def __init__(self) -> None:
        self.starts = [0, 50, 250, 350, 550]
        self.length = 580
        self.frame = 0

    def place(self) -> tuple[int, int]:
        index = max(i for i, start in enumerate(self.starts) if start <= self.frame)
        return (5, 0) if self.frame >= self.length else (index, self.frame - self.starts[index])

    def move(self, name: str, amount: int) -> None:
        section, frame = self.place()
        if name == "advance":
            self.frame = min(self.length, self.frame + amount)
        elif name == "next" and section < CAT:
            self.frame = self.starts[TILT if section < TILT else CAT]
        elif name == "back":
            restart = section < 5 and frame > 30
            earlier = [index for index in (TILT, CAT) if index < section]
            self.frame = self.starts[section if restart else earlier[-1] if earlier else 0]
        elif name == "jump":
            self.frame = self.starts[amount % 5]


actions = st.tuples(st.sampled_from(["advance", "advance", "next", "back", "jump"]), st.integers(0, 300))


@given(st.lists(actions, max_size=40))
def test_any_sequence_of_commands_keeps_place_and_end_as_in_the_model(
    sequence: list[tuple[str, int]],
) -> None:
    model, transport = Model(), at(TALK)
    for name, amount in sequence:
        model.move(name, amount)
        match name:
            case "advance":
                transport, runs = transport.advance(amount, SECTIONS)
                assert sum(run.length for run in runs) <= amount
            case "next":
                transport = transport.next() or transport
            case "back":
                transport = transport.back()
            case _:
                transport = transport.jump(amount % 5)

        assert tuple(transport.place) == model.place()
        assert transport.ended == (model.frame >= model.length)
