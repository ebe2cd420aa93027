"""A form: which keys stand together, and which exclude or need each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from player.script.kinds import Kind, Schema, T_co
from player.script.nodes import Mapping, Node, Scalar, Sequence
from player.script.report import Report, meant, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key(Generic[T_co]):
    """One key of the language."""

    name: str
    kind: Kind[T_co]
    about: str
    """What it means, in one line, with its default if it has one."""
    example: str = ""
    """What an author might write behind it."""
    required: bool = False

    def read(self, node: Node, report: Report) -> T_co | None:
        """Return the value behind this key, or None with a mistake."""
        return self.kind.read(node, report, self.sample)

    @property
    def sample(self) -> str:
        """The key with its example, as an author would write it."""
        return f"{self.name}: {self.example}"


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in one mapping, read by its form."""

    node: Node
    nodes: dict[str, Node] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)

    def get(self, key: Key[T]) -> T | None:
        """Return the value of `key`; None when it does not stand here or cannot be read."""
        return cast("T | None", self.values.get(key.name))

    def place(self, key: Key[object]) -> Node:
        """Return where the value of `key` stands, or where all of it begins."""
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
    """Of these keys exactly one must stand."""
    apart: tuple[str, tuple[str, ...]] | None = None
    """Where this key stands, those stand elsewhere."""
    needs: tuple[tuple[str, str], ...] = ()
    """The first key makes sense only with the second."""
    short: Key[object] | None = None
    """The key that a value without any key means."""

    def read(self, node: Node, report: Report, example: str) -> Fields | None:
        """Return what stands in a mapping, or None with a mistake."""
        if isinstance(node, Scalar) and not node.empty and self.short is not None:
            value = self.short.kind.read(node, report, example)
            return None if value is None else Fields(node, {self.short.name: node}, {self.short.name: value})
        if not isinstance(node, Mapping):
            report.mistake(node, f"{self._unfit(node)}; write for example '{example}'")
            return None
        fields = Fields(node)
        known = {key.name: key for key in self.keys}
        torn = False
        for name, (key_node, value_node) in node.entries.items():
            if name in known:
                fields.nodes[name] = value_node
                if (value := known[name].read(value_node, report)) is not None:
                    fields.values[name] = value
            elif not _is_torn(node, value_node):
                report.mistake(key_node, _unknown(name, known))
            elif not torn:
                torn = True
                report.mistake(
                    key_node, f"a comma before {quoted(name)} tears the text; put the whole text in quotes"
                )
        self._check_company(fields, report)
        return fields

    def _unfit(self, node: Node) -> str:
        if isinstance(node, Sequence):
            return f"{self.name} is wanted here, not a list"
        if isinstance(node, Scalar) and node.empty:
            return "nothing stands here"
        return f"{self.name} is wanted here, with its keys"

    def _check_company(self, fields: Fields, report: Report) -> None:
        known = {key.name: key for key in self.keys}
        for key in self.keys:
            if key.required and key not in fields:
                report.mistake(fields.node, f"'{key.name}' is missing; write for example '{key.sample}'")
        standing = [name for name in self.exactly_one if name in fields.nodes]
        if not standing and self.exactly_one:
            wanted = " or ".join(f"'{name}'" for name in self.exactly_one)
            report.mistake(
                fields.node, f"{wanted} is missing; write for example '{known[self.exactly_one[0]].sample}'"
            )
        for name in standing[1:]:
            report.mistake(
                self._key(fields, name), f"'{standing[0]}' and '{name}' exclude each other; keep one"
            )
        if self.apart is not None:
            for name in self.apart[1]:
                if name in fields.nodes and self._is_apart(fields, name):
                    message = (
                        f"'{name}' belongs to each single move where '{self.apart[0]}' stands; write it there"
                    )
                    report.mistake(self._key(fields, name), message)
        for name, other in self.needs:
            if name in fields.nodes and other not in fields.nodes and not self._is_apart(fields, name):
                message = (
                    f"'{name}' makes no sense without '{other}'; write for example '{known[other].sample}'"
                )
                report.mistake(self._key(fields, name), message)

    def _is_apart(self, fields: Fields, name: str) -> bool:
        return self.apart is not None and self.apart[0] in fields.nodes and name in self.apart[1]

    def _key(self, fields: Fields, name: str) -> Node:
        """Return where a key itself stands."""
        return fields.node.entries[name][0] if isinstance(fields.node, Mapping) else fields.node

    def schema(self) -> Schema:
        """Return a reference to this form's definition."""
        reference: Schema = {"$ref": f"#/$defs/{self.identifier}"}
        return {"anyOf": [self.short.kind.schema(), reference]} if self.short is not None else reference

    @property
    def identifier(self) -> str:
        """Its name in the schema."""
        return self.name.split(" ", 1)[-1].replace(" ", "-")

    def definition(self) -> Schema:
        """Return what an editor may accept in this mapping."""
        properties = {key.name: {**key.kind.schema(), "description": _described(key)} for key in self.keys}
        rules: Schema = (
            {"required": required} if (required := [key.name for key in self.keys if key.required]) else {}
        )
        if self.exactly_one:
            rules["oneOf"] = [{"required": [name]} for name in self.exactly_one]
        if self.apart is not None:
            banned = {"not": {"anyOf": [{"required": [name]} for name in self.apart[1]]}}
            rules |= {"if": {"required": [self.apart[0]]}, "then": banned}
        if self.needs:
            rules["dependentRequired"] = {name: [other] for name, other in self.needs}
        return {
            "type": "object",
            "description": self.about,
            "properties": properties,
            "additionalProperties": False,
            **rules,
        }


def _described(key: Key[object]) -> str:
    return f"{key.about} Example: {key.sample}" if key.example else key.about


def _is_torn(node: Mapping, value: Node) -> bool:
    """Return whether a comma in a text without quotes tore it into keys, as only braces do."""
    return node.flow and isinstance(value, Scalar) and value.empty


def _unknown(name: str, known: Iterable[str]) -> str:
    """Return what to say about a key that the language does not have."""
    hint = meant(name, known)
    return f"unknown key {quoted(name)}{hint or '; known here are: ' + ', '.join(known)}"
