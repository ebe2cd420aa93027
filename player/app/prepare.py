"""From a request to a session ready to play: wishes, script, settings and defaults meet here.

Precedence: a wish wins over the script, the script over the settings, those over the default. `Choices` win
over a script, so what the settings say goes into them only where the script is silent.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from player import layout
from player.app.folders import settings_file
from player.app.keys import are_as_told
from player.app.lexicon import lexicon_for, own_lexicon
from player.app.request import SETTINGS, KeepAwake
from player.app.settings import usable_settings
from player.errors import Mistake, ScriptError, SoundError, UserError
from player.library import Library, path_of, shown
from player.session import Choices
from player.shelves import both_shelves
from player.speech.manner import Manner
from player.timeline import LONGEST, MOST_CUES, WAKING
from player.voices.alphabets import alphabets_of
from player.voices.engines import is_natural, natural_is_installed, natural_is_missing, usual_voice
from player.wording import wording_for
from player.words import clock, did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from player.app.request import Request, Wishes
    from player.compiler import Compiled, Compiler
    from player.errors import Error, Source
    from player.library import Script
    from player.session import Session
    from player.sound.bed import Bed
    from player.timeline import Timeline


class Use(StrEnum):
    """What a session is prepared for."""

    FILE = "file"
    """One sound file, or a look at what would be in it."""
    FILES = "files"
    """A file for each exercise."""
    LIVE = "live"


class ProgressPort(Protocol):
    """Gets the progress of long work; if it raises, the work stops and leaves nothing behind."""

    def __call__(self, doing: str, done: int, total: int, /) -> None:
        """Report what is being done ("speaking", "writing") and how much of it is done."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A session, spoken and laid out."""

    script: Script
    compiled: Compiled
    choices: Choices
    voice: str
    """The voice, by its id in `cuemat voices`."""
    warning: str | None
    """A problem with the voice or its cache; the session is complete anyway."""

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.compiled.timeline.length / self.compiled.timeline.rate


def settle(request: Request, tell: Callable[[Error], None] = lambda _: None) -> Request:
    """Add the listener's settings to the request, read from the file now.

    Args:
        request: What the listener asks for.
        tell: Gets one line if the settings cannot be used; then there are none. So it is with the lexicon.
    """
    if own_lexicon(both_shelves()):
        lexicon_for(Library.found(), tell)
    settings = usable_settings(settings_file(), tell)
    usual = _without_what_is_gone(settings.wishes, request.wishes, tell)
    return replace(request, usual=usual, keys_as_told=are_as_told(settings.keys))


def _without_what_is_gone(usual: Wishes, wishes: Wishes, tell: Callable[[Error], None]) -> Wishes:
    """The settings without a voice, music or outputs that are gone, which must not end a session."""
    file = shown(settings_file())
    music, output = usual.music, usual.output
    voice = usual.voice if wishes.voice is None else None
    if voice is not None and is_natural(voice) and not natural_is_installed():
        tell(UserError(f"{file}: {natural_is_missing(voice)}; until then, the usual voice speaks"))
        usual = replace(usual, voice=None)
    if wishes.music is None and music not in {None, "off"}:
        sounds = Library.found().sounds
        if music not in sounds and not os.path.lexists(path_of(music)):
            hint = did_you_mean(music, sounds) or "; until you correct it, the script's own music plays"
            tell(UserError(f"{file}: unknown music {quoted(music)}{hint}"))
            usual = replace(usual, music=None)
    if wishes.output is None and output is not None:
        from player.outputs.choose import is_adapter

        if not is_adapter(output):
            tell(UserError(f"{file}: no output {quoted(output)}; until you correct it, the usual one plays"))
            usual = replace(usual, output=None)
    return usual


def load(request: Request) -> Script:
    """Load the requested script.

    Raises:
        UserError: It does not exist.
        ScriptError: It has mistakes.
    """
    return library_for(request).load(request.session)


def library_for(request: Request) -> Library:
    """The library, which refuses what the requested voice cannot say."""
    return Library.found(alphabets=alphabets_of(manner_for(request).voice))


def choices_for(session: Session, request: Request, use: Use = Use.FILE) -> Choices:
    """The listener's choices for this session.

    With "auto", a file has time for a loudspeaker to wake up; live, the engine adds it where it is needed.
    """
    wishes = request.wishes.over(request.usual)
    found: dict[str, object] = {}
    for one in fields(Choices):
        if one.name not in SETTINGS:
            continue
        wish = getattr(request.wishes, one.name)
        silent = getattr(session, one.name, None) is None
        value = getattr(wishes, one.name) if silent else wish
        if value is not None:
            found[one.name] = value
    keeps: KeepAwake = request.chosen("keep_awake")
    if keeps is KeepAwake.ON or (keeps is KeepAwake.AUTO and use is not Use.LIVE):
        found |= {"waking": WAKING, "wakes_each": use is Use.FILES}
    found["live"] = use is Use.LIVE and request.keys_as_told
    return Choices(**found)  # type: ignore[arg-type]  # fields of the same names and types


def manner_for(request: Request, language: str = "en") -> Manner:
    """How to speak: with the listener's voice, or else one for the language.

    Raises:
        UserError: The voice cannot speak this way.
    """
    voice = request.wishes.voice or request.usual.voice or usual_voice(language, wording_for(language).voice)
    return Manner(voice, request.chosen("rate"), request.chosen("pitch"))


def compile_session(
    request: Request, progress: ProgressPort, script: Script | None = None, use: Use = Use.FILE
) -> Prepared:
    """Speak and lay out a whole session.

    Args:
        request: The request, with the settings.
        progress: Gets the progress of speaking.
        script: The requested script, if it is already loaded.
        use: What for.

    Raises:
        ScriptError: It has mistakes, or is too long with these choices.
        SpeechError: No voice can speak.
        SoundError: A sound cannot be read.
        UserError: The voice does not exist.
    """
    script = script or load(request)
    with compiler_for(script, request, use) as (compiler, warning):
        compiled = compiler.compile(lambda done, total: progress("speaking", done, total))
        choices = choices_for(script.session, request, use)
        voice = manner_for(request, script.session.language).voice
        return Prepared(script, compiled, choices, voice, warning())


def compiler_for(
    script: Script, request: Request, use: Use = Use.FILE
) -> AbstractContextManager[tuple[Compiler, Callable[[], str | None]]]:
    """A compiler for a session, which closes its voice at the end; raises like `compile_session`.

    Args:
        script: The session.
        request: The request, with the settings.
        use: What for; played live, it needs few words at a time.
    """
    from player.app.speaking import speaking

    choices = choices_for(script.session, request, use)
    refuse_endless(script, choices)
    return speaking(script, choices, manner_for(request, script.session.language), live=use is Use.LIVE)


def bed_for(script: Script, request: Request) -> Bed | None:
    """Load the music of a session: the listener's choice, or else the script's.

    Raises:
        UserError: The bed does not exist, or the chosen file is not music.
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
    """The file of the music; None for no music.

    Raises:
        UserError: The bed or file does not exist.
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
    """Estimate the timeline before anything is spoken."""
    return layout.estimate(layout.plan(script.session, choices))


def refuse_endless(script: Script, choices: Choices) -> None:
    """Check, before anything is spoken, that the session is not too long.

    Raises:
        ScriptError: It is too long.
    """
    if mistakes := list(find_excess(script, estimate(script, choices), "≈ ")):
        raise ScriptError(mistakes)


def find_excess(script: Script, timeline: Timeline, mark: str = "") -> Iterator[Mistake]:
    """Mistakes about a session that is too long; `mark` is "≈ " for an estimate."""
    source = script.session.source
    length, cues = timeline.length / timeline.rate, len(timeline.cues)
    if length > LONGEST:
        message = f"the session lasts {mark}{clock(length)}; the limit is three hours, so split it"
        yield Mistake(source, message)
    if cues > MOST_CUES:
        message = f"the session has {mark}{cues:,} cues; the limit is {MOST_CUES:,}, so split it"
        yield Mistake(source, message)


def find_misfits(script: Script, timeline: Timeline, mark: str = "") -> list[Mistake]:
    """Words that do not fit their time, one for each script line; `mark` is "≈ " for an estimate."""
    found: dict[Source, str] = {}
    for misfit in timeline.misfits:
        found.setdefault(misfit.source or script.session.source, f"{mark}{misfit.message}")
    return [Mistake(source, message) for source, message in sorted(found.items())]
