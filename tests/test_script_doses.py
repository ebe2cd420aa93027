"""Doses beyond one hold: a list of holds, a rhythm, words in a hold, breaths, walks, and steps that wait."""

from __future__ import annotations

import pytest
from player.session import (
    BreatheStep,
    Dose,
    ExerciseStep,
    Range,
    RestStep,
    SayStep,
    TalkStep,
    WalkStep,
)

from tests.scripting import exercise, exercise_mistakes, mistakes, session

HEAD = "title: T\nsteps:\n"


def both(amount: float) -> Range[float]:
    return Range(amount, amount)


def times(amount: int) -> Range[int]:
    return Range(amount, amount)


LADDER = (both(10), both(20), both(30))


def changed(text: str) -> ExerciseStep:
    (one,) = session(f"{HEAD}  - {text}").steps
    assert isinstance(one, ExerciseStep)
    return one


def test_a_list_of_holds_has_one_for_each_set() -> None:
    one = exercise("{name: N, say: Lift., hold: [10s, 20s, 30s]}")
    (move,) = one.moves

    assert (move.hold, move.holds) == (both(10), LADDER)
    assert one.dose == Dose(sets=times(3))


def test_a_list_of_one_hold_is_a_hold() -> None:
    one = exercise("{name: N, say: Lift., hold: [10s]}")

    assert one.dose == Dose()
    assert (one.moves[0].hold, one.moves[0].holds) == (both(10), ())


def test_lists_of_holds_and_of_reps_and_the_number_of_sets_may_agree() -> None:
    one = exercise("{name: N, say: Lift., hold: [10s, 5-8s], reps: [5, 3], sets: 2}")

    assert one.moves[0].holds == (both(10), Range(5.0, 8.0))
    assert one.dose == Dose(sets=times(2), reps=(times(5), times(3)))


def test_several_movements_may_have_lists_of_the_same_length() -> None:
    one = exercise(
        "{name: N, moves: [{say: A., hold: [5s, 9s]}, {say: B., hold: [1s, 2s]}, {say: C., hold: 4s}]}"
    )

    assert [len(move.holds) for move in one.moves] == [2, 2, 0]
    assert one.dose.sets == times(2)


def test_a_session_may_list_the_holds_of_its_sets() -> None:
    one = changed("{exercise: cat-hold, hold: [10s, 20s, 30s]}").exercise

    assert one.moves[0].holds == LADDER
    assert one.dose.sets == times(3)


def test_one_hold_for_all_sets_keeps_the_sets_of_a_list() -> None:
    one = changed("{exercise: {name: N, say: Lift., hold: [10s, 20s]}, hold: 5s}").exercise

    assert (one.moves[0].hold, one.moves[0].holds) == (both(5), ())
    assert one.dose.sets == times(2)


def test_a_rhythm_is_a_movement_from_beat_to_beat() -> None:
    one = exercise("{name: N, say: Lift., cue: Up., every: 2s, reps: 10}")

    assert (one.moves[0].hold, one.moves[0].move) == (None, both(2))
    assert one.dose == Dose(reps=(times(10),), every=2)


def test_a_rhythm_may_have_a_hold_in_it() -> None:
    one = exercise("{name: N, say: Lift., every: 4s, hold: 2s, into: 1s, back: 1s, reps: 10}")

    assert (one.moves[0].hold, one.moves[0].move) == (both(2), None)
    assert one.dose.every == 4


def test_a_session_may_give_a_rhythm_and_change_one() -> None:
    assert changed("{exercise: cat-stretch, every: 3s}").exercise.moves[0].move == both(3)
    assert changed("{exercise: cat-stretch, every: 3s}").exercise.dose.every == 3
    assert changed("{exercise: pulses, every: 3s}").exercise.moves[0].move == both(3)
    assert changed("{exercise: bridge, every: 6s}").exercise.moves[0].hold == both(2)
    assert changed("{exercise: bridge, every: 6s}").exercise.dose.rest is None


def test_the_words_in_a_hold_may_be_the_authors() -> None:
    (move,) = exercise("{name: N, say: Lift., hold: 2s, holding: And squeeze.}").moves
    (mine,) = changed("{exercise: bridge, holding: And squeeze.}").exercise.moves

    assert move.holding is not None
    assert mine.holding is not None
    assert move.holding.text == mine.holding.text == "And squeeze."


OF_EXERCISES = [
    (
        "hold: [10s, 20s], sets: 3",
        "35: 'hold' lists one hold for each of 2 sets; write 'sets: 2', or leave 'sets' out",
    ),
    (
        "hold: [10s, 20s], reps: [5, 3, 1]",
        "35: 'hold' lists 2 sets and 'reps' 3; list one of each for every set",
    ),
    (
        "moves: [{hold: [1s, 2s]}, {hold: [1s, 2s, 3s]}]",
        "44: this list has 3 holds, the first one 2; write one hold for each set",
    ),
    ("hold: []", "17: the list is empty; write for example 'hold: 5s'"),
    ("hold: [5s, 0]", "22: a hold cannot be 0; write for example 'hold: 5s'"),
    (
        "hold: [5s, 9s], progress: {sets: +1, every: 1 day, up_to: 5}",
        "37: 'sets' cannot grow if 'hold' lists each set; write 'hold: 10s'",
    ),
    (
        "hold: [5s, 9s], progress: {hold: +1s, every: 1 day, up_to: 8s}",
        "70: 'up_to: 8s' is below the start (9); write a larger number",
    ),
    ("every: 2s", "11: 'every' makes no sense without 'reps'; write for example 'reps: 10'"),
    ("every: 2s, reps: 5, move: 2s", "11: 'every' has no place beside 'move'; keep one"),
    (
        "every: 2s, reps: 5, moves: [{move: 2s}]",
        "11: 'every' has no place beside 'moves'; write one movement, with 'say' and 'cue'",
    ),
    (
        "every: 2s, reps: 5, rest: 3s",
        "31: 'rest' has no place beside 'every'; the next rep begins on the beat, so delete it",
    ),
    (
        "every: 2s, reps: 5, hold: 2s",
        "18: a hold of 2s does not fit into 2s; write a shorter hold, or for example 'every: 3s'",
    ),
    (
        "every: 4s, reps: 5, hold: 2-3s, into: 1s, back: 1s",
        (
            "18: a hold of 3s with its ways in and out does not fit into 4s; "
            "write a shorter hold, or for example 'every: 6s'"
        ),
    ),
    (
        "every: 4s, reps: 5, hold: 2s, progress: {hold: +1s, every: 1 day, up_to: 5s}",
        "18: a hold of 5s does not fit into 4s; write a shorter hold, or for example 'every: 6s'",
    ),
    ("every: 0, reps: 5", "18: a rhythm cannot be 0; write for example 'every: 2s'"),
    ("every: 0.2s, reps: 5", "18: '0.2s' is too little; the minimum is 0.5 seconds"),
    (
        "move: 2s, holding: And squeeze.",
        "21: 'holding' makes no sense without 'hold'; write for example 'hold: 5s'",
    ),
    (
        "moves: [{hold: 2s}], holding: And squeeze.",
        "32: with 'moves', 'holding' belongs to each single move; write it there",
    ),
]


@pytest.mark.parametrize(("keys", "expected"), OF_EXERCISES)
def test_mistakes_of_doses(keys: str, expected: str) -> None:
    assert exercise_mistakes(f"{{name: N, {keys}}}") == [f"e.yaml:1:{expected}"]


OF_STEPS = [
    (
        "exercise: ladder\n    hold: [2s, 4s]",
        "4:11: 'hold' lists 2 sets and 'reps' 3; list one of each for every set",
    ),
    (
        "exercise: pelvic-tilt\n    every: 20s",
        "4:12: 'every' takes one movement, and here are several; write it in place, with 'say' and 'cue'",
    ),
    (
        "exercise: cat-hold\n    every: 9s",
        "4:12: 'every' makes no sense without 'reps'; write for example 'reps: 10'",
    ),
    (
        "exercise: march\n    every: 4s",
        "4:12: 'every' has no place here: 'march' works in rounds; write 'rounds: 8'",
    ),
    (
        "exercise: bridge\n    every: 4s",
        (
            "4:12: a hold of 2s with its ways in and out does not fit into 4s; "
            "write a shorter hold, or for example 'every: 6s'"
        ),
    ),
    ("exercise: pulses\n    rest: 4s", "4:11: 'rest' changes nothing: 'pulses' has a rhythm; write 'every'"),
    ("walk: 0", "3:11: a walk cannot be 0; write for example 'walk: 10 min'"),
    ("walk: 3 h", "3:11: '3 h' is too much; the limit is 120 minutes"),
    ("rest: 30s\n    until: over", "4:12: unknown value 'over'; write 'done'"),
    (
        "exercise:\n      name: N\n      hold: 5s\n      until: done",
        "6:7: 'until' has no place here; write it beside 'exercise', with two spaces less",
    ),
    ("silence: 30s\n    until: done", "4:5: unknown key 'until'; the keys here are: silence"),
    (
        "breathe: {in: 4s, out: 8s, times: 4, hold: -1}",
        "3:48: a time cannot be negative; write for example 'hold: 7s'",
    ),
    (
        "breathe: {in: 4s, out: 8s, times: 4, rest: 2 min}",
        "3:48: '2 min' is too much; the limit is 60 seconds",
    ),
    (
        "talk: posture\n    lead: On the <side>.",
        "4:11: '<side>' means nothing without sides; write 'left' or 'right'",
    ),
]


@pytest.mark.parametrize(("text", "expected"), OF_STEPS)
def test_mistakes_of_steps(text: str, expected: str) -> None:
    assert mistakes(f"{HEAD}  - {text}") == [f"s.yaml:{expected}"]


def test_breaths_may_be_held_and_followed_by_a_rest() -> None:
    box, plain = session(
        f"{HEAD}  - breathe: {{in: 4s, hold: 7s, out: 8s, rest: 2s, times: 4}}\n"
        "  - breathe: {in: 4s, out: 6s, times: 5}"
    ).steps

    assert isinstance(box, BreatheStep)
    assert isinstance(plain, BreatheStep)
    assert (box.breathe_in, box.hold, box.breathe_out, box.rest, box.times) == (4, 7, 8, 2, 4)
    assert (plain.hold, plain.rest) == (0, 0)


def test_a_walk() -> None:
    (walk,) = session(f"{HEAD}  - walk: 10 min").steps

    assert isinstance(walk, WalkStep)
    assert (walk.length, walk.until_done) == (600, False)


@pytest.mark.parametrize("step", ["say: Fetch a towel.", "rest: 30s", "walk: 10 min", "exercise: bridge"])
def test_steps_that_wait_until_the_listener_is_done(step: str) -> None:
    (waits,) = session(f"{HEAD}  - {step}\n    until: done").steps
    (goes_on,) = session(f"{HEAD}  - {step}").steps

    assert isinstance(waits, SayStep | RestStep | WalkStep | ExerciseStep)
    assert isinstance(goes_on, SayStep | RestStep | WalkStep | ExerciseStep)
    assert (waits.until_done, goes_on.until_done) == (True, False)


def test_a_talk_and_its_step_may_lead_to_the_point() -> None:
    own, theirs = session(f"{HEAD}  - talk: led\n    lead: For tomorrow.\n  - talk: led").steps

    assert isinstance(own, TalkStep)
    assert isinstance(theirs, TalkStep)
    assert own.lead is not None
    assert own.lead.text == "For tomorrow."
    assert theirs.lead is None
    assert theirs.talk.lead is not None
    assert theirs.talk.lead.text == "For today."


def test_the_longest_holds_of_a_list_count_for_the_length_of_a_session() -> None:
    text = "  - exercise: {name: N, say: Lift., hold: [20 min, 30 min, 30 min]}\n"

    assert mistakes(HEAD + text * 3) == [
        "s.yaml:5:5: the session takes more than 3 hours; shorten its doses or split it"
    ]


def test_left_and_right_on_the_same_beat_hold_as_long() -> None:
    left = "  - exercise: {name: Left leg, say: Lift., every: 6s, hold: 2s, reps: 5}\n"
    right = "  - exercise: {name: Right leg, say: Lift., every: 6s, hold: 3s, reps: 5}\n"

    assert mistakes(HEAD + left + right) == [
        "s.yaml:4:5: 'Right leg' and 'Left leg' differ in dose; give both sides the same"
    ]
    assert len(session(HEAD + left + right.replace("hold: 3s", "hold: 2s")).steps) == 2
