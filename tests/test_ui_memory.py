"""What the panel keeps in memory: nothing of a screen that was closed, however often it is opened."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from player.engine import State
from player.testing.panel import NOW, Still, example
from textual._styles_cache import StylesCache
from textual.screen import Screen

from tests.panels import watch

if TYPE_CHECKING:
    from tests.panels import Stage

TIMES = 2
"""Openings to count, more than `LAST`; what stays of one stays of each."""
LAST = 1
"""A thread that has nothing to do may still know the screen of its last work."""
WAYS = {
    "the page of keys": (("question_mark",), ("escape",)),
    "the settings": (("s",), ("escape",)),
    "the export": (("e",), ("escape",)),
    "the palette": (("ctrl+p",), ("escape",)),
    "a session": (("enter",), ("q", "y")),
    "its exercises": (("enter", "g"), ("escape", "q", "y")),
    "its export": (("enter", "e"), ("escape", "q", "y")),
}


def kept(kind: type) -> int:
    """How many there are in memory."""
    gc.collect()
    return sum(isinstance(one, kind) for one in gc.get_objects())


@pytest.mark.parametrize("way", WAYS)
def test_a_screen_that_is_closed_is_forgotten(way: str) -> None:
    there, back = WAYS[way]

    async def scene(stage: Stage) -> None:
        async def open_and_close() -> None:
            await stage.press(*there)
            await stage.press(*back)
            assert stage.name == "Browser"

        await open_and_close()
        before = kept(Screen)
        for _ in range(TIMES):
            await open_and_close()

        assert kept(Screen) - before <= LAST

    watch(scene)


def test_what_textual_knows_of_drawn_widgets_does_not_grow() -> None:
    async def scene(stage: Stage) -> None:
        async def open_and_close() -> None:
            await stage.press("question_mark")
            await stage.press("escape")

        await open_and_close()
        before = kept(StylesCache)
        for _ in range(TIMES):
            await open_and_close()

        assert kept(StylesCache) - before < TIMES

    watch(scene)


def test_a_session_that_ends_is_forgotten() -> None:
    still = Still()

    async def scene(stage: Stage) -> None:
        async def play_to_the_end() -> None:
            still.snapshot = NOW
            await stage.press("enter")
            still.snapshot = replace(NOW, state=State.ENDED)
            await stage.look()
            assert stage.name == "Closing"
            await stage.press("escape")
            assert stage.name == "Browser"

        await play_to_the_end()
        before = kept(Screen)
        for _ in range(TIMES):
            await play_to_the_end()

        assert kept(Screen) - before <= LAST

    watch(scene, example(engine=still))
