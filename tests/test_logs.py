"""The log: what it contains, what it never contains, and that its failures disturb no one."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from player import __version__
from player.app.logs import OLD_ONES, SIZE_AT_MOST, keep_log
from player.words import discreet

from tests.commands import User

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger("player.test")
SCRIPT = "title: Secret\nsteps:\n  - say: Nobody shall read this.\n"
BUG = """\
from player.cli import main, running
running._run = lambda options: 1 // 0
raise SystemExit(main({arguments!r}))
"""
DEATH = """\
import os
from player.cli import main, running
running._run = lambda options: os.abort()
main(["play", "first-time"])
"""
TWO_WRITERS = """\
import logging, sys
from pathlib import Path
from player.app.logs import keep_log
with keep_log(Path(sys.argv[1]), verbose=False, on_screen=False):
    for number in range(2000):
        logging.getLogger("player.test").info("%s %04d %s", sys.argv[2], number, "." * 60)
"""


@pytest.fixture
def user(tmp_path: Path) -> User:
    return User(tmp_path, forks=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "cuemat.log"


def kept(user: User) -> str:
    return (user.home / "state" / "cuemat.log").read_text("utf-8")


def python(user: User, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=user.home,
        env={**user.environment, "HOME": str(user.home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_run_leaves_its_beginning_and_its_end_and_nothing_on_the_screen(user: User) -> None:
    done = user.cuemat("check", "first-time")
    first, *_, last = kept(user).splitlines()

    python = f"Python {sys.version.split()[0]} on {sys.platform}"
    assert first.endswith(f"INFO player.cli.running: check, version {__version__}, {python}")
    assert last.endswith(f"exit code {done.code}")
    assert "player.cli" not in done.stdout + done.stderr


def test_what_was_foreseen_is_in_the_log_as_it_was_told(user: User) -> None:
    user.cuemat("show", "morning-strech")

    assert "UserError: unknown session 'morning-strech'" in kept(user)


def test_mistakes_in_scripts_are_named_by_their_places_alone(user: User) -> None:
    user.write("mine.yaml", SCRIPT.replace("say", "sey"))
    user.cuemat("show", "mine.yaml")

    assert "mistakes in scripts: 1, at mine.yaml:3:5" in kept(user)
    assert "sey" not in kept(user)


@pytest.mark.parametrize("arguments", [("--verbose", "show"), ("show", "--verbose")])
def test_verbose_keeps_more_and_says_what_is_done(user: User, arguments: tuple[str, ...]) -> None:
    user.write("mine.yaml", SCRIPT)
    quiet = user.cuemat("show", "mine.yaml")
    said = user.cuemat(*arguments, "mine.yaml", "--rate", "166")

    assert "DEBUG" in kept(user)
    assert said.stderr.startswith(f"cuemat: show, version {__version__}, ")
    assert "cuemat: exit code 0\n" in said.stderr
    assert "the voice is asked for" not in said.stderr
    assert "exit code" not in quiet.stderr


def test_no_word_of_a_script_is_in_the_log(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    user.cuemat("--verbose", "export", "mine.yaml", "-o", "mine.wav")

    assert "written: wav" in kept(user)
    assert "Nobody" not in kept(user)
    assert "Secret" not in kept(user)


def test_what_is_personal_stays_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")

    assert discreet("/home/anna/a, /home/annabel/b") == "~/a, /home/annabel/b"
    assert discreet("failed at “Lift your hips.”: late") == "failed at “…”: late"
    assert discreet("a\x1b[31m\nb") == "a?[31m\nb"


def test_only_its_user_can_read_it(user: User) -> None:
    user.cuemat("list")

    assert (user.home / "state" / "cuemat.log").stat().st_mode & 0o777 == 0o600


def test_a_full_log_is_put_aside_and_only_so_many_are_kept(path: Path) -> None:
    with keep_log(path, verbose=False, on_screen=False):
        for number in range(6 * SIZE_AT_MOST // 1000):
            log.info("%d %s", number, "." * 1000)
    files = sorted(path.parent.iterdir())

    assert [file.name for file in files] == ["cuemat.log", "cuemat.log.1", "cuemat.log.2"]
    assert len(files) == 1 + OLD_ONES
    assert all(file.stat().st_size <= SIZE_AT_MOST for file in files)


def test_two_players_at_once_write_whole_lines(path: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", TWO_WRITERS, path, name]) for name in ("one", "two")]
    assert [one.wait(60) for one in both] == [0, 0]
    lines = [line for file in path.parent.iterdir() for line in file.read_text().splitlines()]

    assert all(line.endswith("." * 60) for line in lines)
    assert sorted(line.split(": ")[1][:8] for line in lines) == sorted(
        f"{name} {number:04d}" for name in ("one", "two") for number in range(2000)
    )


@pytest.mark.parametrize("place", ["/proc/nowhere/cuemat.log", "/dev/full"])
def test_a_log_that_cannot_be_kept_is_nobodys_trouble(
    place: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "cuemat.log"
    path.symlink_to(place)
    with keep_log(path, verbose=True, on_screen=False) as kept:
        log.info("hello")

    assert not kept.wrote
    assert capfd.readouterr() == ("", "")


def test_a_command_needs_no_log(user: User) -> None:
    user.write("state", "a file where the folder should be")
    done = user.cuemat("list")

    assert (done.code, done.stderr) == (0, "")


def test_nothing_is_left_behind_in_python_itself(path: Path) -> None:
    before = (logging.getLogger().handlers[:], logging.getLogger("player").level, threading.excepthook)
    with keep_log(path, verbose=True, on_screen=True):
        assert logging.getLogger("player").level == logging.DEBUG

    assert (logging.getLogger().handlers, logging.getLogger("player").level, threading.excepthook) == before


def test_what_a_thread_raises_is_in_the_log(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with keep_log(path, verbose=False, on_screen=False):
        thread = threading.Thread(target=lambda: 1 // 0, name="stock")
        thread.start()
        thread.join()

    assert "the thread stock failed\nTraceback" in path.read_text()
    assert "ZeroDivisionError" in path.read_text()
    assert capfd.readouterr().err == ""


# --- a bug -------------------------------------------------------------------------------------------------


def test_a_bug_is_told_calmly_and_its_traceback_is_in_the_log(user: User) -> None:
    done = python(user, BUG.format(arguments=["list"]))

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "cuemat: something went wrong inside Cuemat.",
        "This is a bug in Cuemat, not a mistake of yours; no file was left half written.",
        "The details are in ~/state/cuemat.log",
    ]
    assert f"a bug in cuemat {__version__}, list\nTraceback" in kept(user)
    assert "ZeroDivisionError" in kept(user)
    assert str(user.home) not in kept(user)


def test_verbose_shows_the_traceback_too(user: User) -> None:
    done = python(user, BUG.format(arguments=["list", "--verbose"]))

    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.count("Traceback") == 1


def test_a_bug_that_cannot_be_logged_shows_its_traceback_after_all(user: User) -> None:
    user.write("state", "a file where the folder should be")
    done = python(user, BUG.format(arguments=["list"]))

    assert "ZeroDivisionError" in done.stderr
    assert "The details are in" not in done.stderr


def test_what_ends_the_whole_program_leaves_where_it_was(user: User) -> None:
    done = python(user, DEATH)

    assert done.returncode < 0
    assert "Fatal Python error: Aborted" in kept(user)
    assert done.stderr == ""


def test_a_log_that_is_full_when_a_run_begins_makes_room(user: User) -> None:
    full = user.write("state/cuemat.log", "x" * SIZE_AT_MOST)
    user.cuemat("list")

    assert full.stat().st_size < SIZE_AT_MOST
    assert full.with_name("cuemat.log.1").stat().st_size == SIZE_AT_MOST
