"""The engine on Linux's session bus, as an MPRIS player.

Keyboards, headsets, lock screens and phones all control the program that takes a name under
`org.mpris.MediaPlayer2` on the bus. Our own loop and thread serve the bus, so plain lines and the panel get
the same remote, and a bus that hangs delays nothing. Without a bus, or after it dies, there is simply no
remote.
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dbus_fast.aio import MessageBus
from dbus_fast.constants import NameFlag, RequestNameReply

from player.remotes.aside import hush
from player.remotes.interfaces import Player, Root

if TYPE_CHECKING:
    import threading

    from player.engine.engine import Engine

NAME = "org.mpris.MediaPlayer2.cuemat"
PATH = "/org/mpris/MediaPlayer2"
LOOK = 0.2
"""Seconds between two looks at the engine; results of a client's command are signalled at once."""
ENDING = 0.1
"""Seconds between two checks for the end."""
FAREWELL = 0.1
"""Seconds to wait while leaving the bus."""

_log = logging.getLogger(__name__)


def serve(ending: threading.Event, engine: Engine, player: Player) -> None:
    """Serve until the event is set, even while the bus does not answer; return early if the bus goes.

    Raises:
        OSError: No bus answers at the address.
        DBusFastError: The address is unknown, or the bus does not follow the protocol.
    """
    hush("dbus_fast")
    asyncio.run(_until(ending, engine, player))


async def _until(ending: threading.Event, engine: Engine, player: Player) -> None:
    asyncio.get_running_loop().set_exception_handler(_log_fault)
    serving = asyncio.ensure_future(_serve(engine, player))
    while not ending.is_set() and not serving.done():
        await asyncio.wait({serving}, timeout=ENDING)
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def _serve(engine: Engine, player: Player) -> None:
    bus = await MessageBus().connect()
    gone = asyncio.ensure_future(bus.wait_for_disconnect())  # type: ignore[no-untyped-call]  # dbus-fast's
    try:
        bus.export(PATH, Root(engine))
        bus.export(PATH, player)
        await _take_name(bus)
        while not gone.done():
            player.tell()
            await asyncio.wait({gone}, timeout=LOOK)
        _log.info("media keys: the bus is gone")
    finally:
        bus.disconnect()
        await asyncio.wait({gone}, timeout=FAREWELL)
        if gone.done():
            gone.exception()


async def _take_name(bus: MessageBus) -> None:
    """Take our name on the bus, with our process number if another Cuemat has it."""
    for name in (NAME, f"{NAME}.instance{os.getpid()}"):
        if await bus.request_name(name, NameFlag.DO_NOT_QUEUE) is RequestNameReply.PRIMARY_OWNER:
            return
    _log.info("media keys: no free name on the bus")


def _log_fault(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    logging.getLogger("dbus_fast").info("%s", context.get("exception") or context["message"])
