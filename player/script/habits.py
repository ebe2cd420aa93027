"""Recognises typing mistakes that hide behind other messages: a missing space, a word processor's dash.

YAML reads "title:Morning" as the beginning of a long text and complains a line later, about something else.
So when a file has mistakes, its lines are searched for these habits; what they explain is told instead.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from player.errors import Mistake, ScriptError, Source
from player.script import model, movement
from player.script.forms import Key
from player.script.nodes import compose
from player.script.report import Report
from player.words import LONGEST_QUOTE, printable, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_MUCH = 200
"""Characters of a line to look at; a hostile line may have a million."""
_MOST = 20
"""Mistakes of typing that are told at once."""

_NAMES = {
    key.name
    for key in (*vars(model).values(), *vars(movement).values())
    if isinstance(key, Key) and key is not model.IN_WORDS
}
_KEYS = "|".join(sorted(_NAMES, key=len, reverse=True))
_SPACES = {
    "\u00a0": "a non-breaking space", "\u202f": "a narrow non-breaking space", "\u3000": "a wide space",
    "\u2003": "a wide space", "\u2002": "a wide space", "\u2009": "a thin space", "\u2007": "a figure space",
    "\t": "a tab",
}  # fmt: skip
_SPACE = f"[{''.join(_SPACES)}]"
_COLONS = {
    "：": "a full-width colon",
    "﹕": "a small colon",
    "∶": "a ratio sign",
    "꞉": "a letter",
    ";": "';'",
    "=": "'='",
}
_BULLETS = "–—―−‐‑‒•·◦‣▪●*－"

_INDENT = re.compile(rf"(?P<sign>)(?:[ ]|-[ ])*(?P<odd>{_SPACE})")
_ODD_AFTER = re.compile(rf"\s*(?:-\s+)*(?P<sign>-|(?:{_KEYS}):)(?P<odd>{_SPACE})")
_GLUED = re.compile(rf"(?:^\s*(?:-\s+)*|(?<=[{{,])\s*)(?P<key>{_KEYS}):(?P<value>[^\s:,}}][^,}}]*)")
_GLUED_DASH = re.compile(rf"\s*-(?P<rest>(?:{_KEYS})\s*:.*)")
_OTHER_COLON = re.compile(rf"\s*(?:-\s+)*(?P<key>{_KEYS})\s*(?P<colon>[{''.join(_COLONS)}])(?P<value>.*)")
_NO_COLON = re.compile(rf"\s*(?:-\s+)*(?P<key>{_KEYS})\s+(?P<value>[^\s:].*)")
_BULLET = re.compile(rf"\s*(?P<sign>[{re.escape(_BULLETS)}]|\d+[.)])\s*(?=(?:{_KEYS})\s*:)")
_COMMENT = re.compile(rf"\s*(?:-\s+)*(?P<key>{_KEYS}):\s+(?P<value>#.*)")
_CURLY = re.compile(r".*?:\s+(?P<quote>[“”„«‘‚])")


_TEXTS = "title|about|name|say|cue|holding|lead|position|prepare|setup|feel|fault|easier|caution|reference"
_LOST = re.compile(rf"\s*(?:-\s+)*(?:{_TEXTS}):\s+[^\s'\"#{{\[|>&*!].*?\s(?P<lost>#\w)")


def find_lost(text: str) -> Iterator[tuple[int, int]]:
    """The places, line and column from 1, where a comment that is not meant as one cuts a text short."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if found := _LOST.match(line[:_MUCH]):
            yield number, found.start("lost") + 1


class _Habit(NamedTuple):
    column: int
    """From 1."""
    message: str
    certain: bool = True
    """Whether it is one even if the mistake was found in another line."""
    leads_on: bool = False
    """Whether the parser may have noticed only in the next line."""


@contextmanager
def explain_habits(text: str, file: str) -> Iterator[None]:
    """Tell mistakes of typing in `text` instead of what they lead to.

    Raises:
        ScriptError: The block has raised one; the mistakes are those of its kind that help.
    """
    try:
        yield
    except ScriptError as problem:
        raise ScriptError(_better(list(problem.mistakes), text, file)) from None


def _better(mistakes: list[Mistake], text: str, file: str) -> list[Mistake]:
    ours = {mistake.source.line for mistake in mistakes if mistake.source.file == file}
    is_yaml = _is_yaml(text, file)
    habits: dict[int, Mistake] = {}
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        habit = _find(line[:_MUCH])
        if habit is None or len(habits) == _MOST:
            continue
        if habit.certain or number in ours or (habit.leads_on and number + 1 in ours and not is_yaml):
            habits[number] = Mistake(Source(file, number, habit.column), printable(habit.message))
    if not habits:
        return mistakes
    kept = [one for one in mistakes if one.source.file != file or one.source.line not in habits]
    if not is_yaml:  # then the parser has given up at a consequence
        kept = [one for one in kept if one.source.file != file]
    return [*habits.values(), *kept]


def _is_yaml(text: str, file: str) -> bool:
    try:
        compose(text, Report(file))
    except ScriptError:
        return False
    return True


def _find(line: str) -> _Habit | None:
    """The habit that a line shows."""
    for find in (_odd_space, _other_sign, _missing_space, _uncertain):
        if (habit := find(line)) is not None:
            return habit
    return None


def _odd_space(line: str) -> _Habit | None:
    for pattern in (_INDENT, _ODD_AFTER):
        found = pattern.match(line)
        if found is None or (found["odd"] == "\t" and found["sign"] != "-"):  # a tab has its own message
            continue
        where = f"after '{found['sign']}'" if found["sign"] else "at the start of the line"
        return _Habit(
            found.start("odd") + 1, f"{_SPACES[found['odd']]} stands {where}; type an ordinary space"
        )
    return None


def _other_sign(line: str) -> _Habit | None:
    if found := _BULLET.match(line):
        rest = _short(line[found.end() :])
        message = f"a list entry begins with '-', not {quoted(found['sign'])}; write '- {rest}'"
        return _Habit(found.start("sign") + 1, message)
    if found := _OTHER_COLON.match(line):
        sign = _COLONS[found["colon"]]
        message = f"{sign} stands after '{found['key']}'; write {_written(found['key'], found['value'])}"
        return _Habit(found.start("colon") + 1, message)
    return None


def _missing_space(line: str) -> _Habit | None:
    if found := _GLUED_DASH.match(line):
        return _Habit(line.index("-") + 1, f"a space is missing after '-'; write '- {_short(found['rest'])}'")
    if found := _GLUED.search(line):
        written = _written(found["key"], found["value"])
        message = f"a space is missing after '{found['key']}:'; write {written}"
        return _Habit(found.start("key") + 1, message, certain=not line[: found.start("key")].strip(" -"))
    return None


def _uncertain(line: str) -> _Habit | None:
    """What is a mistake only if the line has one."""
    if found := _COMMENT.match(line):
        quote = '"' if '"' not in found["value"] else "'"
        written = f"{found['key']}: {quote}{_short(found['value'])}{quote}"
        message = f"a text after # is a comment; put it in quotes: {written}"
        return _Habit(found.start("value") + 1, message, certain=False)
    if found := _CURLY.match(line):
        message = "curly quotes are part of the text; type straight ones: \"…\" or '…'"
        return _Habit(found.start("quote") + 1, message, certain=False)
    if found := _NO_COLON.match(line):
        message = f"a ':' is missing after '{found['key']}'; write {_written(found['key'], found['value'])}"
        return _Habit(found.start("key") + 1, message, certain=False, leads_on=True)
    return None


def _written(key: str, value: str) -> str:
    value = _short(value)
    return f"'{key}: {value}'" if value else f"'{key}:'"


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
