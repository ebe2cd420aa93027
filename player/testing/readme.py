"""Makes the README's tables from those of the program: `python -m player.testing.readme README.md`.

Each table is between two marks, `<!-- options -->` and `<!-- end of options -->`, and is rewritten in place.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from player.app.keys import KeyScreen, keys_of
from player.app.request import SETTINGS
from player.app.settings import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENTS_AT = 32
"""The column of comments in the settings."""


def options() -> Iterator[str]:
    """The table of options."""
    yield "| option | meaning |"
    yield "|---|---|"
    for name, setting in SETTINGS.items():
        if setting.option:
            placeholder = setting.kind.placeholder.replace("|", "\\|")
            yield f"| `--{name.replace('_', '-')} {placeholder}` | {setting.help} |"


def settings() -> Iterator[str]:
    """A settings file with every default."""
    yield "```toml"
    for table, keys in PLACES.items():
        yield f"[{table}]"
        for key, name in keys.items():
            setting = SETTINGS[name]
            value = _toml(setting.kind.plain(setting.usual) if setting.usual is not None else _EXAMPLES[name])
            yield f"{f'{key} = {value}':<{COMMENTS_AT}}# {setting.help}"
    yield "[keys]"
    for one in keys_of(KeyScreen.PLAYING)[:3]:
        yield f"{f'{one.name} = {json.dumps(list(one.keys))}':<{COMMENTS_AT}}# {one.long}"
    yield "```"


def keys() -> Iterator[str]:
    """The table of keys while a session plays."""
    yield "| key | what it does |"
    yield "|---|---|"
    for one in keys_of(KeyScreen.PLAYING):
        yield f"| {' '.join(f'`{key}`' for key in one.keys)} | {one.long} |"


TABLES = {"options": options, "settings": settings, "keys": keys}
_EXAMPLES = {"output": "miniaudio", "music": True, "voice": "heart", "rate": 176}
"""Example values of settings without a default."""


def rewrite(text: str) -> str:
    """The page with its tables updated."""
    for name, rows in TABLES.items():
        start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(start)
        _, _, after = rest.partition(end)
        text = "\n".join([before + start, *rows(), end + after])
    return text


def _toml(value: object) -> str:
    return (
        str(value).lower()
        if isinstance(value, bool)
        else f'"{value}"'
        if isinstance(value, str)
        else f"{value}"
    )


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(rewrite(page.read_text("utf-8")), encoding="utf-8")
