"""Settings and the export card: what is asked, what is kept, what is written."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from player.app.ports import ExportOrder
from player.app.request import SETTINGS, Request, Wishes
from player.errors import ExportError, SpeechError, UserError
from player.testing.panel import Exports, Settings, Voices, example
from player.ui.screens.exporting import Exporting
from player.ui.widgets.bar import Bar
from player.ui.widgets.choice import Choice
from textual.widgets import Input

from tests.panels import Stage, watch

if TYPE_CHECKING:
    from player.app import settings
    from player.app.ports import Ports, VoiceRow
    from player.app.prepare import ProgressPort


def with_settings(settings: Settings) -> Ports:
    return replace(example(), settings=settings)


NAMES = [name for name, setting in SETTINGS.items() if setting.label]


def test_every_setting_with_a_label_is_on_the_screen() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("s")
        found = {choice.id.replace("-", "_") for choice in stage.screen.query(Choice) if choice.id}
        assert found == set(NAMES)

    watch(scene, size=(120, 60))


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_is_changed_by_a_key_and_kept_when_the_screen_is_left(name: str) -> None:
    settings = Settings()

    async def scene(stage: Stage) -> None:
        await stage.press("s")
        choice = stage.screen.query_one(f"#{name.replace('_', '-')}", Choice)
        choice.focus()
        before = choice.value
        await stage.press("right" if choice.index < len(choice._options) - 1 else "left")
        after = choice.value
        assert after != before
        assert settings.wishes == Wishes()
        await stage.press("escape")
        assert stage.name == "Browser"
        if SETTINGS[name].key:
            assert settings.wishes == Wishes(**{name: after})
            assert stage.told() == ["saved in ~/.config/cuemat/config.toml"]
        else:
            assert settings.wishes == Wishes()
            assert stage.panel.request.wishes == Wishes(**{name: after})

    watch(scene, with_settings(settings))


def test_a_theme_is_tried_on_at_once() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("s")
        stage.screen.query_one("#theme", Choice).focus()
        await stage.press("right")
        assert stage.panel.theme == "light"

    watch(scene)


@pytest.mark.parametrize("key", ["escape", "q", "s", "ctrl+q"])
def test_nothing_changed_nothing_written(key: str) -> None:
    class Untouched(Settings):
        def write(self, before: Wishes, after: Wishes) -> None:
            raise AssertionError(before, after)

    async def scene(stage: Stage) -> None:
        await stage.press("s", "right", "left", key)
        assert (stage.name, stage.told()) == ("Browser", [])

    watch(scene, with_settings(Untouched()))


def test_values_of_the_file_that_no_list_has_are_kept() -> None:
    settings = Settings(Wishes(voice="mb-en1", rate=173, volume=42, extra_get_ready=7.5))

    async def scene(stage: Stage) -> None:
        await stage.press("s")
        shown = {choice.id: choice.value for choice in stage.screen.query(Choice)}
        assert [shown[name] for name in ("voice", "rate", "volume")] == ["mb-en1", 173, 42]
        assert shown["extra-get-ready"] == 7.5

    watch(scene, with_settings(settings))


def test_a_mouse_changes_a_setting() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("s")
        rate = stage.screen.query_one("#rate", Choice)
        await stage.pilot.click("#rate", offset=(25, 0))
        assert rate.value == 180
        await stage.pilot.click("#rate", offset=(17, 0))
        assert rate.value is None, "the voice's own pace"

    watch(scene)


def test_the_voice_is_heard_as_it_is_set_on_the_screen() -> None:
    voices = Voices()

    async def scene(stage: Stage) -> None:
        await stage.press("s", "right", "space")
        assert voices.asked == [Wishes(voice="en-us")]

    watch(scene, replace(example(), voices=voices))


def test_a_voice_that_cannot_speak_is_said() -> None:
    class Mute(Voices):
        def rows(self) -> tuple[VoiceRow, ...]:
            message = "there is no speech engine"
            raise SpeechError(message)

        def sample(self, wishes: Wishes) -> None:
            message = f"nobody can speak at {wishes.rate}"
            raise SpeechError(message)

    async def scene(stage: Stage) -> None:
        await stage.press("s")
        await stage.press("space")
        assert stage.told() == ["there is no speech engine", "nobody can speak at None"]

    watch(scene, replace(example(), voices=Mute()))


def test_a_file_with_a_mistake_is_said_and_not_overwritten() -> None:
    class Broken(Settings):
        def read(self) -> settings.Settings:
            message = "config.toml: unknown table 'sund'"
            raise UserError(message)

    async def scene(stage: Stage) -> None:
        await stage.press("s")
        assert stage.name == "Browser"
        assert set(stage.told()) == {"config.toml: unknown table 'sund'"}

    watch(scene, with_settings(Broken()))


def test_a_file_that_cannot_be_written_is_said_once_and_left_at_the_second_try() -> None:
    class ReadOnly(Settings):
        def write(self, before: Wishes, after: Wishes) -> None:
            del before, after
            message = "config.toml: cannot be changed"
            raise UserError(message)

    async def scene(stage: Stage) -> None:
        await stage.press("s", "right", "escape")
        assert (stage.name, stage.told()) == ("SettingsScreen", ["config.toml: cannot be changed"])
        await stage.press("escape")
        assert stage.name == "Browser"

    watch(scene, with_settings(ReadOnly()))


# --- export ------------------------------------------------------------------------------------------------


@dataclass
class Paced(Exports):
    """Writes when the test says so."""

    orders: list[ExportOrder] = field(default_factory=list)
    half, go_on, whole = threading.Event(), threading.Event(), False
    failure: ExportError | None = None

    def __post_init__(self) -> None:
        self.half, self.go_on = threading.Event(), threading.Event()

    def write(self, order: ExportOrder, progress: ProgressPort) -> Path:
        self.orders.append(order)
        progress("writing", 0, 2)
        self.half.set()
        assert self.go_on.wait(10)
        if self.failure:
            raise self.failure
        progress("writing", 2, 2)
        self.whole = True
        return Path(order.folder) / "x.flac"


async def begin(stage: Stage, exports: Paced, *keys: str) -> None:
    await stage.pilot.press("e", *keys, "enter")
    assert exports.half.wait(10)
    await stage.pilot.pause()
    assert isinstance(stage.screen, Exporting)
    stage.screen.look()
    await stage.pilot.pause()


async def end(stage: Stage, exports: Paced) -> None:
    exports.go_on.set()
    await stage.settle()


@pytest.mark.parametrize("session", [None, "morning-stretch"], ids=["browser", "playing"])
def test_an_export_is_asked_for_and_says_where_the_file_is(session: str | None) -> None:
    exports = Paced()

    async def scene(stage: Stage) -> None:
        await begin(stage, exports, "right", "down", "down", "right", "tab", "end", *"/a")
        assert exports.orders == [
            ExportOrder(
                Request(session or "before-breakfast", Wishes(music="off")),
                "flac",
                "~/Music/a",
            )
        ]
        assert "writing … 50%" in stage.text()
        bar = stage.screen.query_one(Bar)
        assert bar.done == pytest.approx(bar.size.width * 4, abs=4)
        await end(stage, exports)
        assert stage.told() == ["written: ~/Music/a/x.flac"]
        assert stage.name == ("NowPlaying" if session else "Browser")

    watch(scene, replace(example(), exports=exports), session)


def test_a_hidden_export_goes_on_and_is_shown_again() -> None:
    exports = Paced()

    async def scene(stage: Stage) -> None:
        await begin(stage, exports)
        await stage.pilot.press("escape")
        await stage.pilot.pause()
        assert stage.name == "Browser"
        await stage.pilot.press("e")
        await stage.pilot.pause()
        assert "writing … 50%" in stage.text()
        await stage.pilot.press("escape")
        await end(stage, exports)
        assert stage.told() == ["written: ~/Music/x.flac"]
        await stage.press("e")
        assert stage.screen.query_one("#folder", Input).display

    watch(scene, replace(example(), exports=exports))


def test_an_export_is_cancelled() -> None:
    exports = Paced()

    async def scene(stage: Stage) -> None:
        await begin(stage, exports)
        await stage.pilot.press("c")
        await end(stage, exports)
        assert not exports.whole
        assert stage.told() == ["export cancelled; nothing was written"]

    watch(scene, replace(example(), exports=exports))


def test_an_export_that_fails_says_why_and_can_be_tried_again() -> None:
    exports = Paced(failure=ExportError("cannot write x.mp3: no space left"))

    async def scene(stage: Stage) -> None:
        await begin(stage, exports)
        await end(stage, exports)
        assert stage.told() == ["cannot write x.mp3: no space left"]
        await stage.press("e")
        assert stage.name == "Exporting"

    watch(scene, replace(example(), exports=exports))
