"""What a shell completes, asked as shells ask, and in real ones where they are installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commands import CHECKOUT, User

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def user(tmp_path: Path) -> User:
    user = User(tmp_path)
    user.write("data/scripts/mine.yaml", "title: Mine\nsteps: [{rest: 5s}]\n")
    return user


def completed(user: User, words: str) -> list[str]:
    """What bash would offer for the last of some words."""
    parts = words.split(" ")
    more = {
        "_CUEMAT_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["cuemat", *parts]),
        "COMP_CWORD": str(len(parts)),
    }
    done = user.cuemat(more=more)
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("pl", ["play"]),
        ("play m", ["mine", "morning-stretch"]),
        ("export even", ["evening-stretch"]),
        ("new -e pelvic", ["pelvic-tilt"]),
        ("play x --coaching b", ["brief"]),
        ("play x --ticks o", ["on", "off"]),
        ("play x --music still", ["still-water"]),
        ("play x --extra", ["--extra-get-ready"]),
        ("completion z", ["zsh"]),
        ("help exer", ["exercises"]),
        ("schema t", ["talk"]),
        ("play x --voice en-us", ["en-us"]),
    ],
)
def test_commands_options_and_names_are_completed(user: User, words: str, expected: list[str]) -> None:
    found = completed(user, words)

    assert set(expected) <= set(found)
    assert all(one.startswith(words.rpartition(" ")[2]) for one in found)


def test_a_path_is_left_to_the_shell(user: User) -> None:
    more = {"_CUEMAT_COMPLETE": "bash_complete", "COMP_WORDS": "cuemat play ./x", "COMP_CWORD": "2"}

    assert user.cuemat(more=more).stdout == "file,./x\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_the_shell_can_read(user: User, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"not installed: {shell} (Debian: {shell})")
    script = user.cuemat("completion", shell).stdout
    read = subprocess.run(
        [program, "-n"], input=script, capture_output=True, text=True, check=False, env=user.environment
    )

    assert "_CUEMAT_COMPLETE" in script
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("cuemat play morn", ["morning-stretch"]),
        ("cuemat play my", [r"my\ evening\ \&\ night"]),
        ("cuemat play --coaching = b", ["brief"]),
        ("cuemat play --coaching =", ["full", "brief"]),
        ("cuemat play --coaching b", ["brief"]),
    ],
)
def test_bash_really_completes(user: User, typed: str, completed: list[str]) -> None:
    user.write("data/scripts/my evening & night.yaml", "title: Mine\nsteps:\n  - silence: 1s\n")
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("not installed: bash (Debian: bash)")
    (user.home / "bin").mkdir()
    command = user.write("bin/cuemat", f'#!/bin/sh\nexec "{sys.executable}" -m player "$@"\n')
    command.chmod(0o755)
    asked = (
        f'PATH="{user.home / "bin"}:$PATH"; eval "$(cuemat completion bash)"; '
        f"COMP_WORDS=({typed}); COMP_CWORD={len(typed.split()) - 1}; "
        '_cuemat_completion cuemat; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        [bash, "--norc", "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env=user.environment,
        cwd=CHECKOUT,
    )

    assert done.stdout.splitlines() == completed
