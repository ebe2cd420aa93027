"""A session as a sound file, or as several: first it is spoken, then written.

Whoever asks (the command line, the panel, a thread of `export --all`) sees the two steps apart, so it can
show what is odd about the words before a long file is written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from player.app.prepare import bed_for, compile_session, load, music_path
from player.errors import UserError
from player.files.whole import keep_input

if TYPE_CHECKING:
    from pathlib import Path

    from player.app.prepare import Prepared, Progress
    from player.app.request import Request
    from player.export import Options
    from player.library import Script

IN_A_FOLDER = "mp3"
"""The format if only a folder was named."""
LIKELY = ("mp3", "m4b", "m4a", "opus", "flac", "wav")
"""Formats, the likeliest first."""
QUALITIES = ("speech", "music")
"""As `player.export.Quality`, which brings numpy along; `Quality` is made from the word."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a sound file goes, and how it is written."""

    target: Path
    """A file, or with `split` a folder."""
    form: str | None = None
    """The name of a format; None: as the target's ending says."""
    quality: str = QUALITIES[0]
    split: bool = False
    """A file for each exercise."""
    sidecars: bool = False
    """Chapters and words as files beside it."""
    force: bool = False
    """Overwrite what is there."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A session that is ready to be written."""

    prepared: Prepared
    delivery: Delivery
    options: Options

    @property
    def script(self) -> Script:
        """What was spoken."""
        return self.prepared.script


def check(delivery: Delivery) -> None:
    """See, before any work, whether the file or folder can be written.

    Raises:
        UserError: It cannot be there, or there is no such format.
        ExportError: It cannot be written, or the encoder is not installed.
    """
    from player.export import check_folder, check_target

    if delivery.split:
        check_folder(delivery.target, _options(delivery))
    else:
        check_target(delivery.target, _options(delivery), force=delivery.force)


def speak(request: Request, delivery: Delivery, progress: Progress) -> Spoken:
    """Speak and lay out a session for a file.

    Raises:
        UserError: There is no such session, voice or music; or the file would replace what it is made from.
        ScriptError: It has mistakes.
        SpeechError: No voice can speak it.
        SoundError: The music or a sound cannot be read.
    """
    script = load(request)
    keep_input(delivery.target, script.entry.path, music_path(script, request))
    session, bed = script.session, bed_for(script, request)
    options = _options(delivery, title=session.title, language=session.language, bed=bed)
    return Spoken(compile_session(request, progress, script), delivery, options)


def write(spoken: Spoken, progress: Progress) -> Path:
    """Write the file, or the files; the path to tell the listener: of the playlist where there are several.

    Raises:
        UserError: Something is there, and `force` is not given.
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


def measure_loudness(spoken: Spoken) -> str:
    """How loud a session is as a whole, and at its loudest."""
    from player.export import measure

    meter = measure(spoken.prepared.compiled, spoken.options)
    return f"loudness {meter.loudness:.1f} LUFS, true peak {meter.true_peak:.1f} dBTP"


def list_formats() -> tuple[str, ...]:
    """What can be written here, the likeliest first."""
    from player.export import FORMATS

    has_av = find_spec("av") is not None
    return tuple(name for name in LIKELY if name in FORMATS and (has_av or not FORMATS[name].extra))


def free_name(folder: Path, name: str, ending: str) -> Path:
    """The first of `name.mp3`, `name 2.mp3`, … that nothing stands at."""
    number, target = 1, folder / f"{name}.{ending}"
    while os.path.lexists(target):
        number += 1
        target = folder / f"{name} {number}.{ending}"
    return target


def refuse_stream(target: str) -> None:
    """See that a file is meant.

    Raises:
        UserError: A stream was asked for.
    """
    if target == "-":
        message = "export writes files; for a stream write: cuemat play SESSION --output -"
        raise UserError(message)


def _options(delivery: Delivery, **session: object) -> Options:
    from player.export import Options, Quality

    form = delivery.form or (IN_A_FOLDER if delivery.split else None)
    return Options(form=form, quality=Quality(delivery.quality), sidecars=delivery.sidecars, **session)  # type: ignore[arg-type]
