"""From a request to a session that can be heard: where wishes, script, settings and defaults meet.

Precedence: a wish wins over the script, the script over the settings, those over the default. `Choices` win
over a script, so what the settings say goes into them only where the script is silent.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Protocol

from player import layout
from player.app.folders import settings_file
from player.app.settings import read_settings
from player.errors import Mistake, ScriptError, SoundError, UserError
from player.library import Library, path_of
from player.session import Choices
from player.speech.manner import Manner
from player.timeline import LONGEST, MOST_CUES
from player.wording import wording_for
from player.words import clock, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from player.app.request import Request
    from player.compiler import Compiled, Compiler
    from player.errors import Source
    from player.library import Script
    from player.session import Session
    from player.sound.bed import Bed
    from player.timeline import Timeline


class Progress(Protocol):
    """Hears how far a long work is; what it raises ends the work, and nothing is left behind."""

    def __call__(self, doing: str, done: int, total: int, /) -> None:
        """What is being done ("speaking", "writing"), and how much of it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A session, spoken and laid out."""

    script: Script
    compiled: Compiled
    choices: Choices
    voice: str
    """Who speaks, as `cuemat voices` lists it."""
    warning: str | None
    """What is odd about the voice or its cache; the session is whole all the same."""

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return self.compiled.timeline.length / self.compiled.timeline.rate


def settle(request: Request) -> Request:
    """The request with what the listener's settings say, as the file is now.

    Raises:
        UserError: The settings have mistakes.
    """
    return replace(request, usual=read_settings(settings_file()).wishes)


def load(request: Request) -> Script:
    """The script that is asked for.

    Raises:
        UserError: There is none.
        ScriptError: It has mistakes.
    """
    return Library.found().load(request.session)


def choices_for(session: Session, request: Request) -> Choices:
    """What the listener chose for this session."""
    wishes = request.wishes.over(request.usual)
    found: dict[str, object] = {}
    for one in fields(Choices):
        wish = getattr(request.wishes, one.name)
        silent = getattr(session, one.name, None) is None
        value = getattr(wishes, one.name) if silent else wish
        if value is not None:
            found[one.name] = value
    return Choices(**found)  # type: ignore[arg-type]  # fields of the same names and types


def manner_for(request: Request, language: str = "en") -> Manner:
    """The voice to speak with: the one that the listener chose, or else one that speaks the language.

    Raises:
        UserError: It cannot speak like that.
    """
    voice = request.wishes.voice or request.usual.voice or wording_for(language).voice
    return Manner(voice, request.chosen("rate"), request.chosen("pitch"))


def compile_session(request: Request, progress: Progress, script: Script | None = None) -> Prepared:
    """Speak and lay out a whole session.

    Args:
        request: What is wanted; settled.
        progress: Hears how much is spoken.
        script: What is asked for, if it was loaded already.

    Raises:
        ScriptError: It has mistakes, or is too long with these choices.
        SpeechError: No voice can speak it.
        SoundError: A sound cannot be read.
        UserError: The voice does not exist.
    """
    script = script or load(request)
    with compiler_for(script, request) as (compiler, warning):
        compiled = compiler.compile(lambda done, total: progress("speaking", done, total))
        choices = choices_for(script.session, request)
        voice = manner_for(request, script.session.language).voice
        return Prepared(script, compiled, choices, voice, warning())


def compiler_for(
    script: Script, request: Request
) -> AbstractContextManager[tuple[Compiler, Callable[[], str | None]]]:
    """A compiler for a session; its voice is closed in the end. Raises as `compile_session`."""
    from player.app.speaking import speaking

    choices = choices_for(script.session, request)
    refuse_endless(script, choices)
    return speaking(script, choices, manner_for(request, script.session.language))


def bed_for(script: Script, request: Request) -> Bed | None:
    """The music under a session: what the listener wants, or else what the script says.

    Raises:
        UserError: There is no such bed, or the file that was asked for is no music.
        SoundError: The bed cannot be read.
    """
    path = music_path(script, request)
    if path is None:
        return None
    from player.app.speaking import load_music

    music = request.chosen("music")
    try:
        return load_music(path, request.chosen("music_level"))
    except SoundError as error:
        if music is None or music in script.library.sounds:
            raise
        message = f"{error}; give the name of a bed, a sound file, or off"
        raise UserError(message) from error


def music_path(script: Script, request: Request) -> Path | None:
    """The file of the music, None if there is none.

    Raises:
        UserError: There is no such bed or file.
    """
    music: str | None = request.chosen("music")
    if music is None:
        return script.music
    if music == "off":
        return None
    if music in script.library.sounds:
        return script.library.sounds[music].path
    path = path_of(music)
    if not music or not os.path.lexists(path):
        message = f"unknown music {quoted(music)}; give the name of a bed, a sound file, or off"
        raise UserError(message)
    return path


def estimate(script: Script, choices: Choices) -> Timeline:
    """The session as it will be, as nearly as that is known before anything is spoken."""
    return layout.estimate(layout.plan(script.session, choices))


def refuse_endless(script: Script, choices: Choices) -> None:
    """See, before anything is spoken, that the session comes to an end in time.

    Raises:
        ScriptError: It is too long.
    """
    if mistakes := list(find_excess(script, estimate(script, choices), "≈ ")):
        raise ScriptError(mistakes)


def find_excess(script: Script, timeline: Timeline, mark: str = "") -> Iterator[Mistake]:
    """What is too long about a session; `mark` says "estimated"."""
    source = script.session.source
    length, cues = timeline.length / timeline.rate, len(timeline.cues)
    if length > LONGEST:
        message = f"the session lasts {mark}{clock(length)}; three hours are the most, so split it"
        yield Mistake(source, message)
    if cues > MOST_CUES:
        message = f"the session has {mark}{cues:,} cues; {MOST_CUES:,} are the most, so split it"
        yield Mistake(source, message)


def find_misfits(script: Script, timeline: Timeline, mark: str = "") -> list[Mistake]:
    """Words that did not fit where they belong, the first of each script line; `mark` says "estimated"."""
    found: dict[Source, str] = {}
    for misfit in timeline.misfits:
        found.setdefault(misfit.source or script.session.source, f"{mark}{misfit.message}")
    return [Mistake(source, message) for source, message in sorted(found.items())]
