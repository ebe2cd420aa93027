"""`cuemat schema`: what editors need to complete and check scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from player.script import schema

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the JSON Schema of one kind of file, or of both."""
    print(json.dumps(schema(options.kind), ensure_ascii=False, indent=2))
    return 0
