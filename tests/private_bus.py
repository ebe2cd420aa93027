"""A private session bus, and the clients of a desktop: playerctl, dbus-send, a listener."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from player.testing.waiting import PATIENCE, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PLAYER = "org.mpris.MediaPlayer2.Player"
OBJECT = "/org/mpris/MediaPlayer2"


def until(holds: Callable[[], object], what: str) -> None:
    """Wait for something that must come true."""
    wait_until(holds, f"never: {what}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client printed."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Bus:
    """A bus that runs."""

    address: str
    daemon: subprocess.Popen[str]

    def run(self, *command: str) -> Answer:
        """A client on this bus."""
        done = subprocess.run(
            command,
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        return Answer(done.returncode, done.stdout.strip(), done.stderr.strip())

    def playerctl(self, *arguments: str, player: str = "cuemat") -> Answer:
        """Run playerctl, as a user types it."""
        return self.run("playerctl", "--player", player, *arguments)

    def send(self, method: str, *arguments: str, interface: str = PLAYER) -> Answer:
        """Call a method without asking first whether it can be called, as a headset does."""
        to = "--dest=org.mpris.MediaPlayer2.cuemat"
        return self.run("dbus-send", "--print-reply", to, OBJECT, f"{interface}.{method}", *arguments)

    def kill(self) -> None:
        """Kill the bus, as when the desktop crashes."""
        self.daemon.kill()
        self.daemon.wait()


@contextmanager
def private_bus(folder: Path) -> Iterator[Bus]:
    """A bus for this test only; without the tools for it, the test is skipped."""
    missing = [tool for tool in ("dbus-daemon", "dbus-send", "playerctl") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"needs {', '.join(missing)} (Debian: apt-get install dbus playerctl)")
    listen = f"--address=unix:path={folder / 'bus'}"
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address", listen]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        try:
            yield Bus(daemon.stdout.readline().strip(), daemon)
        finally:
            daemon.kill()


@dataclass(slots=True)
class Listener:
    """Hears every signal of media players on a bus."""

    signals: list[tuple[str, list[Any]]] = field(default_factory=list)
    """Members and their bodies."""

    def of(self, member: str) -> list[list[Any]]:
        """The bodies of one kind of signal."""
        return [body for name, body in self.signals if name == member]

    def hears(self, member: str, count: int) -> None:
        """Wait for a number of them, and return the last."""
        until(lambda: len(self.of(member)) >= count, f"{count} of {member}")

    def changed(self) -> list[str]:
        """The names of all properties signalled as changed, in order."""
        return [name for body in self.of("PropertiesChanged") for name in body[1]]


@contextmanager
def on_the_bus(address: str, run: Callable[[Any], Any]) -> Iterator[None]:
    """A connection with its own loop and thread; awaits `run(bus)`, then stays open."""
    from dbus_fast.aio import MessageBus  # noqa: PLC0415  Linux only; the caller has been skipped elsewhere

    ready, over = threading.Event(), threading.Event()

    async def stay() -> None:
        bus = await MessageBus(address).connect()
        await run(bus)
        ready.set()
        await asyncio.to_thread(over.wait)
        bus.disconnect()
        await asyncio.wait({asyncio.ensure_future(bus.wait_for_disconnect())})  # type: ignore[no-untyped-call]  # dbus-fast's

    thread = threading.Thread(target=lambda: asyncio.run(stay()))
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def listening(address: str) -> Iterator[Listener]:
    """Collect signals while the block runs."""
    from dbus_fast import Message, MessageType  # noqa: PLC0415  as above

    listener = Listener()

    def hear(message: Message) -> None:
        if message.message_type is MessageType.SIGNAL and message.path == OBJECT:
            listener.signals.append((message.member or "", message.body))

    async def subscribe(bus: Any) -> None:  # noqa: ANN401  a bus
        bus.add_message_handler(hear)
        rule = f"type='signal',path='{OBJECT}'"
        driver = "org.freedesktop.DBus"
        await bus.call(
            Message(driver, "/org/freedesktop/DBus", driver, "AddMatch", signature="s", body=[rule])
        )

    with on_the_bus(address, subscribe):
        yield listener


@contextmanager
def screen_saver(address: str) -> Iterator[list[tuple[str, list[Any]]]]:
    """A desktop that can be asked to keep the screen on; yields the requests."""
    from dbus_fast import Message  # noqa: PLC0415  as above

    asked: list[tuple[str, list[Any]]] = []

    def answer(message: Message) -> Message | None:
        if message.interface != "org.freedesktop.ScreenSaver":
            return None
        asked.append((message.member or "", message.body))
        if message.member == "Inhibit":
            return Message.new_method_return(message, "u", [7])
        return Message.new_method_return(message)

    async def own(bus: Any) -> None:  # noqa: ANN401  a bus
        bus.add_message_handler(answer)
        await bus.request_name("org.freedesktop.ScreenSaver")

    with on_the_bus(address, own):
        yield asked
