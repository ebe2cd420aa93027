"""What a terminal sends for keys, as the names that the table of keys has for them."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(r"\x1b(?:\[([0-9;]*)([A-Za-z~])|O([A-Za-z])|[^\x1b]?)", re.DOTALL)
"""What a terminal sends for a key that no character stands for, and what else may follow an escape."""
_LETTERS = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end",
    "P": "f1", "Q": "f2", "R": "f3", "S": "f4",
}  # fmt: skip
_NUMBERS = {
    "1": "home", "2": "insert", "3": "delete", "4": "end", "5": "pageup", "6": "pagedown",
    **{str(sent): f"f{key}" for key, sent in enumerate((*range(11, 16), *range(17, 22), 23, 24), 1)},
}  # fmt: skip
_NAMES = {" ": "space", "\r": "enter", "\n": "enter", "\x7f": "backspace", "\b": "backspace"}
_CONTROLS = {chr(number): f"ctrl+{chr(number + 96)}" for number in range(1, 27)}


def named(typed: str) -> list[str]:
    """What was typed, as names of keys.

    A sequence that means nothing here is dropped whole, and so is an escape alone: it may be half a
    sequence on a slow line, and must not end a session.
    """
    found: list[str | None] = []
    while typed:
        sequence = _SEQUENCE.match(typed)
        if sequence:
            number, letter, other = sequence.groups()
            found.append(_NUMBERS.get(number) if letter == "~" else _LETTERS.get(letter or other or ""))
            typed = typed[sequence.end() :]
        else:
            key, typed = typed[0], typed[1:]
            found.append(_NAMES.get(key) or _CONTROLS.get(key) or key)
    return [name for name in found if name]
