"""The alphabets that a voice can read: of words in any other, it would say nothing at all.

The built-in voices follow their language; every one of them reads Latin letters. A voice of another package
reads Latin letters too, unless the package says more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.voices.engines import is_natural
from player.voices.plugins import plugin_alphabets

if TYPE_CHECKING:
    from collections.abc import Mapping

LATIN = frozenset({"LATIN"})
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "CYRILLIC": ("ba", "be", "bg", "cv", "kk", "ky", "mk", "ru", "sr", "tt", "uk"),
    "GREEK": ("el", "grc"),
    "HEBREW": ("he",),
    "ARABIC": ("ar", "fa", "sd", "ug", "ur"),
    "DEVANAGARI": ("bpy", "hi", "kok", "mr", "ne"),
    "BENGALI": ("as", "bn"),
    "GUJARATI": ("gu",),
    "GURMUKHI": ("pa",),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "KANNADA": ("kn",),
    "MALAYALAM": ("ml",),
    "ORIYA": ("or",),
    "SINHALA": ("si",),
    "THAI": ("th",),
    "MYANMAR": ("my",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy", "hyw"),
    "ETHIOPIC": ("am", "ti"),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("cmn", "hak", "yue"),
}
"""The languages of eSpeak NG's voices by alphabet, named as in the Unicode names of its letters."""


def alphabets_of(voice: str) -> frozenset[str]:
    """The alphabets of a voice, by its id in `cuemat voices`; starts no process."""
    if is_natural(voice):
        return LATIN
    more = plugin_alphabets(voice)
    if more is None:
        language = voice.partition("+")[0].rpartition("/")[2].partition("-")[0]
        more = frozenset(alphabet for alphabet, languages in _LANGUAGES.items() if language in languages)
    return LATIN | more
