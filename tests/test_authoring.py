"""The tools of those who write sessions: new, check --watch, show --svg, exercises."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from player.app.new_script import file_name, write_script
from player.app.watch import EVERY, Watch
from player.pictures.timeline import as_svg
from player.script import parse_session
from player.session import Avoid, Dose, Easier, Exercise, Growing, Move, Progress, Range, Role, Sides
from player.wording.en import paper

from tests.commands import User
from tests.content import LIBRARY, laid, of_session
from tests.sessions import exercise, hold_for, session

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "name: Broken\nhold: 0\n"
MINE = (
    "name: My bridge\nposition: on your back\ntargets: [buttocks]\nsay: Lift.\nhold: 9s\nneeds: [blue ball]\n"
)


@pytest.fixture
def user(tmp_path: Path, spoken: Path) -> User:
    return User(tmp_path, spoken)


# --- new -------------------------------------------------------------------------------------------------


def test_new_writes_a_commented_script_into_the_users_own_folder_that_passes_check(user: User) -> None:
    outcome = user.cuemat("new", "Before breakfast")
    path = user.home / "data" / "scripts" / "before-breakfast.yaml"

    assert (outcome.code, outcome.stderr) == (0, "")
    assert path.name in outcome.stdout
    assert path.read_text("utf-8").count("#") > 10
    checked = user.cuemat("check", path)
    assert (checked.code, checked.stderr) == (0, "")
    assert "before-breakfast" in user.cuemat("list").stdout.partition("Bundled")[0]


def test_new_takes_exercises_and_a_file(user: User) -> None:
    outcome = user.cuemat(
        "new", "At work", "-e", "seated-rotation", "--exercise", "glute-squeeze", "-o", "work.yaml"
    )
    script = parse_session((user.home / "work.yaml").read_text("utf-8"), "work.yaml", "work", LIBRARY)
    ids = [step.exercise.id for step in script.session.steps if hasattr(step, "exercise")]

    assert outcome.code == 0
    assert ids == ["seated-warm-up", "seated-rotation", "glute-squeeze", "seated-cool-down"]
    assert script.warnings == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "cuemat: a session needs a title, for example: cuemat new 'Before breakfast'\n"),
        (("T", "-e", "brigde"), "cuemat: unknown exercise 'brigde'; did you mean 'bridge'?\n"),
        (
            ("T", "-o", "there.yaml"),
            "cuemat: there.yaml already exists; --force overwrites it\n",
        ),
        (
            ("T", "-o", "there.yaml/t.yaml"),
            "cuemat: cannot make the folder there.yaml: a file is in the way\n",
        ),
    ],
)
def test_new_refuses_what_it_cannot_do(user: User, arguments: tuple[str, ...], message: str) -> None:
    there = user.write("there.yaml", "mine")
    outcome = user.cuemat("new", *arguments)

    assert (outcome.code, outcome.stdout) == (2, "")
    assert outcome.stderr == message
    assert there.read_text() == "mine"


def test_new_overwrites_only_when_forced_and_says_when_a_bundled_one_is_replaced(user: User) -> None:
    user.write("there.yaml", "mine")

    assert user.cuemat("new", "T", "-o", "there.yaml", "--force").code == 0
    outcome = user.cuemat("new", "Desk break")
    assert outcome.stderr == "cuemat: 'desk-break' now replaces the bundled one in your lists\n"
    assert "(replaces the bundled one)" in user.cuemat("list").stdout


@pytest.mark.parametrize(
    "title", ['Back: "care" & more', "# no comment", "{braces}", "Ünïcode – 腰", "a\nb: c"]
)
def test_any_title_gives_a_script_that_can_be_read(title: str) -> None:
    parsed = parse_session(write_script(title, [LIBRARY.exercise("bridge")]), "t.yaml", "t", LIBRARY)

    assert parsed.session.title == " ".join(title.split())


def test_a_title_becomes_the_name_of_a_file() -> None:
    names = {title: file_name(title) for title in ("Before breakfast", "Über/../alles!", "腰", "a" * 100)}

    assert names == {
        "Before breakfast": "before-breakfast",
        "Über/../alles!": "uber-alles",
        "腰": "session",
        "a" * 100: "a" * 60,
    }


def test_new_asks_on_a_terminal(user: User) -> None:
    pty = pytest.importorskip("pty")
    main, other = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "player", "new"],
        stdin=other,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=user.home,
        env=user.environment,
        text=True,
    ) as asked:
        os.write(main, b"My morning\nbridge, cat-stretch\n")
        stdout, stderr = asked.communicate(timeout=60)
    os.close(main)
    os.close(other)

    assert asked.returncode == 0, stderr
    assert "What is the session called? [My session]" in stderr
    text = (user.home / "data" / "scripts" / "my-morning.yaml").read_text("utf-8")
    assert re.findall(r"^  - exercise: (\S+)", text, re.MULTILINE) == [
        "warm-up", "bridge", "cat-stretch", "cool-down",
    ]  # fmt: skip
    assert "my-morning" in stdout


# --- check --watch ---------------------------------------------------------------------------------------


def test_watch_checks_at_once_and_after_every_change(tmp_path: Path) -> None:
    file, checked, slept = tmp_path / "s.yaml", [], []
    changes = iter(["one", None, "three", None, "deleted"])

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        change = next(changes, "ctrl-c")
        if change == "ctrl-c":
            raise KeyboardInterrupt
        if change == "deleted":
            file.unlink()
        elif change:
            file.write_text(change)

    Watch(
        lambda: [file], lambda: checked.append(file.read_text() if file.exists() else None), sleep
    ).until_interrupted()

    assert checked == [None, "one", "three", None]
    assert slept == [EVERY] * 6


def test_check_watch_shows_what_the_time_goes_into_and_ends_calmly(user: User) -> None:
    user.cuemat("new", "Mine", "-o", "mine.yaml")
    with subprocess.Popen(
        [sys.executable, "-m", "player", "check", "--watch", "mine.yaml"],
        cwd=user.home,
        env={**user.environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as watching:
        assert watching.stdout
        stamp, line = watching.stdout.readline(), watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        stderr = watching.communicate(timeout=60)[1]

    assert re.fullmatch(r"— \d\d:\d\d:\d\d\n", stamp)
    assert re.fullmatch(
        r"mine\.yaml: ok, ≈ \d+:\d\d \(2 exercises, \d+:\d\d talk, .*\d+:\d\d hold, .* \d+ cues\)\n", line
    )
    assert (watching.returncode, stderr) == (0, "cuemat: no longer watching\n")


# --- show --svg ------------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_every_phase_to_scale_with_names_and_times() -> None:
    timeline = of_session("morning-stretch")
    root = ET.fromstring(as_svg("Morning stretch", timeline))  # noqa: S314  our own
    groups = root.findall(f"{SVG}g")
    widths = [float(group.findall(f"{SVG}rect")[0].get("width", "")) for group in groups]
    texts = [text.text for text in root.iter(f"{SVG}text")]

    assert len(groups) == len(timeline.phases)
    scale = max(widths) / max(phase.length for phase in timeline.phases)
    assert all(
        abs(width - phase.length * scale) < 0.2 for width, phase in zip(widths, timeline.phases, strict=True)
    )
    assert {"Pelvic tilt", "Cat stretch", "hold", "rest", "get ready"} <= set(texts)
    assert {"0:00"} <= set(texts)
    titles = [group.findtext(f"{SVG}title") or "" for group in groups]
    assert any(re.fullmatch(r"hold, 5\.0 s, from \d+:\d\d, rep 1 of 2, right", title) for title in titles)


def test_what_a_script_says_cannot_break_out_of_the_picture() -> None:
    evil = '</text><script>alert("1")</script>\u0007&'
    timeline = laid(session(exercise(hold_for(5), name=evil)))
    root = ET.fromstring(as_svg(evil, timeline))  # noqa: S314  our own

    assert list(root.iter(f"{SVG}script")) == []
    assert (root.findtext(f"{SVG}title") or "").startswith(evil.replace("\u0007", ""))


def test_show_writes_the_picture(user: User) -> None:
    user.write("s.yaml", "title: S\nsteps:\n  - say: Hello.\n")
    outcome = user.cuemat("show", "s.yaml", "--svg", "s.svg", "--voice", "en-us")

    assert outcome.code == 0, outcome.stderr
    assert outcome.stdout.startswith("s.svg: S, 0:")
    assert (user.home / "s.svg").read_text("utf-8").startswith("<svg ")
    assert user.cuemat("show", "s.yaml", "--svg", "no/s.svg").code == 2


# --- exercises -------------------------------------------------------------------------------------------


def ids(user: User, *arguments: str) -> list[str]:
    return [one["id"] for one in json.loads(user.cuemat("exercises", "--json", *arguments).stdout)]


def test_exercises_can_be_found_by_muscle_position_and_what_is_at_hand(user: User) -> None:
    assert ids(user) == sorted(LIBRARY.exercises)
    assert ids(user, "--target", "hamstring") == ["hamstring-stretch", "seated-hamstring-stretch"]
    assert ids(user, "--position", "KNEEL") == ["psoas-stretch"]
    assert ids(user, "--need", "chair", "--position", "sitting", "--target", "core") == ["seated-rotation"]
    assert ids(user, "--target", "eyebrow") == []
    assert "No exercise matches" in user.cuemat("exercises", "--target", "eyebrow").stdout


def test_the_users_own_exercises_come_first_win_and_say_so(user: User) -> None:
    user.write("data/scripts/exercises/bridge.yaml", MINE)
    user.write("data/scripts/exercises/broken.yaml", BROKEN)
    lines = user.cuemat("exercises").stdout.splitlines()

    assert lines[0] == "Yours:"
    assert re.fullmatch(
        r"  bridge +My bridge \(replaces the bundled one\): "
        r"on your back; once, hold 9 s; buttocks\. Needs: blue ball\.",
        lines[1],
    )
    assert re.fullmatch(r"  broken +data/scripts/exercises/broken.yaml:2:7: .+", lines[2])
    assert lines[3] == "Bundled:"
    assert not any(line.startswith("  bridge ") for line in lines[4:])


# --- doses on paper --------------------------------------------------------------------------------------


def dosed(*moves: Move, **more: object) -> Exercise:
    return exercise(*(moves or (hold_for(5),)), **more)  # type: ignore[arg-type]


def in_sets(*holds: float) -> Move:
    ranges = tuple(Range(hold, hold) for hold in holds)
    return Move(None, None, hold=ranges[0], holds=ranges)


@pytest.mark.parametrize(
    ("way", "printed"),
    [
        (Easier(hold=0.5), "half the hold"),
        (Easier(hold=0.4), "40% of the hold"),
        (Easier(reps=0.6), "6 of 10"),
        (Easier(hold=0.5, reps=0.01), "half the hold, 1 of 10"),
        (Easier(exercise="bridge"), ""),
    ],
)
def test_a_part_of_a_dose_on_paper(way: Easier, printed: str) -> None:
    assert paper.easier(way, dosed(dose=Dose(reps=(Range(10, 10),)))) == printed


def test_a_part_of_a_range_on_paper() -> None:
    one = dosed(dose=Dose(reps=(Range(5, 10),)))

    assert paper.easier(Easier(reps=0.5), one) == "half the times"
    assert paper.easier(Easier(reps=0.6), one) == "60% of the times"


def test_every_reason_to_leave_an_exercise_out_has_its_words() -> None:
    assert paper.reasons((Avoid.HIP, Avoid.BONES)) == "a replaced hip, weak bones"
    assert all(paper.reasons((reason,)) for reason in Avoid)


@pytest.mark.parametrize(
    ("one", "printed"),
    [
        (dosed(), "once, hold 5 s"),
        (dosed(dose=Dose(reps=(Range(10, 10),))), "10 times, hold 5 s"),
        (
            dosed(dose=Dose(reps=(Range(2, 3),), sides=Sides.ALTERNATING)),
            "2–3 times each side, in turn, hold 5 s",
        ),
        (
            dosed(
                dose=Dose(reps=(Range(10, 10),), sets=Range(2, 3), sides=Sides.EACH, rest_between_sets=60.0)
            ),
            "2–3 sets of 10 each side, hold 5 s, rest 1 min between sets",
        ),
        (dosed(dose=Dose(reps=(Range(5, 5), Range(3, 3)))), "5, then 3 times, hold 5 s"),
        (dosed(Move(None, None, hold=Range(20.0, 30.0))), "once, hold 20–30 s"),
        (dosed(Move(None, None, hold=Range(30.0, 90.0))), "once, hold 30 s – 1 min 30 s"),
        (dosed(hold_for(5), hold_for(7)), "once, hold 5 s and 7 s"),
        (dosed(Move(None, None, move=Range(90.0, 90.0)), role=Role.WARM_UP), "1 min 30 s"),
        (dosed(in_sets(10, 20, 30), dose=Dose(sets=Range(3, 3))), "3 times, hold 10, 20, 30 s"),
        (
            dosed(in_sets(10, 20), dose=Dose(sets=Range(2, 2), reps=(Range(5, 5),))),
            "2 sets of 5, hold 10, 20 s",
        ),
        (dosed(in_sets(30, 90), dose=Dose(sets=Range(2, 2))), "2 times, hold 30 s, 1 min 30 s"),
        (
            dosed(
                Move(None, None, move=Range(20.0, 20.0)),
                dose=Dose(reps=(Range(8, 8),), rest=10, intervals=True),
            ),
            "8 rounds: work 20 s, rest 10 s",
        ),
        (
            dosed(Move(None, None, move=Range(20.0, 20.0)), dose=Dose(reps=(Range(1, 1),), intervals=True)),
            "1 round: work 20 s",
        ),
        (
            dosed(Move(None, None, move=Range(2.0, 2.0)), dose=Dose(reps=(Range(10, 10),), every=2)),
            "10 times, one every 2 s",
        ),
        (dosed(dose=Dose(reps=(Range(10, 10),), every=8)), "10 times, one every 8 s, hold 5 s"),
    ],
)
def test_a_dose_on_paper(one: Exercise, printed: str) -> None:
    assert paper.dose(one) == printed


@pytest.mark.parametrize(
    ("rule", "printed"),
    [
        (Progress(Growing.REPS, 1, 1, 30), "1 more every day, up to 30"),
        (Progress(Growing.SETS, 1, 7, 3), "1 set more every 7 days, up to 3"),
        (Progress(Growing.HOLD, 5, 2, 60), "5 s longer every 2 days, up to 1 min"),
    ],
)
def test_how_a_dose_grows_on_paper(rule: Progress, printed: str) -> None:
    assert paper.growth(rule) == printed
