"""Ctrl-Z and `fg`, a second Ctrl-C, and the terminal lent to an editor: on a real terminal, with a shell."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from player.app.foreground import is_in_foreground
from player.testing.waiting import wait_until

from tests.commands import User
from tests.tmux import CUEMAT, PATIENCE, Tmux, in_a_shell, in_tmux, needs_tmux

pytestmark = needs_tmux
SCRIPT = """\
title: Short one
steps:
  - exercise: {name: Warm, role: warm-up, say: March., move: 20s}
  - exercise: {name: Bridge, say: Lift., hold: 20s, reps: 2}
  - exercise: {name: Cat, say: Round your back., hold: 20s, reps: 2}
"""


@pytest.fixture
def user(tmp_path: Path, spoken: Path) -> User:
    user = User(tmp_path, spoken)
    user.write("config.toml", '[sound]\noutput = "silent"\n')
    user.write("data/scripts/short.yaml", SCRIPT)
    return user


def process(shell: Tmux) -> int:
    """The number of the program that the shell started last."""
    shell.enter("jobs -p > number")
    home = shell.user.home

    def number() -> str:
        return (home / "number").read_text().strip() if (home / "number").exists() else ""

    wait_until(number, "the shell has no job", PATIENCE)
    return int(number().splitlines()[-1])


def play_and_stop(shell: Tmux) -> None:
    """Play with plain lines, and give the terminal back to the shell with Ctrl-Z."""
    shell.enter("cuemat play short --plain")
    shell.see("For your safety", "talk, ")
    shell.press("C-z")
    shell.see("Stopped")


def test_plain_lines_after_a_stop_say_that_it_is_paused_and_obey_unseen_keys(user: User) -> None:
    with in_a_shell(user) as shell:
        play_and_stop(shell)
        shell.enter("clear; fg")
        shell.see("Cuemat was stopped; paused", "paused; space resumes")
        shell.press("n")
        shell.see("Warm  (")
        shell.press("Space", "n")
        shell.see("Bridge  (", "get ready")
        shell.press("Space")
        shown = shell.see("paused; space resumes\n")

        assert not re.search(r"^\s*n", shown, re.MULTILINE)


def test_a_stop_while_paused_is_said_again(user: User) -> None:
    with in_a_shell(user) as shell:
        shell.enter("cuemat play short --plain")
        shell.see("For your safety", "talk, ")
        shell.press("Space")
        shell.see("paused; space resumes")
        shell.press("C-z")
        shell.see("Stopped")
        shell.enter("clear; fg")

        shell.see("paused; space resumes")


def test_the_terminal_is_the_shells_while_plain_lines_are_in_the_background(user: User) -> None:
    with in_a_shell(user) as shell:
        play_and_stop(shell)
        shell.enter("bg")
        shell.see("paused; space resumes")
        shell.enter("echo so $((6 * 7))")
        shell.see("so 42")
        shell.enter("clear; fg")
        shell.see("cuemat play short --plain" if "cuemat" in CUEMAT else "play short --plain")
        shell.press("q")
        shell.see("stopped at", "ready>")
        shell.enter("echo so $((5 * 5))")

        shell.see("so 25")


def test_ctrl_z_stops_the_panel_and_fg_draws_it_again_paused(user: User) -> None:
    with in_a_shell(user) as shell:
        shell.enter("cuemat play short")
        shell.see("left", "then Warm", "space Pause")
        shell.press("C-z")
        shell.see("Stopped", "ready>")
        shell.enter("echo so $((6 * 7))")
        shell.see("so 42")
        shell.enter("fg")
        shell.see("Cuemat was stopped; paused", "space resumes")
        shell.press("Space")
        shell.see("space Pause", "then Warm")
        shell.press("q")
        shell.see("y end")
        shell.press("y")
        shell.see("ready>")
        shell.enter("echo left $?")

        shell.see("left 0")


def test_a_panel_in_the_background_is_stopped_until_fg(user: User) -> None:
    with in_a_shell(user) as shell:
        shell.enter("cuemat")
        shell.see("Yours", "Short one")
        shell.press("C-z")
        shell.see("Stopped", "ready>")
        shell.enter("bg")
        shell.see("Stopped", "ready>")
        shell.enter("echo so $((6 * 7)); fg")
        shell.see("Yours", "Short one")
        shell.press("q")

        shell.see("so 42", "ready>")


def test_what_counts_interrupts_imports_nothing_on_its_thread(tmp_path: Path) -> None:
    """Python 3.11 may fail to import anything at all where two threads import at the same time."""
    done = User(tmp_path).python(
        "import builtins, sys, threading, time\n"
        "real, names = builtins.__import__, set()\n"
        "def noted(*args, **more):\n"
        "    names.add(threading.current_thread().name)\n"
        "    return real(*args, **more)\n"
        "builtins.__import__ = noted\n"
        "from player.app.interrupts import end_at_second_press\n"
        "end_at_second_press(130)\n"
        "time.sleep(0.3)\n"
        "sys.stdout.write(' '.join(sorted(names)))\n"
    )

    assert (done.stdout, done.stderr) == ("MainThread", "")


@pytest.mark.parametrize("sent", ["TSTP", "STOP"])
def test_a_panel_that_something_else_stops_comes_back_paused_with_one_reader_of_keys(
    user: User, sent: str
) -> None:
    with in_a_shell(user) as shell:
        shell.enter("cuemat play short &")
        number = process(shell)
        shell.enter("fg")
        shell.see("left", "then Warm", "space Pause")
        before = threads(number)
        os.kill(number, getattr(signal, f"SIG{sent}"))
        shell.see("Stopped", "ready>")
        shell.enter("fg")
        shell.see("Cuemat was stopped; paused", "space resumes")
        wait_until(lambda: threads(number) <= before, "there are more threads than before", PATIENCE)


def threads(number: int) -> int:
    return len(list(Path(f"/proc/{number}/task").iterdir()))


def test_where_no_shell_can_continue_it_ctrl_z_only_pauses(user: User) -> None:
    with in_tmux(user, f"{CUEMAT} play short") as window:
        window.see("left", "then Warm", "space Pause")
        window.press("C-z")
        window.see("Cuemat was stopped; paused", "space resumes")
        window.press("Space")

        window.see("space Pause", "then Warm")


def test_an_export_that_is_stopped_leaves_the_cursor_to_the_shell_and_goes_on(user: User) -> None:
    with in_a_shell(User(user.home)) as shell:
        shell.enter("cuemat export full-back-care -o long.wav")
        shell.see("Speaking")
        shell.press("C-z")
        shell.see("Stopped", "ready>")
        assert shell("display-message", "-p", "#{cursor_flag}").strip() == "1"
        shell.enter("fg")
        shell.see("Speaking")
        shell.press("C-c")

        shell.see("cuemat: stopped; no file was left half written")


def test_watching_goes_on_after_a_stop(user: User) -> None:
    script = user.home / "data/scripts/short.yaml"
    with in_a_shell(user) as shell:
        shell.enter(f"cuemat check --watch {script}")
        shell.see("short.yaml: ok")
        shell.press("C-z")
        shell.see("Stopped", "ready>")
        script.write_text(SCRIPT.replace("exercise:", "exercize:"), encoding="utf-8")
        shell.enter("fg")
        shell.see("did you mean 'exercise'")
        shell.press("C-c")

        shell.see("cuemat: no longer watching")


# --- Ctrl-C ------------------------------------------------------------------------------------------------


def test_a_second_ctrl_c_at_the_question_ends_the_panel_and_keeps_the_place(user: User) -> None:
    with in_a_shell(user) as shell:
        shell.enter("cuemat")
        shell.see("Yours", "Short one", "≈ 4 min")
        shell.press("Enter")
        shell.see("left", "then Warm", "space Pause")
        wait_until((user.home / "state" / "bookmark.json").exists, "the place is not kept", PATIENCE)
        shell.press("C-c")
        shell.see("y end")
        shell.press("C-c")
        shell.see("stopped at", "cuemat play --continue", "ready>")
        shell.enter("clear; cuemat")

        shell.see("Short one stopped at", "c Resume")


HANGS = """\
import time
from player.app import exporting
from player.cli import main

def hang(*_):
    print("here it hangs", flush=True)
    while True:
        try:
            time.sleep(1000)
        except KeyboardInterrupt:
            print("still hangs", flush=True)

exporting.speak = hang
raise SystemExit(main())
"""


def test_a_second_ctrl_c_ends_what_hangs(user: User) -> None:
    program = user.write("hangs.py", HANGS)
    with in_a_shell(user) as shell:
        shell.enter(f"{CUEMAT.split()[0]} {program.name} export short -o short.wav")
        shell.see("here it hangs")
        shell.press("C-c")
        shell.see("still hangs")
        shell.press("C-c")
        shell.see("ready>")
        shell.enter("echo left $?")

        shell.see("left 130")


# --- the editor --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("no-such-editor", "no editor 'no-such-editor'; set EDITOR"),
        ("false", "'false' failed, with exit code 1; set EDITOR"),
        ("'vi", "EDITOR is not a command"),
    ],
)
def test_an_editor_that_cannot_be_used_is_one_line_and_the_panel_lives(
    user: User, editor: str, said: str
) -> None:
    with in_a_shell(user) as shell:
        shell.enter(f'unset VISUAL; export EDITOR="{editor}"; cuemat')
        shell.see("Yours", "Short one")
        shell.press("o")
        shell.see(said)
        shell.press("?")

        shell.see("quit Cuemat")


SPOILING = """\
#!/bin/sh
trap 'stty raw; exit 0' INT
echo editing
while :; do sleep 0.1; done
"""


def test_an_editor_may_spoil_the_terminal_and_take_ctrl_c(user: User) -> None:
    user.write("editor", SPOILING).chmod(0o755)
    with in_a_shell(user) as shell:
        shell.enter("unset VISUAL; cuemat")
        shell.see("Yours", "Short one")
        shell.press("o")
        shell.see("editing")
        shell.press("C-c")
        shell.see("Yours", "Short one")
        shell.press("q")
        shell.see("ready>")
        shell.enter("stty -a")

        shell.see(" icanon", " echo ")


# --- without a terminal ------------------------------------------------------------------------------------


def test_what_is_no_terminal_of_ours_is_in_nobodys_background(tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb") as file:
        assert is_in_foreground(file.fileno())
