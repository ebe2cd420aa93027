"""What is exact to the frame: intervals, rhythms and ladders; and what else authors may ask of time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from player.session import Choices, Coaching
from player.timeline import CueKind, PhaseKind

from tests.content import RATE, heard
from tests.listener import BRIEF, FULL, first, holds, of_script, part, place, texts, words


def starts(section: object, sound: str) -> list[float]:
    return [cue.start / RATE for cue in section.cues if cue.content == sound]  # type: ignore[attr-defined]


def steps_between(times: list[float]) -> set[float]:
    return {round(b - a, 3) for a, b in pairwise(times)}


# --- intervals ---------------------------------------------------------------------------------------------

MARCH = """
  - exercise:
      name: High march
      position: standing
      say: March on the spot, knees high.
      cue: Go.
      {dose}
"""


@pytest.mark.parametrize(
    "dose",
    [
        "work: 20s\n      rest: 10s\n      rounds: 8",
        "hold: 20s\n      reps: 8\n      rest: 10s",
        "hold: 20s\n      into: 0s\n      back: 0s\n      reps: 8\n      rest: 10s",
    ],
)
@pytest.mark.parametrize("choices", [FULL, BRIEF])
def test_a_round_lasts_its_work_and_its_rest_to_the_frame(dose: str, choices: Choices) -> None:
    march = part(of_script(MARCH.format(dose=dose), choices), "high-march")

    begins = starts(march, "hold-starts")
    assert len(begins) == 8
    assert steps_between(begins) == {30.0}
    works = [phase for phase in march.phases if phase.start / RATE in begins]
    assert {phase.length / RATE for phase in works} == {20.0}
    spoken = [cue for cue in march.cues if cue.kind is CueKind.SPEECH]
    assert not [cue for work in works for cue in spoken if work.start <= cue.start < work.end]


def test_ticks_lead_to_each_start_and_to_each_end() -> None:
    march = part(of_script(MARCH.format(dose="work: 20s\n      rest: 10s\n      rounds: 4")), "high-march")
    ticks = [cue.start / RATE for cue in march.cues if cue.kind is CueKind.TICK]

    for sound in ("hold-starts", "hold-ends"):
        for start in starts(march, sound):
            assert {start - 3, start - 2, start - 1} <= {round(tick, 3) for tick in ticks}


def test_intervals_are_not_numbered_unless_the_author_asks() -> None:
    dose = "work: 20s\n      rest: 10s\n      rounds: 6"
    plain = texts(part(of_script(MARCH.format(dose=dose)), "high-march"))
    numbered = texts(part(of_script(MARCH.format(dose=f"{dose}\n      count: numbers")), "high-march"))

    assert "Half of them done." in plain
    assert "Last one." in plain
    assert "Three." not in plain
    assert [text for text in numbered if text in {"Two.", "Three.", "Four."}] == ["Two.", "Three.", "Four."]


def test_several_exercises_take_turns_and_the_next_is_named_in_the_rest() -> None:
    timeline = heard("tabata-gentle", FULL)
    turns = next(one for one in timeline.sections if one.mark.title == "Marching · Sit to stand")

    done = [phase.activity.exercise for phase in turns.phases if phase.kind is PhaseKind.MOVE]
    assert done == ["Marching", "Sit to stand"] * 4
    assert steps_between(starts(turns, "hold-starts")) == {30.0}
    said = texts(turns)
    assert said.count("Next, sit to stand.") == 4
    assert said.count("Next, marching.") == 3
    assert place(said, "Chest pain, or dizzy: stop") < place(said, "We begin with marching")


# --- a rhythm ----------------------------------------------------------------------------------------------

PUMPS = """
  - exercise:
      name: Ankle pumps
      position: on your back
      say: Point your toes, and pull them back.
      cue: Point, and pull.
      every: {every}
      reps: 10
      {more}
"""


def test_a_rhythm_counts_on_the_beat() -> None:
    pumps = part(of_script(PUMPS.format(every="2s", more="count: on")), "ankle-pumps")
    counted = [one for one in words(pumps) if one.text in {"Three.", "Four.", "Nine.", "Last one."}]

    assert [one.text for one in counted] == ["Three.", "Four.", "Nine.", "Last one."]
    assert round(counted[1].start - counted[0].start, 3) == 2.0
    beats = [phase for phase in pumps.phases if phase.kind is PhaseKind.MOVE]
    assert [phase.length / RATE for phase in beats] == [2.0] * 10


@pytest.mark.parametrize(("every", "more"), [("1s", "count: on"), ("2s", "count: ticks")])
def test_a_rhythm_too_quick_for_numbers_is_counted_by_ticks(every: str, more: str) -> None:
    pumps = part(of_script(PUMPS.format(every=every, more=more)), "ankle-pumps")
    ticks = [cue.start / RATE for cue in pumps.cues if cue.kind is CueKind.TICK]

    assert len(ticks) >= 8
    assert steps_between(ticks) == {float(every.rstrip("s"))}


def test_a_silent_rhythm_is_silent() -> None:
    pumps = part(of_script(PUMPS.format(every="3s", more="count: off")), "ankle-pumps")

    assert "Three." not in texts(pumps)
    assert not [cue for cue in pumps.cues if cue.kind is CueKind.TICK]


def test_quick_squeezes_come_one_every_two_seconds() -> None:
    steps = """
  - exercise:
      name: Fast squeezes
      position: on your back
      say: Squeeze quickly, and let go at once.
      cue: Squeeze.
      hold: 1s
      rest: 1s
      reps: 10
"""
    squeezes = part(of_script(steps), "fast-squeezes")

    assert steps_between([phase.start / RATE for phase in holds(squeezes)]) == {2.0}
    assert {phase.length / RATE for phase in holds(squeezes)} == {1.0}
    assert "And hold." not in texts(squeezes)


def test_the_words_of_a_short_hold_are_the_authors() -> None:
    steps = """
  - exercise: {name: Heel raises, position: standing, say: Rise., cue: Up., hold: 2s, into: 2s,
      holding: Stay tall., back: {for: 2s, say: And lower.}, reps: 4}
"""
    raises = texts(part(of_script(steps), "heel-raises"))

    assert "Stay tall." in raises
    assert "And hold." not in raises


# --- ladders -----------------------------------------------------------------------------------------------


def test_a_ladder_of_holds_has_exact_rests() -> None:
    steps = """
  - exercise: {name: Plank, position: face down, say: Lift your hips., cue: Up., hold: [10s, 20s, 30s, 20s],
      rest_between_sets: 20s}
"""
    plank = part(of_script(steps), "plank")

    assert [phase.length / RATE for phase in holds(plank)] == [10, 20, 30, 20]
    assert {(b.start - a.end) / RATE for a, b in pairwise(holds(plank))} == {20.0}
    assert "Ten, twenty, thirty, then twenty seconds." in texts(plank)
    assert "Next, thirty seconds." in texts(plank)


def test_planks_with_rests_between_are_a_ladder_too() -> None:
    rung = "{{name: Plank for {n}, position: face down, say: Lift your hips., cue: Up., hold: {n}s}}"
    steps = "\n  - rest: 20s\n".join(f"  - exercise: {rung.format(n=n)}" for n in (10, 20, 30))
    timeline = of_script(steps)
    held = [phase for phase in timeline.phases if phase.kind is PhaseKind.HOLD]

    assert {(b.start - a.end) / RATE for a, b in pairwise(held)} == {20.0}
    assert "Plank for 20. Two of three." in [text.replace("twenty", "20") for text in texts(timeline)]


# --- breathing, walking, beginning and ending --------------------------------------------------------------


def test_breathing_with_pauses_keeps_each_part_to_the_frame() -> None:
    timeline = of_script("  - breathe: {in: 4s, hold: 7s, out: 8s, rest: 2s, times: 3}\n")
    parts = [phase.length / RATE for phase in timeline.phases if phase.kind is PhaseKind.MOVE]

    assert parts == [4, 7, 8, 2] * 3
    assert "Breathe in for four, hold for seven, out for eight, rest for two. Three times." in texts(timeline)
    assert "And hold." in texts(timeline)


def test_a_walk_turns_round_half_way() -> None:
    timeline = of_script("  - walk: 10 min\n")
    (walk,) = [phase for phase in timeline.phases if phase.kind is PhaseKind.MOVE]
    turn = first(timeline, "^Half way. Turn round")

    assert walk.length / RATE == 600
    assert abs(turn.end - walk.start / RATE - 300) < 2
    assert place(texts(timeline), "One minute left") > place(texts(timeline), "^Half way")


def test_an_author_may_do_without_opening_and_closing() -> None:
    steps = "  - exercise: {name: Plank, position: face down, say: Up., hold: 10s}\n"
    bare = texts(of_script(steps, head="opening: off\nclosing: off\n"))
    lying = of_script(steps, head="closing: lying\n")

    assert bare[0] == "Plank."
    assert bare[-1] == "Now rest."
    assert not [text for text in texts(lying) if "come up" in text or "worse, leave" in text]
    assert "session-ends" not in [cue.content for cue in lying.cues]


def test_announcing_counting_and_tones_can_be_off() -> None:
    steps = """
  - exercise: {name: Plank, position: face down, say: Lift your hips., cue: Up., hold: 10s, reps: 3,
      announce: off, count: off, tones: off}
"""
    plank = part(of_script(steps), "plank")

    assert not [
        text for text in texts(plank) if text.startswith(("Plank", "Three times", "Two.", "Last one"))
    ]
    assert not [cue for cue in plank.cues if cue.content in {"hold-starts", "hold-ends"}]


def test_a_step_until_done_waits_and_a_listener_at_the_keys_hears_how_to_go_on() -> None:
    steps = "  - say: Fetch a cushion.\n    until: done\n  - say: Now sit down.\n"
    live = of_script(steps, Choices(coaching=Coaching.FULL, live=True))
    file = of_script(steps)

    for timeline in (live, file):
        assert [one.mark.title for one in timeline.sections if one.until_done] == ["Fetch a cushion."]
    assert "Press enter when you are done." in texts(live)
    assert not [text for text in texts(file) if "enter" in text]


def test_nothing_is_needed_if_the_author_says_so() -> None:
    steps = "  - exercise: {name: Sit, needs: [chair], position: sitting on a chair, say: Sit., hold: 10s}\n"

    assert "You need a chair." in texts(of_script(steps))
    assert not [text for text in texts(of_script(steps, head="needs: []\n")) if "need" in text]


def test_nobody_walks_who_still_lies_on_the_floor() -> None:
    steps = """
  - exercise: {name: Bridge, position: on your back, say: Lift your hips., hold: 5s}
  - walk: 1 min
  - exercise: {name: Bridge again, position: on your back, say: Lift your hips., hold: 5s}
"""
    said = texts(of_script(steps))

    assert place(said, "And stand up") < place(said, "Now walk")
    again = said[place(said, "Bridge again") :]
    assert place(again, "come down to the floor") < place(again, "Lift your hips")


def test_a_rest_is_announced_once() -> None:
    steps = """
  - exercise: {name: Bridge, position: on your back, say: Lift your hips., hold: 5s}
  - rest: 1 min
  - exercise: {name: Cat, position: on hands and knees, say: Round your back., hold: 5s}
"""
    said = texts(of_script(steps))

    assert said.count("Now rest.") == 1
    assert said[place(said, "^Rest. ")] == "Rest. One minute."


def test_a_cue_too_long_for_its_beat_gives_way_to_the_number() -> None:
    steps = """
  - exercise: {name: Raises, position: standing, say: Rise onto your toes., hold: 1s, rest: 1s, reps: 4}
"""
    said = texts(part(of_script(steps), "raises"))

    assert [text for text in said if text in {"One.", "Two.", "Three.", "Last one."}] == [
        *("One.", "Two.", "Three.", "Last one.")
    ]
