"""Finds scripts, exercises and sounds: in the user's folders first, then among the bundled ones.

The user's own files win over bundled ones with the same id, and lists say so. A script given by its path may
bring its own exercises and sounds in its folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from player import script
from player.errors import ScriptError, UserError
from player.files.plain import read_plain
from player.shelves import (
    DRAWING_ENDINGS,
    HOME_VARIABLE,
    SCRIPT_ENDINGS,
    SOUND_ENDINGS,
    Entry,
    Origin,
    Shelf,
    both_shelves,
    composed,
    entry_given,
    is_path,
    left_out,
    listed,
    may_be_script,
    path_of,
    shown,
    users_home,
)
from player.wording import ENGLISH
from player.words import did_you_mean, printable, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from player.errors import Mistake
    from player.session import Exercise, Session, Talk

# fmt: off
__all__ = [
    "HOME_VARIABLE", "Entry", "Library", "Origin", "Script", "Shelf", "Summary",
    "path_of", "shown", "summary_of", "users_home",
]
# fmt: on

MOST_DRAWN = 1_000_000
"""Size limit of a drawing in bytes."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One script in a list; if it cannot be read, it has mistakes instead of a head."""

    entry: Entry
    head: script.Head | None
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """A session ready to be compiled, and the library of its sounds."""

    entry: Entry
    session: Session
    warnings: tuple[Mistake, ...]
    library: Library
    """The library, including files beside the script if it was given by its path."""

    @property
    def music(self) -> Path | None:
        """The bed; None if the script names none, or one that does not exist (which gives a warning)."""
        bed = self.library.sounds.get(self.session.music or "")
        return bed.path if bed else None


@dataclass(frozen=True)
class Library:
    """Everything on some shelves; for equal ids, the first shelf wins."""

    shelves: tuple[Shelf, ...]
    alphabets: frozenset[str] | None = None
    """The alphabets that the voice reads; None: nothing will be spoken, so any text will do."""
    _read: dict[str, Exercise | ScriptError] = field(default_factory=dict, repr=False, compare=False)
    """Exercises read so far."""

    @classmethod
    def found(cls, home: Path | None = None, alphabets: frozenset[str] | None = None) -> Library:
        """Return the user's library and the bundled one.

        Args:
            home: The folder of the user's scripts/, scripts/exercises/ and sounds/. None: the one in the
                environment variable CUEMAT_HOME, or else the platform's folder for user data.
            alphabets: Those that the voice reads; None: nothing will be spoken.
        """
        return cls(both_shelves(home), alphabets)

    @cached_property
    def scripts(self) -> dict[str, Entry]:
        """All scripts by id, in the order of the ids."""
        return listed(
            ((shelf, (shelf.scripts,) if shelf.scripts else ()) for shelf in self.shelves), SCRIPT_ENDINGS
        )

    @cached_property
    def exercises(self) -> dict[str, Entry]:
        """All exercises by id, in the order of the ids."""
        return listed(((shelf, (shelf.exercises,)) for shelf in self.shelves), SCRIPT_ENDINGS)

    @cached_property
    def talks(self) -> dict[str, Entry]:
        """All talks by id, in the order of the ids."""
        return listed(((shelf, (shelf.talks,)) for shelf in self.shelves), SCRIPT_ENDINGS)

    @cached_property
    def drawings(self) -> dict[str, Entry]:
        """All drawings of exercises, by the exercise's id."""
        return listed(((shelf, (shelf.exercises / "drawings",)) for shelf in self.shelves), DRAWING_ENDINGS)

    @cached_property
    def sounds(self) -> dict[str, Entry]:
        """All sounds and beds by name, in the order of the names."""
        shelves = sorted(self.shelves, key=lambda shelf: shelf.origin is Origin.BESIDE)
        return listed(((shelf, shelf.sounds) for shelf in shelves), SOUND_ENDINGS)

    def exercise_ids(self) -> Collection[str]:
        """Return the ids of all exercises."""
        return self.exercises.keys()

    def talk_ids(self) -> Collection[str]:
        """Return the ids of all talks."""
        return self.talks.keys()

    def talk(self, identity: str) -> Talk:
        """Return a talk.

        Raises:
            UserError: There is none with this id.
            ScriptError: It has mistakes.
        """
        path = _known(identity, self.talks, "talk").path
        file = shown(path)
        return script.parse_talk(script.read_text(path, file), file, identity, self._unspoken)

    def drawing(self, identity: str) -> bytes | None:
        """Return the drawing of an exercise; None if it is missing or unreadable."""
        drawn, exercise = self.drawings.get(identity), self.exercises.get(identity)
        if drawn is None or (exercise and exercise.origin is not drawn.origin):
            return None  # a bundled drawing does not show the user's own exercise
        try:
            return read_plain(drawn.path, MOST_DRAWN)
        except OSError:
            return None

    def sound_ids(self) -> Collection[str]:
        """Return the names of all sounds."""
        return self.sounds.keys()

    def sounds_left_out(self) -> Collection[str]:
        """Return the names beside the script that lead out of its folder, or are not regular files."""
        return left_out(((one, one.sounds) for one in self.shelves), SOUND_ENDINGS) - self.sounds.keys()

    def exercise(self, identity: str) -> Exercise:
        """Return an exercise of the catalogue.

        Raises:
            UserError: There is none with this id.
            ScriptError: It has mistakes.
        """
        if identity not in self._read:
            entry = _known(identity, self.exercises, "exercise")
            try:
                file = shown(entry.path)
                text = script.read_text(entry.path, file)
                self._read[identity] = script.parse_exercise(text, file, identity, self._unspoken)
            except ScriptError as problem:
                self._read[identity] = problem
        read = self._read[identity]
        if isinstance(read, ScriptError):
            raise read
        return read

    @property
    def _unspoken(self) -> Callable[[str], Collection[str]] | None:
        if self.alphabets is None:
            return None
        return partial(ENGLISH.spelling.unspoken, alphabets=self.alphabets)

    def sound(self, name: str) -> Path:
        """Return the file of a sound.

        Raises:
            UserError: There is none with this name.
        """
        return _known(name, self.sounds, "sound").path

    def summaries(self) -> tuple[Summary, ...]:
        """Return a summary of every script; a broken one never hides the others."""
        return tuple(map(summary_of, self.scripts.values()))

    def locate(self, session: str) -> Entry:
        """Return the script that a user means by an id or a path: the one rule for all commands.

        Args:
            session: A path, which contains a separator or ends in .yaml or .yml; otherwise an id, or the name
                of a file with any ending in the current folder.

        Raises:
            UserError: There is no such script.
        """
        if not is_path(session) and (composed(session) in self.scripts or not path_of(session).is_file()):
            return _known(session, self.scripts, "session")
        return entry_given(path_of(session))

    def locate_any(self, name: str) -> Entry:
        """Return the session, exercise or talk that a user means by an id or a path; raises like `locate`."""
        one = composed(name)
        found = None if one in self.scripts else self.exercises.get(one) or self.talks.get(one)
        return found if found and not is_path(name) and not path_of(name).is_file() else self.locate(name)

    def load(self, session: str) -> Script:
        """Return the session that a user means by an id or a path.

        Raises:
            UserError: There is no such script.
            ScriptError: It has mistakes.
        """
        return self._load(self.locate(session))

    def _load(self, entry: Entry) -> Script:
        file, text = self._text_of(entry)
        home = self.beside(entry.path) if entry.origin is Origin.BESIDE else self
        parsed = script.parse_session(text, file, entry.id, home, self._unspoken)
        return Script(entry, parsed.session, parsed.warnings, home)

    def _text_of(self, entry: Entry) -> tuple[str, str]:
        """Return the name and the text of a file; another document, opened by mistake, is told as one."""
        file = shown(entry.path)
        text = script.read_text(entry.path, file)
        if not may_be_script(entry.path.name):
            try:
                script.holds_exercise(text, file)
            except ScriptError:
                message = f"{file} is not a session; see `cuemat list`, or write one with `cuemat new`"
                raise UserError(message) from None
        return file, text

    def check(self, name: str) -> Script | Exercise | Talk:
        """Return the session, exercise or talk that a user means by an id or a path.

        Raises:
            UserError: There is none.
            ScriptError: It has mistakes.
        """
        entry = self.locate_any(name)
        file, text = self._text_of(entry)
        if script.holds_exercise(text, file):
            return script.parse_exercise(text, file, entry.id, self._unspoken)
        if script.holds_talk(text, file):
            return script.parse_talk(text, file, entry.id, self._unspoken)
        return self._load(entry)

    def beside(self, path: Path) -> Library:
        """Return this library with the files in a script's folder.

        Exercises there win, because the script was written with them. Sounds there are only added, because a
        sound has one meaning, and a stranger's folder must not redefine hold-starts.
        """
        folder = path.parent
        sounds = (folder / "sounds", folder)
        shelf = Shelf(Origin.BESIDE, None, folder / "exercises", folder / "talks", sounds, folder)
        return Library((shelf, *self.shelves), self.alphabets)


def _known(identity: str, entries: Mapping[str, Entry], what: str) -> Entry:
    """Return an entry by its id.

    Raises:
        UserError: There is none; the message may suggest another.
    """
    if (entry := entries.get(composed(identity))) is not None:
        return entry
    hint = did_you_mean(identity, entries) or f"; there are: {', '.join(map(printable, entries)) or 'none'}"
    message = f"unknown {what} {quoted(identity)}{hint}"
    raise UserError(message)


def summary_of(entry: Entry) -> Summary:
    """Return the summary of one script."""
    file = shown(entry.path)
    try:
        return Summary(entry, script.parse_head(script.read_text(entry.path, file), file))
    except ScriptError as problem:
        return Summary(entry, None, problem.mistakes)
