"""A session as one sound file or several, in two steps: speak, then write.

The callers (the command line, the panel, a thread of `export --all`) take the steps one by one, so they can
show warnings about the words before they write a long file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from player.app.prepare import Use, bed_for, compile_session, load, music_path
from player.app.request import KeepAwake
from player.errors import UserError
from player.files.whole import keep_input
from player.layout.plan import flat
from player.session import exercises_in

if TYPE_CHECKING:
    from pathlib import Path

    from player.app.prepare import Prepared, ProgressPort
    from player.app.request import Request
    from player.export import Options
    from player.library import Script
    from player.session import Session

IN_A_FOLDER = "mp3"
"""The format if only a folder is given."""
LIKELY = ("mp3", "m4b", "m4a", "opus", "flac", "wav")
"""Formats, the most usual first."""
QUALITIES = ("speech", "music")
"""The words of `player.export.Quality`, repeated here because importing it would load numpy."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a sound file goes, and how it is written."""

    target: Path
    """A file, or with `split` a folder."""
    form: str | None = None
    """The name of a format; None: from the target's ending."""
    quality: str = QUALITIES[0]
    split: bool = False
    """A file for each exercise."""
    sidecars: bool = False
    """Also write chapters and words into files beside it."""
    force: bool = False
    """Overwrite existing files."""


@dataclass(frozen=True, slots=True)
class SpokenSession:
    """A session that is ready to be written."""

    prepared: Prepared
    delivery: Delivery
    options: Options

    @property
    def script(self) -> Script:
        """The script that was spoken."""
        return self.prepared.script


def check(delivery: Delivery) -> None:
    """Check, before any work, that the file or folder can be written.

    Raises:
        UserError: Nothing can be written there, or the format is unknown.
        ExportError: It cannot be written, or the encoder is not installed.
    """
    from player.export import check_folder, check_target

    if delivery.split:
        check_folder(delivery.target, _options(delivery))
    else:
        check_target(delivery.target, _options(delivery), force=delivery.force)


def speak(request: Request, delivery: Delivery, progress: ProgressPort) -> SpokenSession:
    """Speak and lay out a session for a file.

    Raises:
        UserError: The session, voice or music does not exist, or the file would replace its own source.
        ScriptError: The script has mistakes.
        SpeechError: No voice can speak.
        SoundError: The music or a sound cannot be read.
    """
    from player.app.speaking import load_keep_awake
    from player.export import check_chapters, format_of

    script = load(request)
    keep_input(delivery.target, script.entry.path, music_path(script, request))
    session, bed = script.session, bed_for(script, request)
    noise = None
    if bed is None and request.chosen("keep_awake") is not KeepAwake.OFF:
        noise = load_keep_awake()
    options = _options(delivery, title=session.title, language=session.language, bed=bed, noise=noise)
    use = Use.FILES if delivery.split else Use.FILE
    if not delivery.split:
        check_chapters(format_of(delivery.target, options.form), 1 + _count_exercises(session))
    return SpokenSession(compile_session(request, progress, script, use), delivery, options)


def _count_exercises(session: Session) -> int:
    return sum(bool(exercises_in(step)) for step in flat(session.steps))


def write(spoken: SpokenSession, progress: ProgressPort) -> Path:
    """Write the file or files; return the path to report, which for several files is the playlist.

    Raises:
        UserError: A file exists, and `force` is not set.
        ExportError: It cannot be written.
    """
    from player.export import export, export_split

    delivery, compiled = spoken.delivery, spoken.prepared.compiled

    def told(done: int, total: int) -> None:
        progress("writing", done, total)

    if delivery.split:
        files = export_split(compiled, delivery.target, spoken.options, force=delivery.force, progress=told)
        return list(files)[-1]
    export(compiled, delivery.target, spoken.options, force=delivery.force, progress=told)
    return delivery.target


def measure_loudness(spoken: SpokenSession) -> str:
    """The session's loudness in LUFS and its true peak in dBTP."""
    from player.export import measure

    meter = measure(spoken.prepared.compiled, spoken.options)
    return f"loudness {meter.loudness:.1f} LUFS, true peak {meter.true_peak:.1f} dBTP"


def list_formats() -> tuple[str, ...]:
    """The formats that can be written here, the most usual first."""
    from player.export import FORMATS

    has_av = find_spec("av") is not None
    return tuple(name for name in LIKELY if name in FORMATS and (has_av or not FORMATS[name].extra))


def free_name(folder: Path, name: str, ending: str) -> Path:
    """The first of `name.mp3`, `name 2.mp3`, … that does not exist."""
    number, target = 1, folder / f"{name}.{ending}"
    while os.path.lexists(target):
        number += 1
        target = folder / f"{name} {number}.{ending}"
    return target


def refuse_stream(target: str) -> None:
    """Refuse a target that means a stream.

    Raises:
        UserError: The target is a stream.
    """
    if target == "-":
        message = "export writes files; for a stream use: cuemat play SESSION --output -"
        raise UserError(message)


def _options(delivery: Delivery, **session: object) -> Options:
    from player.export import Options, Quality

    form = delivery.form or (IN_A_FOLDER if delivery.split else None)
    return Options(form=form, quality=Quality(delivery.quality), sidecars=delivery.sidecars, **session)  # type: ignore[arg-type]
