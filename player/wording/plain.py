"""Cleans up text in any language: removes what could harm a voice, tidies and cuts the rest."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = {
    "‘": "'", "’": "'", "‚": "'", "“": "", "”": "", "„": "", '"': "", "`": "'", "´": "'",
    "…": ", ", "·": ",", "•": ",", "–": "-", "—": ", ", "−": "-", "‐": "-", "‑": "-", "×": "x", "\u00a0": " ",
    "(": ", ", ")": ", ", "[": " ", "]": " ", "{": " ", "}": " ", "<": " ", ">": " ", "|": " ",
    "\\": " ", "^": " ", "_": " ", "*": " ", "$": " ",
}  # fmt: skip
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9'])")
_LONGEST_SENTENCE = 220
"""Characters; a longer sentence is split at a comma, because speech engines slow down quadratically."""


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    text = text.strip()
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."


def without_controls(text: str) -> str:
    """Replace control characters, which may change the speed of all later cues, with spaces."""
    return "".join(" " if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029" else c for c in text)


def plain_punctuation(text: str) -> str:
    """Replace typographic marks and brackets with punctuation that a voice understands."""
    return "".join(_PUNCTUATION.get(c, c) for c in text)


def tidy(text: str) -> str:
    """Keep only letters, digits, plain punctuation and single spaces; empty if nothing can be spoken."""
    text = "".join(c if _speakable(c) else " " for c in text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    text = re.sub(r"([.!?])[.,;:!?]+", r"\1", text)
    text = re.sub(r"[,;:]+([.!?])", r"\1", text)
    text = re.sub(r"([,;:])[,;:]+", r"\1", text)
    text = re.sub(r"--+|(?<!\w)-(?!\d)|-(?!\w)", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;:-")
    return text if any(c.isalnum() for c in text) else ""


def _speakable(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in " .,;:!?'-"
    return character.isalpha() and "LATIN" in unicodedata.name(character, "")


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
