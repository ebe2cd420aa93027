"""`cuemat play --plain`: one line for each phase, single keys, a calm end."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.app import live
from player.app.live import starting_point
from player.app.typed_keys import named
from player.cli.plain import Plain
from player.cli.root import make_root
from player.diary.bookmark import FILE, read_unfinished
from player.engine import Done, Jump, SeekTo, Snapshot, State
from player.errors import UserError
from player.layout import Outline
from player.testing.waiting import wait_until
from player.timeline import Activity, Frames, MarkKind, PhaseKind
from player.transport import LivePosition

from tests.commands import User
from tests.sessions import HERE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from player.app.ports import Surroundings
    from player.app.request import Request
    from player.library import Script

SHORT = """\
title: Short
steps:
  - exercise: {name: Warm, role: warm-up, say: March., move: 1s}
  - exercise: {name: Bridge, say: Lift., hold: 5s, reps: 2}
  - exercise: {name: Cool, role: cool-down, say: Breathe., move: 1s}
"""
NOW = Snapshot(
    state=State.PLAYING,
    place=LivePosition(1, Frames(0)),
    title="Bridge",
    phase=PhaseKind.HOLD,
    phase_length=5.0,
    phase_left=5.0,
    activity=Activity("Bridge", "bridge", "on your back", 1, 2, 3, 10, "left", 1, 4),
    saying="",
    elapsed=65.0,
    length=600.0,
    estimated=False,
    prepared=4,
    sections=4,
    can_next=True,
    volume=1.0,
    muted=False,
    device="a test",
    remark=False,
)


@pytest.fixture
def user(tmp_path: Path, spoken: Path) -> User:
    user = User(tmp_path, spoken)
    user.write("short.yaml", SHORT)
    return user


def test_a_listener_with_keys_is_told_which_one_resumes_and_where_a_key_has_led() -> None:
    plain = Plain({"toggle": ("x",)}, reads_keys=True)
    paused = replace(NOW, state=State.PAUSED)
    list(plain.lines(NOW))

    assert list(plain.lines(paused)) == ["1:05  paused; x resumes"]
    moved = replace(paused, place=LivePosition(2, Frames(0)), title="Cat", elapsed=90.0)
    assert list(plain.lines(moved)) == ["1:30  Cat  (8:30 left)"]
    plain.forget()
    assert list(plain.lines(moved)) == ["1:30  paused; x resumes"]


def test_a_listener_who_is_waited_for_is_told_which_key_goes_on() -> None:
    waiting = replace(NOW, state=State.WAITING, waits=True, remark=True)

    assert list(Plain(reads_keys=True).lines(waiting)) == [
        "1:05  waiting for you; press enter when you are done"
    ]
    plain = Plain()
    list(plain.lines(NOW))
    assert list(plain.lines(waiting)) == ["1:05  waiting for you"]
    assert list(plain.lines(waiting)) == []
    after = replace(NOW, place=LivePosition(2, Frames(0)), title="Cat")
    assert next(plain.lines(after)) == "1:05  Cat  (8:55 left)"
    assert plain.command("enter") == Done()


def test_a_phase_is_one_line_with_set_rep_side_and_length() -> None:
    plain = Plain()

    assert list(plain.lines(NOW)) == [
        "1:05  Bridge  (8:55 left)",
        "1:05    hold, set 1 of 2, rep 3 of 10, left, 5 s",
    ]
    assert list(plain.lines(replace(NOW, elapsed=67.0, phase_left=3.0))) == []


def test_what_is_only_estimated_is_marked() -> None:
    assert next(Plain().lines(replace(NOW, estimated=True))).startswith("≈1:05")


def test_messages_and_pauses_are_told_once() -> None:
    plain = Plain()
    list(plain.lines(NOW))
    paused = replace(NOW, state=State.PAUSED, message="sound would now come from Speakers; paused")

    assert list(plain.lines(paused)) == ["1:05  sound would now come from Speakers; paused", "1:05  paused"]
    assert list(plain.lines(paused)) == []


def test_keys_are_named_and_unknown_sequences_are_dropped() -> None:
    assert named(" n\x1b[C\x1b[D\x1bOCq\x1b[1;5C") == ["space", "n", "right", "left", "right", "q", "right"]
    assert named("\x1b[A\x1bOB\x1b[5~\x1b[15~\x1bOP\x1b[3~\r\x7f\x14") == [
        *("up", "down", "pageup", "f5", "f1", "delete", "enter", "backspace", "ctrl+t"),
    ]
    assert named("\x1b\x1b[200~\x1b[Zx\x1b") == ["x"]


@given(st.text(alphabet="\x1b[O1;~ABCZ nq", max_size=12))
def test_whatever_is_typed_is_a_list_of_names(typed: str) -> None:
    assert all(name and "\x1b" not in name for name in named(typed))


@pytest.mark.parametrize("key", ["space", "n", "b", "left", "right", "r", "t", "w", "q", "0", "9", "m", "+"])
def test_each_key_that_lines_can_obey_asks_something_of_the_engine(key: str) -> None:
    assert Plain().command(key) is not None


def test_keys_that_only_a_screen_can_obey_ask_for_nothing() -> None:
    assert [Plain().command(key) for key in ("g", "e", "?", "x")] == [None] * 4


@pytest.mark.parametrize("reads_keys", [False, True])
def test_the_coach_names_keys_only_to_a_listener_who_can_press_them(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    *,
    reads_keys: bool,
) -> None:
    seen: list[Request] = []

    def begin(_script: Script, request: Request, _around: Surroundings) -> NoReturn:
        seen.append(request)
        raise UserError("enough")  # noqa: EM101  what it is for is done

    monkeypatch.setenv("CUEMAT_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setattr(live, "live", begin)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: reads_keys, fileno=lambda: 0))
    task = make_root().main(["play", "first-time", "--plain"], standalone_mode=False)
    with pytest.raises(UserError, match="enough"):
        task.work()

    assert [request.keys_as_told for request in seen] == [reads_keys]


OUTLINES = tuple(
    Outline(title, MarkKind.EXERCISE, HERE, (), (), identity)
    for title, identity in (
        ("Hello", None),
        ("Pelvic tilt", "pelvic-tilt"),
        ("Cat stretch", "cat"),
        ("Cat stretch", "cat"),
    )
)


@pytest.mark.parametrize(
    ("start", "command"),
    [
        ("3:20", SeekTo(200)),
        ("45", SeekTo(45)),
        ("Pelvic Tilt", Jump(1)),
        ("cat", Jump(2)),
        ("cat stretch", Jump(2)),
        (None, None),
    ],
)
def test_from_takes_a_time_a_name_or_an_id(start: str | None, command: object) -> None:
    assert starting_point(start, OUTLINES, 600.0) == command


def test_a_minute_has_sixty_seconds() -> None:
    with pytest.raises(UserError, match="--from 3:99 has more than 59 seconds"):
        starting_point("3:99", OUTLINES, 600.0)


def test_an_unknown_exercise_is_met_with_what_was_meant() -> None:
    with pytest.raises(UserError, match="did you mean 'pelvic tilt'"):
        starting_point("pelvik tilt", OUTLINES, 600.0)


def test_what_only_the_choices_make_endless_is_not_begun(user: User) -> None:
    steps = "".join(f"  - exercise: {{name: E{n}, say: Go., move: 1s}}\n" for n in range(20))
    user.write("long.yaml", f"title: Long\nsteps:\n{steps}")
    done = user.cuemat("play", "long.yaml", "--plain", "--output", "silent", "--extra-get-ready", "600")

    assert done.code == 2
    assert "the limit is three hours, so split it" in done.stderr


def test_speed_is_refused_with_the_reason(user: User) -> None:
    outcome = user.cuemat("play", "short.yaml", "--speed", "2")

    assert outcome.code == 2
    assert "it would change how long you hold and rest, which is the dose" in outcome.stderr


def test_without_a_sound_card_it_says_what_to_do_instead(user: User) -> None:
    nothing = {
        "PULSE_SERVER": "unix:/nowhere",
        "XDG_RUNTIME_DIR": str(user.home),
        "ALSA_CONFIG_PATH": "/dev/null",
    }
    words = ("--plain", "--output", "miniaudio", "--from", "0:01")
    outcome = user.cuemat("play", "short.yaml", *words, more=nothing)

    assert not (user.home / "state" / FILE).exists()
    assert outcome.code == 1
    assert len(outcome.stderr.strip().splitlines()) == 1
    assert "cuemat export" in outcome.stderr
    assert "--output silent" in outcome.stderr


def test_an_unknown_output_is_refused(user: User) -> None:
    outcome = user.cuemat("play", "short.yaml", "--plain", "--output", "silnt")

    assert outcome.code == 2
    assert "did you mean 'silent'" in outcome.stderr


def begun(user: User, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "player", "play", "short.yaml", "--plain", "--output", "silent", *arguments],
        cwd=user.home,
        env=user.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_calmly_and_says_how_to_go_on(user: User, number: int) -> None:
    with begun(user) as process:
        assert process.stdout is not None
        while "talk" not in process.stdout.readline():
            assert process.poll() is None
        wait_until((user.home / "state" / FILE).exists, "the place is not kept")
        process.send_signal(number)
        rest, complaint = process.communicate(timeout=20)

    assert process.returncode == 0
    assert complaint.replace("short.yaml", "") == ""
    assert re.fullmatch(r"stopped at 0:0\d; resume with: cuemat play --continue", rest.splitlines()[-1])
    kept = read_unfinished(user.home / "state" / FILE)
    assert kept is not None
    assert kept.title == "Short"


def test_the_session_is_told_phase_by_phase_to_its_end(user: User) -> None:
    user.write("short.yaml", "title: Short\nsteps:\n  - silence: 2s\n")
    with begun(user, "--coaching", "brief", "--rate", "450", "--from", "0:12") as process:
        told, _ = process.communicate(timeout=100)
    lines = [re.sub(r"^≈?\d+:\d\d +", "", line) for line in told.splitlines()]

    assert any(line.startswith("The end  (") for line in lines)
    assert lines[-3].startswith("talk, ")
    assert lines[-2:] == ["done, 3 s", "the end"]
    assert process.returncode == 0


def test_keys_steer_it_and_the_terminal_is_given_back(user: User) -> None:
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", "player", "play", "short.yaml", "--plain", "--output", "silent"]
    with subprocess.Popen(
        command,
        cwd=user.home,
        env=user.environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        close_fds=True,
    ) as process:
        read = reader(master)
        read(lambda text: "talk" in text)
        os.write(master, b" ")
        read(lambda text: "paused" in text)
        os.write(master, b"nn")
        os.write(master, b" ")
        read(lambda text: "Bridge" in text)
        os.write(master, b"q")
        read(lambda text: "stopped" in text)
        assert process.wait(timeout=20) == 0
    import termios  # noqa: PLC0415  exists wherever there is a pty

    assert termios.tcgetattr(terminal)[3] & termios.ICANON
    os.close(terminal)
    os.close(master)


def reader(terminal: int) -> Callable[[Callable[[str], bool]], str]:
    """Reads from a terminal until the text is complete; gives up after a while."""
    seen = ""

    def read(wanted: Callable[[str], bool]) -> str:
        nonlocal seen

        def is_read() -> bool:
            nonlocal seen
            if select.select([terminal], [], [], 0.2)[0]:
                seen += os.read(terminal, 4096).decode(errors="replace")
            return wanted(seen)

        wait_until(lambda: wanted(seen) or is_read(), "what is wanted never comes", patience=30)
        return seen

    return read
