"""Text to `Session` and `Exercise`: finds every mistake at once, each with its place and its remedy.

Physiotherapists and patients write scripts, so messages use their words. A script may also come from a
stranger, so nothing in it is trusted: no size, no depth, no character, no name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from player.errors import Mistake, Source
from player.script import model
from player.script.catalogue import Catalogue
from player.script.exercise import exercise
from player.script.files import read_text
from player.script.forms import Form
from player.script.habits import explain_habits, find_lost
from player.script.nodes import Mapping, Node, compose
from player.script.report import Report
from player.script.schema import schema
from player.script.session import SessionReader, talk

if TYPE_CHECKING:
    from player.script.forms import Fields
    from player.script.report import Unspoken
    from player.session import Exercise, Session, Talk

__all__ = [
    "Catalogue",
    "Head",
    "Parsed",
    "holds_exercise",
    "holds_talk",
    "parse_exercise",
    "parse_head",
    "parse_session",
    "parse_talk",
    "read_text",
    "schema",
]


A_COMMENT = "what follows ' #' is a comment and is not read; put the whole text in quotes"
T = TypeVar("T")


class Parsed(NamedTuple):
    """A session, and warnings for its author; it can be played anyway."""

    session: Session
    warnings: tuple[Mistake, ...]


class Head(NamedTuple):
    """The part of a script that lists show."""

    title: str
    about: str | None
    tags: tuple[str, ...]
    needs: tuple[str, ...]


def parse_session(
    text: str, file: str, identity: str, catalogue: Catalogue, unspoken: Unspoken | None = None
) -> Parsed:
    """Return the session in a script.

    Args:
        text: The script.
        file: Its name in messages, as the user would type it.
        identity: The session's id.
        catalogue: Provides its exercises and sounds.
        unspoken: Returns the signs and words of a text that the voice cannot say; None: nothing is spoken.

    Raises:
        ScriptError: Lists all mistakes of the script and of the exercises that it uses.
    """
    report = Report(file, unspoken)
    with explain_habits(text, report.file):
        fields = _fields(text, model.SESSION, report)
        session = None if fields is None else SessionReader(report, identity, catalogue).session(fields)
        report.close()
    for line, column in find_lost(text):
        report.warnings.append(Mistake(Source(report.file, line, column), A_COMMENT))
    return Parsed(_there(session), tuple(sorted(report.warnings)))


def parse_exercise(text: str, file: str, identity: str, unspoken: Unspoken | None = None) -> Exercise:
    """Return the exercise in a file of the catalogue.

    Args:
        text: The file's text.
        file: Its name in messages, as the user would type it.
        identity: The exercise's id.
        unspoken: As for a session.

    Raises:
        ScriptError: Lists all its mistakes.
    """
    report = Report(file, unspoken)
    with explain_habits(text, report.file):
        fields = _fields(text, model.EXERCISE, report)
        one = None if fields is None else exercise(fields, identity, report)
        report.close()
    return _there(one)


def parse_talk(text: str, file: str, identity: str, unspoken: Unspoken | None = None) -> Talk:
    """Return the talk in a file.

    Args:
        text: The file's text.
        file: Its name in messages, as the user would type it.
        identity: The talk's id.
        unspoken: As for a session.

    Raises:
        ScriptError: Lists all its mistakes.
    """
    report = Report(file, unspoken)
    with explain_habits(text, report.file):
        fields = _fields(text, model.TALK_FILE, report)
        one = None if fields is None else talk(fields, identity, report)
        report.close()
    return _there(one)


def parse_head(text: str, file: str) -> Head:
    """Return the part of a script that lists show, without reading its steps.

    Raises:
        ScriptError: It is not YAML, or these few keys have mistakes.
    """
    report = Report(file)
    with explain_habits(text, report.file):
        root = compose(text, report)
        keys = (model.TITLE, model.ABOUT, model.TAGS, model.NEEDS)
        if isinstance(root, Mapping):
            names = {key.name for key in keys}
            entries = {name: entry for name, entry in root.entries.items() if name in names}
            root = Mapping(root.line, root.column, root.flow, entries)
        fields = Form(model.SESSION.name, model.SESSION.about, keys).read(root, report, model.TITLE.sample)
        report.close()
    fields = _there(fields)
    about = fields.get(model.ABOUT)
    return Head(
        _there(fields.get(model.TITLE)).text,
        about.text if about else None,
        tuple(tag.text for tag in fields.get(model.TAGS) or ()),
        tuple(need.text for need in fields.get(model.NEEDS) or ()),
    )


def holds_exercise(text: str, file: str) -> bool:
    """Return whether a file contains an exercise rather than a session.

    Raises:
        ScriptError: It is not YAML.
    """
    root = _root(text, file)
    keys = set(root.entries) if isinstance(root, Mapping) else set()
    return not keys & {"steps", "title"} and bool(keys & {"name", "moves", "hold", "move", "work", "every"})


def holds_talk(text: str, file: str) -> bool:
    """Return whether a file contains a talk rather than a session.

    Raises:
        ScriptError: It is not YAML.
    """
    root = _root(text, file)
    return isinstance(root, Mapping) and "points" in root.entries and "steps" not in root.entries


def _root(text: str, file: str) -> Node:
    report = Report(file)
    with explain_habits(text, report.file):
        return compose(text, report)


def _fields(text: str, form: Form, report: Report) -> Fields | None:
    example = next(key.sample for key in form.keys if key.required)
    return form.read(compose(text, report), report, example)


def _there(value: T | None) -> T:
    """Return the value, which always exists if there are no mistakes."""
    if value is None:
        message = "a script without mistakes gave nothing"
        raise AssertionError(message)
    return value
