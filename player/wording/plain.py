"""Cleans up text in any language: removes what could harm a voice, tidies and cuts the rest."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_PUNCTUATION = {
    "‘": "'", "’": "'", "‚": "'", "“": "", "”": "", "„": "", '"': "", "`": "'", "´": "'",
    "\u02bb": "'", "\u02bc": "'",
    "…": ", ", "·": ",", "•": ",", "–": "-", "—": ", ", "−": "-", "‐": "-", "‑": "-", "×": "x", "\u00a0": " ",
    "(": ", ", ")": ", ", "[": " ", "]": " ", "{": " ", "}": " ", "|": ", ", "_": " ", "*": " ",
}  # fmt: skip
_SHAPED = frozenset({"Lu", "Ll", "Lo", "Lm", "Nl", "No"})
_WITH_A_MEANING = frozenset("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁰¹²³⁴⁵⁶⁷⁸⁹º№")
_ORNAMENTAL = frozenset({"Ps", "Pe", "Pi", "Pf", "Zs", "Zl", "Zp", "Cf", "Cc", "Mn", "Me"})
_ORNAMENTS = frozenset("*_`'\"¿¡™®©†‡♥❤★☆✨♪♫⚠✓✔☑✅☀☺")
_UNHELD_MARK = re.compile(r"(?<![^\W\d_])[^\w\s.,;:!?'-]+")
"""Accents and vowel signs with no letter before them."""
_PICTURES = 0x1F000
"""From here on Unicode has pictures."""
_MEANINGFUL = (
    ("\U0001f100", "\U0001f1e5"), ("\U0001f446", "\U0001f449"), ("\U0001f44e", "\U0001f44e"),
    ("\U0001f4af", "\U0001f4af"), ("\U0001f500", "\U0001f504"), ("\U0001f519", "\U0001f51f"),
    ("\U0001f53a", "\U0001f53d"), ("\U0001f6ab", "\U0001f6ab"), ("\U0001f6d1", "\U0001f6d1"),
    ("\U0001f800", "\U0001f8ff"),
)  # fmt: skip
"""Pictures that say something: letters, numbers, pointing hands, arrows, prohibitions."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9'])")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|No|Nr|Ex|min|max|p|Mr|Mrs|Ms|Dr|St|approx|ca|incl|e\.g|i\.e|vs|etc)\.$"
)
"""A short form, whose full stop ends no sentence."""
_LONGEST_SENTENCE = 220
"""Characters; a longer sentence is split at a comma, because speech engines slow down quadratically."""


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    text = text.strip()
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."


def first_sentence(text: str) -> str:
    """The first sentence of a text as its author wrote it, cut if it is very long."""
    text = text.strip()
    ends = (end.start() for end in _SENTENCE_END.finditer(text) if not _SHORT.search(text[: end.start()]))
    return text[: next(ends, len(text))][:_LONGEST_SENTENCE]


def without_controls(text: str) -> str:
    """Replace control characters, which may change the speed of all later cues, with spaces."""
    return "".join(" " if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029" else c for c in text)


def plain_punctuation(text: str) -> str:
    """Replace typographic marks and brackets with punctuation that a voice understands."""
    return "".join(_PUNCTUATION.get(c, c) for c in text)


def compatible(text: str) -> str:
    """Replace letters and digits in another shape (full width, ligatures, other scripts' digits)."""
    return text if text.isascii() else "".join(map(_plain_shape, text))


def _plain_shape(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) in _SHAPED and character not in _WITH_A_MEANING:
        return unicodedata.normalize("NFKC", character)
    return character


def lost(text: str, alphabets: Collection[str]) -> tuple[str, ...]:
    """The signs that `tidy` would drop although they matter, and the words in unknown letters, each once.

    Args:
        text: A text with all signs spelt out.
        alphabets: The alphabets that can be spoken: the first word of their letters' names in Unicode.
    """
    signs = (c for c in text if not _speakable(c) and not _is_mere_ornament(c))
    words = (
        word
        for word in re.findall(r"[\w'-]+", text)
        if any(c.isalpha() and not c.isascii() and _alphabet(c) not in alphabets for c in word)
    )
    return tuple(dict.fromkeys((*signs, *words)))


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _is_mere_ornament(character: str) -> bool:
    """Whether a sign means nothing by itself: a quotation mark, a bracket, most pictures."""
    if unicodedata.category(character) in _ORNAMENTAL or character in _ORNAMENTS:
        return True
    return ord(character) >= _PICTURES and not any(first <= character <= last for first, last in _MEANINGFUL)


def tidy(text: str) -> str:
    """Keep only letters, digits, plain punctuation and single spaces; empty if nothing can be spoken."""
    text = _UNHELD_MARK.sub("", "".join(c if _speakable(c) else " " for c in text))
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    text = re.sub(r"([.!?])[.,;:!?]+", r"\1", text)
    text = re.sub(r"[,;:]+([.!?])", r"\1", text)
    text = re.sub(r"([,;:])[,;:]+", r"\1", text)
    text = re.sub(r"(?<=\w)\s+-+\s+(?=\w)", ", ", text)
    text = re.sub(r"--+|(?<!\w)-(?!\d)|-(?!\w)", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;:-")
    return text if any(c.isalnum() for c in text) else ""


def _speakable(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in " .,;:!?'-"
    return character.isalpha() or unicodedata.category(character) in {"Mn", "Mc"}


def cut(text: str) -> list[str]:
    """Cut a prepared text where a coach would breathe."""
    found: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        while len(sentence) > _LONGEST_SENTENCE:
            cut = max(sentence.rfind(mark, 1, _LONGEST_SENTENCE) for mark in (", ", "; ", " "))
            cut = cut if cut > 0 else _LONGEST_SENTENCE
            found.append(sentence[: cut + 1].strip())
            sentence = sentence[cut + 1 :].strip()  # noqa: PLW2901  the rest is still to be cut
        if any(c.isalnum() for c in sentence):
            found.append(sentence)
    return found
