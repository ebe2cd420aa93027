"""What a session takes from elsewhere: exercises, talks and sounds, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Collection

    from player.script.report import Report
    from player.session import Exercise, Talk, Words

NAME_OF_A_SOUND = "write the name of a file in sounds/, without its ending"
_ELSEWHERE = {
    "exercise": "; write the name of a file in scripts/exercises/, without its ending",
    "talk": "; write the name of a file in scripts/talks/, without its ending",
    "sound": f"; {NAME_OF_A_SOUND}",
}


class Catalogue(Protocol):
    """Provides a session's exercises, talks and sounds."""

    def exercise_ids(self) -> Collection[str]:
        """Return the ids of all exercises."""

    def exercise(self, identity: str) -> Exercise:
        """Return the one with this id.

        Raises:
            ScriptError: It has mistakes.
        """

    def talk_ids(self) -> Collection[str]:
        """Return the ids of all talks."""

    def talk(self, identity: str) -> Talk:
        """Return the one with this id.

        Raises:
            ScriptError: It has mistakes.
        """

    def sound_ids(self) -> Collection[str]:
        """Return the names of all sounds."""

    def sounds_left_out(self) -> Collection[str]:
        """Return the names of files beside the script that must not be used."""


def is_known(what: str, words: Words, known: Collection[str], report: Report) -> bool:
    """Return whether a name is known; if not, report it with the most similar one."""
    if words.text in known:
        return True
    hint = did_you_mean(words.text, known) or _ELSEWHERE[what]
    report.mistake(words.source, f"unknown {what} {quoted(words.text)}{hint}")
    return False
