"""A YAML text as a tree in which every node knows its place and every scalar is the text as written.

The library's own `compose` builds its tree by recursion in C, follows anchors, and keeps duplicate keys. So
the tree is built here from the library's events, with limits on depth and size. YAML does not convert types
for us: `000`, `+1`, `1:30`, `yes` and `off` stay as the author wrote them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from player.script.report import UNSPEAKABLE, Report
from player.script.syntax import explain
from player.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 64
"""Levels of YAML; eight `repeat`s and the deepest exercise need 24."""

MOST_NODES = 50_000
"""Enough for the longest session that the limits allow."""

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser: libyaml's if PyYAML includes it."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written. Lines and columns count from 1."""

    line: int
    column: int
    text: str
    plain: bool = True
    """Written without quotes."""

    @property
    def empty(self) -> bool:
        """Whether the author wrote nothing, or one of YAML's words for it."""
        return self.plain and self.text in NOTHING


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their values, in order; each key occurs once."""

    line: int
    column: int
    flow: bool = False
    """Written in braces."""
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    """For each key, the key as written and its value."""


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class _Spot:
    line: int
    column: int


def compose(text: str, report: Report) -> Node:
    """Return the tree of a YAML text; mistakes that do not stop the reading go to `report`.

    Raises:
        ScriptError: The text is not YAML, or uses something that scripts must not.
    """
    if UNSPEAKABLE.search(text):
        _refuse_characters(text, report)
    try:
        return _compose(text, report)
    except yaml.YAMLError as problem:
        complaint = explain(problem, text)
        report.mistake(complaint, complaint.message)
        report.fail()
    except (ValueError, OverflowError):  # the pure parser accepts any number as a character: "\\UFFFFFFFF"
        report.mistake(_Spot(1, 1), "a '\\U…' in double quotes is not a character; use single quotes")
        report.fail()


def _compose(text: str, report: Report) -> Node:
    """Build the tree; if libyaml hits its own depth limit first, use the pure parser.

    libyaml 0.2.6 reads ahead and gives up at a thousand levels, before it reports the first.
    """
    try:
        return _Composer(report).document(yaml.parse(text, Loader=LOADER))
    except yaml.YAMLError as problem:
        if "nesting depth" not in str(getattr(problem, "problem", "")):
            raise
        return _Composer(report).document(yaml.parse(text, Loader=yaml.SafeLoader))


def _refuse_characters(text: str, report: Report) -> NoReturn:
    """Report the first hidden character of each line, before the parser fails with a worse message."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if found := UNSPEAKABLE.search(line):
            _refuse_character(_Spot(number, found.start() + 1), found[0], report)
    report.fail()


def _refuse_character(place: _Spot | Scalar, character: str, report: Report) -> None:
    report.mistake(place, f"hidden control character (U+{ord(character):04X}); delete it")


class _Composer:
    """Builds the tree; open collections are on our own stack, so depth is only a number."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.open: list[Sequence | Mapping] = []
        self.keys: list[Scalar | None] = []
        """For each open collection, the key that waits for its value."""
        self.root: Node | None = None
        self.nodes = 0

    def document(self, events: Iterator[Any]) -> Node:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                self._stop(_spot(event), "a file contains one script; delete the line '---' and what follows")
            elif isinstance(event, yaml.AliasEvent):
                self._wants_quotes(_spot(event), "*")
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
                self.keys.pop()
        if self.root is None or (isinstance(self.root, Scalar) and self.root.empty):
            self._stop(_Spot(1, 1), "the file is empty; begin with 'title: …'")
        return self.root

    def _node(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's stubs do not type its events
        spot = _spot(event)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._stop(spot, "the script is too long; split it")
        if event.anchor is not None:
            self._wants_quotes(spot, "&")
        if event.tag is not None:
            self._wants_quotes(spot, "!")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(Scalar(spot.line, spot.column, event.value, plain=not event.style))
            return
        if len(self.open) >= DEEPEST:
            self._stop(spot, "nested too deeply; a script may nest 'repeat' at most 8 times")
        node: Sequence | Mapping
        if isinstance(event, yaml.SequenceStartEvent):
            node = Sequence(spot.line, spot.column)
        else:
            node = Mapping(spot.line, spot.column, flow=bool(event.flow_style))
        self._place(node)
        self.open.append(node)
        self.keys.append(None)

    def _scalar(self, node: Scalar) -> None:
        self._place(node)
        if found := UNSPEAKABLE.search(node.text):  # written as an escape in double quotes
            _refuse_character(node, found[0], self.report)

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        holder = self.open[-1]
        if isinstance(holder, Sequence):
            holder.items.append(node)
        elif (key := self.keys[-1]) is None:
            self._key(node)
        else:
            self.keys[-1] = None
            if (first := holder.entries.get(key.text)) is not None:
                message = f"duplicate key {quoted(key.text)} (first in line {first[0].line}); keep one"
                self.report.mistake(key, message)
            else:
                holder.entries[key.text] = (key, node)

    def _key(self, node: Node) -> None:
        if not isinstance(node, Scalar):
            self._stop(node, "a key must be one word; put a text that begins with '{' or '[' in quotes")
        if node.text == "<<":
            self._stop(node, "'<<' (a merge of keys) is not allowed; write the keys out")
        self.keys[-1] = node

    def _wants_quotes(self, spot: _Spot, first: str) -> None:
        self._stop(spot, f"a text that begins with '{first}' must be in quotes: \"{first}…\"")

    def _stop(self, place: _Spot | Node, message: str) -> NoReturn:
        """Report a mistake after which further reading makes no sense."""
        self.report.mistake(place, message)
        self.report.fail()


def _spot(event: Any) -> _Spot:  # noqa: ANN401 - as above
    return _Spot(event.start_mark.line + 1, event.start_mark.column + 1)
