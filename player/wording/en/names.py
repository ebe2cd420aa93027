"""Names and lists of them inside a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROPER = frozenset(
    [
        "Achilles",
        "Alexander",
        "Australian",
        "Bosu",
        "Brügger",
        "Bulgarian",
        "Copenhagen",
        "Cossack",
        "English",
        "Feldenkrais",
        "Hindu",
        "Jacobson",
        "Jefferson",
        "Kegel",
        "McGill",
        "McKenzie",
        "Nordic",
        "Olympic",
        "Pallof",
        "Pilates",
        "Romanian",
        "Russian",
        "Spanish",
        "Swedish",
        "Swiss",
        "Tabata",
        "Thai",
        "Thomas",
        "Turkish",
        "Williams",
    ]
)
"""Words in the names of exercises that always have a capital letter."""


def within_a_sentence(name: str) -> str:
    """A name without a capital letter that only begins it: "Cat stretch", but not "TRX row", "Dead Bug"."""
    first, *others = name.split()
    first = first.partition("-")[0]
    proper = (
        first in _PROPER or len(first) == 1 or any(c.isupper() for word in (first[1:], *others) for c in word)
    )
    return name if proper else name[0].lower() + name[1:]


def join_words(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
