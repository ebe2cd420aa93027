"""The page to print: it has all of the session, nothing can break out of it, every exercise is drawn."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from player.pictures.handout import WEEKS, as_page, exercises_of
from player.session import (
    Avoid,
    BreatheStep,
    Dose,
    Easier,
    ExerciseStep,
    IntervalsStep,
    Move,
    Range,
    RepeatStep,
    Schedule,
    Sides,
    WalkStep,
)
from player.wording.en import phrases

from tests.commands import CHECKOUT, User
from tests.content import LIBRARY
from tests.sessions import HERE, exercise, hold_for, session, words

if TYPE_CHECKING:
    from pathlib import Path

DRAWINGS = CHECKOUT / "scripts" / "exercises" / "drawings"
EVIL = '"><script>alert(1)</script>\u0007&'


@pytest.fixture
def user(tmp_path: Path, spoken: Path) -> User:
    return User(tmp_path, spoken)


def page_of(name: str) -> str:
    return as_page(
        LIBRARY.load(name).session, LIBRARY.drawing, lambda identity: LIBRARY.exercise(identity).name
    )


def text_of(page: str) -> str:
    """The page as it is read."""
    body = page.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#x27;", "'").split())


@pytest.mark.parametrize("identity", sorted(LIBRARY.exercises))
def test_every_exercise_is_drawn(identity: str) -> None:
    drawing = LIBRARY.drawing(identity)
    assert drawing is not None
    root = ET.fromstring(drawing)  # noqa: S314  our own

    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == "0 0 240 150"
    assert root.findtext("{http://www.w3.org/2000/svg}title")
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg",
        "title",
        "path",
        "circle",
        "rect",
    }
    assert b"#d2571a" in drawing, "nothing says where it moves"


def test_an_exercise_of_the_same_name_or_with_another_hold_stands_on_the_page_too() -> None:
    bridge = exercise(hold_for(5, "Lift your hips."))
    longer = replace(bridge, moves=(hold_for(20, "Lift your hips."),))
    other = replace(bridge, moves=(hold_for(5, "Stand on one foot."),))

    assert exercises_of(session(bridge, longer, other, bridge)) == [bridge, longer, other]


def test_an_own_exercise_never_gets_the_drawing_of_a_bundled_one(user: User) -> None:
    own = "{name: Bridge, say: Stand like the pillar of a bridge., hold: 5s}"
    steps = f"  - exercise: warm-up\n  - exercise: {own}\n  - exercise: cool-down\n"
    script = user.write("own.yaml", f"title: Own\nsteps:\n{steps}")
    user.cuemat("handout", script, "-o", script.with_suffix(".html"))
    page = script.with_suffix(".html").read_text(encoding="utf-8")

    assert '<img alt="Warm-up"' in page
    assert '<img alt="Bridge"' not in page


def test_a_screen_reader_finds_its_way() -> None:
    """The rules of axe that were broken: one main landmark around everything, and no nameless header."""
    page = page_of("core-strength")
    body = f"<body>{page.partition('<body>')[2].partition('</html>')[0]}"
    body = re.sub(r"<img([^>]*)>", r"<img\1/>", body).replace("&ensp;", " ")
    root = ET.fromstring(body)  # noqa: S314  our own

    assert [child.tag for child in root] == ["header", "main"]
    assert all("".join(cell.itertext()).strip() for cell in root.iter("th"))
    assert {cell.get("scope") for cell in root.iter("th")} == {"col", "row"}
    assert all(image.get("alt") for image in root.iter("img"))


def test_no_drawing_is_left_over() -> None:
    drawn = {path.stem for path in DRAWINGS.iterdir()}

    assert drawn == {*LIBRARY.exercises}


@pytest.mark.parametrize("name", sorted(LIBRARY.scripts))
def test_every_exercise_stands_on_the_page_with_dose_caution_and_drawing(name: str) -> None:
    page, loaded = page_of(name), LIBRARY.load(name).session
    text = text_of(page)
    exercises = exercises_of(loaded)

    for one in exercises:
        assert one.name in text
        assert one.caution is None or one.caution.text in text
    assert loaded.title in text
    assert all(need in text for need in loaded.needs)
    images = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert [b64decode(image) for image in images] == [LIBRARY.drawing(one.id) for one in exercises]


def test_the_doses_of_the_morning() -> None:
    doses = re.findall(r'<div class="dose">(.*?)</div>', page_of("morning-stretch"))

    assert doses == [
        "2 min",
        "3–5 times",
        "5 times, hold 5 s · 1 more every day, up to 30",
        "2–3 times each side, in turn, hold 5 s",
        "2–3 times each side, in turn, hold 5–10 s",
        "2 min",
    ]


@pytest.mark.parametrize(("times", "boxes"), [(None, 1), (1, 1), (2, 2), (9, 3)])
def test_there_are_boxes_for_four_weeks(times: int | None, boxes: int) -> None:
    page = as_page(session(exercise(hold_for(5)), schedule=Schedule(times, 7)), lambda _: None)

    assert page.count("<i></i>") == WEEKS * 7 * boxes
    assert "Week 4" in text_of(page)


def test_the_safety_lines_are_those_that_the_coach_says() -> None:
    text = text_of(page_of("morning-stretch"))

    assert all(line in text for line in (*phrases.SAFETY_FULL[1:], *phrases.CLOSING))


def test_the_page_needs_nothing_else() -> None:
    page = page_of("full-back-care")

    assert re.findall(r"https?://|<script|<link|url\(|@import", page) == []
    assert "default-src 'none'" in page


def test_what_a_script_says_cannot_break_out_of_the_page() -> None:
    one = exercise(
        hold_for(5, EVIL, EVIL),
        name=EVIL,
        position=EVIL,
        dose=Dose(reps=(Range(3, 3),), sides=Sides.EACH),
        easier=Easier(words(EVIL), position=words(EVIL), needs=(EVIL,), exercise=EVIL),
        harder=EVIL,
        prepare=words(EVIL),
        **dict.fromkeys(("setup", "feel", "fault", "caution"), words(EVIL)),
        needs=(EVIL,),
    )
    drawing = b"<svg onload='alert(1)'><script>alert(1)</script></svg>"
    page = as_page(session(one, about=EVIL, needs=(EVIL,)), lambda _: drawing)

    assert page.count("<script") == 0
    assert "onload" not in page
    assert "\u0007" not in page


def test_a_repeated_exercise_stands_there_once_and_the_sides_are_told() -> None:
    one = exercise(hold_for(5, "Lift your <side> leg."), dose=Dose(sides=Sides.EACH))
    page = as_page(session(RepeatStep(HERE, 3, (ExerciseStep(HERE, one),))), lambda _: None)

    assert page.count("<article") == 1
    assert "Lift your right leg." in text_of(page)
    assert "Then the same with the left side." in text_of(page)


def test_the_page_says_what_is_easier_what_to_fetch_and_who_leaves_it_out() -> None:
    one = exercise(
        hold_for(10),
        dose=Dose(reps=(Range(10, 10),)),
        prepare=words("Put a chair beside you."),
        easier=Easier(hold=0.5, reps=0.6),
        harder="side-plank",
        avoid_if=(Avoid.HIP, Avoid.BONES),
    )
    text = text_of(as_page(session(one), lambda _: None))

    assert "Put a chair beside you. On your back." in text
    assert "Easier: half the hold, 6 of 10" in text
    assert "Harder: Side plank" in text
    assert "Leave it out with: a replaced hip, weak bones" in text


def test_an_easier_exercise_has_its_name_and_an_easier_way_its_place() -> None:
    other = exercise(hold_for(5), easier=Easier(exercise="pelvic-tilt"))
    seated = exercise(
        hold_for(5), easier=Easier(say=words("Do it seated."), position=words("sitting"), needs=("chair",))
    )
    page = text_of(
        as_page(session(other, seated), lambda _: None, {"pelvic-tilt": "Pelvic tilt"}.__getitem__)
    )

    assert "Easier: Pelvic tilt" in page
    assert "Easier: Do it seated. Sitting. Chair." in page


def test_walks_breaths_and_intervals_stand_on_the_page_in_their_order_each_once() -> None:
    dose = Dose(reps=(Range(4, 4),), rest=10, intervals=True)
    march, jump = (
        exercise(Move(words(f"{name}."), None, move=Range(20.0, 20.0)), name=name, dose=dose)
        for name in ("March", "Jump")
    )
    steps = (
        WalkStep(HERE, 600),
        RepeatStep(HERE, 2, (IntervalsStep(HERE, 20, 10, 8, (march, jump)),)),
        BreatheStep(HERE, 4, 8, 4, hold=7),
        BreatheStep(HERE, 4, 4, 6, hold=4, rest=4),
    )
    text = text_of(as_page(session(*steps), lambda _: None))

    told = [
        "Walk: 10 min; turn round after 5 min",
        "In turn: 8 rounds: work 20 s, rest 10 s",
        "1 March 4 rounds: work 20 s, rest 10 s On your back. March.",
        "2 Jump 4 rounds: work 20 s, rest 10 s",
        "Breathing: in 4 s, hold 7 s, out 8 s, 4 times",
        "Breathing: in 4 s, hold 4 s, out 4 s, rest 4 s, 6 times",
    ]
    assert [text.count(line) for line in told] == [1] * len(told)
    assert sorted(told, key=text.index) == told


def test_nothing_is_needed_if_the_author_says_so() -> None:
    one = exercise(hold_for(5), needs=("mat",))

    assert "You need: mat" in text_of(as_page(session(one), lambda _: None))
    assert "You need" not in text_of(as_page(session(one, needs_nothing=True), lambda _: None))


def test_every_two_hours_has_its_boxes() -> None:
    page = as_page(session(exercise(hold_for(5)), schedule=Schedule(every_hours=2)), lambda _: None)

    assert "How often: every two hours" in text_of(page)
    assert page.count("<i></i>") == WEEKS * 7 * 3


def test_handout_writes_a_page_and_overwrites_only_when_forced(user: User) -> None:
    first = user.cuemat("handout", "morning-stretch", "-o", "morning.html")
    again = user.cuemat("handout", "morning-stretch", "-o", "morning.html")

    assert (first.code, first.stderr) == (0, "")
    assert first.stdout == "morning.html: Morning stretch; open it in a browser and print it\n"
    assert (user.home / "morning.html").read_text("utf-8") == page_of("morning-stretch")
    assert (again.code, again.stderr) == (2, "cuemat: morning.html already exists; --force overwrites it\n")
    assert user.cuemat("handout", "desk-break", "-o", "morning.html", "--force").code == 0


def test_handout_wants_a_name_that_a_browser_knows(user: User) -> None:
    outcome = user.cuemat("handout", "morning-stretch", "-o", "morning.pdf")

    assert outcome.code == 2
    assert outcome.stderr == (
        "cuemat: morning.pdf: a hand-out is a web page; choose a name that ends in .html\n"
    )


def test_somebodys_own_exercise_never_gets_the_drawing_of_the_bundled_one(user: User) -> None:
    user.write("data/scripts/exercises/bridge.yaml", "name: My bridge\nsay: Lift.\nhold: 9s\n")
    user.write("data/scripts/mine.yaml", "title: Mine\nsteps:\n  - exercise: bridge\n")
    user.cuemat("handout", "mine", "-o", "plain.html")
    user.write("data/scripts/exercises/drawings/bridge.svg", "<svg/>")
    user.cuemat("handout", "mine", "-o", "drawn.html")

    assert "data:image" not in (user.home / "plain.html").read_text("utf-8").partition("<body>")[2]
    assert "PHN2Zy8+" in (user.home / "drawn.html").read_text("utf-8")
