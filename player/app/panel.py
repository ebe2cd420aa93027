"""The real implementations of the control panel's ports.

Everything that loads numpy or a voice is imported on first use, so the list of sessions appears at once.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.app import prepare
from player.app.editor import edit
from player.app.folders import cache_folder, settings_file
from player.app.following import find_unfinished
from player.app.heads import KnownHeads
from player.app.ports import Playing, Ports, SessionRow, VoiceRow
from player.app.preview import exercises_of, look_inside, strip_of
from player.app.request import SETTINGS, Request, Wishes
from player.app.settings import Settings, read_settings, write_settings
from player.library import Library, Origin, path_of, shown

if TYPE_CHECKING:
    from player.app.ports import ExportOrder, Preview, Surroundings
    from player.app.prepare import ProgressPort

SAMPLE = "Lie on your back, knees bent, feet flat. Keep breathing."


def fill_ports(around: Surroundings) -> Ports:
    """Fill all ports.

    Args:
        around: What the computer does while a session plays.
    """
    return Ports(
        sessions=LibrarySessions(),
        play=lambda request: play(request, around),
        unfinished=find_unfinished,
        exports=FileExports(),
        settings=TomlSettings(settings_file()),
        voices=InstalledVoices(),
        outputs=list_outputs,
        edit=edit,
    )


@dataclass(frozen=True, slots=True)
class LibrarySessions:
    """Rows and previews of the scripts in the library."""

    def rows(self) -> tuple[SessionRow, ...]:
        """Read all scripts again, one row for each."""
        return tuple(
            SessionRow(
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
            for summary in KnownHeads(cache_folder()).summaries(Library.found())
            for entry, head in [(summary.entry, summary.head)]
        )

    def preview(self, request: Request) -> Preview:
        """The preview of one session, whatever is wrong with the settings; raises like `prepare.load`."""
        script = prepare.load(request)
        return look_inside(script.session, prepare.choices_for(script.session, prepare.settle(request)))


def play(request: Request, around: Surroundings) -> Playing:
    """Start playing a session.

    Raises:
        Error: It cannot be played.
    """
    from player.app.live import live

    request = prepare.settle(request)
    script = prepare.load(request)
    with ExitStack() as stack:
        playing = stack.enter_context(live(script, request, around))
        stock = playing.stock
        return Playing(
            id=request.session,
            title=script.session.title,
            engine=playing.engine,
            exercises=exercises_of(script.session, stock.outlines),
            strip=strip_of(stock.outlines, stock.sections),
            close=stack.pop_all().close,
            offer=playing.follower.offer,
            go_on=playing.follower.go_on,
        )


class FileExports:
    """Sound files, as `cuemat export` writes them."""

    def formats(self) -> tuple[str, ...]:
        """The formats that can be written here."""
        from player.app.exporting import list_formats

        return list_formats()

    def folder(self) -> str:
        """The listener's music folder, or else the current folder."""
        import platformdirs

        music = platformdirs.user_music_path()
        return shown(music if music.is_dir() else Path.cwd())

    def write(self, order: ExportOrder, progress: ProgressPort) -> Path:
        """Write a file under an unused name."""
        from player.app import exporting

        settled = prepare.settle(order.request)
        request = replace(settled, usual=replace(settled.usual, music=None))  # the order says what to use
        name = Library.found().locate(request.session).id
        target = exporting.free_name(path_of(order.folder), name, order.format)
        delivery = exporting.Delivery(target)
        exporting.check(delivery)
        return exporting.write(exporting.speak(request, delivery, progress), progress)


@dataclass(frozen=True, slots=True)
class TomlSettings:
    """The settings file."""

    file: Path

    @property
    def path(self) -> str:
        """The path as shown to the user."""
        return shown(self.file)

    def read(self) -> Settings:
        """Read the file."""
        return read_settings(self.file)

    def write(self, before: Wishes, after: Wishes) -> None:
        """Write the changed settings, except those chosen for each run."""
        changes = {
            name: getattr(after, name)
            for name, setting in SETTINGS.items()
            if setting.key and getattr(after, name) != getattr(before, name)
        }
        if changes:
            write_settings(self.file, changes)


@dataclass(frozen=True, slots=True)
class InstalledVoices:
    """The installed voices and their sound."""

    def rows(self) -> tuple[VoiceRow, ...]:
        """All installed voices."""
        from player.voices.listing import list_voices

        return tuple(VoiceRow(voice.id, voice.name) for voice in list_voices().voices)

    def sample(self, wishes: Wishes) -> None:
        """Speak a sample sentence aloud."""
        import numpy as np

        from player.app.speaking import say
        from player.outputs import choose
        from player.outputs.once import play_once

        request = prepare.settle(Request("", wishes))
        clip = say(SAMPLE, prepare.manner_for(request))
        quieter = np.rint(np.asarray(clip.samples) * (request.chosen("volume") / 100)).astype(np.int16)
        both = np.stack((quieter, quieter), axis=1)
        play_once(choose(request.chosen("output")), both, 2 * len(quieter) / clip.rate)


def list_outputs() -> tuple[str, ...]:
    """All values of `--output`."""
    from player.outputs import list_devices

    return tuple(device.spec for device in list_devices() if device.spec != "-")
