"""What the natural voice is given to read: the one place where its text is prepared.

It reads well, with gaps: a hyphen joins two words into one that nobody knows ("draw-in" is "droin"),
accents written apart are dropped, and a very long sentence takes very much memory. Square brackets before
round ones are its notation for phonemes, `[word](/phonemes/)`, which the lexicon uses for words that it says
wrongly; any other bracket is left out.
"""

from __future__ import annotations

import re
import unicodedata

RULES = "2"
"""Part of a clip's key: raise it when a change here changes what the voice reads."""
MOST_WORDS = 60
"""Words without a pause; 400 take 676 MB."""
_PHONEMES = re.compile(r"(\[[^\[\]()/]+\]\(/[^\[\]()/]+/\))")
_BRACKETS = str.maketrans(dict.fromkeys("[](){}<>", " "))
_LIST_OF_NUMBERS = re.compile(r"\d+(?:,\d+)+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_PAUSE = re.compile(r"[.,;:!?…—]$")


def spell(text: str) -> str:
    """The text as the natural voice must read it; the same text again if it is already so."""
    plain = unicodedata.normalize("NFC", text)
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    parts = _PHONEMES.split(plain)
    parts[::2] = map(_words, parts[::2])
    return _with_pauses(" ".join("".join(parts).split()))


def unreadable(text: str) -> str:
    """The letters of a text that the voice leaves out or reads as others: all but Latin ones."""
    words = _PHONEMES.sub("", text)
    return "".join(c for c in words if c.isalpha() and not unicodedata.name(c, "").startswith("LATIN"))


def _words(text: str) -> str:
    text = text.translate(_BRACKETS)
    text = re.sub(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])", " ", text)
    text = _LIST_OF_NUMBERS.sub(_apart, text)
    text = re.sub(r"(?<=\d)\s*[x×]\s*(?=\d)", " times ", text)
    return re.sub(r"(?<=\d)\s*s\b(?!')", " seconds", text)


def _apart(found: re.Match[str]) -> str:
    """Numbers with a comma between them, which the voice would join to one; thousands stay together."""
    return found[0] if _THOUSANDS.fullmatch(found[0]) else found[0].replace(",", ", ")


def _with_pauses(text: str) -> str:
    """The text with a comma wherever too many words come without a pause."""
    words, since = text.split(), 0
    for at, word in enumerate(words[:-1]):
        since = 0 if _PAUSE.search(word) else since + 1
        if since == MOST_WORDS:
            words[at], since = word + ",", 0
    return " ".join(words)
