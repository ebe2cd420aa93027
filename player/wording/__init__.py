"""Everything that depends on a language, one package each: phrases, numbers, postures, text for the voice.

Code that plans, inserts a remark or prints a page asks here for the wording of the session's language, and
gets one object with everything in it. A new language is a package like `en` and a line in `WORDINGS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.wording.en import ENGLISH
from player.wording.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENGLISH", "WORDINGS", "Wording", "three_letters", "wording_for"]

WORDINGS: Mapping[str, Wording] = {"en": ENGLISH}
"""The wordings by BCP 47 language."""


def wording_for(language: str) -> Wording:
    """The wording of a language, with or without a region; English for all others."""
    return WORDINGS.get(_language_alone(language), ENGLISH)


def three_letters(language: str) -> str:
    """The ISO 639-2 code of a language; `und` if it has no wording."""
    wording = WORDINGS.get(_language_alone(language))
    return wording.three_letters if wording else "und"


def _language_alone(language: str) -> str:
    """The language without its region: `en-GB` gives `en`."""
    return language.partition("-")[0].lower()
