"""All formats by file name ending, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from player.errors import UserError
from player.export.flac import write_flac
from player.export.mp3 import write_mp3
from player.export.packaged import EXTRA, write_m4a, write_m4b, write_opus
from player.export.wav import write_wav

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from player.export.encoders import Encoder


IN_COMMENTS = 999
"""Chapters as comments, which have three digits (wiki.xiph.org/Chapter_Extension)."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format for sound files."""

    name: str
    """A value of `--format`; with a dot before it, the file name's ending."""
    write: Encoder
    extra: str | None = None
    """The extra to install for it; None: nothing more."""
    most_chapters: int | None = None
    """More than these, no player would find; None: any number."""

    @property
    def ending(self) -> str:
        """The ending of a file name, with its dot."""
        return f".{self.name}"


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("wav", write_wav),
        Format("flac", write_flac, most_chapters=IN_COMMENTS),
        Format("mp3", write_mp3),
        Format("m4a", write_m4a, EXTRA),
        Format("m4b", write_m4b, EXTRA),
        Format("opus", write_opus, EXTRA, most_chapters=IN_COMMENTS),
    )
}
"""All formats by name."""


def format_of(target: Path, name: str | None = None) -> Format:
    """The format of a file.

    Args:
        target: Its ending counts if `name` is None.
        name: The name of a format.

    Raises:
        UserError: The format is unknown, or its library is not installed.
    """
    if name is not None and name not in FORMATS:
        message = f"unknown format '{name}'; there are: {', '.join(FORMATS)}"
        raise UserError(message)
    form = FORMATS.get(name or target.suffix.lower().removeprefix("."))
    if form is None:
        *endings, last = (known.ending for known in FORMATS.values())
        known = f"{', '.join(endings)} or {last}"
        message = f"cannot tell the format of {target}: its name must end in {known}"
        raise UserError(message)
    if form.extra and find_spec("av") is None:
        message = f"{form.ending} files need PyAV; run pip install 'cuemat[{form.extra}]'"
        raise UserError(message)
    return form


def check_chapters(form: Format, chapters: int) -> None:
    """Check that a format can hold all chapters of a session.

    Raises:
        UserError: It cannot.
    """
    if form.most_chapters is not None and chapters > form.most_chapters:
        limit = f"{form.ending} files have at most {form.most_chapters} chapters"
        message = f"{limit}, and this session has {chapters:,}; write .mp3 or .wav, or use --split"
        raise UserError(message)


def check_ending(target: Path, form: Format) -> None:
    """Check that the ending of a file does not name another format.

    Raises:
        UserError: It does.
    """
    named = FORMATS.get(target.suffix.lower().removeprefix("."))
    if named not in {None, form}:
        message = f"{target} and --format {form.name} contradict each other; leave out --format"
        raise UserError(message)
