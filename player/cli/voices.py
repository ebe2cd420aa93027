"""`cuemat voices`: the values of `--voice`."""

from __future__ import annotations

from player.cli.command import command


@command("voices", "Each line begins with a value for `--voice`.")
def voices() -> int:
    """Print the voices, English ones first."""
    from player.voices.listing import list_voices

    known = list_voices()
    width = max((len(voice.id) for voice in known.voices), default=0)
    for voice in known.voices:
        print(f"{voice.id:<{width}}  {voice.name}".rstrip())
    if known.variants:
        print(f"\nTo each of them you can add + and a variant, as in en-us+f2:\n{', '.join(known.variants)}")
    return 0


COMMAND = voices
