"""The entries of `steps`: what a step is follows from the one key that it begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from player.script.kinds import Name, Schema
from player.script.nodes import Mapping, Node, Scalar, Sequence
from player.script.report import Report, meant, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.script.forms import Fields, Form
    from player.session import Words

MOST_STEPS = 2000
"""Of one session, with its repeats written out."""


class Entry(NamedTuple):
    """One step as it was read: the key that makes it what it is, and all its fields."""

    lead: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class NamedOrInPlace:
    """Something from the catalogue by its name, or written in place."""

    form: Form

    def read(self, node: Node, report: Report, example: str) -> Words | Fields | None:
        """Return the name as written, or what stands in place."""
        if isinstance(node, Mapping):
            return self.form.read(node, report, example)
        if isinstance(node, Scalar) and node.empty:
            message = (
                "nothing stands here; write an exercise's id, or indent the lines below it by two more spaces"
            )
            report.mistake(node, message)
            return None
        return Name().read(node, report, example)

    def schema(self) -> Schema:
        """Return the schema."""
        return {"anyOf": [Name().schema(), self.form.schema()]}


@dataclass(frozen=True, slots=True)
class Steps:
    """A list of steps."""

    forms: Callable[[], dict[str, Form]]
    """By the key that leads; asked for late, because steps hold steps."""

    def read(self, node: Node, report: Report, example: str) -> tuple[Entry, ...] | None:
        """Return the steps that could be read."""
        if not isinstance(node, Sequence) or not node.items:
            report.mistake(node, f"a list of steps is wanted here, each on a line of its own: '- {example}'")
            return None
        if len(node.items) > MOST_STEPS:
            message = f"{len(node.items):,} steps are too many; at most {MOST_STEPS:,} make sense"
            report.mistake(node, message)
            return None
        entries = [self._step(item, report) for item in node.items]
        return tuple(entry for entry in entries if entry is not None)

    def _step(self, node: Node, report: Report) -> Entry | None:
        forms = self.forms()
        if not isinstance(node, Mapping):
            found = quoted(node.text) if isinstance(node, Scalar) and not node.empty else "this"
            kinds = ", ".join(forms)
            report.mistake(
                node, f"{found} is no step; a step begins with one of {kinds}, as in '- rest: 30s'"
            )
            return None
        leads = [lead for lead in forms if lead in node.entries]
        if not leads:
            self._unknown(node, report)
            return None
        form = forms[leads[0]]
        known = {key.name for key in form.keys}
        for other in leads[1:]:
            if other not in known:
                message = f"{quoted(other)} is a step of its own; begin a new line with '- {other}: …'"
                report.mistake(node.entries[other][0], message)
        own = {name: entry for name, entry in node.entries.items() if name in known or name not in leads}
        fields = form.read(Mapping(node.line, node.column, node.flow, own), report, form.name)
        return None if fields is None else Entry(leads[0], fields)

    def _unknown(self, node: Mapping, report: Report) -> None:
        """Say what a step without any known lead may have been meant to be."""
        forms = self.forms()
        if not node.entries:
            report.mistake(node, "the step is empty; write for example '- rest: 30s'")
            return
        first, (key, _) = next(iter(node.entries.items()))
        hint = meant(first, forms) or f"; a step begins with one of {', '.join(forms)}"
        report.mistake(key, f"unknown step {quoted(first)}{hint}")

    def schema(self) -> Schema:
        """Return the schema."""
        one = [form.schema() for form in self.forms().values()]
        return {"type": "array", "items": {"oneOf": one}, "minItems": 1, "maxItems": MOST_STEPS}
