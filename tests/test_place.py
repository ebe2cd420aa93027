"""Files written for the user: whole or not at all, and never over their own sources."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from player.errors import ExportError, UserError
from player.files.whole import keep_input, make_folder, write_text

from tests.commands import User

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = "title: Short one\nsteps:\n  - say: Breathe in.\n"
OWN = "cannot write {}: the session is read from this file; choose another name"


@pytest.fixture
def user(tmp_path: Path, spoken: Path) -> User:
    somebody = User(tmp_path, spoken)
    somebody.write("short.yaml", SCRIPT)
    return somebody


@pytest.fixture(params=["write", "fsync"])
def full_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when a byte is written, or only when it is flushed."""

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    where, name = {"write": ("player.files.whole", "write_all"), "fsync": ("os", "fsync")}[request.param]
    monkeypatch.setattr(f"{where}.{name}", fail)


# Whole or not at all


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_could_not_be_helped_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"^cannot write .*page\.html: No space left on device$") as caught:
        write_text(tmp_path / "page.html", "new", force=False)

    assert caught.value.exit_code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("full_disk")
def test_the_old_page_survives_a_full_disk(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")

    with pytest.raises(ExportError):
        write_text(page, "new", force=True)

    assert list(tmp_path.iterdir()) == [page]
    assert page.read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("handout", "short.yaml", "-o", "page.html"), "page.html"),
        (("show", "short.yaml", "--svg", "page.svg"), "page.svg"),
        (("new", "Title", "-o", "page.yaml"), "page.yaml"),
    ],
    ids=["handout", "show", "new"],
)
def test_every_command_keeps_the_old_file_if_the_new_one_finds_no_room(
    user: User, arguments: tuple[str, ...], name: str
) -> None:
    page = user.write(name, "old")
    user.write(
        "site/sitecustomize.py",
        "import resource\n"
        "import player.files.whole as place\n"
        "placed = place.placed\n"
        "def limited(*given, **named):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))\n"
        "    return placed(*given, **named)\n"
        "place.placed = limited\n",
    )
    more = {"PYTHONPATH": f"{user.home / 'site'}:{user.environment['PYTHONPATH']}"}
    outcome = user.cuemat(*arguments, "--force", more=more)

    assert outcome.code == 1
    assert outcome.stderr.endswith(f"cuemat: cannot write {name}: File too large\n")
    assert page.read_text() == "old"
    assert list(user.home.glob(".cuemat-*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_kept_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    link, page = tmp_path / "link.html", tmp_path / "page.html"
    page.write_text("old")
    link.symlink_to(page)

    write_text(link, "new", force=True)

    assert link.is_symlink()
    assert page.read_text() == "new"


# The user's mistakes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "short.yaml", "--svg", "there.svg"), "there.svg already exists; --force overwrites it"),
        (
            ("show", "short.yaml", "--svg", "a.png", "--force"),
            "a.png: the picture is an SVG file; choose a name that ends in .svg",
        ),
        (
            ("show", "short.yaml", "--svg", ""),
            ".: the picture is an SVG file; choose a name that ends in .svg",
        ),
        (
            ("handout", "short.yaml", "-o", "no/page.html"),
            "cannot write no/page.html: the folder no does not exist",
        ),
        (
            ("export", "short.yaml", "-o", "no/short.wav"),
            "cannot write no/short.wav: the folder no does not exist",
        ),
        (
            ("export", "short.yaml", "-o", "folder", "--format", "wav"),
            "cannot write folder: it is a folder; add a file name",
        ),
        (
            ("export", "short.yaml", "-o", "there.svg", "--split"),
            "cannot write into there.svg: it is not a folder",
        ),
        (
            ("export", "short.yaml", "-o", "-", "--format", "wav"),
            "export writes files; for a stream use: cuemat play SESSION --output -",
        ),
        (
            ("export", "--all", "-o", "-"),
            "export writes files; for a stream use: cuemat play SESSION --output -",
        ),
    ],
    ids=" ".join,
)
def test_what_is_to_be_typed_otherwise_is_one_line(
    user: User, arguments: tuple[str, ...], message: str
) -> None:
    user.write("there.svg", "mine")
    (user.home / "folder").mkdir()
    outcome = user.cuemat(*arguments)

    assert (outcome.code, outcome.stdout, outcome.stderr) == (2, "", f"cuemat: {message}\n")
    assert (user.home / "there.svg").read_text() == "mine"
    assert not (user.home / "-").exists()


def test_show_overwrites_a_picture_when_forced(user: User) -> None:
    user.write("there.svg", "mine")
    outcome = user.cuemat("show", "short.yaml", "--svg", "there.svg", "--force")

    assert outcome.code == 0
    assert (user.home / "there.svg").read_text("utf-8").startswith("<svg ")


def test_show_has_nothing_to_force_without_a_picture(user: User) -> None:
    outcome = user.cuemat("show", "short.yaml", "--force")

    assert outcome.code == 2
    assert "--force needs --svg" in outcome.stderr


# Never over their own sources


@pytest.mark.parametrize("spelling", ["short.yaml", "../{}/short.yaml", "link.yaml", "hard.yaml"])
def test_a_script_is_never_overwritten_by_its_export(user: User, spelling: str) -> None:
    (user.home / "link.yaml").symlink_to("short.yaml")
    os.link(user.home / "short.yaml", user.home / "hard.yaml")
    target = spelling.format(user.home.name)
    outcome = user.cuemat("export", "short.yaml", "-o", target, "--force", "--format", "wav")

    assert (outcome.code, outcome.stderr) == (2, f"cuemat: {OWN.format(target)}\n")
    assert (user.home / "short.yaml").read_text() == SCRIPT


@pytest.mark.parametrize(
    ("target", "command"),
    [("link.html", ("handout", "short.yaml", "-o")), ("link.svg", ("show", "short.yaml", "--svg"))],
    ids=["handout", "show"],
)
def test_nor_by_a_page_or_a_picture(user: User, target: str, command: tuple[str, ...]) -> None:
    (user.home / target).symlink_to("short.yaml")
    outcome = user.cuemat(*command, target, "--force")

    assert (outcome.code, outcome.stderr) == (2, f"cuemat: {OWN.format(target)}\n")
    assert (user.home / "short.yaml").read_text() == SCRIPT


def test_music_is_never_overwritten_by_what_it_plays_in(user: User) -> None:
    user.write("rain.wav", "mine")
    outcome = user.cuemat("export", "short.yaml", "--music", "rain.wav", "-o", "./rain.wav", "--force")

    assert (outcome.code, outcome.stderr) == (2, f"cuemat: {OWN.format('rain.wav')}\n")
    assert (user.home / "rain.wav").read_text() == "mine"


def test_what_is_not_there_is_no_input(tmp_path: Path) -> None:
    keep_input(tmp_path / "new.wav", tmp_path / "new.wav", None)

    (tmp_path / "new.wav").touch()
    with pytest.raises(UserError):
        keep_input(tmp_path / "new.wav", None, tmp_path / "new.wav")


# Music that is none


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no such files here")
@pytest.mark.parametrize("music", ["/dev/zero", "pipe", "../", "/etc/passwd"])
def test_a_file_that_is_no_music_is_the_users_mistake(user: User, music: str) -> None:
    os.mkfifo(user.home / "pipe")
    outcome = user.cuemat("export", "short.yaml", "-o", "out.wav", "--music", music)

    assert outcome.code == 2
    assert outcome.stderr.endswith("; give the name of a bed, a sound file, or off\n")
    assert outcome.stderr.count("\n") == 1
    assert not (user.home / "out.wav").exists()


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b", parents=True)
    (tmp_path / "file").touch()

    with pytest.raises(UserError, match=r"file: a file is in the way$"):
        make_folder(tmp_path / "file")
    with pytest.raises(ExportError, match=r"^cannot make the folder .*none.deeper: "):
        make_folder(tmp_path / "none" / "deeper")


# File systems that cannot


CANNOT = ("EPERM", "EACCES", "EINVAL", "EMLINK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")


def fails(name: str) -> Callable[..., None]:
    """A call of the system that fails with this error."""

    def fail(*_: object) -> None:
        number = getattr(errno, name)
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("name", CANNOT)
def test_without_hard_links_a_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(os, "link", fails(name))
    write_text(tmp_path / "page.html", "new", force=False)

    assert (tmp_path / "page.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("name", CANNOT)
def test_without_hard_links_a_file_that_is_there_is_still_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def appears(*_: object) -> None:
        (tmp_path / "page.html").write_text("theirs")
        fails(name)()

    monkeypatch.setattr(os, "link", appears)
    with pytest.raises(UserError, match="already exists"):
        write_text(tmp_path / "page.html", "new", force=False)

    assert (tmp_path / "page.html").read_text() == "theirs"


@pytest.mark.parametrize("name", ["EINVAL", "ENOSYS", "ENOTSUP"])
def test_without_flushing_a_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(os, "fsync", fails(name))
    write_text(tmp_path / "page.html", "new", force=False)

    assert (tmp_path / "page.html").read_text() == "new"


@pytest.mark.parametrize("call", ["link", "fsync"])
def test_a_disk_that_fails_stays_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    monkeypatch.setattr(os, call, fails("EIO"))
    with pytest.raises(ExportError, match="Input/output error"):
        write_text(tmp_path / "page.html", "new", force=False)

    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_a_file_that_is_overwritten_keeps_its_mode(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    page.chmod(0o640)
    write_text(page, "new", force=True)

    assert (page.read_text(), page.stat().st_mode & 0o777) == ("new", 0o640)
