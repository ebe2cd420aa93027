"""What the doctor inspects: settings, folders, scripts, cache, terminal, session bus, log."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING

from player.doctor.findings import Finding, anonymous, place, remedy
from player.errors import UserError
from player.library import Library, Origin
from player.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from player.doctor.patient import Patient, Place
    from player.library import Entry

LOW = 500_000_000
"""Free bytes below which a long WAV file may not fit."""
COLUMNS, LINES = 60, 20
"""The smallest terminal on which the control panel fits."""
KB, MB, GB = 1e3, 1e6, 1e9


def settings(patient: Patient) -> Iterator[Finding]:
    """Check that the settings file has no mistakes."""
    path = patient.settings.path
    where = place(path, patient.settings.variable)
    for mistake in patient.mistakes:
        yield Finding("settings", f"{where}: {mistake}", well=False)
    if not patient.mistakes:
        yield Finding("settings", where if path.exists() else f"{where}, does not exist yet: defaults apply")


def folders(patient: Patient) -> Iterator[Finding]:
    """Check that each folder can be written and has free space."""
    for one in patient.folders:
        where = f"{one.name}: {place(one.path, one.variable)}"
        try:
            yield Finding("folders", *_room(one.path, where))
        except OSError as error:
            text = f"{where} cannot be written ({anonymous(error)}); {remedy(error, one.variable)}"
            yield Finding("folders", text, well=False)


def _room(path: Path, where: str) -> tuple[str, bool]:
    """Describe a folder, and say whether all is well.

    Raises:
        OSError: It cannot be written.
    """
    nearest = next(folder for folder in (path, *path.absolute().parents) if os.path.lexists(folder))
    with tempfile.TemporaryFile(dir=nearest) as file:
        file.write(b"cuemat")
        file.flush()
    free = shutil.disk_usage(nearest).free
    made = "" if nearest == path else ", does not exist yet"
    if free < LOW:
        return f"{where}{made}: only {free / MB:.0f} MB free on its disk; free some more", False
    return f"{where}{made}; {free / GB:.0f} GB free", True


def scripts() -> Iterator[Finding]:
    """Count the scripts, and those with mistakes, without naming them."""
    library = Library.found()
    kinds: tuple[tuple[str, Mapping[str, Entry], Callable[[str], object] | None], ...] = (
        ("session", library.scripts, library.load),
        ("exercise", library.exercises, library.exercise),
        ("talk", library.talks, library.talk),
        ("sound", library.sounds, None),
    )
    for origin, whose, cure in (
        (Origin.USER, "yours", "`cuemat check FILE` shows what is wrong"),
        (Origin.BUNDLED, "bundled", "install Cuemat again"),
    ):
        counts = {kind: sum(one.origin is origin for one in found.values()) for kind, found, _ in kinds}
        wrong: Counter[str] = Counter()
        for kind, found, read in kinds:
            if read:
                wrong[kind] = sum(_is_wrong(one.id, read) for one in found.values() if one.origin is origin)
        contents = ", ".join(counted(count, kind) for kind, count in counts.items())
        faults = ", ".join(counted(count, kind) for kind, count in wrong.items() if count)
        text = f"{whose}: {contents}" + (f"; with mistakes: {faults}; {cure}" if faults else "")
        yield Finding("scripts", text, well=not faults and (origin is Origin.USER or any(counts.values())))


def _is_wrong(identity: str, read: Callable[[str], object]) -> bool:
    try:
        read(identity)
    except UserError:
        return True
    return False


def cache(patient: Patient) -> Iterator[Finding]:
    """Check the cache of spoken words, or clear it on request."""
    from player.speech.cache import SIZE_AT_MOST, ClipCache

    where, clips = _shown(patient.cache), ClipCache(patient.cache.path)
    try:
        if patient.clear:
            gone = clips.clear()
            text = f"cleared: {counted(gone.entries, 'clip')}, {gone.size / MB:.1f} MB"
            stuck = gone.stuck
        else:
            found, most = clips.verify(), SIZE_AT_MOST / MB
            text = f"{counted(found.entries, 'clip')}, {found.size / MB:.1f} of at most {most:.0f} MB"
            if found.dropped:
                text += f"; {found.dropped} more were corrupt and will be spoken again"
            stuck = found.stuck
    except OSError as error:
        text = f"{where} cannot be read ({anonymous(error)}); {remedy(error, patient.cache.variable)}"
        yield Finding("cache", text, well=False)
        return
    if stuck:
        text += f"; {stuck} cannot be removed: remove {where} by hand"
    yield Finding("cache", text, well=not stuck)


def terminal(patient: Patient) -> Iterator[Finding]:
    """Check that the panel fits and that all letters can be shown."""
    encoding = (sys.stdout.encoding or "none").lower()
    if encoding.replace("-", "") != "utf8":
        text = f"its encoding {encoding} lacks some letters: set LANG to C.UTF-8, or PYTHONUTF8 to 1"
        yield Finding("terminal", text, well=False)
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        yield Finding(
            "terminal", f"none, so no control panel (`cuemat play --plain` works without); {encoding}"
        )
        return
    size = os.get_terminal_size(sys.stdout.fileno())
    colours = "NO_COLOR" if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM") or "no COLORTERM"
    named = patient.terminal or "no TERM"
    text = f"{size.columns} columns, {size.lines} lines, {named}, {colours}, {encoding}"
    small = size.columns < COLUMNS or size.lines < LINES
    drawn = patient.can_be_drawn_on
    if not drawn:
        text += "; the control panel cannot be drawn on it: use `cuemat play --plain`, or correct TERM"
    elif small:
        text += f"; make it larger: at least {COLUMNS} columns and {LINES} lines"
    yield Finding("terminal", text, well=drawn and not small)


def media_keys(*, on_linux: bool = sys.platform == "linux") -> Iterator[Finding]:
    """Check whether media keys can reach Cuemat; everything else works without."""
    if not on_linux:
        return
    if find_spec("dbus_fast") is None:
        yield Finding("media keys", "none: dbus-fast is not installed")
    elif os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        yield Finding("media keys", "session bus found")
    else:
        yield Finding("media keys", "none: no session bus (no desktop)")


def log(patient: Patient) -> Iterator[Finding]:
    """Say where the log is and how large, or why there is none, but not what it contains."""
    path = patient.log.path
    where = f"{place(path.parent, patient.log.variable)}/{path.name}"
    try:
        _room(path.parent, where)
        if path.exists():
            path.open("ab").close()
    except OSError as error:
        text = f"{where} cannot be written ({anonymous(error)}); {remedy(error, patient.log.variable)}"
        yield Finding("log", text, well=False)
        return
    every = [path, *(path.with_name(f"{path.name}.{number + 1}") for number in range(patient.old_logs))]
    size = sum(one.stat().st_size for one in every if one.is_file())
    yield Finding("log", f"{where}, {size / KB:.0f} kB including old logs")


def _shown(one: Place) -> str:
    return place(one.path, one.variable)
