"""Keys that the listener changed: on both screens, in the footer, on the page of keys, in plain lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from player.app.keys import KEYS, NAMES, TOLD_ALOUD, KeyScreen, are_as_told, keys_of
from player.cli.plain import Plain
from player.engine import Back, MoreTime, Next, SeekBy
from player.testing.panel import Settings, Still, example
from player.wording.en import phrases
from rich.cells import cell_len
from textual.widgets import Static

from tests.panels import Stage, watch

if TYPE_CHECKING:
    from player.app.ports import Ports

CHANGED = {"next": ("b", "x"), "back": ("n",), "more": ("f5", "ctrl+t"), "open": ("v",)}


def with_keys(engine: Still | None = None) -> Ports:
    return replace(example(engine=engine), settings=Settings(keys=CHANGED))


def test_a_changed_key_asks_what_it_is_given_and_no_longer_what_it_was() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        await stage.press("b", "x", "n", "f5", "ctrl+t")
        assert engine.sent == [Next(), Next(), Back(), MoreTime(), MoreTime()]
        await stage.press("greater_than_sign", "less_than_sign", "t")
        assert len(engine.sent) == 5

    watch(scene, with_keys(engine), "any")


def test_a_key_that_was_not_changed_asks_what_it_always_did() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        await stage.press("right", "l", "j")
        assert engine.sent == [SeekBy(10), SeekBy(10), SeekBy(-10)]

    watch(scene, with_keys(engine), "any")


def test_the_footer_and_the_page_of_keys_show_the_changed_ones() -> None:
    async def scene(stage: Stage) -> None:
        assert "space Pause  n Back  b Next  ← 10 s" in stage.text()
        assert "Keys  q End  f5 More" in stage.text()
        await stage.press("question_mark")
        assert "b  x" in stage.text()
        assert "f5  ^t" in stage.text()

    watch(scene, with_keys(Still()), "any", size=(120, 40))


@pytest.mark.parametrize("width", [30, 40, 60])
def test_the_line_of_keys_always_has_the_way_out_and_the_other_keys(width: int) -> None:
    async def scene(stage: Stage) -> None:
        line = stage.text().splitlines()[-1]
        assert line.endswith("? Keys  q Quit")
        assert "Find" in line
        await stage.press("s")
        assert stage.text().splitlines()[-1].endswith("esc Save and close")

    watch(scene, example(), size=(width, 24))


@pytest.mark.parametrize("key", ["あ", "ж"])
def test_a_wide_key_is_clicked_where_it_stands(key: str) -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        line = stage.text().splitlines()[-1]
        columns = cell_len(line[: line.index("Next")])
        await stage.pilot.click("KeyLine", offset=(columns + 3, 0))
        assert engine.sent == [Next()]

    ports = replace(example(engine=engine), settings=Settings(keys={"back": (key,)}))
    watch(scene, ports, "any")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_page_of_keys_keeps_its_columns(width: int) -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("question_mark")
        rows = [row.strip("│ ▁▂▃▄▅▆▇█") for row in stage.text().splitlines()]
        begun = [row for row in rows if row.startswith(("enter", "s  ", "j  "))]
        assert len(begun) >= 2
        assert {row.index(word) for row in begun for word in ("play", "change", "down") if word in row} == {
            begun[0].index("play")
        }
        assert not [row for row in rows if row in NAMES]

    watch(scene, example(), size=(width, 50))


def test_the_list_of_sessions_has_changed_keys_too() -> None:
    async def scene(stage: Stage) -> None:
        assert "v Open" in stage.text()
        assert "o Open" not in stage.text()

    watch(scene, with_keys(), size=(120, 40))


def test_plain_lines_obey_and_name_the_changed_keys() -> None:
    plain = Plain(CHANGED)

    assert (plain.command("b"), plain.command("n"), plain.command("t")) == (Next(), Back(), None)
    assert "b next · n back" in plain.help()


@pytest.mark.parametrize("screen", KeyScreen)
def test_the_page_of_keys_names_every_key_of_its_screen(screen: KeyScreen) -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("question_mark")
        text = " ".join(str(stage.screen.query_one("Help Static", Static).render()).split())
        for one in keys_of(screen):
            assert " ".join(f"{one.all_shown} {one.long} {one.name}".split()) in text

    watch(scene, example(engine=Still()), "any" if screen is KeyScreen.PLAYING else None, size=(140, 50))


def test_every_key_has_few_words_and_many() -> None:
    for one in KEYS:
        assert 0 < len(one.short) <= 12
        assert one.long[0].islower()
        assert not one.long.endswith(".")


@pytest.mark.parametrize(
    ("changed", "as_told"),
    [
        ({}, True),
        (CHANGED, False),
        ({"toggle": ("x",)}, False),
        ({"toggle": ("x", "space"), "next": ("n",), "done": ("enter", "d")}, True),
        ({"done": ("d",)}, False),
        ({"mute": ("x",)}, True),
    ],
)
def test_the_coach_names_keys_only_if_they_do_what_it_says(
    changed: dict[str, tuple[str, ...]],
    as_told: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    assert are_as_told(changed) == as_told


def test_the_keys_that_the_coach_names_are_those_of_the_table() -> None:
    keys = {one.name: one.keys for one in KEYS if one.screen is KeyScreen.PLAYING}

    assert {name: keys[name][0] for name in TOLD_ALOUD} == TOLD_ALOUD
    assert phrases.KEYS_LIVE == "The space bar pauses, and N skips to the next exercise."
    assert phrases.WAITING_FOR_YOU[-1] == "Press enter when you are done."
