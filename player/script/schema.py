"""The JSON Schema of the language, for editors that complete and check as an author writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from player.script import model
from player.script.forms import Form
from player.script.kinds import Listing
from player.script.steps import NamedOrInPlace, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(which: Literal["session", "exercise", "talk"] | None = None) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of session, exercise or talk files, or of all three."""
    forms = {"session": model.SESSION, "exercise": model.EXERCISE, "talk": model.TALK_FILE}
    reachable = list(forms.values()) if which is None else [forms[which]]
    head = {"oneOf": [form.schema() for form in reachable]} if which is None else reachable[0].schema()
    title = "Cuemat session, exercise or talk" if which is None else f"Cuemat {which}"
    definitions = {form.identifier: form.definition() for root in reachable for form in _forms(root, set())}
    return {"$schema": DIALECT, "title": title, **head, "$defs": dict(sorted(definitions.items()))}


def _forms(form: Form, seen: set[str]) -> Iterator[Form]:
    """Yield a form and all forms inside it."""
    if form.identifier in seen:
        return
    seen.add(form.identifier)
    yield form
    for key in form.keys:
        kind: object = key.kind.kind if isinstance(key.kind, Listing) else key.kind
        inner = [kind] if isinstance(kind, Form) else []
        if isinstance(kind, NamedOrInPlace):
            inner = [kind.form]
        elif isinstance(kind, Step):
            inner = list(kind.forms().values())
        for one in inner:
            yield from _forms(one, seen)
