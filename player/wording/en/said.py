"""Writes English text so that a voice says it rightly; what is shown keeps the author's spelling.

A coach speaks in imperatives, and engines take a verb that begins a sentence for a noun: "Use a chair" as in
"no use", "Close your eyes" as in "close by". After "now", "then" and "not" they read it rightly. So a verb
with two sounds is respelt where a clause begins, if the next word says that it is a verb. Where that word
leaves it open, the text stays as written, and `doubts` tells the author.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from player.session.lexicon import Lexicon, Respelling

LEXICON = Path(__file__).with_name("lexicon.yaml")
"""Our own lexicon."""

_ADVERBS = "slowly|gently|softly|calmly|carefully|please|first|again|always|just|simply|next|finally|also"
_BEGINS = rf"(?P<before>^|[.!?;:,]\s+|\b(?:and|or|but|{_ADVERBS})\s+)"
"""Where engines take a verb for a noun."""
_GOES_ON = r"(?=\s+(?P<next>[^\W_][\w'-]*)|[.!?;:,]|$)"

_VERB_BEFORE = frozenset(
    {
        "a", "an", "the", "your", "my", "his", "her", "its", "our", "their", "this", "that", "these",
        "those", "it", "them", "him", "yourself", "each", "both", "one", "all", "any", "some", "every",
        "only", "as", "more", "less", "for", "to", "on", "onto", "from", "up", "down", "out", "through",
        "by", "at", "into", "between", "behind", "against", "towards", "until", "with", "slowly", "gently",
        "softly", "again", "now", "while", "before", "after", "and", "body", "belly", "back", "hip", "hips",
        "knee", "knees", "leg", "legs", "foot", "feet", "heel", "heels", "toe", "toes", "arm", "arms",
        "elbow", "elbows", "hand", "hands", "palm", "palms", "finger", "fingers", "fist", "fists",
        "shoulder", "shoulders", "head", "chin", "neck", "eye", "eyes", "lip", "lips", "mouth", "jaw",
        "side", "sides", "left", "right", "muscle", "muscles", "buttock", "buttocks", "glute", "glutes",
        "weight", "weights",
    }
)  # fmt: skip
"""Words that follow a verb."""
_NOUN_BEFORE = frozenset(
    {
        "of", "in", "is", "was", "are", "were", "has", "have", "had", "can", "may", "might", "will",
        "would", "should", "must"
    }
)  # fmt: skip
"""Words that follow a noun."""
_ALONE = frozenset(["alternate", "close", "contract", "decrease", "increase", "separate"])
"""Alone, as a cue, these are verbs."""
_ALWAYS = frozenset({"use"})
"""Before any other word, this is a verb."""


def said(text: str, engine: str, lexicon: Lexicon) -> str:
    """The text for a voice of this engine.

    Args:
        text: Prepared, as it is shown.
        engine: "espeak" or "heart"; for any other, the text stays as it is.
        lexicon: Ours, with the author's own.
    """
    words, pattern = _words(engine, lexicon)
    if pattern:
        text = pattern.sub(lambda found: _like(found[0], words[found[0].casefold()].on(engine)), text)
    verbs, pattern = _verbs(engine, lexicon)
    if not pattern:
        return text

    def respell(found: re.Match[str]) -> str:
        row = verbs[found["verb"].casefold()]
        spelling = row.on(engine) if _is_verb(found, row) else None
        return f"{found['before']}{_like(found['verb'], spelling)}"

    return pattern.sub(respell, text)


def doubts(text: str, engine: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What this engine may say wrongly, each with what to write instead; `text` as for `said`."""
    words, pattern = _words(engine, lexicon)
    found = [one[0] for one in pattern.finditer(text)] if pattern else []
    wrong = [
        f"the voice says '{word}' wrongly; write another word"
        for word in found
        if words[word.casefold()].wrong_on(engine)
    ]
    verbs, pattern = _verbs(engine, lexicon)
    for one in pattern.finditer(text) if pattern else ():
        verb, row = one["verb"].casefold(), verbs[one["verb"].casefold()]
        if verb in words and not words[verb].wrong_on(engine):
            continue  # it has one sound everywhere
        meant = _is_verb(one, row)
        if meant is None or (meant and row.wrong_on(engine)):
            wrong.append(
                f"the voice may not say '{one['verb']}' as a verb; if it is one, write 'now {verb} …'"
            )
    return tuple(dict.fromkeys(wrong))


def _is_verb(found: re.Match[str], row: Respelling) -> bool | None:
    """Whether a word that begins a clause is a verb there; None if its next word leaves it open."""
    verb, following = found["verb"].casefold(), (found["next"] or "").casefold()
    if not following:
        return verb in _ALONE
    if following in row.unless:
        return False
    if following in _VERB_BEFORE or following.endswith("ly"):
        return True
    if following in _NOUN_BEFORE:
        return False
    return True if verb in _ALWAYS or row.is_own else None


def _like(written: str, spelling: str | None) -> str:
    """A spelling with a capital letter if the written word has one; without a spelling, that word."""
    if spelling is None:
        return written
    return spelling[0].upper() + spelling[1:] if written[0].isupper() else spelling


_Rows = tuple[dict[str, "Respelling"], re.Pattern[str] | None]


@lru_cache(maxsize=8)
def _words(engine: str, lexicon: Lexicon) -> _Rows:
    """The rows for an engine by word, and a pattern that finds their words, the longest first."""
    rows = _rows(engine, lexicon.words)
    return rows, re.compile(rf"(?<![\w'])(?:{_any(rows)})(?!\w)", re.IGNORECASE) if rows else None


@lru_cache(maxsize=8)
def _verbs(engine: str, lexicon: Lexicon) -> _Rows:
    """The same for verbs: the pattern finds them where a clause begins."""
    rows = _rows(engine, lexicon.verbs)
    pattern = rf"{_BEGINS}(?P<verb>{_any(rows)})(?![\w'-]){_GOES_ON}"
    return rows, re.compile(pattern, re.IGNORECASE) if rows else None


def _rows(engine: str, rows: Iterable[Respelling]) -> dict[str, Respelling]:
    return {row.word.casefold(): row for row in rows if engine in dict(row.spellings)}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
