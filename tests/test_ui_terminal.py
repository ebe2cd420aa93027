"""The panel on a real terminal: what it leaves behind, however it ends, and a whole session in tmux."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from player.app.exporting import free_name
from player.app.settings import read_settings, write_settings
from player.errors import UserError
from player.testing.waiting import wait_until
from player.ui.terminal import _Screen

from tests.commands import User
from tests.tmux import CUEMAT, PATIENCE, in_tmux, needs_tmux, noting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ALTERNATE, BACK, CURSOR = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"
SHOW = """\
import os, sys
from dataclasses import replace
from pathlib import Path
from player.app.request import Request
from player.testing.panel import Sessions, example
from player.ui.terminal import show

class Mine(Sessions):
    def rows(self):
        {rows}
        return super().rows()

try:
    print("parting:", show(replace(example(), sessions=Mine()), Path({log!r}), Request("")))
except RuntimeError as error:
    print("fault:", error)
"""
BROKEN = """\
from player.app.panel import LibrarySessions
from player.cli import main

def rows(self):
    raise RuntimeError("oh dear")

LibrarySessions.rows = rows
raise SystemExit(main([]))
"""
EXPORTING = """\
import sys
from dataclasses import replace
from pathlib import Path
from player.app.request import Request
from player.testing.panel import Exports, example
from player.testing.waiting import wait_until
from player.ui.terminal import show

class Slow(Exports):
    def write(self, order, progress):
        progress("writing", 1, 2)
        wait_until(Path({go!r}).exists, "nobody lets it go on")
        return Path("there")

print("parting:", show(replace(example(), exports=Slow()), Path({log!r}), Request("")))
"""


class Terminal:
    """A pseudo-terminal with a program on it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.master, self.slave = pty.openpty()
        termios.tcsetwinsize(self.slave, (24, 80))
        self.before = termios.tcgetattr(self.slave)
        self.seen = b""
        self.process = subprocess.Popen(
            command,
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env={**environment, "TERM": "xterm-256color"},
            start_new_session=True,
        )

    def read(self, seconds: float) -> None:
        """Take what has been written."""
        if select.select([self.master], [], [], seconds)[0]:
            self.seen += os.read(self.master, 65536)

    def wait_for(self, what: bytes | Callable[[], bool]) -> None:
        """Read until something is seen, or is so."""

        def came() -> bool:
            self.read(0.05)
            return what in self.seen if isinstance(what, bytes) else what()

        with noting(lambda: repr(self.seen[-2000:])):
            wait_until(came, f"{what!r} never came", PATIENCE)

    def end(self) -> bytes:
        """Wait for the program's end; everything that it wrote."""
        self.wait_for(lambda: self.process.poll() is not None)
        self.read(0)
        return self.seen

    def restored(self) -> bool:
        """The terminal is as it was found."""
        alternate = self.seen.rfind(BACK) > self.seen.rfind(ALTERNATE)
        cursor = self.seen.rfind(CURSOR) > self.seen.rfind(b"\x1b[?25l")
        mouse = self.seen.rfind(b"\x1b[?1000l") > self.seen.rfind(b"\x1b[?1000h")
        return alternate and cursor and mouse and termios.tcgetattr(self.slave) == self.before


@contextmanager
def terminal(user: User, *command: str) -> Iterator[Terminal]:
    opened = Terminal([sys.executable, *command], user.environment)
    try:
        yield opened
    finally:
        if opened.process.poll() is None:
            opened.process.kill()
            opened.process.wait()
        os.close(opened.master)
        os.close(opened.slave)


@pytest.fixture
def user(tmp_path: Path, spoken: Path) -> User:
    user = User(tmp_path, spoken)
    user.write("config.toml", '[sound]\noutput = "silent"\n')
    return user


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_terminal_as_it_was(user: User, number: signal.Signals) -> None:
    with terminal(user, "-m", "player") as screen:
        screen.wait_for(b"Settings")
        assert termios.tcgetattr(screen.slave) != screen.before
        screen.process.send_signal(number)
        screen.end()

        assert screen.process.returncode == 0
        assert screen.restored()


def test_a_signal_while_playing(user: User) -> None:
    user.write("short.yaml", SCRIPT)
    with terminal(user, "-m", "player", "play", str(user.home / "short.yaml")) as screen:
        screen.wait_for(b"then Warm")
        screen.process.terminate()
        screen.end()

        assert screen.process.returncode == 0
        assert screen.restored()


def test_plain_lines_are_still_there(user: User) -> None:
    user.write("short.yaml", SCRIPT)
    with terminal(user, "-m", "player", "play", "--plain", str(user.home / "short.yaml")) as screen:
        screen.wait_for(b"talk, ")
        screen.process.terminate()

        assert ALTERNATE not in screen.end()


def test_leaving_finishes_an_export_and_says_where_it_is(user: User) -> None:
    may_go_on = user.home / "may go on"
    code = EXPORTING.format(log=str(user.home / "log"), go=str(may_go_on))
    with terminal(user, "-c", code) as screen:
        screen.wait_for(b"Settings")
        os.write(screen.master, b"e")
        screen.wait_for(b"Folder")
        os.write(screen.master, b"\r")
        screen.wait_for(b"esc hide;")
        screen.seen = b""
        os.write(screen.master, b"q")
        screen.wait_for(b"Settings")
        os.write(screen.master, b"q")
        screen.wait_for(BACK)
        may_go_on.touch()
        seen = screen.end()

        assert b"parting: written: there" in seen[seen.rfind(BACK) :]


def test_stopping_and_going_on(user: User) -> None:
    with terminal(user, "-m", "player") as screen:
        screen.wait_for(b"Settings")
        screen.process.send_signal(signal.SIGSTOP)
        screen.wait_for(lambda: "T (stopped)" in status(screen.process.pid))
        screen.read(0)
        screen.process.send_signal(signal.SIGCONT)
        screen.wait_for(lambda: BACK in screen.seen)
        screen.wait_for(lambda: screen.seen.rfind(ALTERNATE) > screen.seen.rfind(BACK))
        screen.process.terminate()
        screen.end()

        assert screen.restored()


def status(process: int) -> str:
    with open(f"/proc/{process}/status", encoding="utf-8") as file:  # noqa: PTH123  no path of anyone's
        return file.read()


def test_a_crash_leaves_the_terminal_as_it_was_and_is_told(user: User) -> None:
    code = SHOW.format(rows="raise RuntimeError('oh dear')", log=str(user.home / "log"))
    with terminal(user, "-c", code) as screen:
        seen = screen.end()

        assert b"fault: oh dear" in seen[seen.rfind(BACK) :]
        assert screen.restored()


def test_a_crash_of_the_real_command_says_where_the_details_are(user: User) -> None:
    with terminal(user, "-c", BROKEN) as screen:
        seen = screen.end()
        after = seen[seen.rfind(BACK) :].decode()

        assert screen.restored()
        assert screen.process.returncode == 1
        assert "something went wrong inside Cuemat" in after
        assert f"The details are in {user.home / 'state' / 'cuemat.log'}" in after
        assert "Traceback" not in after
        assert "RuntimeError: oh dear" in (user.home / "state" / "cuemat.log").read_text()


def test_what_c_libraries_print_goes_to_the_log(user: User) -> None:
    noise = "os.write(2, b'ALSA lib: underrun'); os.write(1, b'Audio saved')"
    log = user.write("state/cuemat.log", "before ")
    with terminal(user, "-c", SHOW.format(rows=noise, log=str(log))) as screen:
        screen.wait_for(b"Settings")
        os.write(screen.master, b"q")
        seen = screen.end()

        assert b"ALSA" not in seen
        assert b"Audio saved" not in seen
        assert log.read_bytes() == b"before ALSA lib: underrunAudio saved"
        assert b"parting: None" in seen[seen.rfind(BACK) :]


def test_what_is_drawn_on_a_terminal_that_was_closed_is_no_fault() -> None:
    master, slave = pty.openpty()
    screen = _Screen(os.fdopen(slave, "wb"), encoding="utf-8")
    os.close(master)
    for _ in range(100):
        screen.write(1_000 * "x")
        screen.flush()

    with pytest.raises(OSError, match="Input/output error"):
        os.write(slave, b"x")
    with suppress(OSError):
        screen.close()


def test_no_place_for_a_log_is_no_reason_not_to_open(user: User) -> None:
    with terminal(user, "-c", SHOW.format(rows="", log="/proc/nowhere/log")) as screen:
        screen.wait_for(b"Settings")
        os.write(screen.master, b"q")

        assert b"parting: None" in screen.end()


def test_without_a_terminal_there_is_one_calm_line(user: User) -> None:
    done = user.cuemat()

    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.startswith("cuemat: the control panel cannot be drawn on this terminal")


# --- a whole session ---------------------------------------------------------------------------------------

SCRIPT = """\
title: Short one
steps:
  - exercise: {name: Warm, role: warm-up, say: March., move: 20s}
  - exercise: {name: Bridge, say: Lift., hold: 20s, reps: 2}
  - exercise: {name: Cat, say: Round your back., hold: 20s, reps: 2}
"""


@needs_tmux
def test_choosing_playing_pausing_skipping_editing_exporting_and_quitting(user: User) -> None:
    user.write("data/scripts/short.yaml", SCRIPT)
    editor = user.write("editor", '#!/bin/sh\nsed -i "s/Short one/Shorter/" "$1"\necho "edited $1"\n')
    editor.chmod(0o755)
    with in_tmux(user, f"{CUEMAT}; echo left $?; cat") as tmux:
        tmux.see("Yours", "Short one", "≈ 4 min", "Bridge")
        tmux.press("o")
        tmux.see("Shorter")
        tmux.press("Enter")
        tmux.see("left", "then Warm", "space Pause")
        tmux.press("Space")
        tmux.see("space resumes")
        tmux.press("n", "n")
        tmux.see("exercise 1 of 2", "then Cat", "space resumes")
        tmux.press("Space")
        tmux.press("e")
        tmux.see("Export Shorter", "Folder")
        tmux.press("Enter")
        tmux.see("written:")
        tmux.press("q")
        tmux.see("y end")
        tmux.press("y")
        tmux.see("stopped at", "Yours")
        tmux.press("q")
        tmux.see("left 0")

        assert (user.home / "short.mp3").stat().st_size > 100_000


# --- what the panel keeps ----------------------------------------------------------------------------------


def test_settings_are_written_without_touching_anything_else(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# mine\n[voice]\nname = "en-gb"  # a friend\nrate = 150\n\n[sound]\nvolume = 80\n')
    write_settings(file, {"rate": 170, "volume": None, "theme": "light"})

    expected = (
        '# mine\n[voice]\nname = "en-gb"  # a friend\nrate = 170\n\n[sound]\n\n[screen]\ntheme = "light"\n'
    )
    assert file.read_text() == expected
    assert read_settings(file).wishes.theme == "light"
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_the_first_setting_makes_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    write_settings(file, {"ticks": False})

    assert read_settings(file).wishes.ticks is False


def test_settings_that_cannot_be_written_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(UserError, match="cannot be changed"):
        write_settings(tmp_path / "file" / "config.toml", {"ticks": False})


def test_an_export_never_takes_a_name_that_is_taken(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a", "mp3") == tmp_path / "a.mp3"
    (tmp_path / "a.mp3").write_text("")
    (tmp_path / "a 2.mp3").symlink_to("nowhere")

    assert free_name(tmp_path, "a", "mp3") == tmp_path / "a 3.mp3"
