"""The data that a front end shows, and the work it asks for; `app.panel` implements it.

Anything slow (planning, speaking, writing) is called on a thread, never by the screen. Every text in here may
come from a stranger's script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from player.app.following import Unfinished
    from player.app.prepare import ProgressPort
    from player.app.request import Request, Wishes
    from player.app.settings import Settings
    from player.engine import Command, Snapshot
    from player.engine.engine import Engine
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
    """The number of its section, to jump to."""
    title: str
    dose: str
    """In the words of a hand-out: "3 sets of 10 each side"."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One script in the list."""

    id: str
    title: str
    path: Path
    own: bool
    """It is the user's, not a bundled one."""
    about: str = ""
    tags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    """If there are any, the session cannot be played."""
    replaces_bundled: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The contents of a session."""

    exercises: tuple[ExerciseRow, ...]
    strip: tuple[Stretch, ...]
    seconds: float
    """An estimate: nothing is spoken yet."""
    needs: tuple[str, ...] = ()
    """What the session and its exercises need."""
    cautions: tuple[str, ...] = ()


class Sessions(Protocol):
    """The sessions to choose from."""

    def rows(self) -> tuple[SessionRow, ...]:
        """Read all scripts again; a broken one never hides the others."""

    def preview(self, request: Request) -> Preview:
        """The contents of one session, at the requested dose.

        Raises:
            Error: The script has mistakes, or is gone.
        """


class Plays(Protocol):
    """What the panel needs from an engine."""

    @property
    def snapshot(self) -> Snapshot:
        """The engine's current state."""

    @property
    def closed(self) -> bool:
        """Whether it has ended."""

    def send(self, command: Command) -> None:
        """Queue a command; returns at once."""


@dataclass(frozen=True, slots=True)
class Playing:
    """A session that plays."""

    id: str
    title: str
    engine: Plays
    exercises: tuple[ExerciseRow, ...]
    strip: Callable[[], tuple[Stretch, ...]]
    """Returns the strip as far as it is known; it changes when `Snapshot.prepared` does."""
    close: Callable[[], None]
    """Ends the session and waits for its threads; call it once."""
    offer: Callable[[str], str] = lambda _key: ""
    """Says, for a key, where the session stopped last time and that the key resumes it; empty if it did
    not."""
    go_on: Callable[[], None] = lambda: None
    """Jumps to that place."""


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice to choose from."""

    id: str
    name: str


class Voices(Protocol):
    """The voices to choose from."""

    def rows(self) -> tuple[VoiceRow, ...]:
        """List all voices.

        Raises:
            Error: No speech engine is installed.
        """

    def sample(self, wishes: Wishes) -> None:
        """Speak a sample sentence aloud; returns once it has been heard.

        Raises:
            Error: The voice or the output does not work.
        """


class SettingsFile(Protocol):
    """The listener's defaults."""

    @property
    def path(self) -> str:
        """The path as shown to the user."""

    def read(self) -> Settings:
        """Read the file.

        Raises:
            UserError: It has mistakes.
        """

    def write(self, before: Wishes, after: Wishes) -> None:
        """Write the changed settings; comments and everything else stay.

        Raises:
            UserError: It cannot be written.
        """


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to write."""

    request: Request
    format: str
    """A file name ending, without the dot."""
    folder: str


class CancelledError(Exception):
    """The user cancelled; `progress` raises it to stop the work."""


class Exports(Protocol):
    """Writes sound files."""

    def formats(self) -> tuple[str, ...]:
        """The formats that can be written here, the most usual first."""

    def folder(self) -> str:
        """The default folder."""

    def write(self, order: ExportOrder, progress: ProgressPort) -> Path:
        """Write a file, and return its path.

        Args:
            order: What to write.
            progress: Gets the progress; if it raises, the work stops and leaves nothing behind.

        Raises:
            Error: It cannot be written.
        """


@dataclass(frozen=True, slots=True)
class Ports:
    """All ports of a front end."""

    sessions: Sessions
    play: Callable[[Request], Playing]
    """Starts playing a session; raises `Error`."""
    unfinished: Callable[[Request], Unfinished | None]
    """Finds the unfinished session, with the wishes of this run; None: there is none."""
    exports: Exports
    settings: SettingsFile
    voices: Voices
    outputs: Callable[[], tuple[str, ...]]
    """Lists all values of `--output`."""
    edit: Callable[[Path], None]
    """Opens a script in the user's editor, which takes over the terminal; raises `Error`."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the computer does while a session plays; by default nothing."""

    beside: tuple[Callable[[Engine, str, Callable[[], str]], AbstractContextManager[object]], ...] = ()
    """Media keys, keeping the screen awake: each gets the engine, the session's title, and a function that
    draws its cover and returns the address."""
    slept: Callable[[], float] = lambda: 0.0
    """Returns the seconds that the machine has slept since it started."""
