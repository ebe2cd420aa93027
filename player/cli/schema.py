"""`cuemat schema`: the schema with which editors complete and check scripts."""

from __future__ import annotations

import json
from typing import Literal

import click

from player.app.kinds import WordKind
from player.cli.command import command
from player.cli.options import KindType


@command("schema", examples=(("schema session > session.json", "the schema of sessions, for an editor"),))
@click.argument(
    "kind",
    metavar="[session|exercise|talk]",
    type=KindType(WordKind(("session", "exercise", "talk"))),
    required=False,
)
def schema(kind: Literal["session", "exercise", "talk"] | None) -> int:
    """Print the JSON Schema of one kind of file, or of all three."""
    from player.script import schema as schema_of

    print(json.dumps(schema_of(kind), ensure_ascii=False, indent=2))
    return 0


COMMAND = schema
