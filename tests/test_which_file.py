"""Which file a user means: one rule for all commands, whatever its name ends in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands import User

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """\
title: T
steps:
  - exercise: warm-up
  - exercise: {name: Ankle pumps, say: Point your toes., hold: 5s}
  - exercise: cool-down
"""
NAMES = ["session.txt", "session.yaml.txt", "SESSION.YML", "session.Yaml", "session", "sitzung.session"]


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory, spoken: Path) -> User:
    user = User(tmp_path_factory.mktemp("home"), spoken)
    for name in NAMES:
        user.write(name, SCRIPT)
    return user


@pytest.mark.parametrize("name", NAMES)
def test_what_check_accepts_every_command_opens(user: User, name: str, tmp_path: Path) -> None:
    commands = [("check",), ("show",), ("handout", "-o", tmp_path / "page.html")]
    if name == NAMES[0]:
        commands.append(("export", "-o", tmp_path / "sound.wav"))
    codes = {command: user.cuemat(command, name, *more).code for command, *more in commands}

    assert codes == dict.fromkeys(codes, 0)


def test_a_json_file_is_a_script_too(user: User) -> None:
    user.write("s.json", '{"title": "T", "steps": [{"exercise": "warm-up"}, {"exercise": "cool-down"}]}')

    assert [user.cuemat(command, "s.json").code for command in ("check", "show")] == [0, 0]


def test_an_id_is_meant_before_a_file_of_that_name_in_every_command(user: User) -> None:
    user.write("first-time", SCRIPT)

    assert user.cuemat("check", "first-time").stdout != user.cuemat("check", "./first-time").stdout
    assert user.cuemat("show", "first-time").stdout.startswith("First time: ")
    assert user.cuemat("show", "./first-time").stdout.startswith("T: ")


def test_an_accent_is_the_same_however_a_file_system_writes_it(tmp_path: Path, spoken: Path) -> None:
    user = User(tmp_path, spoken)
    user.write("data/scripts/e\u0301tirement.yaml", SCRIPT)
    user.write("data/scripts/exercises/pie\u0301.yaml", "{name: Foot, say: Point., hold: 5s}\n")
    user.write("data/scripts/b.yaml", SCRIPT + "  - exercise: pi\u00e9\n")

    for name in ("\u00e9tirement", "e\u0301tirement", "b"):
        assert user.cuemat("show", name).code == 0
    assert user.cuemat("list").stderr == ""


def test_check_takes_ids_of_exercises_and_talks_too(user: User) -> None:
    assert user.cuemat("check", "bridge").stdout == "bridge: ok, an exercise\n"
    assert user.cuemat("check", "posture").stdout.startswith("posture: ok, a talk of ")


@pytest.mark.parametrize("command", ["check", "show", "play"])
def test_another_document_is_no_session(user: User, command: str) -> None:
    user.write("notes.md", "# Notes\n\nSome words: [more\n")
    done = user.cuemat(command, "notes.md")

    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.endswith(
        "notes.md is not a session; see `cuemat list`, or write one with `cuemat new`\n"
    )


# --- several at once -------------------------------------------------------------------------------------


def test_several_sessions_are_exported_into_a_folder_in_the_order_given(user: User) -> None:
    user.write("other.yaml", SCRIPT.replace("title: T", "title: Other"))
    done = user.cuemat("export", "session.txt", "other.yaml", "-o", "several", "--format", "wav")

    assert (done.code, done.stderr) == (0, "")
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "several/session.wav",
        "several/other.wav",
    ]
    assert user.cuemat(
        "export", "other.yaml", "session.txt", "-o", "several", "--format", "wav"
    ).stdout.endswith("up to date\n")


def test_two_that_would_have_one_name_are_refused_before_any_work(user: User) -> None:
    done = user.cuemat("export", "session.txt", "SESSION.YML", "-o", "clash")

    assert (done.code, done.stdout) == (2, "")
    assert "SESSION.YML and session.txt would both become SESSION" in done.stderr
    assert not (user.home / "clash").exists()


def test_a_mistake_in_one_of_several_stops_none_of_the_others(user: User) -> None:
    user.write("bad.yaml", "title: B\nsteps: []\n")
    done = user.cuemat("export", "bad.yaml", "session.txt", "-o", "mixed", "--format", "wav")

    assert done.code == 2
    assert done.stdout.startswith("mixed/session.wav: T, ")
    assert "bad.yaml:2:" in done.stderr


# --- what no list shows ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("scripts/mine.txt", "the name of a script ends in .yaml; rename it to mine.yaml"),
        ("scripts/mine.yaml.txt", "the name of a script ends in .yaml; rename it to mine.yaml"),
        ("scripts/exercises/leg.json", "the name of a script ends in .yaml; rename it to leg.yaml"),
        ("scripts/deeper/mine.yaml", "no scripts are read from this folder; move it to data/scripts"),
        ("mine.yml", "no scripts are read from this folder; move it to data/scripts"),
        ("scripts/a\u200bb.yaml", "its name contains a hidden character; rename it"),
    ],
)
def test_a_file_that_looks_like_a_script_and_is_not_listed_is_told_why(
    tmp_path: Path, spoken: Path, name: str, why: str
) -> None:
    user = User(tmp_path, spoken)
    user.write(f"data/{name}", SCRIPT)
    done = user.cuemat("list")

    assert done.code == 0
    assert done.stderr.startswith("cuemat: not listed: data/")
    assert done.stderr.endswith(f": {why}\n")


def test_of_two_files_with_one_id_the_second_is_told_and_a_link_to_nowhere(
    tmp_path: Path, spoken: Path
) -> None:
    user = User(tmp_path, spoken)
    user.write("data/scripts/a.YAML", SCRIPT)
    user.write("data/scripts/a.yml", SCRIPT)
    (tmp_path / "data/scripts/z.yaml").symlink_to("nowhere")

    assert user.cuemat("list").stderr.splitlines() == [
        "cuemat: not listed: data/scripts/a.yml: a.YAML has the same id; rename one of them",
        "cuemat: not listed: data/scripts/z.yaml: it is not a regular file; put the script itself there",
    ]


def test_backups_documents_and_hidden_files_are_left_alone(tmp_path: Path, spoken: Path) -> None:
    user = User(tmp_path, spoken)
    for name in ("a.yaml~", ".a.yaml", "README.md", "a.yaml.bak", "pain.pdf", "schema/session.json"):
        user.write(f"data/scripts/{name}", SCRIPT)

    assert user.cuemat("list").stderr == ""
