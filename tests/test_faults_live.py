"""Mishaps of whole runs: the real command on a (virtual) sound card, recorded, and in a terminal.

Each hundredth of a second is numbered. Nothing is skipped, and less than a third of a second is repeated.
"""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from player.app.following import UNSURE
from player.testing.waiting import wait_until
from player.timeline import RATE

from tests.commands import User
from tests.virtual_soundcard import VirtualSoundCard, missing_tools

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.virtual_soundcard import Recording

SCRIPT = """\
title: Code
steps:
  - sound: code
"""
SECONDS = 25
UNIT = RATE // 100
REPEATED = 30
"""Hundredths of a second that may be heard twice."""

needs_card = pytest.mark.skipif(bool(missing_tools()), reason=f"needs {', '.join(missing_tools())}")


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory, spoken: Path) -> User:
    """With a session of one long sound that counts; its words are spoken before."""
    user = User(tmp_path_factory.mktemp("user"), spoken)
    user.write("code.yaml", SCRIPT)
    counting = 1 + np.arange(SECONDS * RATE) // UNIT
    soundfile.write(user.home / "code.wav", counting.astype(np.int16), RATE, subtype="PCM_16")
    assert user.cuemat("export", "code.yaml", "-o", "code-all.wav").code == 0
    return user


def counted(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    """The hundredths in a recording, each once a time that it is heard whole."""
    left = samples[:, 0]
    ends = np.flatnonzero(np.diff(left, append=0))
    lengths = np.diff(ends, prepend=-1)
    whole: NDArray[np.int16] = left[ends][(lengths == UNIT) & (left[ends] > 0)]
    return whole


@contextmanager
def play(user: User, card: VirtualSoundCard, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "player", "play", "--plain", "--output", "miniaudio", *words]
    process = subprocess.Popen(
        command,
        cwd=user.home,
        env={**user.environment, **card.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def hear(recording: Recording, seconds: float) -> NDArray[np.int16]:
    """Listen until the counting has been heard for so long."""
    wait_until(lambda: len(counted(recording.samples)), "nothing is heard")
    recording.go_on(seconds)
    return recording.samples


@needs_card
def test_a_run_that_is_killed_is_gone_on_with(user: User) -> None:
    with VirtualSoundCard() as card:
        with card.recording() as recording, play(user, card, "code.yaml", "--from", "3") as process:
            hear(recording, 2)
            process.kill()
            process.wait()
            recording.go_on(0.5)
            before = counted(recording.samples)
        with card.recording() as recording, play(user, card, "--continue") as process:
            after = counted(hear(recording, 1))
            process.send_signal(signal.SIGINT)
            process.wait()

    assert not np.any(np.diff(before) != 1)
    assert not np.any(np.diff(after) != 1)
    assert before[-1] - REPEATED - 100 * UNSURE <= after[0] <= before[-1] + 1


@needs_card
@pytest.mark.parametrize("everything", [False, True], ids=["the player", "the sound server, too"])
def test_a_run_that_was_frozen_goes_on(user: User, *, everything: bool) -> None:
    with (
        VirtualSoundCard() as card,
        VirtualSoundCard() as another,
        card.recording() as recording,
        another.recording() as meanwhile,
        play(user, card, "code.yaml", "--from", "3") as process,
    ):
        hear(recording, 1.5)
        before = counted(recording.samples)
        process.send_signal(signal.SIGSTOP)
        if everything:
            card.freeze()
        meanwhile.go_on(3)
        if everything:
            card.thaw()
        process.send_signal(signal.SIGCONT)
        wait_until(lambda: counted(recording.samples)[-1] > before[-1] + 100, "it does not go on")
        heard = counted(recording.samples)

    steps = np.diff(heard)
    assert set(steps[steps != 1].tolist()) <= set(range(-REPEATED, 3)), steps[steps != 1]


@pytest.mark.parametrize("words", [["--plain"], []], ids=["lines", "panel"])
@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
def test_a_run_whose_terminal_is_closed_ends_calmly_and_is_offered_again(
    tmp_path: Path, spoken: Path, words: list[str], *, told: bool
) -> None:
    if told and not shutil.which("setsid"):
        pytest.skip("needs setsid (Debian: util-linux), which makes the terminal the program's own")
    user = User(tmp_path, spoken)
    user.write("code.yaml", "title: Code\nsteps:\n  - silence: 60s\n")
    command = [sys.executable, "-m", "player", "play", "code.yaml", "--output", "silent", *words]
    master, slave = pty.openpty()
    process = subprocess.Popen(
        ["setsid", "--ctty", *command] if told else command,
        cwd=user.home,
        env={**user.environment, "TERM": "xterm-256color"},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=not told,
    )
    os.close(slave)
    bookmark = user.home / "state" / "bookmark.json"
    while not bookmark.exists():
        os.read(master, 65_536)
    os.close(master)
    try:
        assert process.wait(10) == 0
    finally:
        process.kill()
    lines = [sys.executable, "-m", "player", "play", "code.yaml", "--output", "silent", "--plain"]
    again = subprocess.Popen(lines, cwd=user.home, env=user.environment, stdout=subprocess.PIPE, text=True)
    assert again.stdout is not None
    said = again.stdout.readline()
    again.kill()
    again.communicate()

    assert "Code stopped at 0:" in said
    assert "resumes it" in said
    assert "ERROR" not in (user.home / "state" / "cuemat.log").read_text("utf-8")
