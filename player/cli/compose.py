"""Where options, script, configuration and defaults meet, and where the parts are put together.

Precedence: an option wins over the script, the script over the configuration, that over the default.
`Choices` win over a script, so what the configuration says goes into them only where the script is silent.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from player import layout
from player.cli.configuration import configuration_path, manner, read_configuration
from player.cli.progress import progress_bar
from player.errors import Mistake, ScriptError, SoundError, UserError
from player.library import path_of
from player.script import quoted
from player.session import Choices
from player.timeline import LONGEST, MOST_CUES
from player.wording import wording_for

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from player.compiler import Compiled
    from player.errors import Error, Source
    from player.library import Script
    from player.session import Session
    from player.sound.bed import Bed
    from player.speech.manner import Manner
    from player.timeline import Timeline


def choices_for(session: Session, options: argparse.Namespace) -> Choices:
    """What the listener chose for this session."""
    set_up = read_configuration(configuration_path())
    ticks = None if options.ticks is None else options.ticks == "on"
    extra = options.extra_get_ready
    return Choices(
        day=options.day or 1,
        level=options.level,
        coaching=options.coaching or (set_up.coaching if session.coaching is None else None),
        ticks=ticks if ticks is not None or session.ticks is not None else set_up.ticks,
        safety=options.safety or (set_up.safety if session.safety is None else None),
        extra_get_ready=(set_up.extra_get_ready or 0.0) if extra is None else extra,
    )


def manner_for(options: argparse.Namespace, language: str = "en") -> Manner:
    """The voice to speak with: the listener's own, or else one that speaks the language."""
    set_up = read_configuration(configuration_path())
    voice = options.voice or set_up.voice or wording_for(language).voice
    return manner(set_up, voice, options.rate, options.pitch)


def compile_session(script: Script, options: argparse.Namespace) -> tuple[Compiled, Choices]:
    """Speak and lay out a whole session, with a progress bar on a terminal; warnings go to stderr.

    Raises:
        SpeechError: No voice can speak it.
        SoundError: A sound cannot be read.
        UserError: The voice does not exist.
    """
    with progress_bar("Speaking") as progress:
        compiled, choices, warning = compile_quietly(script, options, progress)
    warn(script.warnings)
    if warning:
        print(f"cuemat: {warning}", file=sys.stderr)
    return compiled, choices


def compile_quietly(
    script: Script, options: argparse.Namespace, progress: Callable[[int, int], None]
) -> tuple[Compiled, Choices, str | None]:
    """The same without a word; what `compile_session` would have said of the voice comes back, too."""
    from player.compiler import Compiler  # noqa: PLC0415  numpy, which `list` and `check` do without
    from player.sound.load import load  # noqa: PLC0415
    from player.speech.cache import ClipCache  # noqa: PLC0415
    from player.speech.speaker import Speaker  # noqa: PLC0415
    from player.timeline import RATE  # noqa: PLC0415
    from player.voices.choose import make_voice  # noqa: PLC0415

    choices = choices_for(script.session, options)
    refuse_endless(script, choices)
    with Speaker(
        make_voice(manner_for(options, script.session.language)), ClipCache(cache_folder())
    ) as speaker:
        sounds = script.library
        compiler = Compiler(script.session, choices, speaker, lambda name: load(sounds.sound(name), RATE))
        return compiler.compile(progress), choices, speaker.warning


def sound_for(options: argparse.Namespace) -> tuple[str | None, float]:
    """The output to play through, as `--output` names it, and the volume from 0 to 1."""
    set_up = read_configuration(configuration_path())
    percent = next(level for level in (options.volume, set_up.volume, 100) if level is not None)
    return options.output or set_up.output, percent / 100


def music_for(options: argparse.Namespace) -> str | None:
    """What was asked for with `--music`; `off` where the listener never wants any; else None."""
    if options.music is None and read_configuration(configuration_path()).music is False:
        return "off"
    music: str | None = options.music
    return music


def bed_for(script: Script, music: str | None, level: float) -> Bed | None:
    """The music under a session: what was asked for, or else what the script says.

    Args:
        script: May name a bed.
        music: The name of a bed, the path of a sound file, or `off`; None: nothing was asked for.
        level: In dB: how much louder or softer than usual.

    Raises:
        UserError: There is no such bed, or the file that was asked for is no music.
        SoundError: The bed cannot be read.
    """
    path = music_path(script, music)
    if path is None:
        return None
    from player.sound.bed import load_bed  # noqa: PLC0415  numpy, which `list` and `check` do without
    from player.speech.cache import ClipCache  # noqa: PLC0415
    from player.timeline import RATE  # noqa: PLC0415

    try:
        return load_bed(path, RATE, ClipCache(cache_folder()), level)
    except SoundError as error:
        if music is None or music in script.library.sounds:
            raise
        message = f"{error}; give the name of a bed, a sound file, or off"
        raise UserError(message) from error


def music_path(script: Script, music: str | None) -> Path | None:
    """The file of the music, None if there is none; for the arguments and what is raised see `bed_for`."""
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
    if mistakes := list(too_much(script, estimate(script, choices), "≈ ")):
        raise ScriptError(mistakes)


def too_much(script: Script, timeline: Timeline, mark: str = "") -> Iterator[Mistake]:
    """What is too long about a session; `mark` says "estimated"."""
    source = script.session.source
    length, cues = timeline.length / timeline.rate, len(timeline.cues)
    if length > LONGEST:
        message = f"the session lasts {mark}{clock(length)}; three hours are the most, so split it"
        yield Mistake(source, message)
    if cues > MOST_CUES:
        message = f"the session has {mark}{cues:,} cues; {MOST_CUES:,} are the most, so split it"
        yield Mistake(source, message)


def misfits(script: Script, timeline: Timeline, mark: str = "") -> list[Mistake]:
    """Words that did not fit where they belong, the first of each script line; `mark` says "estimated"."""
    found: dict[Source, str] = {}
    for misfit in timeline.misfits:
        found.setdefault(misfit.source or script.session.source, f"{mark}{misfit.message}")
    return [Mistake(source, message) for source, message in sorted(found.items())]


def warn(mistakes: Sequence[Mistake]) -> None:
    """Say on stderr what is odd but no mistake."""
    for mistake in mistakes:
        print(f"{mistake.source}: warning: {mistake.message}", file=sys.stderr)


def complain(error: Error) -> None:
    """Say on stderr what is wrong, a line each."""
    for line in str(error).split("\n"):
        print(f"cuemat: {line}", file=sys.stderr)


def cache_folder() -> Path:
    """Where finished clips are kept: `CUEMAT_CACHE`, or the system's place for caches."""
    if path := os.environ.get("CUEMAT_CACHE"):
        return Path(path)
    import platformdirs  # noqa: PLC0415  costs 10 ms that `--help` does not need

    return platformdirs.user_cache_path("cuemat", appauthor=False) / "speech"


def state_folder() -> Path:
    """Where the log and the place in a session are: `CUEMAT_STATE`, or the system's place for such things."""
    if path := os.environ.get("CUEMAT_STATE"):
        return Path(path)
    import platformdirs  # noqa: PLC0415  as above

    return platformdirs.user_state_path("cuemat", appauthor=False)


def clock(seconds: float) -> str:
    """`95.2` as "1:35"."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
