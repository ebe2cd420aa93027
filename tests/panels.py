"""The panel in tests: driven by Textual's pilot, with an engine that stands still or one that is pumped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from player.app.ports import ExerciseRow, Playing, Ports, Stretch
from player.app.request import Request
from player.testing.panel import example
from player.timeline import PhaseKind
from player.ui.app import Panel
from player.ui.screens.now_playing import NowPlaying
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot
    from textual.screen import Screen

    from tests.test_engine import Player

Result = TypeVar("Result")
Scene = Callable[["Stage"], Awaitable[None]]
SIZE = (80, 24)


class Stage:
    """A panel under observation."""

    def __init__(self, panel: Panel, pilot: Pilot[BaseException | str | None]) -> None:
        self.panel, self.pilot = panel, pilot

    async def settle(self) -> None:
        """Wait until every thread and message has come to rest."""
        await self.pilot.pause()
        await self._threads()

    async def _threads(self) -> None:
        if not all(worker.is_finished for worker in self.panel.workers):
            await self.panel.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys and wait for what they do."""
        await self.pilot.press(*keys)
        await self._threads()

    async def look(self) -> None:
        """Run the screen's next look at the engine."""
        if isinstance(self.screen, NowPlaying):
            self.screen.look()
        await self.settle()

    @property
    def screen(self) -> Screen[object]:
        """The top screen."""
        screen: Screen[object] = self.panel.screen
        return screen

    @property
    def name(self) -> str:
        """The top screen's class name."""
        return type(self.screen).__name__

    def text(self) -> str:
        """All text that the top screen shows in the terminal's own font."""
        width, height = self.panel.size
        rows = self.screen._compositor.render_strips(self.panel.size)
        assert len(rows) == height
        return "\n".join(row.text[:width].rstrip() for row in rows)

    def words(self, selector: str) -> str:
        """The text of one widget."""
        return str(self.screen.query_one(selector, Static).render())

    def told(self) -> list[str]:
        """Messages at the edge of the screen, the newest last."""
        return [notification.message for notification in self.panel._notifications]


@asynccontextmanager
async def stage(
    ports: Ports | None = None,
    session: str | None = None,
    size: tuple[int, int] = SIZE,
    *,
    patient: bool = True,
) -> AsyncIterator[Stage]:
    """A panel on an invisible terminal; settled, if `patient`."""
    panel = Panel(ports or example(), Request(session or ""))
    async with panel.run_test(size=size) as pilot:
        watched = Stage(panel, pilot)
        await (watched.settle() if patient else pilot.pause())
        yield watched


def watch(
    scene: Scene,
    ports: Ports | None = None,
    session: str | None = None,
    size: tuple[int, int] = SIZE,
    *,
    patient: bool = True,
) -> None:
    """Run a scene with a panel."""

    async def play() -> None:
        async with stage(ports, session, size, patient=patient) as watched:
            await scene(watched)

    asyncio.run(play())


def pumped(player: Player) -> Ports:
    """Ports whose sessions play on a pumped engine: talk, Bridge, Cat, end; five seconds each."""
    exercises = (ExerciseRow(1, "Bridge", "10 times"), ExerciseRow(2, "Cat", "5 times"))
    strip = tuple(
        stretch
        for section in range(4)
        for stretch in (Stretch(PhaseKind.HOLD, 4, section), Stretch(PhaseKind.REST, 1, section))
    )

    def play(request: Request) -> Playing:
        return Playing(request.session, "Test", player.engine, exercises, lambda: strip, lambda: None)

    return replace(example(), play=play)
