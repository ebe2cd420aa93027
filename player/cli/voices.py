"""`cuemat voices`: the values of `--voice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.cli.command import command

if TYPE_CHECKING:
    from collections.abc import Sequence

GROUPS = {
    "natural": "Natural, English only (hibari-tts)",
    "espeak": "Built in (eSpeak NG through pyttsx3; on macOS and Windows the system's own)",
    "package": "From other packages",
}
OWN_FILE = ("FILE.onnx", "a voice file of your own for this engine")


@command("voices", "Each indented line begins with a value for `--voice`.")
def voices() -> int:
    """List the voices by engine, the recommended ones first."""
    from player.voices.catalogue import RECOMMENDED
    from player.voices.listing import list_voices

    known = list_voices()
    _print_group("Recommended", list(RECOMMENDED.items()))
    for engine, title in GROUPS.items():
        rows = [(voice.id, voice.name) for voice in known.voices if voice.engine == engine]
        if rows:
            _print_group(title, [*rows, OWN_FILE] if engine == "natural" else rows)
    if known.variants:
        print("\nTo each built-in voice you can add + and a variant, as in en-us+f2:")
        print(", ".join(known.variants))
    return 0


def _print_group(title: str, rows: Sequence[tuple[str, str]]) -> None:
    width = max(len(name) for name, _ in rows)
    print(f"{'' if title == 'Recommended' else chr(10)}{title}:")
    for name, text in rows:
        print(f"  {name:<{width}}  {text}".rstrip())


COMMAND = voices
