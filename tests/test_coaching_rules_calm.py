"""Calm and useful: one action at a time, with the time for it, in words that help when they come."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from player.layout import plan
from player.session import Choices, Coaching
from player.timeline import CueKind, PhaseKind
from player.wording.en.actions import actions

from tests.content import LIBRARY, RATE, heard
from tests.listener import (
    BRIEF,
    EVERY_SESSION,
    FULL,
    first,
    from_last_word,
    holds,
    inside,
    of_script,
    part,
    place,
    texts,
    words,
)

SIDED = ("hamstring-stretch", "psoas-stretch", "piriformis-stretch", "rotational-stretch", "knee-to-chest")


@pytest.mark.parametrize("choices", [FULL, BRIEF])
@pytest.mark.parametrize("identity", [*SIDED, "seated-rotation"])
def test_both_sides_are_stretched_alike(identity: str, choices: Choices) -> None:
    section = part(heard("full-back-care", choices), identity)
    waits: dict[object, dict[str, float]] = {}
    for hold in holds(section):
        activity = hold.activity
        waits.setdefault((activity.set, activity.rep), {})[str(activity.side)] = from_last_word(section, hold)

    assert waits
    for sides in waits.values():
        assert abs(sides["right"] - sides["left"]) <= 0.5
    assert min(waits[1, 1].values()) >= 3


@pytest.mark.parametrize("name", EVERY_SESSION)
def test_after_an_exercise_there_are_four_quiet_seconds(name: str) -> None:
    said = [one for one in words(heard(name, FULL)) if one.text == "Now rest."]

    assert all(one.wait >= 4 for one in said)


@pytest.mark.parametrize("choices", [FULL, BRIEF])
@pytest.mark.parametrize("name", EVERY_SESSION)
def test_a_name_and_a_position_are_said_once(name: str, choices: Choices) -> None:
    session = LIBRARY.load(name).session

    for outline in plan(session, choices):
        said = [line.text for line in outline.lines()]
        if outline.name:
            named = [
                text
                for text in said
                if text.startswith(f"{outline.name}.") or f"Next, {outline.name}" in text
            ]
            assert len(named) <= 1
        assert sum(text == "Stay as you are." for text in said) <= 1
        assert not [text for text in said if "Same position" in text]


CAUTIONED = ("hamstring-stretch", "rotational-stretch", "knee-to-chest", "piriformis-stretch", "partial-curl")


@pytest.mark.parametrize("identity", [*CAUTIONED, "seated-rotation", "knee-hug", "superman", "bridge"])
def test_a_caution_can_be_acted_on_at_once_and_comes_before_the_position(identity: str) -> None:
    caution = LIBRARY.exercise(identity).caution

    assert caution is not None
    assert len(caution.text.split()) <= 12
    assert re.search("skip this|leave this one out|stop", caution.text, re.IGNORECASE)
    assert "ask" not in caution.text.lower().split()
    said = texts(part(heard("full-back-care" if identity != "knee-hug" else "core-strength", FULL), identity))
    ways = [
        i
        for i, text in enumerate(said)
        if re.match("In one piece|Sink|Now come|Sit on|Stand up|Stay as", text)
    ]
    assert not ways or said.index(caution.text) < ways[0]


def test_a_caution_is_said_once_however_often_the_exercise_comes() -> None:
    steps = """
  - repeat: 2
    steps:
      - exercise: {name: Twist, position: standing, say: Turn., hold: 5s, caution: Skip this one.}
      - exercise: {name: Rest, position: on your back, say: Breathe., move: 5s}
"""
    assert texts(of_script(steps)).count("Skip this one.") == 1


@pytest.mark.parametrize("identity", ["bridge", "side-leg-raise", "superman"])
def test_a_rhythm_begins_without_a_lecture_and_advises_in_its_pauses(identity: str) -> None:
    section = part(heard("core-strength", FULL), identity)
    exercise = LIBRARY.exercise(identity)

    for advice in (exercise.feel, exercise.fault):
        assert advice
        one = first(section, re.escape(advice.text))
        phase = next(p for p in section.phases if p.start <= one.start * RATE < p.end)
        assert phase.kind is PhaseKind.REST
        assert 3 <= (phase.activity.rep or 0) <= 6
        assert phase.activity.set == 1


@pytest.mark.parametrize("identity", ["hamstring-stretch", "psoas-stretch"])
def test_advice_in_a_long_hold_comes_in_the_order_in_which_it_helps(identity: str) -> None:
    section = part(heard("five-stretches", FULL), identity)
    exercise = LIBRARY.exercise(identity)
    right, left = holds(section)
    assert exercise.feel
    assert exercise.fault
    fault = exercise.fault.text.split(". ")[0].rstrip(".") + "."
    feel, wrong = first(section, exercise.feel.text), first(section, fault)

    assert 0.5 <= feel.start - right.start / RATE <= 2
    assert 4.5 <= wrong.start - feel.start <= 6
    assert wrong.start < (right.start + right.length / 2) / RATE
    breaths = [text for text in inside(section, right) if "reath" in text]
    assert breaths == ["Breathe slowly."]
    assert first(section, "Breathe slowly").start > (right.start + right.length / 2) / RATE
    assert inside(section, left) == ["Half way."]


@pytest.mark.parametrize("name", EVERY_SESSION)
def test_an_exported_session_says_nothing_about_keys(name: str) -> None:
    said = " ".join(texts(heard(name, FULL))).lower()

    assert not re.search(r"keyboard|remote|space bar|\bkey\b|press enter", said)


def test_a_session_that_is_played_names_the_keys_once() -> None:
    live = texts(heard("morning-stretch", Choices(coaching=Coaching.FULL, live=True)))

    assert [text for text in live if "space bar" in text] == [
        "The space bar pauses, and N skips to the next exercise."
    ]


def test_the_end_says_what_was_made_worse_and_nothing_of_it_after_a_body_scan() -> None:
    advice = "If an exercise made your pain worse, leave it out next time."

    assert texts(heard("morning-stretch", FULL)).count(advice) == 1
    scan = heard("body-scan", FULL)
    assert not [text for text in texts(scan) if "worse" in text]
    assert not [cue for cue in scan.cues if cue.content == "session-ends"]
    assert scan.phases[-1].kind is PhaseKind.REST


def test_the_evening_ends_calmly() -> None:
    said = words(heard("evening-stretch", FULL))
    found = [one.text for one in said]
    tomorrow, well_done = place(found, "^One thing for tomorrow"), place(found, "^Well done")

    assert not [text for text in found if "For today" in text]
    assert said[well_done].start - said[tomorrow].start >= 15
    assert (
        tomorrow
        < place(found, "Stay lying as long as you like")
        < place(found, "^When you are ready, come up")
    )


TAUGHT = {
    "hold-starts": "one sound says hold|This one means hold|one sound says go",
    "hold-ends": "says let go|means let go|the next says rest",
    "tick": "[Tt]icks",
    "set-ends": "That sound ends a set|In turn",
    "glide": "a falling sound says down",
    "session-ends": "the closing sound",
}


@pytest.mark.parametrize("name", EVERY_SESSION)
def test_every_sound_is_explained_the_first_time_it_comes(name: str) -> None:
    timeline = heard(name, FULL)
    said = words(timeline)
    for sound, lesson in TAUGHT.items():
        starts = [
            cue.start / RATE
            for cue in timeline.cues
            if cue.content == sound and cue.kind is not CueKind.SOUND
        ]
        if starts:
            lessons = [one.start for one in said if re.search(lesson, one.text)]
            assert lessons, sound
            assert min(lessons) < starts[0] + 2.0, sound  # a set ends with its sound, and then the words


def test_in_brief_coaching_the_halfway_sound_is_explained_the_first_time() -> None:
    timeline = heard("five-stretches", BRIEF)
    sounds = [cue for cue in timeline.cues if cue.content == "halfway"]
    explained = [one for one in words(timeline) if one.text == "Half way."]

    assert len(explained) == 1
    assert 0 < explained[0].start - sounds[0].end / RATE < 2


@pytest.mark.parametrize("name", ["first-time", "morning-stretch", "desk-break"])
def test_what_does_good_twice_a_day_is_heard(name: str) -> None:
    assert "This does most good twice a day." in texts(heard(name, FULL))


def test_the_pain_may_also_be_met_more_slowly() -> None:
    assert place(texts(heard("five-stretches", FULL)), "stop, or take it slower") >= 0


def test_a_grown_dose_is_done_in_tens_with_a_word() -> None:
    grown = part(heard("morning-stretch", Choices(day=20)), "pelvic-tilt")
    said = texts(grown)

    assert [phase.activity.reps for phase in holds(grown)].count(10) == 40
    assert [text for text in said if text.endswith("done. Rest.")] == [
        "Ten done. Rest.",
        "Twenty done. Rest.",
    ]
    assert "The last four." in said
    assert len(holds(grown)) == 2 * 24
    assert not [one for one in words(grown) if one.text == "Ten done. Rest." and one.wait < 10]


def test_ranges_grow_with_the_days_of_practice() -> None:
    def rotation(day: int) -> tuple[float, int]:
        found = holds(part(heard("morning-stretch", Choices(day=day)), "rotational-stretch"))
        return found[0].length / RATE, len(found) // 2

    assert [rotation(day) for day in (1, 3, 4, 16, 22, 23, 60)] == [
        *[(5, 2), (5, 2), (6, 2), (10, 2)],
        *[(10, 2), (10, 3), (10, 3)],
    ]


def test_doses_are_spoken_in_whole_seconds() -> None:
    halfway = texts(part(heard("desk-break", Choices(level=0.5)), "hamstring-stretch"))
    rotation = texts(part(heard("morning-stretch", Choices(level=0.5)), "rotational-stretch"))

    assert "Once on each leg, for twenty-five seconds." in [
        text.replace("twenty five", "twenty-five") for text in halfway
    ]
    assert place(rotation, "eight seconds each") >= 0
    assert not [text for text in rotation if " point " in text]


def test_the_second_side_is_set_up_by_default() -> None:
    steps = """
  - exercise:
      name: Figure four
      position: on your back
      setup: Bend your knees. Cross your <side> ankle over the other knee.
      say: Draw in both legs.
      hold: 20s
      sides: each
  - exercise: {name: Low lunge, position: kneeling on your <side> knee, say: Sink., hold: 20s, sides: each}
"""
    timeline = of_script(steps)
    four, lunge = texts(part(timeline, "figure-four")), texts(part(timeline, "low-lunge"))

    assert place(four, "Cross your left ankle") < len(four) - 1
    assert four.count("Bend your knees.") == 1
    assert place(lunge, "Kneel on your left knee") > place(lunge, "Kneel on your right knee")


def test_the_second_side_has_the_second_sides_position() -> None:
    raises = part(heard("core-strength", FULL), "side-leg-raise")
    lunge = part(heard("five-stretches", FULL), "psoas-stretch")

    assert {p.activity.position for p in raises.phases if p.activity.side == "left"} == {
        "on your right side, knees together"
    }
    assert {p.activity.position for p in lunge.phases if p.activity.side == "left"} == {
        "kneeling on your left knee"
    }


@pytest.mark.parametrize("greeting", ["", "  - say: Hello.\n"])
def test_how_long_it_takes_is_said_first(greeting: str) -> None:
    steps = greeting + "  - exercise: {name: March, position: standing, say: March., move: 60s}\n"
    said = texts(of_script(steps, Choices(coaching=Coaching.FULL, live=True)))

    assert place(said, "^This takes about") == 1
    assert place(said, "^This takes about") < place(said, "space bar")


@pytest.mark.parametrize("name", EVERY_SESSION)
def test_nobody_is_asked_for_two_things_in_one_breath(name: str) -> None:
    for section in heard(name, FULL).sections:
        if section.mark.title.startswith(("Lift with care", "For")):
            continue  # advice for later
        asked = [
            (one, actions(one.text))
            for one in words(section)
            if not re.match("If |In turn|Sit to stand", one.text)
        ]
        assert not [one for one, found in asked if len(found) > 1], section.mark.title
        for (one, found), (after, more) in pairwise(asked):
            phase = next(p for p in section.phases if p.start <= one.start * RATE < p.end)
            if phase.kind is PhaseKind.GET_READY and found and more and after.end * RATE <= phase.end:
                assert after.start - one.end >= 1.99, (one, after)


def test_words_that_were_misheard_or_misunderstood_are_gone() -> None:
    everything = " ".join(text for name in EVERY_SESSION for text in texts(heard(name, FULL)))

    for gone in (
        *("Stand easy", "Keep it there", "elbows long", "hips stay square", "make you stronger", "minds it"),
        *("Draw-in manoeuvre", "Gluteus stretch", "Psoas stretch", "Piriformis stretch", "Use a chair"),
    ):
        assert gone not in everything


def test_the_first_movement_of_the_first_time_comes_soon() -> None:
    moves = [p for p in heard("first-time", FULL).phases if p.kind in {PhaseKind.MOVE, PhaseKind.HOLD}]

    assert moves[0].start / RATE <= 85  # the tests' voice is slower than a real one


# --- sounds and times that are what the words say ----------------------------------------------------------

TABATA = "  - exercise: {{name: March, say: March on the spot., work: 20s, rest: {}s, rounds: 4}}\n"


def test_intervals_whose_rests_have_no_ticks_promise_none() -> None:
    assert any("Three ticks" in text for text in texts(of_script(TABATA.format(10))))
    assert not any("ticks" in text for text in texts(of_script(TABATA.format(4))))


def test_intervals_without_tones_begin_with_a_word() -> None:
    quiet = of_script(TABATA.format(10), head="defaults: {tones: off}\n")
    march = part(quiet, "march")
    work = [phase for phase in march.phases if phase.kind is PhaseKind.MOVE]

    assert not [cue for cue in march.cues if cue.content in {"hold-starts", "hold-ends"}]
    begins = {cue.start for cue in march.cues if cue.content == "And begin."}
    assert len(work) == 4
    assert all(any(phase.start <= at < phase.start + RATE for at in begins) for phase in work)


def test_a_walk_of_seconds_promises_no_turn() -> None:
    short, long = (texts(of_script(f"  - walk: {length}\n")) for length in ("30s", "4 min"))

    assert not any("turn" in text.lower() for text in short)
    assert [text for text in long if "turn" in text.lower()] == [
        "I tell you when to turn round.",
        "Half way. Turn round, and walk back.",
    ]


@pytest.mark.parametrize("length", [46, 61, 74])
def test_a_long_hold_that_is_too_short_for_minutes_tells_its_middle(length: int) -> None:
    said = texts(of_script(f"  - exercise: {{name: Wall sit, say: Sit., hold: {length}s}}\n"))

    assert "Half way." in said
    assert not any("minute left" in text for text in said)


def test_the_way_back_of_a_muscle_is_to_let_go() -> None:
    def taught(say: str) -> list[str]:
        script = f"  - exercise: {{name: A, say: {say}, hold: 2s, reps: 6}}\n"
        return [text for text in texts(of_script(script)) if text.startswith("From here on")]

    assert taught("Squeeze.") == ["From here on, a falling sound says let go."]
    assert taught("Lift your arm.") == ["From here on, a falling sound says back."]
