"""Every screen as a picture, compared with the one in tests/screens; CUEMAT_DRAW=1 redraws them.

Review the changes before you keep them: `git diff --stat`, then open the files.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from player.app.request import Wishes
from player.engine import Snapshot, State
from player.testing.panel import NOW, example
from player.testing.pictures import drawn
from player.timeline import Activity, Frames, PhaseKind
from player.transport import LivePosition

from tests.panels import Stage, watch

FOLDER = Path(__file__).parent / "screens"
SIZES = ((40, 12), (80, 24), (120, 40))
RESTING = replace(
    NOW,
    state=State.PAUSED,
    phase=PhaseKind.REST,
    place=LivePosition(5, Frames(0)),
    title="Rotational stretch",
    activity=Activity("Rotational stretch", "rotational-stretch", None, 2, 3, 8, 10, "right", 4, 4),
    message="sound would now come from Loudspeakers; paused",
    estimated=True,
    prepared=6,
    volume=0.8,
)
WAITING = replace(NOW, state=State.WAITING, waits=True, remark=True, phase_left=0.0, saying="")
SCENES: dict[str, tuple[str | None, Snapshot, tuple[str, ...], str]] = {
    "browser": (None, NOW, (), "dark"),
    "hold": ("x", NOW, (), "dark"),
    "paused": ("x", RESTING, (), "light"),
    "waiting": ("x", WAITING, (), "dark"),
    "go-to": ("x", NOW, ("g",), "dark"),
    "settings": (None, NOW, ("s",), "dark"),
}


@pytest.mark.parametrize("name", SCENES)
def test_the_screen_looks_as_it_did(name: str) -> None:
    session, snapshot, keys, theme = SCENES[name]
    ports = example(snapshot)
    ports.settings.write(Wishes(), Wishes(theme=theme))

    async def scene(stage: Stage) -> None:
        if keys:
            await stage.press(*keys)
        for width, height in SIZES:
            await stage.pilot.resize_terminal(width, height)
            await stage.settle()
            compare(FOLDER / f"{name}-{width}x{height}.svg", bare(drawn(stage.panel)))

    watch(scene, ports, session)


def bare(svg: str) -> str:
    """The picture without the window around it, and without what cuts each line to its own row."""
    svg = re.sub(r"<clipPath id=\"cuemat-line.*?</clipPath>\n?", "", svg, flags=re.DOTALL)
    return re.sub(r' clip-path="url\(#cuemat-line-\d+\)"| shape-rendering="crispEdges"', "", svg)


def compare(file: Path, svg: str) -> None:
    if os.environ.get("CUEMAT_DRAW"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(svg, encoding="utf-8")

    assert letters(svg) == letters(file.read_text(encoding="utf-8"))
    assert svg == file.read_text(encoding="utf-8"), f"{file.name} has other colours"


def letters(svg: str) -> list[str]:
    """The texts with their positions, for a readable message."""
    return re.findall(r'x="[\d.]+" y="[\d.]+"[^>]*>[^<]+<', svg)
