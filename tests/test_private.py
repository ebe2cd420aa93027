"""Cuemat's own files: only the user can read them."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import pytest
from player.files.own import append_own, own_folder, write_own

from tests.commands import User

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")


@pytest.fixture(autouse=True)
def usual_modes() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_cuemats_folders_are_the_users_alone_and_the_systems_are_as_ever(tmp_path: Path) -> None:
    own_folder(tmp_path / ".cache" / "cuemat" / "speech")

    assert mode(tmp_path / ".cache") == 0o755
    assert mode(tmp_path / ".cache" / "cuemat") == mode(tmp_path / ".cache" / "cuemat" / "speech") == 0o700


def test_a_folder_that_somebody_made_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(0o755)

    own_folder(shared)

    assert mode(shared) == 0o755


def test_a_file_of_cuemats_own_is_the_users_alone(tmp_path: Path) -> None:
    write_own(tmp_path / "state" / "bookmark.json", "{}")
    os.close(append_own(tmp_path / "state" / "cuemat.log"))

    assert {path.name: mode(path) for path in (tmp_path / "state").iterdir()} == {
        "bookmark.json": 0o600,
        "cuemat.log": 0o600,
    }
    assert (tmp_path / "state" / "bookmark.json").read_text() == "{}"


def test_what_cannot_be_written_leaves_the_file_before_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bookmark.json"
    write_own(file, "before")

    def fail(*_: object) -> None:
        raise OSError(errno.EXDEV, "Broken")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="Broken"):
        write_own(file, "after")

    assert list(tmp_path.iterdir()) == [file]
    assert file.read_text() == "before"


def test_a_link_in_the_place_of_a_file_is_replaced_and_what_it_leads_to_is_not_written(
    tmp_path: Path,
) -> None:
    file, victim = tmp_path / "bookmark.json", tmp_path / "victim"
    victim.write_text("kept")
    file.symlink_to(victim)

    write_own(file, "{}")

    assert victim.read_text() == "kept"
    assert file.read_text() == "{}"
    assert {path.name for path in tmp_path.iterdir()} == {"bookmark.json", "victim"}


def test_what_a_killed_run_left_is_gone_with_the_next_folder_that_is_made(tmp_path: Path) -> None:
    stray = tmp_path / "state" / ".cuemat-0123456789abcdef.part"
    stray.parent.mkdir()
    stray.write_text("half")

    os.close(append_own(tmp_path / "state" / "cuemat.log"))

    assert [path.name for path in stray.parent.iterdir()] == ["cuemat.log"]


def test_all_that_a_run_leaves_in_the_systems_places_is_the_users_alone(tmp_path: Path) -> None:
    user = User(tmp_path)
    user.write("short.yaml", "title: Short\nsteps:\n  - say: In.\n")
    unset = dict.fromkeys(("CUEMAT_CACHE", "CUEMAT_STATE", "CUEMAT_HOME", "CUEMAT_CONFIG"), "")
    places = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CACHE", "STATE", "DATA", "CONFIG")}

    shown = user.cuemat("show", "short.yaml", more=unset | places)
    listed = user.cuemat("list", more=unset | places)

    ours = [path for place in ("CACHE", "STATE") for path in (tmp_path / place / "cuemat").rglob("*")]
    assert (shown.code, listed.code) == (0, 0)
    assert [path for path in ours if mode(path) & 0o077] == []
    assert {"speech", "cuemat.log"} <= {path.name for path in ours}
    assert mode(tmp_path / "CACHE" / "cuemat") == mode(tmp_path / "STATE" / "cuemat") == 0o700
