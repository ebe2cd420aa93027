"""What works here, what does not, and what to do: all that a bug report needs.

Users run it when something is already broken. So each check runs alone, on a thread that can be abandoned: a
check that fails or hangs costs one line. `findings` keeps personal data out of the report.
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import textwrap
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from player import __version__
from player.doctor import places, sound
from player.doctor.findings import WIDTH, Finding
from player.outputs.bounded_call import BoundedCall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from player.doctor.patient import Patient

    Check = Callable[[], Iterable[Finding]]

LIBRARIES = (
    *("pyttsx3", "espeakng-loader", "miniaudio", "simpleaudio", "simpleaudio-patched", "numpy", "soundfile"),
    *("soxr", "lameenc", "av", "pillow", "textual", "rich", "pyyaml", "tomlkit", "platformdirs"),
    *("dbus-fast", "wakepy", "click"),
)
"""Libraries to report, by their names in pip."""
_log = logging.getLogger(__name__)

LIMIT = 45.0
"""Seconds that a check may take; checks that wait for something give up much earlier."""


def examine(patient: Patient) -> Iterator[Finding]:
    """Run all checks, the most likely causes of trouble first."""
    for name, check in checks_of(patient):
        yield from _isolate(name, check)


def versions() -> list[str]:
    """The installed versions, and the system."""
    python = f"Python {platform.python_version()} ({platform.python_implementation()})"
    together = "\N{NO-BREAK SPACE}"
    installed = ", ".join(f"{name}{together}{number}" for name in LIBRARIES if (number := _version(name)))
    return [
        f"cuemat {__version__}",
        ", ".join([python, *_system()]),
        *(line.replace(together, " ") for line in textwrap.wrap(installed, WIDTH, break_on_hyphens=False)),
    ]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _system() -> list[str]:
    """The system and its kernel number; a custom kernel's suffix may be personal."""
    release = platform.release()
    number = re.match(r"[\d.]*", release)
    kernel = f"{platform.system()} {number.group() if number else ''}".strip()
    found = [f"{kernel} {platform.machine()}", "WSL" if "microsoft" in release.lower() else ""]
    if sys.platform == "linux":
        try:
            about = platform.freedesktop_os_release()
        except OSError:
            about = {}
        found.append(about.get("PRETTY_NAME", ""))
    return [part for part in found if part]


def checks_of(patient: Patient) -> list[tuple[str, Check]]:
    """All checks, by name."""
    return [
        ("settings", lambda: places.settings(patient)),
        ("voice", lambda: sound.voice(patient)),
        ("sound", lambda: sound.sound(patient)),
        ("encoders", sound.encoders),
        ("folders", lambda: places.folders(patient)),
        ("scripts", places.scripts),
        ("cache", lambda: places.cache(patient)),
        ("terminal", lambda: places.terminal(patient)),
        ("media keys", places.media_keys),
        ("log", lambda: places.log(patient)),
    ]


def _isolate(name: str, check: Check) -> list[Finding]:
    try:
        return BoundedCall(lambda: list(check())).result(LIMIT)
    except TimeoutError:
        return [
            Finding(name, f"no answer within {LIMIT:g} s; restart the computer, and try again", well=False)
        ]
    except Exception as error:  # noqa: BLE001  the other checks must still run
        _log.exception("the check of %s failed", name, extra={"shown_already": True})
        return [Finding(name, f"this check itself failed: {type(error).__name__}", well=False)]
