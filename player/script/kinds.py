"""The kinds of values: how each is read, and how an editor learns about it.

Reading and describing are side by side here, so the reader and the JSON Schema are one model and cannot drift
apart.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from player.script import spoken, values
from player.script.nodes import Node, Scalar, Sequence
from player.script.values import Unreadable
from player.session import Words
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from player.script.report import Report
    from player.script.values import Limits
    from player.session import Range

Schema = dict[str, Any]
"""A piece of JSON Schema."""

LONGEST_TEXT = 1000
"""Characters of one spoken text, a little more than a minute."""

LONGEST_VALUE = 60
"""Characters of a time, number or name; anything longer is a mistake."""

T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound="StrEnum")


class Kind(Protocol[T_co]):
    """A kind of value."""

    def read(self, node: Node, report: Report, example: str) -> T_co | None:
        """Return the value of `node`; if it has none, report why and return None."""

    def schema(self) -> Schema:
        """Return the schema, for editors."""


def scalar(node: Node, report: Report, wanted: str, example: str) -> str | None:
    """Return the text of a node that must be one short scalar."""
    if isinstance(node, Scalar) and node.text.strip() and not node.empty and len(node.text) <= LONGEST_VALUE:
        return " ".join(node.text.split())
    if isinstance(node, Scalar):
        missing = node.empty or not node.text.strip()
        found = "the value is missing" if missing else f"{quoted(node.text)} is too long"
    else:
        found = f"expected {wanted}, not {_shape(node)}"
    report.mistake(node, f"{found}; write for example '{example}'")
    return None


def _shape(node: Node) -> str:
    return "a list" if isinstance(node, Sequence) else "further keys"


@dataclass(frozen=True, slots=True)
class Value(Generic[T_co]):
    """One scalar, read by a function of `values`."""

    parse: Callable[[str], T_co]
    wanted: str
    editor: Schema
    numeric: bool = False
    """Whether a number in any of YAML's notations will do, because an editor sees only its value."""

    def read(self, node: Node, report: Report, example: str) -> T_co | None:
        """Return the value, or None with a mistake."""
        text = scalar(node, report, self.wanted, example)
        if text is None:
            return None
        if self.numeric and isinstance(node, Scalar) and node.plain:
            text = values.plain_number(text)
        try:
            return self.parse(text)
        except Unreadable as problem:
            remedy = "" if ";" in str(problem) else f"; write for example '{example}'"
            report.mistake(node, f"{problem}{remedy}")
            return None

    def schema(self) -> Schema:
        """Return the schema."""
        return dict(self.editor)


def time(limits: Limits) -> Kind[float]:
    """Return the kind of a time in seconds."""
    editor = _time_schema(limits, values.TIME_PATTERN)
    return Value(lambda text: values.seconds(text, limits), "a time", editor, numeric=True)


def time_range(limits: Limits) -> Kind[Range[float]]:
    """Return the kind of a time that may be a range."""
    editor = _time_schema(limits, values.TIME_RANGE_PATTERN)
    return Value(lambda text: values.seconds_range(text, limits), "a time", editor, numeric=True)


def _time_schema(limits: Limits, pattern: str) -> Schema:
    editor: Schema = {"type": ["string", "number"], "pattern": pattern, "maximum": limits.most}
    if limits.name:  # zero is not allowed
        zero = {"type": "string", "pattern": values.NOTHING_PATTERN}
        return {**editor, "minimum": limits.least, "not": zero}
    too_little = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": limits.least}
    return {**editor, "minimum": 0, "not": too_little}


def count(limits: Limits) -> Kind[int]:
    """Return the kind of a whole number."""
    editor = _count_schema(limits, values.COUNT_PATTERN)
    return Value(lambda text: values.count(text, limits), "a number", editor, numeric=True)


def count_range(limits: Limits) -> Kind[Range[int]]:
    """Return the kind of a whole number that may be a range."""
    editor = _count_schema(limits, values.COUNT_RANGE_PATTERN)
    return Value(lambda text: values.count_range(text, limits), "a number", editor, numeric=True)


def _count_schema(limits: Limits, pattern: str) -> Schema:
    return {
        "type": ["string", "integer"],
        "pattern": pattern,
        "minimum": int(limits.least),
        "maximum": int(limits.most),
    }


def on_off() -> Kind[bool]:
    """Return the kind of a switch."""
    editor = {
        "anyOf": [{"enum": ["on", "off"]}, {"type": ["string", "boolean"], "pattern": values.ON_OFF_PATTERN}]
    }
    return Value(values.on_off, "'on' or 'off'", editor)


def choice(words: type[E]) -> Kind[E]:
    """Return the kind of one of a few words."""

    def parse(text: str) -> E:
        for word in words:
            if word.value == text:
                return word
        known = [word.value for word in words]
        hint = did_you_mean(text, known) or f"; write {' or '.join(map(quoted, known))}"
        message = f"unknown value {quoted(text)}{hint}"
        raise Unreadable(message)

    return Value(parse, "a word", {"enum": [word.value for word in words]})


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be spoken, or only shown."""

    spoken: bool = True

    def read(self, node: Node, report: Report, example: str) -> Words | None:
        """Return the text, its line breaks and runs of spaces as single spaces."""
        if not isinstance(node, Scalar):
            message = f"expected a text, not {_shape(node)}; put it in quotes if it begins with '{{' or '['"
            report.mistake(node, f"{message} or contains ': '")
            return None
        text = " ".join(node.text.split())
        if node.empty:
            report.mistake(node, f"the text is missing; write for example '{example}'")
        elif len(text) > LONGEST_TEXT:
            remedy = f"the limit is {LONGEST_TEXT:,}, so split it"
            report.mistake(node, f"the text has {len(text):,} characters; {remedy}")
        elif not any(character.isalnum() for character in text):
            report.mistake(node, f"{quoted(text)} contains nothing to speak; write words")
        else:
            words = Words(text, report.source(node))
            if self.spoken:
                spoken.check(words, report)
            return words
        return None

    def schema(self) -> Schema:
        """Return the schema; an editor sees `100` as a number and `yes` as a boolean."""
        return {"type": ["string", "number", "boolean"], "maxLength": LONGEST_TEXT, "pattern": r"[^\W_]"}


@dataclass(frozen=True, slots=True)
class Name:
    """The name of something defined elsewhere: an exercise, a sound, a bed."""

    def read(self, node: Node, report: Report, example: str) -> Words | None:
        """Return the name as written."""
        text = scalar(node, report, "a name", example)
        return None if text is None else Words(unicodedata.normalize("NFC", text), report.source(node))

    def schema(self) -> Schema:
        """Return the schema."""
        return {"type": ["string", "number", "boolean"], "maxLength": LONGEST_VALUE, "minLength": 1}


@dataclass(frozen=True, slots=True)
class Several(Generic[T_co]):
    """A list, or a single value without brackets."""

    kind: Kind[T_co]
    most: int
    least: int = 1

    def read(self, node: Node, report: Report, example: str) -> tuple[T_co, ...] | None:
        """Return the values; None if one could not be read."""
        items = node.items if isinstance(node, Sequence) else [node]
        if len(items) > self.most:
            report.mistake(node, f"{len(items)} entries are too many; the limit is {self.most}")
            return None
        if len(items) < self.least:
            report.mistake(node, f"the list is empty; write for example '{example}'")
            return None
        read = [self.kind.read(item, report, example) for item in items]
        whole = tuple(value for value in read if value is not None)
        return whole if len(whole) == len(items) else None

    def schema(self) -> Schema:
        """Return the schema."""
        one = self.kind.schema()
        return {
            "anyOf": [one, {"type": "array", "items": one, "minItems": self.least, "maxItems": self.most}]
        }


@dataclass(frozen=True, slots=True)
class Listing(Generic[T_co]):
    """A list, always written as a list."""

    kind: Kind[T_co]
    most: int
    entry: str
    """An example of one entry."""

    def read(self, node: Node, report: Report, example: str) -> tuple[T_co, ...] | None:
        """Return the items that could be read, so whatever depends on them can still be checked."""
        if not isinstance(node, Sequence) or not node.items:
            key = example.split(":", 1)[0]
            message = f"'{key}' needs a list, with each entry on its own line: '- {self.entry}'"
            report.mistake(node, message)
            return None
        if len(node.items) > self.most:
            report.mistake(node, f"{len(node.items):,} entries are too many; the limit is {self.most:,}")
            return None
        read = [self.kind.read(item, report, f"- {self.entry}") for item in node.items]
        return tuple(value for value in read if value is not None)

    def schema(self) -> Schema:
        """Return the schema."""
        return {"type": "array", "items": self.kind.schema(), "minItems": 1, "maxItems": self.most}


def growing(limits: Limits, *, timed: bool) -> Kind[float]:
    """Return the kind of an amount by which a dose grows."""
    kind, pattern = ("number", values.GROWTH_PATTERN) if timed else ("integer", values.MORE_PATTERN)
    editor = {"type": ["string", kind], "pattern": pattern, "minimum": limits.least, "maximum": limits.most}
    return Value(lambda text: values.growth(text, limits, timed=timed), "an amount", editor, numeric=True)


def days() -> Kind[int]:
    """Return the kind of a number of days."""
    return Value(values.days, "a number of days", {"type": "string", "pattern": values.DAYS_PATTERN})


def bare() -> Kind[str]:
    """Return the kind of an amount whose unit another key decides: the text as written."""
    editor = {"type": ["string", "number"], "pattern": values.GROWTH_PATTERN, "minimum": 0}
    return Value(str, "an amount", editor, numeric=True)
