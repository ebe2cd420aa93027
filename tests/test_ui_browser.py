"""The list of sessions: every key, broken scripts, finding, the way to the editor and back."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from player.app.following import Unfinished
from player.app.ports import Ports, Preview, SessionRow
from player.app.request import Request
from player.errors import Mistake, ScriptError, Source, UserError
from player.testing.panel import ROWS, Sessions, example
from player.ui.app import Panel
from player.ui.screens.now_playing import NowPlaying
from textual.widgets import Input, OptionList

from tests.panels import Stage, watch


class Shelf(Sessions):
    """Scripts that can change between two looks; each may have a preview that fails."""

    def __init__(self, *rows: SessionRow, failing: str = "") -> None:
        self.all, self.failing, self.looks = rows, failing, 0

    def rows(self) -> tuple[SessionRow, ...]:
        self.looks += 1
        return self.all

    def preview(self, request: Request) -> Preview:
        if request.session == self.failing:
            ours, another = Source("a.yaml", 1, 1), Source("b.yaml", 2, 2)
            raise ScriptError([Mistake(ours, "its exercise has mistakes"), Mistake(another, "and another")])
        return super().preview(request)


def listed(stage: Stage) -> list[str]:
    return [option.id or "–" for option in stage.screen.query_one(OptionList).options]


def highlighted(stage: Stage) -> str | None:
    option = stage.screen.query_one(OptionList).highlighted_option
    return option.id if option else None


def with_shelf(shelf: Shelf) -> Ports:
    return replace(example(), sessions=shelf)


def test_own_scripts_come_first_and_each_says_what_is_in_it() -> None:
    async def scene(stage: Stage) -> None:
        own, bundled = (
            ["before-breakfast", "holiday"],
            ["core-strength", "evening-stretch", "morning-stretch"],
        )
        assert listed(stage) == ["–", *own, "–", *bundled]
        text = stage.text()
        for words in ("Yours", "With Cuemat", "≈ 11 min", "needs mat, chair, small pillow"):
            assert words in text
        for words in ("Knee to chest  2–3 times each side", "! Stop if the pull turns into pain"):
            assert words in text

    watch(scene, size=(120, 40))


def test_a_broken_script_shows_its_message_and_is_neither_played_nor_exported() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("down")
        assert "has mistakes" in stage.text()
        assert "holiday.yaml:4:5: unknown step 'exercize'" in stage.text()
        await stage.press("enter", "e")
        assert stage.name == "Browser"
        assert stage.told() == ["This script has mistakes. Press o to open it."] * 2

    watch(scene, size=(120, 40))


def test_a_script_whose_exercise_is_broken_is_told_apart_once_it_is_looked_into() -> None:
    shelf = Shelf(*ROWS, failing="core-strength")

    async def scene(stage: Stage) -> None:
        await stage.press("down", "down")
        assert highlighted(stage) == "core-strength"
        assert "a.yaml:1:1: its exercise has mistakes" in stage.text()
        assert "b.yaml:2:2: and another" in stage.text()

    watch(scene, with_shelf(shelf), size=(120, 40))


@pytest.mark.parametrize("key", ["down", "j"])
def test_the_list_is_walked(key: str) -> None:
    async def scene(stage: Stage) -> None:
        await stage.press(key, key)
        assert highlighted(stage) == "core-strength"
        await stage.press("k" if key == "j" else "up")
        assert highlighted(stage) == "holiday"

    watch(scene)


@pytest.mark.parametrize("key", ["enter", "click"])
def test_a_session_is_played(key: str) -> None:
    async def scene(stage: Stage) -> None:
        if key == "click":
            await stage.pilot.click("#sessions", offset=(4, 1))
            await stage.settle()
        else:
            await stage.press(key)
        assert stage.name == "NowPlaying"

    watch(scene)


def test_a_few_letters_find_a_session_and_enter_enter_plays_it() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("slash", *"mrnstr")
        assert listed(stage) == ["morning-stretch"]
        await stage.press("enter", "enter")
        assert stage.name == "NowPlaying"

    watch(scene)


def test_tags_are_found_the_best_match_first_and_escape_shows_all() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("slash", *"gentle")
        assert set(listed(stage)) == {"before-breakfast", "morning-stretch"}
        await stage.press("down")
        assert highlighted(stage) == listed(stage)[0]
        await stage.press("escape")
        assert len(listed(stage)) == 7
        assert not stage.screen.query_one(Input).display

    watch(scene)


def test_what_nothing_matches_is_said_and_leads_nowhere_but_back() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("slash", *"xyzzy")
        assert "No session matches" in stage.text()
        assert "esc All" in stage.text()
        await stage.press("enter", "enter", "e", "o")
        assert (stage.name, listed(stage)) == ("Browser", ["–"])
        await stage.press("escape")
        assert len(listed(stage)) == 7
        assert "esc All" not in stage.text()

    watch(scene)


@pytest.fixture
def lent_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no terminal to lend here; the tests of the terminal lend a real one."""
    monkeypatch.setattr(Panel, "suspend", lambda _panel: nullcontext())


@pytest.mark.usefixtures("lent_terminal")
def test_the_script_is_edited_and_everything_is_read_again() -> None:
    shelf = Shelf(*ROWS)
    edited: list[Path] = []

    def edit(path: Path) -> None:
        edited.append(path)
        shelf.all = (replace(ROWS[0], title="Before tea"), *ROWS[1:])

    async def scene(stage: Stage) -> None:
        await stage.press("o")
        assert edited == [Path("before-breakfast.yaml")]
        assert "Before tea" in stage.text()
        assert highlighted(stage) == "before-breakfast"

    watch(scene, replace(with_shelf(shelf), edit=edit))


@pytest.mark.usefixtures("lent_terminal")
def test_no_editor_is_said() -> None:
    def edit(_: Path) -> None:
        message = "there is no editor 'ed'"
        raise UserError(message)

    async def scene(stage: Stage) -> None:
        await stage.press("o")
        assert stage.told() == ["there is no editor 'ed'"]

    watch(scene, replace(example(), edit=edit))


def test_help_settings_export_and_quit() -> None:
    async def scene(stage: Stage) -> None:
        for key, name in (("question_mark", "Help"), ("s", "SettingsScreen"), ("e", "Exporting")):
            await stage.press(key)
            assert stage.name == name
            await stage.press("escape")
            assert stage.name == "Browser"
        await stage.press("q")
        assert not stage.panel.is_running

    watch(scene)


def test_no_sessions_at_all() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("enter", "down", "e", "o")
        assert stage.name == "Browser"

    watch(scene, with_shelf(Shelf()))


def test_titles_are_neither_markup_nor_controls() -> None:
    nasty = SessionRow("x", "[red]A[/red]\x1b[2J\u202e", Path("x"), own=True, about="[b", tags=("[/b]",))

    async def scene(stage: Stage) -> None:
        assert "[red]A[/red][2J" in stage.text()
        assert "#[/b]" in stage.text()

    watch(scene, with_shelf(Shelf(nasty)), size=(120, 40))


def test_the_list_does_not_wait_for_what_is_inside() -> None:
    go_on = threading.Event()

    class Slow(Shelf):
        def preview(self, request: Request) -> Preview:
            assert go_on.wait(10)
            return super().preview(request)

    async def scene(stage: Stage) -> None:
        assert "≈ … min" in stage.text()
        go_on.set()
        await stage.settle()
        assert "≈ 11 min" in stage.text()

    watch(scene, with_shelf(Slow(*ROWS)), patient=False)


def test_a_session_that_was_broken_off_is_offered_and_c_resumes_it() -> None:
    ports = example()
    offers = [Unfinished("Morning stretch stopped at 4:10, today at 07:40", Request("resumed", resumes=True))]

    async def scene(stage: Stage) -> None:
        assert stage.words("#motto") == "Morning stretch stopped at 4:10, today at 07:40; c resumes it"
        assert "c Resume" in stage.text()
        await stage.press("c")
        assert stage.name == "NowPlaying"
        assert isinstance(stage.screen, NowPlaying)
        assert stage.screen._playing is not None
        assert stage.screen._playing.id == "resumed"
        offers.clear()
        await stage.press("q", "y")
        assert stage.words("#motto").startswith("Lie down")

    watch(scene, replace(ports, unfinished=lambda _: offers[0] if offers else None))


def test_where_nothing_was_broken_off_nothing_is_offered() -> None:
    async def scene(stage: Stage) -> None:
        assert "Resume" not in stage.text()
        await stage.press("c")
        assert stage.name == "Browser"

    watch(scene)
