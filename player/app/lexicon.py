"""The lexicon for a session: ours, and the listener's own in the scripts folder.

Only the listener's own folder counts. A lexicon decides what a coach says, so one that lies beside a
stranger's script must not turn "stop" into "go on".
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from player.errors import ScriptError, UserError
from player.files.plain import read_plain
from player.script import read_text
from player.script.lexicon import parse_lexicon
from player.shelves import LEXICON, Origin, shown
from player.voices.engines import engine_of
from player.wording.en import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from player.errors import Error
    from player.library import Library
    from player.session.lexicon import Lexicon
    from player.shelves import Shelf

MOST_BYTES = 100_000
"""Size limit of our own."""


def lexicon_for(library: Library, tell: Callable[[Error], None] = lambda _: None) -> Lexicon:
    """Ours with the listener's own, which is left out as long as it has mistakes.

    Args:
        library: Knows the listener's folder.
        tell: Gets a line about its mistakes.
    """
    own = own_lexicon(library.shelves)
    if own is None:
        return ours()
    try:
        return ours().with_own(read_lexicon(own))
    except ScriptError as error:
        first = str(error).partition("\n")[0]
        tell(UserError(f"{first}; until you correct it, only Cuemat's own spellings apply"))
        return ours()


def own_lexicon(shelves: Iterable[Shelf]) -> Path | None:
    """The listener's own file, which may be broken; None if there is none."""
    homes = (one.scripts for one in shelves if one.origin is Origin.USER)
    return next((home / LEXICON for home in homes if home and os.path.lexists(home / LEXICON)), None)


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
