"""Which espeak-ng speaks: the system's if there is one, otherwise the one from pip.

It only looks at files and never loads them: the library is GPL, and belongs in its own process. A library
without its voice data ends the process that loads it, so both are required.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIBRARY = "libespeak-ng.so.1"
DATA = "espeak-ng-data"
LONGEST = 8
"""Letters of a language code; a typed name becomes a path only if it looks like a code."""
SOUNDS = ("phontab", "phonindex", "phondata", "intonations")
"""Files that all voices need; without them the library ends its process."""


def system_folders() -> tuple[Path, ...]:
    """The folders where systems keep libraries, in the loader's order."""
    # The folder for this machine's architecture, which CPython knows on Debian and its derivatives.
    own = getattr(sys.implementation, "_multiarch", "")
    names = ("/usr/local/lib", f"/usr/lib/{own}", f"/lib/{own}", "/usr/lib64", "/lib64", "/usr/lib", "/lib")
    return tuple(map(Path, names))


@dataclass(frozen=True, slots=True)
class Espeak:
    """A library and the voice data that it needs."""

    library: Path
    data: Path

    def identity(self, voice: str) -> str:
        """A digest of what changes the sound of a voice: the library, the phonemes, the language's words."""
        digest = blake2b(digest_size=16)
        language = voice.rpartition("/")[2].partition("-")[0].partition("+")[0]
        names = (*SOUNDS, f"{language}_dict") if language.isalpha() and len(language) <= LONGEST else SOUNDS
        for path in (self.library, *(self.data / name for name in names)):
            digest.update(path.read_bytes() if path.is_file() else b"")
            digest.update(b"\0")
        return f"espeak {digest.hexdigest()}"


def find_espeaks(folders: Iterable[Path] | None = None) -> tuple[Espeak, ...]:
    """All installed espeaks, the best first.

    Args:
        folders: Where to look for libraries; None: the system's usual folders.
    """
    return (*_in_system(system_folders() if folders is None else folders), *_in_packages())


def _in_system(folders: Iterable[Path]) -> Iterator[Espeak]:
    for folder in folders:
        library = folder / LIBRARY
        if library.is_file():
            above = folder.parent
            places = (folder / DATA, above / "share" / DATA, above.parent / "share" / DATA)
            for data in places:
                if _complete(data):
                    yield Espeak(library.resolve(), data)
                    return


def _in_packages() -> Iterator[Espeak]:
    spec = find_spec("espeakng_loader")
    for place in (spec and spec.submodule_search_locations) or ():
        library = Path(place, LIBRARY.removesuffix(".1")).absolute()
        if library.is_file() and _complete(library.parent / DATA):
            yield Espeak(library, library.parent / DATA)


def _complete(data: Path) -> bool:
    return all((data / name).is_file() for name in SOUNDS)
