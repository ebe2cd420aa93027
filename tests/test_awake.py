"""The screen stays awake while a session plays; if that fails, it fails silently."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from player.engine import State
from player.remotes import screen_awake

from tests.commands import CHECKOUT
from tests.private_bus import private_bus, screen_saver, until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks a Linux desktop")

TAKEN = ("Inhibit", ["Cuemat", "a session is playing"])
GIVEN_BACK = ("UnInhibit", [7])

BESIDE = """
import sys, threading
from types import SimpleNamespace
from player.engine import State
from player.remotes import media_keys, screen_awake
from player.testing.waiting import wait_until

place = SimpleNamespace(section=0)
now = SimpleNamespace(state=State.PLAYING, place=place, sections=1, title="Cat", length=1.0, elapsed=0.0,
                      can_next=False, volume=1.0, muted=False, seeks=0)
looks = []

class Engine:
    send = print

    @property
    def snapshot(self):
        if threading.current_thread().name == "screen awake":
            looks.append("wakepy.modes.keep" in sys.modules)
        return now

engine = Engine()
assert not {"asyncio", "dbus_fast", "wakepy"} & set(sys.modules), "they delay the start"
with media_keys(engine, "Morning"), screen_awake(engine, look=0.01):
    wait_until(lambda: looks.count(True) >= 2, "the desktop is never asked to stay awake")
    wait_until(lambda: "media keys" not in {thread.name for thread in threading.enumerate()},
               "the media keys never find that there is no desktop")
    assert "player.remotes.interfaces" in sys.modules
print("over")
"""


class Session:
    """A fake engine with its own clock."""

    def __init__(self) -> None:
        self.now = 0.0
        self.looks = 0
        self.state = State.PREPARING

    @property
    def snapshot(self) -> SimpleNamespace:
        self.looks += 1
        return SimpleNamespace(state=self.state)

    def is_seen(self) -> None:
        """Wait until the last look has taken effect."""
        enough = self.looks + 2
        until(lambda: self.looks >= enough, "it is looked at")


def test_awake_while_playing_and_through_short_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session: Any = Session()
    with private_bus(tmp_path) as bus, screen_saver(bus.address) as asked:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        with screen_awake(session, clock=lambda: session.now, look=0.01):
            until(lambda: asked == [TAKEN], "it is kept awake")
            session.state, session.now = State.PLAYING, 600.0
            session.is_seen()
            session.state, session.now = State.PAUSED, 719.0
            session.is_seen()
            assert asked == [TAKEN]
            session.now = 721.0
            until(lambda: asked == [TAKEN, GIVEN_BACK], "it may go dark")
            session.state = State.PLAYING
            until(lambda: asked == [TAKEN, GIVEN_BACK, TAKEN], "it is kept awake again")
        until(lambda: asked == [TAKEN, GIVEN_BACK] * 2, "it may go dark at the end")


def test_a_session_that_never_played_keeps_nothing_awake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session: Any = Session()
    session.state = State.PAUSED
    with private_bus(tmp_path) as bus, screen_saver(bus.address) as asked:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        with screen_awake(session, clock=lambda: session.now, look=0.01):
            session.is_seen()

        assert asked == []


@pytest.mark.parametrize("address", [None, "", "unix:path=/nonexistent/bus", "carrier pigeon"])
def test_without_a_desktop_there_is_no_word_on_the_screen(address: str | None) -> None:
    without = {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY"}
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment["PYTHONPATH"] = str(CHECKOUT)
    if address is not None:
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", BESIDE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "over\n", "")
