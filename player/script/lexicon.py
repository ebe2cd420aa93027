"""Reads a lexicon: ours, and an author's own, which is as little trusted as a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.script.nodes import Mapping, Node, Scalar, Sequence, compose
from player.script.report import Report
from player.session.lexicon import ENGINES, Lexicon, Respelling
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = ("words", "verbs")
UNLESS = "unless"
MOST_ROWS = 1000
"""Words of one lexicon."""
LONGEST = 60
"""Characters of a word, and of a spelling."""
SAMPLE = "words: {Schroth: Shrote}"
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_SPELT = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")
"""Letters in groups: no other sign, because some are commands to a voice."""


def parse_lexicon(text: str, file: str) -> Lexicon:
    """Return the lexicon in a file.

    Args:
        text: The file's text.
        file: Its name in messages, as the user would type it.

    Raises:
        ScriptError: Lists all its mistakes.
    """
    if _BLANK.fullmatch(text):
        return Lexicon()
    report = Report(file)
    root = compose(text, report)
    if not isinstance(root, Mapping):
        report.mistake(root, f"expected 'words' or 'verbs' with its keys; write for example '{SAMPLE}'")
        report.fail()
    rows: dict[str, tuple[Respelling, ...]] = {}
    for name, (key, node) in root.entries.items():
        if name in PARTS:
            rows[name] = tuple(_rows(node, report, verbs=name == "verbs"))
        else:
            hint = did_you_mean(name, PARTS) or "; the keys here are: words, verbs"
            report.mistake(key, f"unknown key {quoted(name)}{hint}")
    report.close()
    return Lexicon(**rows)


def _rows(part: Node, report: Report, *, verbs: bool) -> Iterator[Respelling]:
    if isinstance(part, Scalar) and part.empty:
        return
    if not isinstance(part, Mapping):
        report.mistake(part, f"expected words with their spellings; write for example '{SAMPLE}'")
    elif len(part.entries) > MOST_ROWS:
        report.mistake(part, f"{len(part.entries):,} words are too many; the limit is {MOST_ROWS:,}")
    else:
        for key, node in part.entries.values():
            word = _spelt(key, report)
            spellings = tuple(_spellings(node, report, verbs=verbs))
            unless = tuple(_unless(node, report)) if verbs else ()
            if word and spellings:
                yield Respelling(word, spellings, unless)


def _spellings(node: Node, report: Report, *, verbs: bool) -> Iterator[tuple[str, str | None]]:
    """Yield engines with their spellings; a spelling alone is for every engine."""
    if isinstance(node, Mapping):
        for name, (key, value) in node.entries.items():
            if name in ENGINES:
                known = not (isinstance(value, Scalar) and value.empty)
                yield name, _spelt(value, report) if known else None
            elif not (verbs and name == UNLESS):
                hint = did_you_mean(name, ENGINES) or f"; the voices here are: {', '.join(ENGINES)}"
                report.mistake(key, f"unknown voice {quoted(name)}{hint}")
    elif spelling := _spelt(node, report):
        yield from ((engine, spelling) for engine in ENGINES)


def _unless(node: Node, report: Report) -> Iterator[str]:
    if isinstance(node, Mapping) and UNLESS in node.entries:
        listed = node.entries[UNLESS][1]
        for one in listed.items if isinstance(listed, Sequence) else [listed]:
            if word := _spelt(one, report):
                yield word.casefold()


def _spelt(node: Node, report: Report) -> str | None:
    """Return a word or a spelling; if it is none, report why and return None."""
    if not isinstance(node, Scalar):
        report.mistake(node, "expected a spelling; write how it sounds, for example 'pill-ah-teez'")
        return None
    text = " ".join(node.text.split())
    if len(text) > LONGEST:
        report.mistake(node, f"{quoted(text)} is too long; the limit is {LONGEST} characters")
    elif not _SPELT.fullmatch(text):
        report.mistake(
            node, f"{quoted(text)} is not a spelling; write letters, with spaces or hyphens between"
        )
    else:
        return text
    return None
