"""An unfinished session can be resumed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.app.following import UNSURE, Follower, bookmark_file, find_unfinished, follower
from player.app.request import Request, Wishes
from player.diary.bookmark import Bookmark, read, read_unfinished, write
from player.diary.keeper import HEARTBEAT, SPARED, Keeper
from player.diary.moment import Moment
from player.engine import Pause, Quit, State
from player.library import Library
from player.session import Coaching

from tests.commands import User
from tests.test_engine import RATE, Player
from tests.test_faults import home, playing, pump

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["home"]

NOW = 1_800_000_000.0
OTHER = 2**22 + 1
"""No process has this number."""
STOPPED = Bookmark("test", "Test", "Bridge", 1, 250, 7.5, NOW, OTHER, {"version": 2, "wishes": {"day": 3}})
TITLES = ("Hello", "Bridge", "Cat", "The end")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CUEMAT_STATE", str(tmp_path / "state"))
    return bookmark_file()


# --- the file ------------------------------------------------------------------------------------------


def test_what_was_written_is_read(file: Path) -> None:
    write(file, STOPPED)

    assert read_unfinished(file) == STOPPED
    assert [path.name for path in file.parent.iterdir()] == ["bookmark.json"]


def test_no_file_is_no_bookmark(file: Path) -> None:
    assert read_unfinished(file) is None


@given(st.binary(max_size=60) | st.sampled_from([b"[" * 9_000, b"null", b"{}", b'{"session": 1}']))
def test_a_file_that_makes_no_sense_is_no_bookmark(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("state") / "bookmark.json"
    path.write_bytes(data)

    assert read(path) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"section": -1}, {"frame": 1.5}, {"section": True}, {"pid": "1"}, {"elapsed": float("nan")},
        {"elapsed": float("inf")}, {"at": -1}, {"title": None}, {"elapsed": True},
    ],
    ids=str,
)  # fmt: skip
def test_a_file_that_another_program_wrote_is_no_bookmark(file: Path, wrong: dict[str, object]) -> None:
    write(file, STOPPED)
    file.write_text(json.dumps(asdict(STOPPED) | wrong), encoding="utf-8")

    assert read(file) is None


@pytest.mark.parametrize(
    ("kept", "wishes"),
    [
        (
            {"choices": ["--day=3", "--music-level=-3.0", "--rate=9", "--bogus=1", "day"]},
            Wishes(day=3, music_level=-3.0),
        ),
        ({"choices": "--day=3"}, Wishes()),
        ({"choices": [1, None], "request": 7}, Wishes()),
        (
            {"request": {"version": 99, "wishes": {"day": 3, "mood": "good"}, "plan": "x"}, "soul": 1},
            Wishes(day=3),
        ),
        ({"request": {"version": 2, "wishes": {"day": 0, "rate": 9, "level": 2, "ticks": "on"}}}, Wishes()),
        (
            {"request": {"version": 2, "wishes": {"day": 3, "level": 0.5, "coaching": "brief"}}},
            Wishes(level=0.5, coaching=Coaching.BRIEF),
        ),
        ({"request": {"version": 2, "wishes": [1]}}, Wishes()),
        ({"below": {"session": 1}}, Wishes(day=3)),
    ],
    ids=["older", "older, broken", "older, odd", "newer", "out of range", "both", "none", "odd below"],
)  # fmt: skip
def test_a_file_of_another_version_offers_its_place_and_what_can_be_read_of_its_wishes(
    file: Path, kept: dict[str, object], wishes: Wishes
) -> None:
    write(file, STOPPED)
    content = json.loads(file.read_text("utf-8"))
    if "choices" in kept:
        del content["request"]
    file.write_text(json.dumps(content | kept), encoding="utf-8")
    found = find_unfinished()

    assert found is not None
    assert (found.request.session, found.request.wishes) == ("test", wishes)


def test_a_session_whose_id_begins_with_a_dash_can_be_resumed(file: Path) -> None:
    write(file, replace(STOPPED, session="--help"))
    found = find_unfinished()

    assert found is not None
    assert found.request.session == "--help"


def test_a_run_that_still_plays_offers_nothing(file: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as another:
        write(file, replace(STOPPED, at=time.time(), pid=another.pid))
        while_it_ran = read_unfinished(file)
        another.kill()

    assert while_it_ran is None
    assert read_unfinished(file) is not None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a process is a zombie")
def test_a_run_whose_parent_has_not_looked_after_it_is_over(file: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as another:
        os.waitid(os.P_PID, another.pid, os.WEXITED | os.WNOWAIT)
        write(file, replace(STOPPED, at=time.time(), pid=another.pid))

        assert read_unfinished(file) is not None


def test_a_process_that_only_has_the_same_number_does_not_count(file: Path) -> None:
    write(file, replace(STOPPED, at=time.time() - 60, pid=os.getpid()))

    assert read_unfinished(file) is not None


# --- what it says --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "when"), [(0, r"today at \d\d:\d\d"), (86_400, r"yesterday at"), (864_000, r"on \d+ \w+ at")]
)
def test_it_tells_what_stopped_when_and_where(ago: float, when: str) -> None:
    told = replace(STOPPED, at=time.time() - ago).describe()

    assert re.fullmatch(rf"Test stopped at 0:07, in Bridge, {when}.*", told)


def test_nothing_in_it_reaches_the_terminal_as_a_control() -> None:
    assert replace(STOPPED, title="\x1b[31mTest\u202e").describe().isprintable()


@pytest.mark.parametrize("at", [1e300, 1e15])
def test_a_clock_that_was_set_oddly_is_no_fault(at: float) -> None:
    assert replace(STOPPED, at=at).describe() == "Test stopped at 0:07, in Bridge"


def test_a_place_is_found_again() -> None:
    assert STOPPED.find(TITLES) == (1, 250)


@pytest.mark.parametrize(
    ("exercise", "place"), [("Cat", (2, 0)), ("Plank", (0, 0))], ids=["moved", "taken out"]
)
def test_an_exercise_of_an_edited_session_begins_at_its_start(exercise: str, place: tuple[int, int]) -> None:
    assert replace(STOPPED, exercise=exercise).find(TITLES) == place


@pytest.mark.parametrize(
    ("now", "day", "level"),
    [(Wishes(), 3, None), (Wishes(day=5), 5, None), (Wishes(level=0.0), None, 0.0)],
)
def test_what_was_wished_then_is_wished_now_unless_something_else_is(
    file: Path, now: Wishes, day: int | None, level: float | None
) -> None:
    write(file, STOPPED)
    found = find_unfinished(Request("", replace(now, volume=40)))

    assert found is not None
    assert (found.request.session, found.request.resumes) == ("test", True)
    wishes = found.request.wishes
    assert (wishes.day, wishes.level, wishes.volume) == (day, level, 40)


# --- following what plays ------------------------------------------------------------------------------


class Followed:
    """A pumped engine and its keeper."""

    def __init__(self, *, resumes: bool = False, until_done: Collection[int] = ()) -> None:
        self.player = Player(until_done=until_done)
        self.script = Library.found().load("first-time")
        request = Request("first-time", resumes=resumes)
        self.keeper: Follower = follower(
            self.player.engine,
            self.script,
            request,
            self.player.stock.outlines,
            lambda: self.player.now,
            RATE,
        )

    def hear(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.player.hear(0.1)
            self.keeper.look()


MINE = replace(STOPPED, session="first-time")


def test_it_is_never_ahead_of_what_is_heard_and_never_far_behind(file: Path) -> None:
    followed = Followed()
    for _ in range(60):
        followed.hear(0.1)
        heard = followed.player.place
        found = read(file)
        assert found is not None
        assert found.section == heard[0]
        assert found.frame == max(0, heard[1] - UNSURE * RATE)


def test_a_session_that_ended_leaves_nothing(file: Path) -> None:
    followed = Followed()
    followed.hear(25)
    followed.keeper.close()

    assert followed.player.state is State.ENDED
    assert not file.exists()


def test_a_session_that_was_quit_can_be_resumed_where_it_was(file: Path) -> None:
    followed = Followed()
    followed.hear(3)
    followed.player.do(Quit())
    followed.keeper.close()
    found = read_unfinished(file)

    assert found is not None
    assert (found.section, found.frame) == followed.player.place


def test_a_session_that_was_quit_while_it_waited_waits_again_when_it_is_resumed(file: Path) -> None:
    followed = Followed(until_done=[1])
    followed.hear(15)
    followed.player.do(Quit())
    followed.keeper.close()
    found = read_unfinished(file)
    assert found is not None
    assert (found.section, found.frame) == (1, 499)

    followed = Followed(resumes=True, until_done=[1])
    followed.player.turn()
    followed.hear(5)
    assert (followed.player.state, followed.player.place) == (State.WAITING, (1, 499))


def test_a_session_that_only_waits_at_its_very_end_leaves_nothing(file: Path) -> None:
    followed = Followed(until_done=[3])
    followed.hear(25)
    assert followed.player.state is State.WAITING
    followed.player.do(Quit())
    followed.keeper.close()

    assert not file.exists()


@pytest.mark.parametrize("before", [None, STOPPED, MINE], ids=["nothing", "another session", "this session"])
def test_a_session_that_was_never_heard_changes_nothing(file: Path, before: Bookmark | None) -> None:
    if before:
        write(file, before)
    keeper = Keeper(file, MINE.session, (MINE.title, ["Talk", "Bridge"]), {})
    keeper.take_back()
    preparing = Moment(section=1, frame=250, title="Bridge", elapsed=7.5, begun=False)
    keeper.look(preparing)
    keeper.close(preparing)

    assert read(file) == before


def test_a_pause_is_told_again_and_again_so_that_nobody_else_offers_it(file: Path) -> None:
    followed = Followed()
    followed.hear(1)
    followed.player.do(Pause())
    followed.keeper.look()
    before = read(file)
    assert before is not None
    write(file, replace(before, at=1.0))
    followed.player.now += HEARTBEAT
    followed.keeper.look()
    after = read(file)

    assert after is not None
    assert after.at >= before.at


def test_the_place_of_the_run_before_is_offered_and_spared_for_a_while(file: Path) -> None:
    write(file, MINE)
    followed = Followed()
    followed.hear(5)
    assert followed.keeper.offer() == f"{MINE.describe()}; c resumes it"
    assert read(file) == MINE
    followed.player.do(Pause())
    followed.player.now += SPARED
    followed.keeper.look()

    assert followed.keeper.offer() == ""
    assert read(file) != MINE


def test_going_on_is_to_be_where_it_was(file: Path) -> None:
    write(file, MINE)
    followed = Followed()
    followed.hear(1)
    followed.keeper.go_on()
    followed.player.turn()

    assert followed.player.place == (1, 250)
    assert followed.keeper.offer() == ""


def test_going_on_can_be_asked_for_at_once(file: Path) -> None:
    write(file, MINE)
    followed = Followed(resumes=True)
    followed.player.turn()

    assert followed.player.place == (1, 250)


def test_another_session_is_not_offered(file: Path) -> None:
    write(file, STOPPED)

    assert Followed().keeper.offer() == ""


def test_another_session_is_offered_again_once_this_one_has_ended(file: Path) -> None:
    write(file, STOPPED)
    followed = Followed()
    followed.hear(3)
    broken_off = read(file)
    assert broken_off is not None
    assert (broken_off.session, broken_off.below) == (MINE.session, STOPPED)
    followed.hear(25)
    followed.keeper.close()

    assert read_unfinished(file) == STOPPED


def test_the_place_below_another_session_is_found(file: Path) -> None:
    write(file, replace(STOPPED, below=MINE))
    followed = Followed()
    assert followed.keeper.offer() == f"{MINE.describe()}; c resumes it"
    followed.keeper.go_on()
    followed.hear(3)
    found = read(file)

    assert found is not None
    assert (found.session, found.below) == (MINE.session, STOPPED)


def test_a_script_by_its_path_and_its_music_are_found_from_any_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    with playing(home, monkeypatch, Wishes(music="glass.wav", day=2)) as (session, output):
        pump(session, output, 3)
    found = read_unfinished(bookmark_file())

    assert found is not None
    assert found.session == str(home / "faults.yaml")
    assert found.request["wishes"] == {"day": 2, "music": str(home / "glass.wav")}


# --- the commands --------------------------------------------------------------------------------------


def test_nothing_to_go_on_with_is_one_line(tmp_path: Path) -> None:
    done = User(tmp_path).cuemat("play", "--continue", "--plain")

    assert done.code == 2
    assert done.stderr == "cuemat: no session to resume; `cuemat list` shows the sessions\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "give either a SESSION or --continue"),
        (["first-time", "--continue"], "give either a SESSION or --continue"),
        (["--continue", "--from", "1:00"], "both say where to begin; give only one"),
    ],
)
def test_where_to_begin_is_said_once(tmp_path: Path, words: list[str], message: str) -> None:
    done = User(tmp_path).cuemat("play", *words)

    assert done.code == 2
    assert message in done.stderr
