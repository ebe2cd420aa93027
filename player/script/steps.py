"""The entries of `steps`: the leading key says what kind of step it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from player.script.kinds import Name, Schema
from player.script.nodes import Mapping, Node, Scalar
from player.words import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from player.script.forms import Fields, Form
    from player.script.report import Report
    from player.session import Words

MOST_STEPS = 2000
"""Steps of one session, with repeats expanded."""


class ReadStep(NamedTuple):
    """One step as read: its leading key, and all its fields."""

    lead: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class NamedOrInPlace:
    """Something from the catalogue by name, or written in place."""

    form: Form

    def read(self, node: Node, report: Report, example: str) -> Words | Fields | None:
        """Return the name as written, or the fields written in place."""
        if isinstance(node, Mapping):
            return self.form.read(node, report, example)
        if isinstance(node, Scalar) and node.empty:
            message = "the exercise is missing; write its id, or indent the lines below by two more spaces"
            report.mistake(node, message)
            return None
        return Name().read(node, report, example)

    def schema(self) -> Schema:
        """Return the schema."""
        return {"anyOf": [Name().schema(), self.form.schema()]}


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of `steps`."""

    forms: Callable[[], dict[str, Form]]
    """Returns the forms by leading key; called late, because steps contain steps."""

    def read(self, node: Node, report: Report, example: str) -> ReadStep | None:
        """Return the step, read by the form of its leading key."""
        forms = self.forms()
        if not isinstance(node, Mapping):
            found = quoted(node.text) if isinstance(node, Scalar) and not node.empty else "this"
            leads = ", ".join(forms)
            report.mistake(
                node, f"{found} is not a step; a step begins with one of {leads}, as in '{example}'"
            )
            return None
        standing = [lead for lead in forms if lead in node.entries]
        if not standing:
            self._unknown(node, report, example)
            return None
        form = forms[standing[0]]
        known = {key.name for key in form.keys}
        strangers = [lead for lead in standing if lead not in known]
        for lead in strangers:
            message = f"{quoted(lead)} is a separate step; begin a new line with '- {lead}: …'"
            report.mistake(node.entries[lead][0], message)
        own = {name: entry for name, entry in node.entries.items() if name not in strangers}
        fields = form.read(Mapping(node.line, node.column, node.flow, own), report, example)
        return None if fields is None else ReadStep(standing[0], fields)

    def _unknown(self, node: Mapping, report: Report, example: str) -> None:
        """Report a step without a known leading key, with a guess at what was meant."""
        forms = self.forms()
        if not node.entries:
            report.mistake(node, f"the step is empty; write for example '{example}'")
            return
        first, (key, _) = next(iter(node.entries.items()))
        hint = did_you_mean(first, forms) or f"; a step begins with one of {', '.join(forms)}"
        report.mistake(key, f"unknown step {quoted(first)}{hint}")

    def schema(self) -> Schema:
        """Return the schema."""
        return {"oneOf": [{**form.schema(), "required": [lead]} for lead, form in self.forms().items()]}
