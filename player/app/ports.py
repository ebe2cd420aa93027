"""What the panel needs of the rest of the program; the composition root fills it.

Whatever may take longer than a blink (planning, speaking, writing) is called on a thread, never by the
screen. Every text in here may come from a stranger's script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from player.engine import Command, Snapshot
    from player.session import Coaching
    from player.timeline import PhaseKind


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase on the strip that shows a whole session."""

    kind: PhaseKind
    seconds: float
    section: int


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of a session."""

    section: int
    """Where to jump to."""
    title: str
    dose: str
    """As on a hand-out: "3 sets of 10 each side"."""


@dataclass(frozen=True, slots=True)
class Summary:
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

    exercises: tuple[Exercise, ...]
    strip: tuple[Stretch, ...]
    seconds: float
    """An estimate: nothing is spoken yet."""
    needs: tuple[str, ...] = ()
    """Of the session and of its exercises."""
    cautions: tuple[str, ...] = ()
    last_done: str | None = None
    """None while nobody keeps a log."""


class Sessions(Protocol):
    """What can be chosen."""

    def summaries(self) -> tuple[Summary, ...]:
        """All scripts, read afresh; a broken one never hides the others."""

    def preview(self, session: str) -> Preview:
        """What is inside one.

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
    exercises: tuple[Exercise, ...]
    strip: Callable[[], tuple[Stretch, ...]]
    """As well as it is known by now; it changes when `Snapshot.prepared` does."""
    close: Callable[[], None]
    """Ends it and waits for its threads; to be called once."""
    offer: Callable[[], str] = lambda: ""
    """Where it was broken off before, and that `c` goes on there; empty where there is no such place."""
    go_on: Callable[[], None] = lambda: None
    """Goes to that place."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A session that nobody ended."""

    told: str
    """What stopped, when and where."""
    go_on: Callable[[], Playing]
    """Goes on there; raises `Error`."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One that can be chosen."""

    id: str
    name: str


class Voices(Protocol):
    """Who can speak."""

    def known(self) -> tuple[Voice, ...]:
        """All of them.

        Raises:
            Error: There is no engine that could tell.
        """

    def sample(self, voice: str, rate: int, volume: int) -> None:
        """Let one say a sentence, aloud; returns when it has been heard.

        Raises:
            Error: It cannot speak, or nothing can be heard.
        """


@dataclass(frozen=True, slots=True)
class Preferences:
    """The listener's settings; None: as the script says, and then as the coach does."""

    voice: str = "en-us"
    rate: int = 165
    """Words a minute."""
    volume: int = 100
    """In percent."""
    music: bool = True
    """The bed of a script that names one."""
    ticks: bool | None = None
    coaching: Coaching | None = None
    extra_get_ready: float = 0.0
    """Seconds."""
    theme: str = "dark"


class Settings(Protocol):
    """The configuration file."""

    @property
    def path(self) -> str:
        """As it is shown to the user."""

    def read(self) -> Preferences:
        """What it says.

        Raises:
            UserError: It says something that means nothing.
        """

    def write(self, before: Preferences, after: Preferences) -> None:
        """Write what has changed; comments and everything else stay.

        Raises:
            UserError: It cannot be written.
        """


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be written."""

    session: str
    format: str
    """An ending without its dot."""
    voice: str
    music: bool
    folder: str


class CancelledError(Exception):
    """The user changed their mind; raised by `progress` through whatever is at work."""


class Exports(Protocol):
    """Sound files."""

    def formats(self) -> tuple[str, ...]:
        """What can be written here, the likeliest first."""

    def folder(self) -> str:
        """Where to write unless told otherwise."""

    def write(self, order: ExportOrder, progress: Callable[[str, float], None]) -> Path:
        """Write a file, and say where.

        Args:
            order: What to write.
            progress: Called with what is being done and how much of it, from 0 to 1; what it raises ends the
                work, and nothing is left behind.

        Raises:
            Error: It cannot be written.
        """


@dataclass(frozen=True, slots=True)
class Ports:
    """All of them."""

    sessions: Sessions
    play: Callable[[str], Playing]
    """Begin to play a session; raises `Error`."""
    stopped: Callable[[], Stopped | None]
    """What was broken off last; None: every session was ended."""
    exports: Exports
    settings: Settings
    voices: Voices
    edit: Callable[[Path], None]
    """Open a script in the user's editor, which has the terminal meanwhile; raises `Error`."""
