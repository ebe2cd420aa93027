"""An example session, always at the same moment, for pictures that change only when the panel does.

The ports do as little as possible, so the panel can be shown without a voice, a sound card or a disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from player.app import settings
from player.app.ports import ExerciseRow, Playing, Ports, Preview, SessionRow, Stretch, VoiceRow
from player.app.request import Wishes
from player.engine import Snapshot, State
from player.timeline import Activity, Frames, PhaseKind
from player.transport import LivePosition

if TYPE_CHECKING:
    from player.app.ports import ExportOrder, Plays
    from player.app.prepare import ProgressPort
    from player.app.request import Request
    from player.engine import Command

EXERCISES = (
    ExerciseRow(1, "Warm-up", "2 min"),
    ExerciseRow(2, "Cat stretch", "3–5 times"),
    ExerciseRow(3, "Pelvic tilt", "5–30 times, hold 5 s"),
    ExerciseRow(4, "Knee to chest", "2–3 times each side, hold 20 s"),
    ExerciseRow(5, "Rotational stretch", "2–3 times each side, in turn, hold 5–10 s"),
    ExerciseRow(6, "Cool-down", "2 min"),
)
NOW = Snapshot(
    state=State.PLAYING,
    place=LivePosition(4, Frames(0)),
    title="Knee to chest",
    phase=PhaseKind.HOLD,
    phase_length=20.0,
    phase_left=12.3,
    activity=Activity("Knee to chest", "knee-to-chest", "on your back", None, None, 2, 3, "left", 3, 4),
    saying="Now left. Draw the knee towards your chest, and keep breathing.",
    elapsed=330.0,
    length=647.0,
    estimated=False,
    prepared=8,
    sections=8,
    can_next=True,
    volume=1.0,
    muted=False,
    device="no sound card",
    remark=False,
)
ROWS = (
    SessionRow(
        "before-breakfast", "Before breakfast", Path("before-breakfast.yaml"), own=True,
        about="A short one of my own.", tags=("gentle",), needs=("mat",),
    ),
    SessionRow(
        "holiday", "holiday", Path("holiday.yaml"), own=True,
        mistakes=("holiday.yaml:4:5: unknown step 'exercize'; did you mean 'exercise'?",),
    ),
    SessionRow("core-strength", "Core strength", Path("core-strength.yaml"), own=False, tags=("strength",)),
    SessionRow(
        "evening-stretch", "Evening stretch", Path("evening-stretch.yaml"), own=False, tags=("evening",)
    ),
    SessionRow(
        "morning-stretch", "Morning stretch", Path("morning-stretch.yaml"), own=False,
        about="Four gentle stretches on the mat before the day starts.",
        tags=("stretch", "gentle", "morning"), needs=("mat", "chair", "small pillow"),
    ),
)  # fmt: skip


def strip() -> tuple[Stretch, ...]:
    """The phases of the example session."""
    sided = {4, 5}
    found = [Stretch(PhaseKind.TALK, 25, 0), Stretch(PhaseKind.MOVE, 60, 1)]
    for section in (2, 3, 4, 5):
        found.append(Stretch(PhaseKind.GET_READY, 20, section))
        for side in range(1 + (section in sided)):
            found += [Stretch(PhaseKind.SWITCH, 12, section)] * side
            for _ in range(3 if section in sided else 5):
                found += [Stretch(PhaseKind.MOVE, 3, section), Stretch(PhaseKind.HOLD, 8, section)]
        found.append(Stretch(PhaseKind.REST, 15, section))
    return (*found, Stretch(PhaseKind.MOVE, 60, 6), Stretch(PhaseKind.TALK, 30, 7))


@dataclass
class Still:
    """An engine that stands still and records its commands."""

    snapshot: Snapshot = NOW
    closed: bool = False
    sent: list[Command] = field(default_factory=list)

    def send(self, command: Command) -> None:
        """Record the command."""
        self.sent.append(command)


class Sessions:
    """Two scripts of the user's, one of them broken, and three others."""

    def rows(self) -> tuple[SessionRow, ...]:
        """All five scripts."""
        return ROWS

    def preview(self, request: Request) -> Preview:
        """The same preview for every session."""
        del request
        cautions = ("Stop if the pull turns into pain down the leg.",)
        return Preview(EXERCISES, strip(), 647.0, ("mat", "chair", "small pillow"), cautions)


class Exports:
    """Writes nothing."""

    def formats(self) -> tuple[str, ...]:
        """Some formats."""
        return ("mp3", "flac", "wav")

    def folder(self) -> str:
        """A folder."""
        return "~/Music"

    def write(self, order: ExportOrder, progress: ProgressPort) -> Path:
        """Pretend to write a file."""
        progress("writing", 1, 1)
        return Path(order.folder) / f"{order.request.session}.{order.format}"


@dataclass
class Settings:
    """Settings in memory."""

    wishes: Wishes = field(default_factory=Wishes)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    path: str = "~/.config/cuemat/config.toml"

    def read(self) -> settings.Settings:
        """The settings written last."""
        return settings.Settings(self.wishes, self.keys)

    def write(self, before: Wishes, after: Wishes) -> None:
        """Keep the settings."""
        del before
        self.wishes = after


@dataclass
class Voices:
    """Two silent voices."""

    asked: list[Wishes] = field(default_factory=list)

    def rows(self) -> tuple[VoiceRow, ...]:
        """Both voices."""
        return (VoiceRow("en-us", "English (America)"), VoiceRow("en-gb", "English (Great Britain)"))

    def sample(self, wishes: Wishes) -> None:
        """Record the request."""
        self.asked.append(wishes)


def example(snapshot: Snapshot = NOW, engine: Plays | None = None) -> Ports:
    """All ports; sessions stand still at a snapshot unless an engine is given."""
    plays = engine or Still(snapshot)

    def play(request: Request) -> Playing:
        return Playing(request.session, "Morning stretch", plays, EXERCISES, strip, lambda: None)

    return Ports(
        sessions=Sessions(),
        play=play,
        unfinished=lambda _request: None,
        exports=Exports(),
        settings=Settings(),
        voices=Voices(),
        outputs=lambda: ("miniaudio:Headphones", "silent"),
        edit=lambda _path: None,
    )
