"""Explains a YAML parser's errors to someone who has never heard of YAML.

The parser says where it gave up. The line there shows what the author did, because nearly every error comes
from a few habits: a text with a colon in it, a text that begins with a sign, a tab. The two parsers
(libyaml's and the pure one) word their errors differently; both are understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yaml import YAMLError

_SIGNS = "{[*&!%@`|>?,]}"
_ENTRY = re.compile(r"""^\s*(?:-\s+)*(?:(?P<key>[\w '"-]+?)\s*:\s+)?(?P<value>\S.*)$""")

_MUCH = 200
"""Characters of a line to look at; a hostile line may have a million."""

_PLAIN_WORDS = (
    (
        r"block end|expected key|'-' indicator",
        "the line does not fit here; indent it exactly like its neighbours",
    ),
    (r"sequence entries", "unexpected '-'; begin a new line with it, or put the text in quotes"),
    (r"escape|hexadecimal|hexdecimal", "a '\\' has a special meaning in double quotes; use single quotes"),
    (r"document start", "a file contains one script; delete the line '...' or '---' and what follows"),
    (r"directive", "a line cannot begin with '%'; delete it"),
    (r"", "the line cannot be read; put its text in quotes"),
)


class Complaint(NamedTuple):
    """A mistake in the YAML itself; line and column count from 1."""

    line: int
    column: int
    message: str


def explain(problem: YAMLError, text: str) -> Complaint:
    """Return where the YAML is wrong, and what to write instead."""
    mark = getattr(problem, "problem_mark", None)
    if mark is None:
        return Complaint(1, 1, "this is not YAML; see the examples in scripts/README.md")
    lines = re.split(r"\r\n|\r|\n", text)
    row, column = min(mark.line, len(lines) - 1), mark.column
    wrong, context = str(getattr(problem, "problem", None)), str(getattr(problem, "context", None))
    if tab := re.match(r" *\t", lines[row]):
        return Complaint(
            row + 1, tab.end(), "the line is indented with a tab; use spaces, two for each level"
        )
    begun = getattr(problem, "context_mark", None)
    if begun is not None:
        at_end = "end of stream" in wrong or not text[mark.index :].strip()
        character = _character(lines, begun)
        if message := _unfinished(context, wrong, character, at_end=at_end):
            return Complaint(begun.line + 1, begun.column + 1, message)
        if "flow" in context:
            missing = f"a comma or the end is missing after {character} in line {begun.line + 1}"
            message = f"{missing}; put text that contains commas, colons or quotes in quotes"
            return Complaint(row + 1, column + 1, message)
    return _from_line(lines[row], row, column, wrong)


def _unfinished(context: str, wrong: str, character: str, *, at_end: bool) -> str | None:
    """Return the message for something that begins and never ends, or None."""
    if at_end and ("quoted" in context or "flow" in context):
        return f"the {character} that begins here never ends; close it"
    return "a ':' is missing after the key; write 'key: value'" if "expected ':'" in wrong else None


def _character(lines: list[str], mark: object) -> str:
    """Return the character at a mark, quoted for a message."""
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    character = lines[line][column : column + 1] if line < len(lines) else ""
    return "quote" if character in {"'", '"'} else f"'{character}'"


def _from_line(line: str, row: int, column: int, wrong: str) -> Complaint:
    """Explain a mistake by the habit that its line shows."""
    entry = _ENTRY.match(line[:_MUCH])
    if entry is not None:
        value, at = entry["value"], entry.start("value")
        key = f"{entry['key']}: " if entry["key"] else ""
        if "mapping values" in wrong and column < at:
            return Complaint(
                row + 1, column + 1, "the line does not fit here; indent it exactly like its neighbours"
            )
        if value[0] in _SIGNS:
            message = f"a text that begins with '{value[0]}' must be in quotes: {key}\"{value[0]}…\""
            return Complaint(row + 1, at + 1, message)
        if value[0] in "\"'":
            message = "nothing may follow the closing quote; put the whole text in the other kind of quotes"
            return Complaint(row + 1, column + 1, message)
        if "mapping values" in wrong:
            message = f"a text that contains ': ' must be in quotes: {key}\"…: …\""
            return Complaint(row + 1, column + 1, message)
    remedy = next(words for pattern, words in _PLAIN_WORDS if re.search(pattern, wrong))
    return Complaint(row + 1, column + 1, remedy)
