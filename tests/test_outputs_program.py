"""Playing through a program of the system, where miniaudio has no wheel."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from player.errors import OutputError, UserError
from player.outputs.choose import choose, list_devices
from player.outputs.program_output import PROGRAMS, Program, ProgramOutput
from player.outputs.protocol import TroubleKind
from player.testing.waiting import wait_until

from tests.output_rigs import sound_card

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture
def without_miniaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["player.outputs.choose"], "find_spec", lambda _name: None)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is searched first, for programs of the test's own."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def put(folder: Path, name: str, script: str) -> Program:
    """Write a program; it reads its input as the real ones do."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return Program(name, (), "the test")


def steady(frames: int) -> NDArray[np.int16]:
    return np.full((frames, 2), 1_000, np.int16)


@pytest.mark.usefixtures("without_miniaudio")
def test_without_miniaudio_the_first_program_that_finds_a_server_plays(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(programs, "pw-play", "exit 1")
    with sound_card(monkeypatch) as card, card.recording() as recording:
        output = choose(None)
        output.start(steady)
        wait_until(lambda: output.heard() > 4_800, "nothing is heard")
        output.close()

        assert output.name == "pacat"
        assert output.device == "PulseAudio, through pacat"
        assert (recording.samples == 1_000).any()


def test_if_none_finds_a_sound_card_that_is_one_line(programs: Path) -> None:
    silent = [put(programs, name, "exit 1") for name in ("first", "second")]

    with pytest.raises(OutputError, match=r"^no sound card or sound server found$"):
        ProgramOutput(*silent).start(steady)


def test_a_program_that_ends_is_a_lost_device(programs: Path) -> None:
    output = ProgramOutput(put(programs, "short", "head -c 100000 >/dev/null"))
    output.start(steady)
    wait_until(output.trouble, "nobody notices")
    trouble = output.trouble()
    output.close()

    assert trouble is not None
    assert trouble.kind is TroubleKind.LOST


def test_one_that_takes_nothing_is_never_believed(programs: Path) -> None:
    output = ProgramOutput(put(programs, "stuck", "exec sleep 60"))
    pulled = 0

    def pull(frames: int) -> NDArray[np.int16]:
        nonlocal pulled
        pulled += frames
        return steady(frames)

    output.start(pull)
    wait_until(lambda: pulled > 0, "it does not pull")

    assert output.stop() == 0


@pytest.mark.usefixtures("without_miniaudio")
def test_without_miniaudio_and_without_programs_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", os.devnull)

    with pytest.raises(OutputError, match=r"^nothing here can play; install pipewire-utils, "):
        choose(None)
    with pytest.raises(OutputError, match=r"^not installed: pacat; choose another output"):
        choose("pacat")
    with pytest.raises(OutputError, match=r"^miniaudio is not installed: "):
        choose("miniaudio")


def test_a_program_has_no_devices() -> None:
    with pytest.raises(UserError, match="'pacat' has no devices to choose from; leave out ':HDMI'"):
        choose("pacat:HDMI")


@pytest.mark.usefixtures("without_miniaudio")
def test_programs_are_listed_and_the_first_is_the_default(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(programs))
    for name in PROGRAMS:
        put(programs, name, "exit 1")
    rows = {row.spec: row for row in list_devices()}

    assert [rows[name].default for name in PROGRAMS] == [True, False, False]
    assert rows["miniaudio"].note.startswith("miniaudio is not installed: ")
