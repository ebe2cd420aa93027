"""All that depends on a language, a package for each: phrases, numbers, postures, text made fit to speak.

Whoever plans, puts in a remark or prints a page asks here for the wording of the session's language, and gets
one object with everything that belongs to it. A new language is a package like `en` and a line in `WORDINGS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.wording.en import ENGLISH
from player.wording.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENGLISH", "WORDINGS", "Wording", "three_letters", "wording_for"]

WORDINGS: Mapping[str, Wording] = {"en": ENGLISH}
"""By language, as BCP 47 calls it."""


def wording_for(language: str) -> Wording:
    """The wording of a language, or of the one that a dialect belongs to; English for all others."""
    return WORDINGS.get(_language_alone(language), ENGLISH)


def three_letters(language: str) -> str:
    """The language as ISO 639-2 calls it; `und` where there is no wording for it."""
    wording = WORDINGS.get(_language_alone(language))
    return wording.three_letters if wording else "und"


def _language_alone(language: str) -> str:
    """`en-GB` as `en`."""
    return language.partition("-")[0].lower()
