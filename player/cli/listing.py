"""`cuemat list`: the sessions there are; a broken script shows its first mistake and hides no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from player.library import Library, Origin, shown

if TYPE_CHECKING:
    import argparse

    from player.library import Summary


def run(options: argparse.Namespace) -> int:
    """Print one line a session."""
    summaries = Library.found().summaries()
    if options.json:
        print(json.dumps([_as_json(summary) for summary in summaries], ensure_ascii=False, indent=1))
        return 0
    width = max((len(summary.entry.id) for summary in summaries), default=0)
    for origin, heading in ((Origin.USER, "Yours"), (Origin.BUNDLED, "Bundled")):
        lines = [_line(summary, width) for summary in summaries if summary.entry.origin is origin]
        if lines:
            print("\n".join([f"{heading}:", *lines]))
    return 0


def _line(summary: Summary, width: int) -> str:
    name = f"  {summary.entry.id:<{width}}"
    if summary.head is None:
        more = len(summary.mistakes) - 1
        return f"{name}  {summary.mistakes[0]}{f' (and {more} more)' if more else ''}"
    head = summary.head
    needs = f" Needs: {', '.join(head.needs)}." if head.needs else ""
    wins = " (in place of the bundled one)" if summary.entry.replaces_bundled else ""
    return f"{name}  {head.title}{wins}. {head.about or ''}{needs}".rstrip()


def _as_json(summary: Summary) -> dict[str, object]:
    head = summary.head
    return {
        "id": summary.entry.id,
        "origin": summary.entry.origin,
        "path": shown(summary.entry.path),
        "title": head.title if head else None,
        "about": head.about if head else None,
        "tags": head.tags if head else [],
        "needs": head.needs if head else [],
        "mistakes": [str(mistake) for mistake in summary.mistakes],
    }
