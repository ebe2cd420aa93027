"""`cuemat`, and `cuemat play` on a terminal: the control panel with everything that it needs.

Here the panel's ports are filled. Whatever brings numpy or a voice along is imported when it is asked for, so
that the list of sessions is on the screen at once.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from player.cli.arguments import parse_arguments
from player.cli.bookmark import bookmark_path, left_behind
from player.cli.compose import cache_folder, choices_for, sound_for, state_folder
from player.cli.configuration import (
    Configuration,
    configuration_path,
    manner,
    read_configuration,
    write_configuration,
)
from player.cli.inside import exercises_of, look_inside, strip_of
from player.cli.keys import hung_up
from player.cli.logs import LOG
from player.cli.screen import can_be_drawn_on
from player.errors import Error, UserError
from player.library import Library, Origin, path_of, shown
from player.ui.ports import Playing, Ports, Preferences, Stopped, Summary, Voice
from player.ui.terminal import show

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from player.ui.ports import ExportOrder, Preview

SAMPLE = "Lie on your back, knees bent, feet flat. Keep breathing."
LIKELY = ("mp3", "m4b", "m4a", "opus", "flac", "wav")
"""Formats, the likeliest first."""


def run(_: argparse.Namespace) -> int:
    """Open the browser.

    Raises:
        UserError: There is no terminal to draw on.
    """
    if not can_be_drawn_on():
        message = (
            "the control panel needs a terminal that can be drawn on; "
            "`cuemat list` shows the sessions, and `cuemat play` plays one without it"
        )
        raise UserError(message)
    return _shown(None, parse_arguments(["play", "-"]))


def show_session(options: argparse.Namespace) -> int:
    """Open the screen that plays, as `cuemat play` was asked to."""
    return _shown(options.session, options)


def _shown(session: str | None, options: argparse.Namespace) -> int:
    ports = Ports(
        sessions=_Sessions(options),
        play=lambda one: _play(one, options),
        stopped=lambda: _stopped(options),
        exports=_Exports(),
        settings=_Settings(configuration_path()),
        voices=_Voices(options),
        edit=_edit,
    )
    word = show(ports, _log(), session, hung_up)
    if word:
        print(word)
    return 0


def _log() -> Path:
    return state_folder() / LOG


@dataclass(frozen=True, slots=True)
class _Sessions:
    """Summaries and previews, for the choices of this run."""

    options: argparse.Namespace

    def summaries(self) -> tuple[Summary, ...]:
        """All scripts, read afresh."""
        return tuple(
            Summary(
                id=entry.id,
                title=head.title if head else entry.id,
                path=entry.path,
                own=entry.origin is Origin.USER,
                about=(head.about or "") if head else "",
                tags=tuple(head.tags) if head else (),
                needs=tuple(head.needs) if head else (),
                mistakes=tuple(map(str, summary.mistakes)),
                replaces_bundled=entry.replaces_bundled,
            )
            for summary in Library.found().summaries()
            for entry, head in [(summary.entry, summary.head)]
        )

    def preview(self, session: str) -> Preview:
        """What is inside one; raises as `Library.load`."""
        script = Library.found().load(session)
        return look_inside(script.session, choices_for(script.session, self.options))


def _stopped(options: argparse.Namespace) -> Stopped | None:
    """What was broken off."""
    found = left_behind(bookmark_path())
    if found is None:
        return None
    return Stopped(found.told(), lambda: _play(found.session, found.options(options)))


def _play(session: str, options: argparse.Namespace) -> Playing:
    """Begin to play."""
    from player.cli.live import live  # noqa: PLC0415

    script = Library.found().load(session)
    with ExitStack() as stack:
        playing = stack.enter_context(live(script, options))
        stock = playing.stock
        return Playing(
            id=session,
            title=script.session.title,
            engine=playing.engine,
            exercises=exercises_of(script.session, stock.outlines),
            strip=strip_of(stock.outlines, stock.sections),
            close=stack.pop_all().close,
            offer=playing.keeper.offer,
            go_on=playing.keeper.go_on,
        )


class _Exports:
    """Sound files, as `cuemat export` writes them."""

    def formats(self) -> tuple[str, ...]:
        """What can be written here."""
        from importlib.util import find_spec  # noqa: PLC0415

        from player.export import FORMATS  # noqa: PLC0415

        there = find_spec("av") is not None
        return tuple(name for name in LIKELY if name in FORMATS and (there or not FORMATS[name].extra))

    def folder(self) -> str:
        """Where the listener's music lies, or the present folder."""
        import platformdirs  # noqa: PLC0415

        music = platformdirs.user_music_path()
        return shown(music if music.is_dir() else Path.cwd())

    def write(self, order: ExportOrder, progress: Callable[[str, float], None]) -> Path:
        """Write a file under a name that is free."""
        from player.cli.export import named, wanted_by  # noqa: PLC0415
        from player.cli.live import speaking  # noqa: PLC0415
        from player.export import check_target, export  # noqa: PLC0415

        script = Library.found().load(order.session)
        target = free_name(path_of(order.folder), script.entry.id, order.format)
        bed = str(script.music) if order.music and script.music else "off"
        choices = ["--voice", order.voice, "--music", bed]
        options = parse_arguments(["export", order.session, "-o", str(target), *choices])
        wanted = wanted_by(options)
        check_target(target, wanted, force=False)
        with speaking(script, options) as compiler:
            compiled = compiler.compile(lambda done, total: progress("speaking", done / max(1, total) / 2))
        write: Callable[[int, int], None] = lambda done, total: progress("writing", 0.5 + done / total / 2)  # noqa: E731
        wanted = named(wanted, script, options)
        export(compiled, target, wanted, force=False, progress=write)
        return target


def free_name(folder: Path, name: str, ending: str) -> Path:
    """The first of `name.mp3`, `name 2.mp3`, … that nothing stands at."""
    number, target = 1, folder / f"{name}.{ending}"
    while os.path.lexists(target):
        number += 1
        target = folder / f"{name} {number}.{ending}"
    return target


@dataclass(frozen=True, slots=True)
class _Settings:
    """The configuration file, as far as the panel's screen goes."""

    file: Path

    @property
    def path(self) -> str:
        """As it is shown to the user."""
        return shown(self.file)

    def read(self) -> Preferences:
        """What it says, with the defaults for what it does not."""
        says = read_configuration(self.file)
        speaks = manner(says, None, None, None)
        return Preferences(
            voice=speaks.voice,
            rate=speaks.rate,
            volume=100 if says.volume is None else says.volume,
            music=says.music is not False,
            ticks=says.ticks,
            coaching=says.coaching,
            extra_get_ready=says.extra_get_ready or 0.0,
            theme=says.theme or "dark",
        )

    def write(self, before: Preferences, after: Preferences) -> None:
        """Write what has changed."""
        places: dict[str, tuple[str, str]] = {
            "voice": ("voice", "name"),
            "rate": ("voice", "rate"),
            "volume": ("sound", "volume"),
            "music": ("sound", "music"),
            "ticks": ("coaching", "ticks"),
            "coaching": ("coaching", "detail"),
            "extra_get_ready": ("coaching", "extra_get_ready"),
            "theme": ("screen", "theme"),
        }
        changes = {
            place: _plain(getattr(after, name))
            for name, place in places.items()
            if getattr(after, name) != getattr(before, name)
        }
        write_configuration(self.file, changes)


def _plain(value: object) -> object:
    """As TOML has it."""
    return str(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class _Voices:
    """Who can speak, and how they sound."""

    options: argparse.Namespace

    def known(self) -> tuple[Voice, ...]:
        """All of them."""
        from player.voices.listing import list_voices  # noqa: PLC0415

        return tuple(Voice(voice.id, voice.name) for voice in list_voices().voices)

    def sample(self, voice: str, rate: int, volume: int) -> None:
        """Let one say a sentence."""
        import numpy as np  # noqa: PLC0415

        from player.outputs import choose  # noqa: PLC0415
        from player.outputs.once import play_once  # noqa: PLC0415
        from player.speech.cache import ClipCache  # noqa: PLC0415
        from player.speech.speaker import Speaker  # noqa: PLC0415
        from player.voices.choose import make_voice  # noqa: PLC0415

        speaks = manner(_configuration(), voice, rate, self.options.pitch)
        with Speaker(make_voice(speaks), ClipCache(cache_folder())) as speaker:
            clip = speaker.clip(SAMPLE)
        quieter = np.rint(np.asarray(clip.samples) * (volume / 100)).astype(np.int16)
        both = np.stack((quieter, quieter), axis=1)
        play_once(choose(sound_for(self.options)[0]), both, 2 * len(quieter) / clip.rate)


def _configuration() -> Configuration:
    return read_configuration(configuration_path())


def _edit(path: Path) -> None:
    """Open a file in the user's editor and wait for it.

    Raises:
        Error: There is no editor.
    """
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "nano"
    command = shlex.split(wanted) or ["nano"]
    if shutil.which(command[0]) is None:
        message = f"there is no editor '{command[0]}'; set EDITOR to the one that you use"
        raise UserError(message)
    try:
        subprocess.run([*command, str(path)], check=False, stdout=sys.__stderr__, stderr=sys.__stderr__)
    except OSError as error:
        message = f"'{command[0]}' cannot be started: {error.strerror}"
        raise Error(message) from error
