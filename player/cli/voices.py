"""`cuemat voices`: what can be chosen with `--voice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.voices.listing import list_voices

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the voices, English ones first."""
    del options  # there are none
    known = list_voices()
    width = max((len(voice.id) for voice in known.voices), default=0)
    for voice in known.voices:
        print(f"{voice.id:<{width}}  {voice.name}".rstrip())
    if known.variants:
        print(
            f"\nAny of them can be followed by + and a variant, as in en-us+f2:\n{', '.join(known.variants)}"
        )
    return 0
