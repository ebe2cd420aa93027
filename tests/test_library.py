"""Where scripts, exercises and sounds are found, and what never is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from player.errors import ScriptError, UserError
from player.library import HOME_VARIABLE, Library, Origin, shown

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

SESSION = "title: {title}\nsteps:\n  - exercise: lift\n  - sound: ping\n"
LIFT = "{{name: Lift {whose}, hold: 5s}}\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a user's folder with a session, an exercise and a sound."""
    folder = tmp_path / "home"
    write(folder / "scripts" / "mine.yaml", SESSION.format(title="Mine"))
    write(folder / "scripts" / "exercises" / "lift.yaml", LIFT.format(whose="mine"))
    write(folder / "sounds" / "ping.wav", "")
    return folder


@pytest.fixture
def library(home: Path) -> Library:
    return Library.found(home)


def refused(library: Library, session: str) -> str:
    with pytest.raises(UserError) as caught:
        library.load(session)
    return str(caught.value)


def test_the_users_own_stands_beside_the_bundled(library: Library) -> None:
    assert library.scripts["mine"].origin is Origin.USER
    assert library.scripts["first-time"].origin is Origin.BUNDLED
    assert library.exercises["lift"].origin is Origin.USER
    assert library.exercises["pelvic-tilt"].origin is Origin.BUNDLED
    assert library.sound("hold-starts").name == "hold-starts.wav"


def test_the_users_own_wins_and_says_so(home: Path) -> None:
    write(home / "scripts" / "first-time.yaml", SESSION.format(title="Mine"))
    entry = Library.found(home).scripts["first-time"]

    assert (entry.origin, entry.replaces_bundled) == (Origin.USER, True)
    assert not Library.found(home).scripts["mine"].replaces_bundled
    assert Library.found(home).load("first-time").session.title == "Mine"


def test_the_users_folder_is_named_by_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(home))

    assert "mine" in Library.found().scripts


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert "first-time" in Library.found(tmp_path / "nowhere").scripts


def test_a_session_is_loaded_by_its_id(library: Library) -> None:
    loaded = library.load("mine")

    assert (loaded.session.id, loaded.session.title) == ("mine", "Mine")
    assert loaded.library.sound("ping").name == "ping.wav"
    assert loaded.music is None


def test_every_bundled_session_is_right() -> None:
    library = Library.found(Path(os.devnull))
    for identity in library.scripts:
        warnings = [warning.message for warning in library.load(identity).warnings]

        assert [warning for warning in warnings if not warning.startswith("unknown music")] == [], identity
    for identity in library.exercises:
        assert library.exercise(identity).id == identity


def test_an_unknown_id_names_the_one_that_was_meant(library: Library) -> None:
    assert refused(library, "first-tme") == "unknown session 'first-tme'; did you mean 'first-time'?"
    assert refused(library, "zzz").startswith("unknown session 'zzz'; there are: ")
    with pytest.raises(UserError, match=r"unknown exercise 'lit'; did you mean 'lift'\?"):
        library.exercise("lit")
    with pytest.raises(UserError, match=r"unknown sound 'pin'; did you mean 'ping'\?"):
        library.sound("pin")


@pytest.mark.parametrize("name", ["../home/scripts/mine", "/etc/passwd", ".", "..", "a\0b", "\x1b[31m"])
def test_no_name_is_a_path(library: Library, name: str) -> None:
    with pytest.raises(UserError, match="unknown sound"):
        library.sound(name)
    with pytest.raises(UserError, match="unknown exercise"):
        library.exercise(name)


def test_a_list_shows_a_broken_script_with_its_mistakes(home: Path) -> None:
    write(home / "scripts" / "broken.yaml", "titel: T")
    (home / "scripts" / "latin.yaml").write_bytes(b"title: \xff")
    found = {summary.entry.id: summary for summary in Library.found(home).summaries()}

    assert found["mine"].head is not None
    assert found["mine"].head.title == "Mine"
    assert found["broken"].head is None
    assert "'title' is missing" in str(found["broken"].mistakes[0])
    assert "not UTF-8" in str(found["latin"].mistakes[0])


def test_what_is_no_script_is_not_listed(home: Path) -> None:
    for name in ("README.md", ".#mine.yaml", ".hidden.yaml", "schema/session.yaml"):
        write(home / "scripts" / name, "x")
    (home / "scripts" / "folder.yaml").mkdir()

    assert [e.id for e in Library.found(home).scripts.values() if e.origin is Origin.USER] == ["mine"]


def test_a_script_by_its_path_brings_its_exercises_and_sounds(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "there" / "theirs.yaml", SESSION.format(title="Theirs"))
    write(path.parent / "exercises" / "lift.yaml", LIFT.format(whose="theirs"))
    write(path.parent / "sounds" / "gong.wav", "")
    write(path.parent / "chime.wav", "")
    loaded = library.load(str(path))

    assert loaded.session.id == "theirs"
    assert "name='Lift theirs'" in repr(loaded.session.steps[0])
    assert {"gong", "chime", "ping"} <= loaded.library.sounds.keys()
    assert "gong" not in library.sounds


def test_a_strangers_sound_never_replaces_one_that_has_a_meaning(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "there" / "theirs.yaml", SESSION.format(title="Theirs"))
    write(path.parent / "hold-starts.wav", "")

    assert library.load(str(path)).library.sound("hold-starts") == library.sound("hold-starts")


@needs_links
def test_links_out_of_a_scripts_folder_lead_nowhere(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "there" / "theirs.yaml", SESSION.format(title="Theirs"))
    secret = write(tmp_path / "secret.wav", "")
    outside = write(tmp_path / "outside" / "secret-lift.yaml", LIFT.format(whose="outside"))
    (path.parent / "secret.wav").symlink_to(secret)
    (path.parent / "circle.wav").symlink_to(path.parent / "circle.wav")
    (path.parent / "exercises").symlink_to(outside.parent, target_is_directory=True)
    within = library.load(str(path)).library

    assert not {"secret", "circle"} & within.sounds.keys()
    assert "secret-lift" not in within.exercises
    assert within.sounds_left_out() == {"secret", "circle"}


@needs_links
def test_pipes_are_no_sounds(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "there" / "theirs.yaml", SESSION.format(title="Theirs"))
    os.mkfifo(path.parent / "pipe.wav")

    within = library.load(str(path)).library
    assert "pipe" not in within.sounds
    assert within.sounds_left_out() == {"pipe"}


@pytest.mark.parametrize("name", ["none.yaml", "none.yml", "./none", "folder/none"])
def test_a_path_is_known_by_its_separator_or_its_ending(library: Library, name: str) -> None:
    assert "1:1: cannot be read: no such file or directory" in refused(library, name)


@needs_links
def test_a_name_that_cannot_be_seen_is_no_id(home: Path) -> None:
    for number, sign in enumerate("\x1b\n\u202e\u200b\udcff"):
        write(home / "scripts" / f"a{sign}.yaml", SESSION.format(title=f"{number}"))
        write(home / "scripts" / "exercises" / f"a{sign}.yaml", LIFT.format(whose="nobody's"))
    library = Library.found(home)

    assert all(name.isprintable() for name in (*library.scripts, *library.exercises))
    assert "a" not in {name[:1] for name in library.scripts}


def test_a_script_given_by_such_a_name_has_an_id_that_can_be_shown(library: Library) -> None:
    assert library.locate("./a\x1b[31m.yaml").id == "a\\u001b[31m"


def test_the_home_of_nobody_is_only_a_folder_that_is_not_there(library: Library) -> None:
    assert refused(library, "~no\x1bbody/s.yaml").endswith(
        "s.yaml:1:1: cannot be read: no such file or directory"
    )


def test_a_file_may_be_a_session_or_an_exercise(library: Library, home: Path) -> None:
    library.check(str(home / "scripts" / "mine.yaml"))
    library.check(str(home / "scripts" / "exercises" / "lift.yaml"))
    wrong = write(home / "scripts" / "exercises" / "wrong.yaml", "{name: N, hold: 0}")

    with pytest.raises(ScriptError, match="a hold cannot be 0"):
        library.check(str(wrong))


def test_the_mistakes_of_an_exercise_stand_at_their_own_places(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home / "scripts" / "exercises" / "lift.yaml", "{name: N, hold: 0}")
    write(home / "scripts" / "mine.yaml", SESSION.format(title="T") + "  - rest: 0s\n")
    monkeypatch.chdir(home)

    assert refused(Library.found(home), "mine").split("\n") == [
        f"{Path('scripts/exercises/lift.yaml')}:1:17: a hold cannot be 0; write for example 'hold: 5s'",
        f"{Path('scripts/mine.yaml')}:5:11: a rest cannot be 0; write for example 'rest: 30s'",
    ]


def test_paths_are_shown_as_one_would_type_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert shown(tmp_path / "a.yaml") == "a.yaml"
    assert shown(Path("b.yaml")) == "b.yaml"
    assert shown(Path("/elsewhere/c.yaml")) == str(Path("/elsewhere/c.yaml"))
    assert "\x1b" not in shown(Path("\x1b[31m.yaml"))
