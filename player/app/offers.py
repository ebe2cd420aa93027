"""What a shell can complete: the sessions, exercises, voices and beds on this computer.

No script is read for it, so the shell does not wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def session_ids() -> Iterable[str]:
    """All session ids."""
    from player.shelves import SCRIPT_ENDINGS, both_shelves, listed

    return listed([(one, (one.scripts,)) for one in both_shelves() if one.scripts], SCRIPT_ENDINGS)


def exercise_ids() -> Iterable[str]:
    """All exercise ids."""
    from player.shelves import SCRIPT_ENDINGS, both_shelves, listed

    return listed([(one, (one.exercises,)) for one in both_shelves()], SCRIPT_ENDINGS)


def voice_ids() -> Iterable[str]:
    """All voices; none if they cannot be listed."""
    from player.errors import Error
    from player.voices.listing import list_voices

    try:
        return [voice.id for voice in list_voices().voices]
    except Error:
        return []


def bed_names() -> Iterable[str]:
    """All beds."""
    from player.shelves import both_shelves, listed

    return listed([(one, one.sounds) for one in both_shelves()], (".flac", ".mp3", ".ogg", ".opus"))
