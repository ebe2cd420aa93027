"""The panel's real ports: sessions, settings, voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from player.app import panel
from player.app.preview import look_inside, strip_of
from player.app.request import Request, Wishes
from player.errors import ScriptError, UserError
from player.layout import plan
from player.library import Library
from player.session import Choices, Coaching

from tests.commands import User

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "title: Broken\nsteps:\n  - exercize: bridge\n"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    user = User(tmp_path)
    for name in ("CUEMAT_HOME", "CUEMAT_CACHE", "CUEMAT_CONFIG"):
        monkeypatch.setenv(name, user.environment[name])
    return user


def test_own_and_bundled_scripts_the_broken_ones_with_their_mistakes(user: User) -> None:
    user.write("data/scripts/nameless.yaml", "titel: x\nsteps: []\n")
    user.write("data/scripts/broken.yaml", BROKEN)
    user.write("data/scripts/morning-stretch.yaml", "title: Mine\nsteps: [{rest: 5s}]\n")
    sessions = panel.LibrarySessions()
    found = {one.id: one for one in sessions.rows()}

    assert "'title' is missing" in found["nameless"].mistakes[0]
    assert (found["morning-stretch"].own, found["morning-stretch"].replaces_bundled) == (True, True)
    assert not found["core-strength"].own
    assert sessions.preview(Request("morning-stretch")).seconds > 5
    with pytest.raises(ScriptError, match="exercize"):
        sessions.preview(Request("broken"))


@pytest.mark.parametrize("name", ["morning-stretch", "core-strength", "first-time"])
def test_a_preview_shows_every_exercise_and_a_strip_as_long_as_the_session(name: str) -> None:
    session = Library.found().load(name).session
    inside = look_inside(session, Choices())

    assert sum(stretch.seconds for stretch in inside.strip) == pytest.approx(inside.seconds)
    outlines = plan(session, Choices())
    titles = [outline.title for outline in outlines if outline.exercise_id]
    assert [one.title for one in inside.exercises] == titles
    assert all(outlines[one.section].title == one.title for one in inside.exercises)
    assert all(one.dose for one in inside.exercises)
    assert strip_of(outlines, {})() == inside.strip


def test_a_caution_in_the_list_names_the_side(user: User) -> None:
    one = "{name: Balance, say: Stand., hold: 5s, sides: each, caution: Hold on with the <other side> hand.}"
    user.write("data/scripts/mine.yaml", f"title: M\nsteps: [{{exercise: {one}}}]\n")

    assert panel.LibrarySessions().preview(Request("mine")).cautions == ("Hold on with the left hand.",)


def test_settings_are_read_and_written_where_the_commands_read_them(user: User) -> None:
    file = user.write("config.toml", "# mine\n[sound]\nvolume = 70\n")
    settings = panel.TomlSettings(file)
    before = settings.read().wishes
    assert before == Wishes(volume=70)
    after = Wishes(
        voice="en-gb", rate=180, music="off", ticks=False, coaching=Coaching.BRIEF, theme="light"
    )  # fmt: skip
    settings.write(before, after)

    assert settings.read().wishes == after
    assert file.read_text().startswith("# mine\n")


def test_the_voices_are_known_and_heard(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user.write("config.toml", '[sound]\noutput = "silent"\n')
    monkeypatch.setattr(panel, "SAMPLE", "Hi.")
    voices = panel.InstalledVoices()

    assert "en-us" in {voice.id for voice in voices.rows()}
    voices.sample(Wishes(voice="en-us", rate=200, volume=50))
    with pytest.raises(UserError, match="rate"):
        voices.sample(Wishes(rate=9))


def test_a_mistake_in_the_settings_is_not_blamed_on_a_script(user: User) -> None:
    user.write("config.toml", "[keys]\nnxt = 'x'\n")

    assert panel.LibrarySessions().preview(Request("first-time")).seconds > 60
