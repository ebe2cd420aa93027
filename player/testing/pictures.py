"""Pictures of the panel: `python -m player.testing.pictures FOLDER` draws those of the README as SVG."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from player.app.request import Request
from player.testing.panel import example
from player.ui.app import Panel

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZE = (100, 30)
"""Columns and rows of the terminal."""


async def picture(session: str | None, keys: Iterable[str] = ()) -> str:
    """A screen of the example session, after some keys."""
    panel = Panel(example(), Request(session or ""))
    async with panel.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await panel.workers.wait_for_complete()
        await pilot.press(*keys)
        await pilot.pause()
        return drawn(panel)


def drawn(panel: Panel) -> str:
    """The panel as SVG; the same screen gives the same text."""
    return re.sub(r"terminal-\d+", "cuemat", panel.export_screenshot())


def main() -> None:
    """Draw the pictures into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, session in (("browser", None), ("now-playing", "morning-stretch")):
        (folder / f"{name}.svg").write_text(asyncio.run(picture(session)), encoding="utf-8")


if __name__ == "__main__":
    main()
