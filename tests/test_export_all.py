"""`cuemat export --all`: every session, side by side, and only what has changed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from player.app import export_all
from player.app.exporting import Delivery
from player.app.request import Request
from player.cli.root import parse
from player.shelves import bundled

from tests.commands import User

if TYPE_CHECKING:
    from pathlib import Path

NAMES = sorted(path.stem for path in (bundled() / "scripts").glob("*.yaml"))
SHORT = "title: {name}\nsteps:\n  - say: Breathe in.\n  - silence: 2s\n"


def with_short_sessions(folder: Path, cache: Path) -> User:
    """A user whose own sessions replace all bundled ones."""
    somebody = User(folder, cache)
    for name in NAMES:
        somebody.write(f"data/scripts/{name}.yaml", SHORT.format(name=name))
    return somebody


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, spoken: Path) -> User:
    """Somebody who has exported everything; others begin with a copy of what is theirs."""
    somebody = with_short_sessions(tmp_path_factory.mktemp("home"), spoken)
    outcome = somebody.cuemat("export", "--all", "-o", "all", "--format", "flac", "--jobs", "2")
    assert outcome.code == 0
    assert [line.partition(",")[0] for line in outcome.stdout.splitlines()] == [
        f"all/{name}.flac: {name}" for name in NAMES
    ]
    return somebody


@pytest.fixture
def user(written: User, tmp_path: Path) -> User:
    shutil.copytree(written.home, tmp_path, dirs_exist_ok=True)
    return User(tmp_path, written.cache)


def files(user: User, folder: str = "all") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (user.home / folder).iterdir()}


def test_every_session_is_written(user: User) -> None:
    assert sorted(files(user)) == [f"{name}.flac" for name in NAMES]


def test_one_at_a_time_gives_the_same_files(user: User) -> None:
    assert user.cuemat("export", "--all", "-o", "other", "--format", "flac", "--jobs", "1").code == 0

    assert files(user, "other") == files(user)


def test_what_is_up_to_date_is_left_alone(user: User) -> None:
    before = {path: path.stat().st_mtime_ns for path in (user.home / "all").iterdir()}

    outcome = user.cuemat("export", "--all", "-o", "all", "--format", "flac")

    assert [line.endswith(", up to date") for line in outcome.stdout.splitlines()] == [True] * len(NAMES)
    assert {path: path.stat().st_mtime_ns for path in (user.home / "all").iterdir()} == before


def test_one_word_that_changed_writes_that_session_anew(user: User) -> None:
    before = files(user)
    user.write(f"data/scripts/{NAMES[1]}.yaml", SHORT.format(name=NAMES[1]).replace("in.", "out."))

    outcome = user.cuemat("export", "--all", "-o", "all", "--format", "flac")

    assert outcome.stdout.count("up to date") == len(NAMES) - 1
    assert {name for name, content in files(user).items() if content != before[name]} == {f"{NAMES[1]}.flac"}


def test_other_music_writes_all_anew(user: User) -> None:
    outcome = user.cuemat("export", "--all", "-o", "all", "--format", "flac", "--music", "evening-air")

    assert (outcome.code, outcome.stdout.count("up to date")) == (0, 0)


def test_a_file_of_somebody_s_own_is_kept_and_the_others_are_written(user: User) -> None:
    mine = user.write(f"mixed/{NAMES[0]}.mp3", "mine")

    outcome = user.cuemat("export", "--all", "-o", "mixed")

    assert outcome.code == 2
    assert f"cuemat: mixed/{NAMES[0]}.mp3 already exists; --force overwrites it\n" in outcome.stderr
    assert mine.read_text() == "mine"
    assert sorted(files(user, "mixed")) == [f"{name}.mp3" for name in NAMES]


def test_a_script_with_a_mistake_does_not_keep_the_others_from_being_written(
    tmp_path: Path, spoken: Path
) -> None:
    user = with_short_sessions(tmp_path, spoken)
    user.write(f"data/scripts/{NAMES[0]}.yaml", "title: A\nsteps:\n  - sya: Hello.\n")

    outcome = user.cuemat("export", "--all", "-o", "all")

    assert outcome.code == 2
    assert f"{NAMES[0]}.yaml:3:5: " in outcome.stderr
    assert sorted(files(user)) == [f"{name}.mp3" for name in NAMES[1:]]


def test_ctrl_c_leaves_only_whole_files(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in user.environment.items():
        monkeypatch.setenv(name, value)

    def interrupted(*_jobs: object, **_how: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(export_all, "wait", interrupted)
    delivery = Delivery(user.home / "stopped")

    with pytest.raises(KeyboardInterrupt):
        export_all.export_all(Request(""), delivery, lambda _doing, _done, _total: None, 2)

    assert [name for name in files(user, "stopped") if not name.endswith(".mp3")] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--all", "first-time"], "--all exports every session; leave out SESSION or --all"),
        ([], "missing SESSION; name one, or give --all"),
        (["--all", "--split"], "--split takes one session at a time; leave out --all"),
        (["first-time", "--jobs", "2"], "--jobs needs several sessions, or --all; leave out --jobs"),
        (["--all", "--jobs", "0"], "--jobs cannot be '0'; write a whole number from 1 to 64"),
    ],
)
def test_what_makes_no_sense_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code = parse(["export", *arguments, "-o", "x"])

    assert code == 2
    assert capsys.readouterr().err.startswith(f"cuemat export: {message}")
