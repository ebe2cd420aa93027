"""A form: which keys belong together, and which exclude or need each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from player.script.kinds import Kind, Schema, T_co
from player.script.nodes import Mapping, Node, Scalar, Sequence
from player.words import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.script.report import Report

T = TypeVar("T")
MEANT = {
    "repetitions": "reps", "repeats": "reps", "times": "reps", "series": "sets",
    "duration": "hold", "seconds": "hold", "time": "hold", "pause": "rest", "break": "rest",
    "start": "position", "instructions": "say", "instruction": "say", "text": "say", "warning": "caution",
    "equipment": "needs", "muscles": "targets", "side": "sides", "description": "about", "exercises": "steps",
    "tempo": "every", "rhythm": "every", "beat": "every", "frequency": "schedule", "counting": "count",
    "contraindications": "avoid_if", "contraindication": "avoid_if", "not_if": "avoid_if", "type": "kind",
    "limb": "works", "regression": "easier", "progression": "harder",
}  # fmt: skip
"""Keys of this language for words that hand-outs use."""


@dataclass(frozen=True, slots=True)
class Key(Generic[T_co]):
    """One key of the language."""

    name: str
    kind: Kind[T_co]
    about: str
    """Its meaning in one line, with its default if there is one."""
    example: str = ""
    """An example of its value."""
    required: bool = False

    def read(self, node: Node, report: Report) -> T_co | None:
        """Return the value of this key, or None with a mistake."""
        return self.kind.read(node, report, self.sample)

    @property
    def sample(self) -> str:
        """The key with its example, as an author would write it."""
        return f"{self.name}: {self.example}"


@dataclass(frozen=True, slots=True)
class Fields:
    """The values in one mapping, read by its form."""

    node: Node
    nodes: dict[str, Node] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)

    def get(self, key: Key[T]) -> T | None:
        """Return the value of `key`; None if it is missing or cannot be read."""
        return cast("T | None", self.values.get(key.name))

    def place(self, key: Key[object]) -> Node:
        """Return the place of the value of `key`, or else of the whole mapping."""
        return self.nodes.get(key.name, self.node)

    def __contains__(self, key: Key[object]) -> bool:
        return key.name in self.nodes


@dataclass(frozen=True, slots=True)
class Form:
    """A mapping with known keys."""

    name: str
    about: str
    keys: tuple[Key[object], ...]
    exactly_one: tuple[str, ...] = ()
    """Exactly one of these keys must be present."""
    or_else: str = ""
    """A key that will also do, alone or beside one of those."""
    at_least_one: tuple[str, ...] = ()
    """At least one of these keys must be present."""
    apart: tuple[str, tuple[str, ...]] | None = None
    """If this key is present, those belong elsewhere."""
    needs: tuple[tuple[str, str], ...] = ()
    """Each first key makes sense only with the second."""
    against: tuple[tuple[str, str, str], ...] = ()
    """Each first key has no place beside the second; the third says what to do instead."""
    elsewhere: tuple[tuple[str, str], ...] = ()
    """Keys of other forms that authors try here, each with what to do instead."""
    refined: tuple[tuple[str, str, Kind[object]], ...] = ()
    """If the first key is present, the second has this kind; only editors need it."""
    short: Key[object] | None = None
    """The key meant by a value without a key."""

    def read(self, node: Node, report: Report, example: str) -> Fields | None:
        """Return the values in a mapping, or None with a mistake."""
        if isinstance(node, Scalar) and not node.empty and self.short is not None:
            value = self.short.kind.read(node, report, example)
            return None if value is None else Fields(node, {self.short.name: node}, {self.short.name: value})
        if not isinstance(node, Mapping):
            report.mistake(node, f"{self._unfit(node)}; write for example '{example}'")
            return None
        fields = Fields(node)
        known = {key.name: key for key in self.keys}
        for name, (_, value_node) in node.entries.items():
            if name in known:
                fields.nodes[name] = value_node
                if (value := known[name].read(value_node, report)) is not None:
                    fields.values[name] = value
        meant = self._check_unknown(node, report)
        self._check_missing(fields, meant, report)
        self._check_company(fields, report)
        return fields

    def _check_unknown(self, node: Mapping, report: Report) -> set[str]:
        """Report unknown keys; return the known ones that were probably meant."""
        known, near = [key.name for key in self.keys], set()
        torn, elsewhere = False, dict(self.elsewhere)
        for name, (key_node, value_node) in node.entries.items():
            if name in known:
                continue
            if name in elsewhere:
                report.mistake(key_node, f"'{name}' has no place here; {elsewhere[name]}")
            elif not _is_torn(node, value_node):
                meant = MEANT.get(name.casefold())
                guess = meant if meant in known else nearest(name, known)
                near.add(guess or "")
                hint = f"did you mean '{guess}'?" if guess else f"the keys here are: {', '.join(known)}"
                report.mistake(key_node, f"unknown key {quoted(name)}; {hint}")
            elif not torn:
                torn = True
                message = f"the comma before {quoted(name)} splits the text; put the whole text in quotes"
                report.mistake(key_node, message)
        return near

    def _check_missing(self, fields: Fields, meant: set[str], report: Report) -> None:
        """Report missing keys, unless one is only misspelt."""
        for key in self.keys:
            if key.required and key not in fields and key.name not in meant:
                report.mistake(fields.node, f"'{key.name}' is missing; write for example '{key.sample}'")
        for wanted in (self._enough, self.at_least_one):
            if wanted and not {*fields.nodes, *meant}.intersection(wanted):
                *first, last = (f"'{name}'" for name in wanted)
                message = (
                    f"{', '.join(first)} or {last} is missing; write for example '{self._sample(wanted[0])}'"
                )
                report.mistake(fields.node, message)

    def _check_company(self, fields: Fields, report: Report) -> None:
        """Report keys that do not go together."""
        one, *others = [name for name in self.exactly_one if name in fields.nodes] or [""]
        for name in others:
            report.mistake(self._key(fields, name), f"'{one}' and '{name}' exclude each other; keep one")
        home, away = self.apart or ("", ())
        moved = [name for name in away if name in fields.nodes and home in fields.nodes]
        for name in moved:
            message = f"with '{home}', '{name}' belongs to each single move; write it there"
            report.mistake(self._key(fields, name), message)
        for name, other in self.needs:
            if name in fields.nodes and other not in fields.nodes and name not in moved:
                sample = self._sample(other)
                message = f"'{name}' makes no sense without '{other}'; write for example '{sample}'"
                report.mistake(self._key(fields, name), message)
        for name, other, remedy in self.against:
            if name in fields.nodes and other in fields.nodes:
                message = f"'{name}' has no place beside '{other}'; {remedy}"
                report.mistake(self._key(fields, name), message)

    @property
    def _enough(self) -> tuple[str, ...]:
        return (*self.exactly_one, self.or_else) if self.or_else else self.exactly_one

    def _sample(self, name: str) -> str:
        return next(key.sample for key in self.keys if key.name == name)

    def _unfit(self, node: Node) -> str:
        if isinstance(node, Sequence):
            return f"expected {self.name}, not a list"
        if isinstance(node, Scalar) and node.empty:
            return "the value is missing"
        return f"expected {self.name} with its keys"

    def _key(self, fields: Fields, name: str) -> Node:
        """Return the place of the key itself."""
        return fields.node.entries[name][0] if isinstance(fields.node, Mapping) else fields.node

    def schema(self) -> Schema:
        """Return a reference to this form's definition."""
        reference: Schema = {"$ref": f"#/$defs/{self.identifier}"}
        return {"anyOf": [self.short.kind.schema(), reference]} if self.short is not None else reference

    @property
    def identifier(self) -> str:
        """Its identifier in the schema."""
        return self.name.split(" ", 1)[-1].replace(" ", "-")

    def definition(self) -> Schema:
        """Return the schema of this mapping, for editors."""
        properties = {key.name: {**key.kind.schema(), "description": _described(key)} for key in self.keys}
        rules: Schema = (
            {"required": required} if (required := [key.name for key in self.keys if key.required]) else {}
        )
        if wanted := self.at_least_one or (self._enough if self.or_else else ()):
            rules["anyOf"] = [{"required": [name]} for name in wanted]
        elif self.exactly_one:
            rules["oneOf"] = [{"required": [name]} for name in self.exactly_one]
        if self.apart is not None:
            banned = {"not": {"anyOf": [{"required": [name]} for name in self.apart[1]]}}
            rules |= {"if": {"required": [self.apart[0]]}, "then": banned}
        if self.needs:
            rules["dependentRequired"] = {name: [other] for name, other in self.needs}
        if every := [*self._refinements(), *self._exclusions()]:
            rules["allOf"] = every
        return {
            "type": "object",
            "description": self.about,
            "properties": properties,
            "additionalProperties": False,
            **rules,
        }

    def _refinements(self) -> Iterator[Schema]:
        for name, other, kind in self.refined:
            yield {"if": {"required": [name]}, "then": {"properties": {other: kind.schema()}}}

    def _exclusions(self) -> Iterator[Schema]:
        pairs = list(combinations(self.exactly_one, 2)) if self.or_else else []
        for pair in [*pairs, *((name, other) for name, other, _ in self.against)]:
            yield {"not": {"required": list(pair)}}


def _described(key: Key[object]) -> str:
    return f"{key.about} Example: {key.sample}" if key.example else key.about


def _is_torn(node: Mapping, value: Node) -> bool:
    """Return whether a comma split an unquoted text into keys, which happens only in braces."""
    return node.flow and isinstance(value, Scalar) and value.empty
