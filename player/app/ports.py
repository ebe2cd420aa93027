"""What a front end shows, in rows, and what it needs done; `app.panel` does it in earnest.

Whatever may take longer than a blink (planning, speaking, writing) is called on a thread, never by the
screen. Every text in here may come from a stranger's script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from player.app.following import Unfinished
    from player.app.prepare import Progress
    from player.app.request import Request, Wishes
    from player.app.settings import Settings
    from player.engine import Command, Snapshot
    from player.timeline import PhaseKind


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase on the strip that shows a whole session."""

    kind: PhaseKind
    seconds: float
    section: int


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One exercise of a session."""

    section: int
    """Where to jump to."""
    title: str
    dose: str
    """As on a hand-out: "3 sets of 10 each side"."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """What the list shows of a script."""

    id: str
    title: str
    path: Path
    own: bool
    """The user's, not a bundled one."""
    about: str = ""
    tags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    """Not empty: it cannot be played."""
    replaces_bundled: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What is inside a session."""

    exercises: tuple[ExerciseRow, ...]
    strip: tuple[Stretch, ...]
    seconds: float
    """An estimate: nothing is spoken yet."""
    needs: tuple[str, ...] = ()
    """Of the session and of its exercises."""
    cautions: tuple[str, ...] = ()


class Sessions(Protocol):
    """What can be chosen."""

    def rows(self) -> tuple[SessionRow, ...]:
        """All scripts, read afresh; a broken one never hides the others."""

    def preview(self, request: Request) -> Preview:
        """What is inside one, at the dose that is asked for.

        Raises:
            Error: It has mistakes, or is gone.
        """


class Plays(Protocol):
    """What the panel needs of an engine."""

    @property
    def snapshot(self) -> Snapshot:
        """The present moment."""

    @property
    def closed(self) -> bool:
        """It has ended."""

    def send(self, command: Command) -> None:
        """Ask for something; returns at once."""


@dataclass(frozen=True, slots=True)
class Playing:
    """A session that plays."""

    id: str
    title: str
    engine: Plays
    exercises: tuple[ExerciseRow, ...]
    strip: Callable[[], tuple[Stretch, ...]]
    """As well as it is known by now; it changes when `Snapshot.prepared` does."""
    close: Callable[[], None]
    """Ends it and waits for its threads; to be called once."""
    offer: Callable[[str], str] = lambda _key: ""
    """Where it was broken off before, and which key resumes it; empty where there is no such place."""
    go_on: Callable[[], None] = lambda: None
    """Goes to that place."""


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice that can be chosen."""

    id: str
    name: str


class Voices(Protocol):
    """Who can speak."""

    def rows(self) -> tuple[VoiceRow, ...]:
        """All of them.

        Raises:
            Error: There is no engine that could tell.
        """

    def sample(self, wishes: Wishes) -> None:
        """Let one say a sentence, aloud; returns when it has been heard.

        Raises:
            Error: It cannot speak, or nothing can be heard.
        """


class SettingsFile(Protocol):
    """The listener's defaults."""

    @property
    def path(self) -> str:
        """As it is shown to the user."""

    def read(self) -> Settings:
        """What it says.

        Raises:
            UserError: It says something that means nothing.
        """

    def write(self, before: Wishes, after: Wishes) -> None:
        """Write what has changed; comments and everything else stay.

        Raises:
            UserError: It cannot be written.
        """


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be written."""

    request: Request
    format: str
    """An ending without its dot."""
    folder: str


class CancelledError(Exception):
    """The user changed their mind; raised by `progress` through whatever is at work."""


class Exports(Protocol):
    """Sound files."""

    def formats(self) -> tuple[str, ...]:
        """What can be written here, the likeliest first."""

    def folder(self) -> str:
        """Where to write unless told otherwise."""

    def write(self, order: ExportOrder, progress: Progress) -> Path:
        """Write a file, and say where.

        Args:
            order: What to write.
            progress: Hears how far it is; what it raises ends the work, and nothing is left behind.

        Raises:
            Error: It cannot be written.
        """


@dataclass(frozen=True, slots=True)
class Ports:
    """All of them."""

    sessions: Sessions
    play: Callable[[Request], Playing]
    """Begin to play a session; raises `Error`."""
    unfinished: Callable[[Request], Unfinished | None]
    """What was broken off last, with the wishes of this run; None: every session was ended."""
    exports: Exports
    settings: SettingsFile
    voices: Voices
    outputs: Callable[[], tuple[str, ...]]
    """Where sound can go, as `--output` takes it."""
    edit: Callable[[Path], None]
    """Open a script in the user's editor, which has the terminal meanwhile; raises `Error`."""
