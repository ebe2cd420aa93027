"""The lexicon for a session: ours, and the listener's own in the scripts folder.

Only the listener's own folder counts. A lexicon decides what a coach says, so one that lies beside a
stranger's script must not turn "stop" into "go on".
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from player.files.plain import read_plain
from player.script import read_text
from player.script.lexicon import parse_lexicon
from player.shelves import LEXICON, Origin, shown
from player.voices.engines import engine_of
from player.wording.en import said

if TYPE_CHECKING:
    from pathlib import Path

    from player.library import Library
    from player.session.lexicon import Lexicon

MOST_BYTES = 100_000
"""Size limit of our own."""


def lexicon_for(library: Library) -> Lexicon:
    """Ours with the listener's own.

    Raises:
        ScriptError: The listener's own has mistakes.
    """
    homes = (one.scripts for one in library.shelves if one.origin is Origin.USER)
    own = next((home / LEXICON for home in homes if home and os.path.lexists(home / LEXICON)), None)
    return ours().with_own(read_lexicon(own)) if own else ours()


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in a file.

    Raises:
        ScriptError: It has mistakes.
    """
    file = shown(path)
    return parse_lexicon(read_text(path, file), file)


@lru_cache(maxsize=1)
def ours() -> Lexicon:
    """Our own lexicon."""
    return parse_lexicon(read_plain(said.LEXICON, MOST_BYTES).decode(), said.LEXICON.name)


def engine_for(voice: str, language: str) -> str:
    """The engine whose mistakes are mended in a session of this language; "" if none is."""
    return engine_of(voice) if language.partition("-")[0].lower() == "en" else ""
