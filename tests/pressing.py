"""Presses random keys at the panel, like a cat on the keyboard, or a sleeve.

The engine is the real one, pumped between the keys. After any keys, the screen shows nothing that a terminal
would obey, and a few more keys end the program.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from player.app.following import Unfinished
from player.app.request import Request

from tests.panels import pumped, stage
from tests.test_engine import Player

if TYPE_CHECKING:
    from random import Random

    from player.app.ports import Playing, Ports

    from tests.panels import Stage

LETTERS = "abcdefghijklmnopqrstuvwxyzGQ0123456789 äß🙂"
KEYS = (
    *LETTERS,
    *("enter", "escape", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab"),
    *("shift+tab", "backspace", "delete", "slash", "question_mark", "plus", "minus", "less_than_sign", "f1"),
    *("ctrl+p", "ctrl+q", "ctrl+c", "ctrl+z", "ctrl+a", "ctrl+u", "space"),
    *("enter", "enter", "enter", "down", "down", "escape"),
)
LEAVING = ("escape", "escape", "y", "q")
"""Keys that end it if pressed often enough: close a card, ask for the end, confirm, and quit."""
SIZES = ((80, 24), (120, 40), (40, 10), (20, 5))


async def press_at_random(chance: Random, keys: int) -> None:
    """Press a number of keys, then leave.

    Raises:
        Exception: A failure of the panel.
        AssertionError: It cannot be left, or shows what it should not.
    """
    players: list[Player] = []
    closed: list[Player] = []
    async with stage(_ports(players, closed), size=chance.choice(SIZES), patient=False) as watched:
        for _ in range(keys):
            await _press(watched, chance.choice(KEYS), players)
            if chance.random() < 0.05:
                await watched.pilot.resize_terminal(*chance.choice(SIZES))
            if players and chance.random() < 0.5:
                players[-1].hear(chance.choice((0.1, 1.0, 6.0)))
        for key in LEAVING * 4:
            await _press(watched, key, players)
        assert watched.panel._exit, f"it cannot be left: {watched.name}"
    for thread in threading.enumerate():
        if thread.name == "ending":
            thread.join()
    assert len(players) == len(closed)
    assert all(player in closed for player in players)


async def _press(watched: Stage, key: str, players: list[Player]) -> None:
    if watched.panel._exit:
        return
    await watched.pilot.press(key)
    if players:
        players[-1].turn()
    if not watched.panel._exit:  # a new screen may have no rows yet
        rows = watched.screen._compositor.render_strips(watched.panel.size)
        assert all(row.text.isprintable() for row in rows)


def _ports(players: list[Player], closed: list[Player]) -> Ports:
    """Ports with a new engine for each session; the last one plays. Each must be closed once."""

    def play(request: Request) -> Playing:
        player = Player()
        players.append(player)
        return replace(pumped(player).play(request), close=lambda: closed.append(player))

    stopped = Unfinished("Bridge was broken off at 1:00", Request("bridge", resumes=True))
    return replace(pumped(Player()), play=play, unfinished=lambda _request: stopped)
