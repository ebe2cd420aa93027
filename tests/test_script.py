"""The script language: what an author writes, and the data it becomes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from player.errors import ScriptError, Source
from player.script import parse_exercise, parse_head, parse_session, read_text
from player.session import (
    Back,
    BreatheStep,
    Coaching,
    Defaults,
    Dose,
    Easier,
    Exercise,
    ExerciseStep,
    Growing,
    Move,
    Progress,
    Range,
    RepeatStep,
    RestStep,
    Role,
    Safety,
    SayStep,
    Schedule,
    Session,
    Side,
    Sides,
    SilenceStep,
    SoundStep,
    Switch,
    Words,
)

from tests.scripting import PELVIC_TILT, Catalogue, exercise, mistakes, session, warnings

if TYPE_CHECKING:
    from pathlib import Path

MORNING = """\
title: Morning stretch
about: Ten gentle minutes on the mat before the day starts.
language: en                    # the only one for now
tags: [stretch, gentle]
needs: [mat]
schedule: {times_per_day: 2, days_per_week: 7}
music: still-water              # a bed from sounds/ or the author's folder; none if left out
defaults:                       # every exercise below, unless it says otherwise
  get_ready: 8s
  rest: 5s                      # between reps
  between_exercises: 15s        # announcement and get-ready time together; not added to them
steps:
  - say: Good morning. Lie down on your mat when you are ready.
  - exercise: warm-up                     # role: warm-up in the catalogue; not counted in "n of m"
  - exercise: rotational-stretch          # from the catalogue, with its own dose
  - exercise: pelvic-tilt
    reps: 8                               # this session's dose
    hold: 6s
  - rest: 30s
  - repeat: 2
    steps:
      - exercise: cat-stretch
      - silence: 10s
  - exercise:                             # or written in place
      name: Ankle pumps
      position: on your back
      moves:
        - {say: Point your toes., cue: Point., move: 2s}
        - {say: Now pull them back., cue: Pull., move: 2s}
      reps: 10
  - breathe: {in: 4s, out: 6s, times: 5}
  - sound: bell
"""


def at(line: int, column: int, file: str = "s.yaml") -> Source:
    return Source(file, line, column)


def both(amount: float) -> Range[float]:
    return Range(amount, amount)


def times(amount: int) -> Range[int]:
    return Range(amount, amount)


def one(text: str) -> Exercise:
    """Return the exercise of the only exercise step."""
    (step,) = (step for step in session(f"title: T\nsteps:\n{text}").steps if isinstance(step, ExerciseStep))
    return step.exercise


def test_the_session_that_the_language_is_shown_by() -> None:
    catalogue = Catalogue()
    tilt = catalogue.exercise("pelvic-tilt")
    six_seconds = tuple(replace(move, hold=both(6)) for move in tilt.moves)
    pumps = Exercise(
        id="s#ankle-pumps",
        name="Ankle pumps",
        source=at(25, 7),
        position=Words("on your back", at(26, 17)),
        moves=(
            Move(Words("Point your toes.", at(28, 17)), Words("Point.", at(28, 40)), move=both(2)),
            Move(Words("Now pull them back.", at(29, 17)), Words("Pull.", at(29, 43)), move=both(2)),
        ),
        dose=Dose(reps=(times(10),)),
    )
    expected = Session(
        id="s",
        title="Morning stretch",
        source=at(1, 1),
        about="Ten gentle minutes on the mat before the day starts.",
        tags=("stretch", "gentle"),
        needs=("mat",),
        schedule=Schedule(2, 7),
        music="still-water",
        defaults=Defaults(get_ready=8, rest=5, between_exercises=15),
        steps=(
            SayStep(at(13, 5), Words("Good morning. Lie down on your mat when you are ready.", at(13, 10))),
            ExerciseStep(at(14, 5), catalogue.exercise("warm-up")),
            ExerciseStep(at(15, 5), catalogue.exercise("rotational-stretch")),
            ExerciseStep(
                at(16, 5),
                replace(tilt, moves=six_seconds, dose=Dose(reps=(times(8),), rest=3), progress=None),
            ),
            RestStep(at(19, 5), 30),
            RepeatStep(
                at(20, 5),
                2,
                (ExerciseStep(at(22, 9), catalogue.exercise("cat-stretch")), SilenceStep(at(23, 9), 10)),
            ),
            ExerciseStep(at(24, 5), pumps),
            BreatheStep(at(31, 5), 4, 6, 5),
            SoundStep(at(32, 5), "bell"),
        ),
    )

    assert expected == session(MORNING)


def test_the_exercise_that_the_language_is_shown_by() -> None:
    def words(text: str, line: int, column: int) -> Words:
        return Words(text, at(line, column, "e.yaml"))

    expected = Exercise(
        id="e",
        name="Pelvic tilt",
        source=at(1, 1, "e.yaml"),
        targets=("lower back", "abdominals"),
        position=words("on your back", 3, 11),
        setup=words("Bend your knees and put your feet flat. Rest your arms by your sides.", 4, 8),
        moves=(
            Move(
                words("Gently hollow your lower back.", 6, 10),
                words("Hollow.", 7, 10),
                hold=both(5),
                back=Back(2, words("And relax.", 9, 26)),
            ),
            Move(
                words("Now flatten it, and draw your belly button towards the floor.", 10, 10),
                words("Flatten.", 11, 10),
                hold=both(5),
            ),
        ),
        dose=Dose(reps=(times(5),), rest=3),
        progress=Progress(Growing.REPS, 1, 1, 30),
        feel=words("You feel your lower back press into the floor.", 16, 7),
        fault=words("Do not push with your feet.", 17, 8),
        easier=Easier(words("Make the movement smaller.", 18, 15)),
        caution=words("Stop if it hurts more.", 19, 10),
        reference="Exercises to ease lower back pain (article, 2020)",
    )

    assert expected == exercise(PELVIC_TILT)


def test_an_exercise_of_one_move_needs_no_list() -> None:
    move = Move(
        Words("Lift.", at(2, 6, "e.yaml")),
        Words("Up.", at(3, 6, "e.yaml")),
        hold=Range(5, 10),
        into=3,
        back=Back(2),
    )

    assert (move,) == exercise("name: N\nsay: Lift.\ncue: Up.\nhold: 5-10s\ninto: 3s\nback: 2s").moves


def test_what_the_author_leaves_out_stays_open() -> None:
    bare = exercise("{name: N, move: 2s}")

    assert bare.dose == Dose()
    assert (bare.get_ready, bare.ticks, bare.switch, bare.progress, bare.role) == (None,) * 5
    assert bare.moves == (Move(None, None, move=both(2)),)


@pytest.mark.parametrize(
    ("written", "dose"),
    [
        ("reps: 10", Dose(reps=(times(10),))),
        ("reps: 2-3", Dose(reps=(Range(2, 3),))),
        ("reps: 2–3", Dose(reps=(Range(2, 3),))),
        ("reps: [5, 3, 1]", Dose(sets=times(3), reps=(times(5), times(3), times(1)))),
        ("reps: [5, 3]\nsets: 2", Dose(sets=times(2), reps=(times(5), times(3)))),
        ("sets: 2-3\nreps: 10", Dose(sets=Range(2, 3), reps=(times(10),))),
        ("rest: 0s\nrest_between_sets: 1 min", Dose(rest=0, rest_between_sets=60)),
        ("sides: each", Dose(sides=Sides.EACH)),
        ("sides: alternating\nfirst: left", Dose(sides=Sides.ALTERNATING, first=Side.LEFT)),
        ("sides: blocks\nfirst: right", Dose(sides=Sides.BLOCKS)),
        ("sides: none", Dose()),
    ],
)
def test_doses(written: str, dose: Dose) -> None:
    assert dose == exercise(f"name: N\nhold: 5s\n{written}").dose


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("{reps: +1, every: 1 day, up_to: 30}", Progress(Growing.REPS, 1, 1, 30)),
        ("{reps: 2, every: 2 days, up_to: 30}", Progress(Growing.REPS, 2, 2, 30)),
        ("{sets: +1, every: 1 week, up_to: 3}", Progress(Growing.SETS, 1, 7, 3)),
        ("{hold: +1s, every: every day, up_to: 10s}", Progress(Growing.HOLD, 1, 1, 10)),
    ],
)
def test_rules_of_progress(written: str, rule: Progress) -> None:
    assert rule == exercise(f"name: N\nhold: 5s\nprogress: {written}").progress


def test_short_forms_mean_the_long_ones() -> None:
    short = exercise("{name: N, hold: 5s, sides: each, targets: back, back: 2s, switch: 8s, easier: Less.}")
    long = exercise(
        "{name: N, hold: 5s, sides: each, targets: [back], back: {for: 2s}, switch: {for: 8s}, "
        "easier: {say: Less.}}"
    )

    assert short.targets == long.targets
    assert short.moves == long.moves
    assert short.switch == long.switch == Switch(8)
    assert short.easier is not None
    assert long.easier is not None
    assert short.easier.say
    assert long.easier.say
    assert short.easier.say.text == long.easier.say.text


def test_a_switch_may_say_how() -> None:
    switch = exercise("name: N\nhold: 5s\nsides: each\nswitch: {for: 12s, say: Roll over.}").switch

    assert switch == Switch(12, Words("Roll over.", at(4, 25, "e.yaml")))


def test_other_keys_of_a_session() -> None:
    read = session("title: T\nticks: off\ncoaching: brief\nsafety: full\nsteps: [{say: Hello.}]")

    assert (read.ticks, read.coaching, read.safety) == (False, Coaching.BRIEF, Safety.FULL)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("on", True), ("yes", True), ("true", True), ("off", False), ("no", False), ("False", False)],
)
def test_switches(written: str, meant: bool) -> None:  # noqa: FBT001 - a table
    assert session(f"{{title: T, ticks: {written}, steps: [{{rest: 1s}}]}}").ticks is meant


def test_a_talk_may_leave_the_listener_in_another_position() -> None:
    (step,) = session("title: T\nsteps:\n- say: Lie down.\n  position: on your back").steps

    assert step == SayStep(at(3, 3), Words("Lie down.", at(3, 8)), Words("on your back", at(4, 13)))


def test_yaml_makes_no_numbers_or_booleans_of_texts() -> None:
    read = session("title: 000\ntags: [yes, 1:30, +1, 'null']\nsteps: [{say: no}]")

    assert read.title == "000"
    assert read.tags == ("yes", "1:30", "+1", "null")


def test_texts_over_several_lines_are_one_line_to_speak() -> None:
    read = session("title: T\nsteps:\n- say: |\n    One.\n    Two.\n- say: >-\n    Three.\n\n    Four.\n")

    assert [step.words.text for step in read.steps if isinstance(step, SayStep)] == [
        "One. Two.",
        "Three. Four.",
    ]


def test_a_session_gives_an_exercise_its_own_dose_and_words() -> None:
    changed = one(
        """
  - exercise: bridge
    name: Bridge again
    position: on the bed
    setup: Feet flat.
    caution: Slowly.
    hold: 4s
    into: 1s
    back: 1s
    reps: 5-8
    sets: 2
    rest: 2s
    rest_between_sets: 40s
    get_ready: 3s
    ticks: off
    """
    )
    (move,) = changed.moves

    assert (changed.id, changed.name) == ("bridge", "Bridge again")
    assert changed.dose == Dose(sets=times(2), reps=(Range(5, 8),), rest=2, rest_between_sets=40)
    assert (move.hold, move.into) == (both(4), 1)
    assert move.back is not None
    assert move.back.length == 1
    assert move.back.say is not None
    assert move.back.say.text == "Down."  # only the length is the session's
    assert (changed.get_ready, changed.ticks) == (3, False)


def test_a_dose_of_the_session_ends_the_growing_of_just_that() -> None:
    assert one("  - exercise: bridge").progress == Progress(Growing.REPS, 1, 1, 30)
    assert one("  - {exercise: bridge, hold: 3s}").progress == Progress(Growing.REPS, 1, 1, 30)
    assert one("  - {exercise: bridge, reps: 5}").progress is None
    rule = "{reps: +2, every: 1 day, up_to: 9}"
    assert one(f"  - {{exercise: bridge, reps: 5, progress: {rule}}}").progress == Progress(
        Growing.REPS, 2, 1, 9
    )


def test_one_number_for_all_sets_keeps_the_sets_of_a_list() -> None:
    assert one("  - {exercise: ladder, reps: 4}").dose == Dose(sets=times(3), reps=(times(4),))
    assert one("  - {exercise: ladder, reps: [4, 2]}").dose == Dose(sets=times(2), reps=(times(4), times(2)))


def test_an_exercise_in_place_gets_its_id_from_its_name() -> None:
    assert one("  - exercise: {name: 'Heel slides, easy', move: 2s}").id == "s#heel-slides-easy"
    assert one("  - exercise: {name: 伸展, move: 2s}").id == "s#伸展"


LIKE = ["Cat-cow", "Cat cow", "CAT COW", "Stretch ½", "Stretch 12", "Bridge", "Мост", "橋", "!a", "a"]


def test_no_two_exercises_in_place_share_an_id_however_alike_their_names() -> None:
    steps = "".join(f"  - exercise: {{name: '{name}', say: Go on., move: 2s}}\n" for name in LIKE)
    ids = [
        step.exercise.id
        for step in session(f"title: T\nsteps:\n{steps}").steps
        if isinstance(step, ExerciseStep)
    ]

    assert len(set(ids)) == len(LIKE)
    assert not set(ids) & set(Catalogue().exercise_ids())


def test_an_exercise_written_twice_in_the_same_words_is_one_and_in_other_words_another() -> None:
    written = "  - exercise: {{name: Bridge, say: {say}, hold: {hold}}}\n"
    steps = written.format(say="Lift.", hold="5s") + written.format(say="Lift.", hold="9s")
    first, same, other = session(f"title: T\nsteps:\n{steps}{written.format(say='Press.', hold='5s')}").steps

    assert isinstance(first, ExerciseStep)
    assert isinstance(same, ExerciseStep)
    assert isinstance(other, ExerciseStep)
    assert first.exercise.id == same.exercise.id == "s#bridge"
    assert other.exercise.id == "s#bridge-2"


def test_roles() -> None:
    assert Catalogue().exercise("warm-up").role is Role.WARM_UP
    assert Catalogue().exercise("cool-down").role is Role.COOL_DOWN


def test_sides_may_stand_in_every_text_of_an_exercise_with_sides() -> None:
    texts = ("position", "setup", "say", "cue", "feel", "fault", "easier", "caution")
    written = "\n".join(f"{key}: To the <side>, from your <other side>." for key in texts)
    read = exercise(
        f"name: N\nhold: 5s\nsides: each\nswitch: {{say: <Side>.}}\nback: {{say: <Other side>.}}\n{written}"
    )

    assert read.moves[0].say is not None
    assert read.moves[0].say.text == "To the <side>, from your <other side>."


def test_left_and_right_by_name_with_the_same_dose_are_in_balance() -> None:
    left = "{exercise: {name: Left calf, hold: 5s, reps: 4}}"
    right = "{repeat: 2, steps: [{exercise: {name: Right calf, hold: 5s, reps: 2}}]}"

    assert len(session(f"{{title: T, steps: [{left}, {right}]}}").steps) == 2


def test_a_session_without_warm_up_or_cool_down_is_warned_of() -> None:
    assert warnings("title: T\nsteps:\n  - exercise: bridge") == [
        "s.yaml:3:3: no cool-down; end with '- exercise: cool-down'",
        "s.yaml:3:3: no warm-up; begin with '- exercise: warm-up'",
    ]
    assert (
        warnings("title: T\nsteps:\n  - exercise: warm-up\n  - repeat: 1\n    steps: [{exercise: cool-down}]")
        == []
    )


def test_a_session_is_not_warned_of_where_its_author_decides_about_its_ends() -> None:
    steps = "steps: [{exercise: bridge}]"

    assert warnings(f"title: T\nopening: off\n{steps}") == [
        "s.yaml:3:8: no cool-down; end with '- exercise: cool-down'"
    ]
    assert warnings(f"title: T\nclosing: lying\n{steps}") == [
        "s.yaml:3:8: no warm-up; begin with '- exercise: warm-up'"
    ]
    assert warnings(f"title: T\nopening: off\nclosing: off\n{steps}") == []


def test_walks_breaths_and_words_need_no_warm_up() -> None:
    assert warnings("title: T\nsteps: [{walk: 10 min}, {say: Hello.}, {rest: 5s}]") == []
    breathing = "{name: Belly breathing, kind: breathing, say: Breathe., move: 5s}"
    assert warnings(f"title: T\nsteps: [{{exercise: {breathing}}}]") == []


def test_a_walk_first_is_a_warm_up_and_a_walk_last_a_cool_down() -> None:
    no_cool_down = "s.yaml:2:8: no cool-down; end with '- exercise: cool-down'"
    no_warm_up = "s.yaml:2:8: no warm-up; begin with '- exercise: warm-up'"

    assert warnings(
        "title: T\nsteps: [{say: Go., position: standing}, {walk: 5 min}, {exercise: bridge}]"
    ) == [no_cool_down]
    assert warnings("title: T\nsteps: [{exercise: bridge}, {walk: 5 min}, {rest: 5s}]") == [no_warm_up]
    assert warnings("title: T\nsteps: [{repeat: 2, steps: [{walk: 5 min}, {exercise: bridge}]}]") == [
        no_cool_down
    ]


def test_music_that_is_not_there_is_warned_of() -> None:
    both_ends = "steps: [{exercise: warm-up}, {exercise: cool-down}]"

    assert warnings(f"title: T\nmusic: bel\n{both_ends}") == [
        "s.yaml:2:8: unknown music 'bel'; did you mean 'bell'?"
    ]
    assert warnings(f"title: T\nmusic: sea\n{both_ends}") == [
        "s.yaml:2:8: unknown music 'sea'; the session plays without it"
    ]
    assert warnings(f"title: T\nmusic: bell\n{both_ends}") == []


@pytest.mark.parametrize("path", ["../../etc/passwd", "/dev/zero", "..\\\\secret", "sub/sea.flac"])
def test_music_is_named_and_never_a_path(path: str) -> None:
    text = f'title: T\nmusic: "{path}"\nsteps: [{{rest: 5s}}]'

    assert mistakes(text)[0].startswith("s.yaml:2:8: music '")
    assert mistakes(text)[0].endswith("' is a path; write the name of a file in sounds/, without its ending")


def test_music_that_leads_out_of_the_scripts_folder_is_refused() -> None:
    assert mistakes("title: T\nmusic: elsewhere\nsteps: [{rest: 5s}]") == [
        "s.yaml:2:8: music 'elsewhere' is not a file in the script's folder; put the sound itself there"
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_lines_of_every_system(line_end: str) -> None:
    text = MORNING.replace("\n", line_end)

    assert parse_session(text, "s.yaml", "s", Catalogue()).session == session(MORNING)


def test_a_byte_order_mark_is_no_part_of_the_script(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + MORNING.encode())

    assert read_text(path, "s.yaml") == MORNING


def test_the_head_of_a_script_does_not_wait_for_its_steps() -> None:
    head = parse_head("title: T\nabout: A.\ntags: x\nneeds: [mat]\nsteps: nonsense\nodd: 1", "s.yaml")

    assert head == ("T", "A.", ("x",), ("mat",))
    with pytest.raises(ScriptError, match=re.escape("s.yaml:1:1: 'title' is missing")):
        parse_head("about: A.", "s.yaml")


def test_reading_scripts_needs_no_heavy_library() -> None:
    code = "import sys, player.library; print([m for m in ('numpy', 'rich', 'textual') if m in sys.modules])"

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_an_exercise_is_read_by_its_own_function_too() -> None:
    assert parse_exercise(PELVIC_TILT, "e.yaml", "e") == exercise(PELVIC_TILT)
