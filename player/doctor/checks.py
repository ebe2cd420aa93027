"""`cuemat doctor`: what works here, what does not, and what to do; all that a bug report needs.

Whoever runs it has a fault already. So each check stands alone, on a thread that can be left behind: one that
fails or hangs costs a line. What a report must not hold is looked after in `findings`.
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
from player.app.logs import TOLD
from player.app.settings import Configuration, configuration_path, read_configuration
from player.doctor import places, sound
from player.doctor.findings import OK, TO_DO, WIDTH, Finding
from player.outputs.bounded_call import BoundedCall

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    Check = Callable[[], Iterable[Finding]]

LIBRARIES = (
    *("pyttsx3", "espeakng-loader", "miniaudio", "simpleaudio", "simpleaudio-patched", "numpy", "soundfile"),
    *("soxr", "lameenc", "av", "pillow", "textual", "rich", "pyyaml", "tomlkit", "platformdirs"),
    *("dbus-fast", "wakepy"),
)
"""By the names that pip has for them."""
_log = logging.getLogger(__name__)

READING = 5.0
"""Seconds that the configuration may take to be read, from a disk that sleeps."""
LIMIT = 45.0
"""Seconds that a check may take; those that wait for somebody give up long before."""


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 if something is to be done."""
    for line in versions():
        print(line)
    to_do = 0
    for name, check in _checks(options):
        for finding in _isolated(name, check):
            _show(finding)
            to_do += not finding.well
    print("All is well." if not to_do else f"To be done: {to_do}.")
    return 1 if to_do else 0


def versions() -> list[str]:
    """What is installed, and on what."""
    python = f"Python {platform.python_version()} ({platform.python_implementation()})"
    together = "\N{NO-BREAK SPACE}"
    installed = ", ".join(f"{name}{together}{there}" for name in LIBRARIES if (there := _version(name)))
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
    """The kernel's number alone: what follows it can be anybody's own."""
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


def _checks(options: argparse.Namespace) -> list[tuple[str, Check]]:
    """In the order in which somebody with a fault wants to know."""
    set_up = _set_up()
    return [
        ("configuration", places.configuration),
        ("voice", lambda: sound.voice(set_up)),
        ("sound", lambda: sound.sound(set_up, options.output, quiet=options.quiet)),
        ("encoders", sound.encoders),
        ("folders", places.folders),
        ("scripts", places.scripts),
        ("cache", lambda: places.cache(clear=options.clear)),
        ("terminal", places.terminal),
        ("media keys", places.media_keys),
        ("log", places.log),
    ]


def _set_up() -> Configuration:
    """What the listener chose; if that cannot be read, which a check of its own tells, what Cuemat brings."""
    try:
        return BoundedCall(lambda: read_configuration(configuration_path())).result(READING)
    except Exception:  # noqa: BLE001  as above
        return Configuration()


def _isolated(name: str, check: Check) -> list[Finding]:
    try:
        return BoundedCall(lambda: list(check())).result(LIMIT)
    except TimeoutError:
        return [
            Finding(name, f"no answer within {LIMIT:g} s; restart the computer, and try again", well=False)
        ]
    except Exception as error:  # noqa: BLE001  the other checks are still wanted
        _log.exception("the check of %s failed", name, extra=TOLD)
        return [Finding(name, f"this check itself failed: {type(error).__name__}", well=False)]


def _show(finding: Finding) -> None:
    lines = finding.lines()
    if not sys.stdout.isatty():
        print("\n".join(lines), flush=True)
        return
    from rich.console import Console  # noqa: PLC0415  80 ms that a pipe need not wait for
    from rich.text import Text  # noqa: PLC0415

    word, style = (OK, "green") if finding.well else (TO_DO, "bold red")
    text = Text("\n".join(lines))
    text.stylize(style, 0, len(word))
    Console().print(text, soft_wrap=True)
